#!/bin/sh
# What the tests need beside Python: a browser, and nginx, which is unpacked into the environment and never started.
set -eu
debian() { command -v apt-get >/dev/null; }
renew() { if [ "$(id -u)" = 0 ]; then apt-get update -q >/dev/null; fi; }

if [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    if [ "$(id -u)" = 0 ] && debian; then
        renew && apt-get install -y -q chromium >/dev/null
    else
        "$BIN/playwright" install --with-deps chromium || "$BIN/playwright" install chromium
    fi
fi

if ! command -v nginx >/dev/null && [ ! -x /usr/sbin/nginx ] && [ ! -x "$BIN/nginx" ] && debian; then
    folder=$(mktemp -d)
    renew
    (cd "$folder" && apt-get download -q nginx >/dev/null && dpkg -x nginx_*.deb .)
    cp "$folder/usr/sbin/nginx" "$BIN/nginx"
    rm -r "$folder"
fi
