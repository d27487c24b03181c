"""What the reader's window is like: how wide, so that the first picture fits it, whether it draws, and its print.

PRINT leaves out what steers the page; in the dark theme, ink and ground change places and the hues stay.
"""

from __future__ import annotations

import streamlit as st

from components import theme

COOKIE = "atlas_width"
WEBGL = "atlas_webgl"
SCRIPT = f"""<script>(() => {{
const keep = (name, value) => document.cookie = name + "=" + value + ";path=/;samesite=lax";
keep("{COOKIE}", innerWidth);
keep("{WEBGL}", document.createElement("canvas").getContext("webgl2") ? 1 : 0);
}})()</script>"""
PRINT = """<style>@page { size: A3 landscape; margin: 10mm }
@media print {
  [data-testid=stSidebar], [data-testid=stHeader], [data-testid=stButtonGroup], [data-testid=stExpandSidebarButton] {
    display: none !important }
  [data-testid=stMainBlockContainer] { max-width: none; padding: 0 }
}
@media print and (prefers-color-scheme: dark) { [data-testid=stApp] { filter: invert(1) hue-rotate(180deg) } }
</style>"""
_USUAL, _SIDEBAR, _MARGINS, _PHONE, _NARROW = 1440, 300, 160, 768, 600


def draws() -> bool:
    """Whether the browser has WebGL 2, which the map needs."""
    return st.context.cookies.get(WEBGL) != "0"


def map_width() -> int:
    """Width in pixels that the page leaves for a map, from the cookie that SCRIPT sets before Streamlit starts."""
    stated = "" if theme.printing() else st.context.cookies.get(COOKIE, "")
    window = int(stated) if stated.isdecimal() and len(stated) < 6 else _USUAL
    window = min(max(window, 320), 7680)
    return window - 32 if window < _PHONE else window - _SIDEBAR - _MARGINS


def narrow() -> bool:
    """Whether a chart has so little room that it must say less."""
    return map_width() < _NARROW
