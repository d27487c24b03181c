"""How wide the reader's window is, so that the first picture of the map fits it."""

from __future__ import annotations

import streamlit as st

COOKIE = "atlas_width"
SCRIPT = f'<script>document.cookie="{COOKIE}="+innerWidth+";path=/;samesite=lax"</script>'
_USUAL, _SIDEBAR, _MARGINS, _PHONE = 1440, 300, 160, 768


def map_width() -> int:
    """Width in pixels that the page leaves for a map, from the cookie that SCRIPT sets before Streamlit starts."""
    stated = st.context.cookies.get(COOKIE, "")
    window = int(stated) if stated.isdecimal() and len(stated) < 6 else _USUAL
    window = min(max(window, 320), 7680)
    return window - 32 if window < _PHONE else window - _SIDEBAR - _MARGINS
