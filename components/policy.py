"""What a browser may do with what the server sends: the security headers of every answer."""

from __future__ import annotations

import base64
import hashlib
import os
import re

FRAMES = "ATLAS_FRAME_ANCESTORS"
_INLINE = re.compile(r"<script[^>]*>(.+?)</script>", re.DOTALL)


def headers(page: str = "") -> dict[str, str]:
    """The headers of an answer. Of the scripts within a page only those run that stand in `page`, by their hashes.

    Other sites may show the Atlas in a frame: all, or those that the environment variable FRAMES lists. Streamlit
    writes its styles into the page as it runs, so these cannot be held to hashes.
    """
    scripts = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
               for script in _INLINE.findall(page)]
    return {
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "content-security-policy": "; ".join((
            "default-src 'self'",
            " ".join(["script-src 'self'", *scripts]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {os.environ.get(FRAMES) or '*'}",
        )),
    }
