"""Text made small for a link, in letters that an address may hold, with a check that all of it arrived."""

from __future__ import annotations

import base64
import zlib

import brotli

LONGEST = 200_000
_CHECK = 4


class PackError(Exception):
    """The text is not, or no longer, one that `pack` has made."""


def pack(text: str) -> str:
    """The text in letters, digits, `-` and `_`; the same for the same text."""
    plain = text.encode()
    packed = zlib.crc32(plain).to_bytes(_CHECK) + brotli.compress(plain, quality=11)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unpack(packed: str) -> str:
    """The text of `pack`.

    Raises:
        PackError: it is cut off, altered, or longer than LONGEST bytes.
    """
    try:
        content = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        plain = _plain(content[_CHECK:])
        if zlib.crc32(plain).to_bytes(_CHECK) == content[:_CHECK]:
            return plain.decode()
    except (ValueError, brotli.error):
        pass
    raise PackError("must be all of what was packed, but is cut off or altered")


def _plain(content: bytes) -> bytes:
    """The bytes of a compressed text, or an error as soon as they pass LONGEST."""
    decompressor = brotli.Decompressor()
    plain: bytes = decompressor.process(content, output_buffer_limit=LONGEST)
    if not decompressor.is_finished():
        raise brotli.error("cut off, or too long")
    return plain
