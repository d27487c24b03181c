#!/bin/sh
# A browser for the tests: one that is there, else the Debian package (as root), else Playwright's own.
set -eu
if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -q >/dev/null && apt-get install -y -q chromium >/dev/null && exit 0
fi
"$BIN/playwright" install --with-deps chromium || "$BIN/playwright" install chromium
