"""Colours: one a theme of issue areas, in a light and a dark variant, and the grounds they stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

LIGHT_GROUND, DARK_GROUND = "#FBF8F2", "#070B14"
LIGHT: dict[str, str] = {
    "Planet": "#12775D",
    "Prosperity": "#985400",
    "Culture and learning": "#560470",
    "People": "#0043A8",
    "Peace and rights": "#8C0A0A",
    "Governance": "#3B4350",
}
DARK: dict[str, str] = {
    "Planet": "#92F2C0",
    "Prosperity": "#F3A11C",
    "Culture and learning": "#F4AEF4",
    "People": "#3A93F0",
    "Peace and rights": "#E0553B",
    "Governance": "#989EA8",
}
MARKS: dict[str, str] = dict(zip(LIGHT, ("green", "orange", "violet", "blue", "red", "gray"), strict=True))
"""The names of the same colours in Streamlit's Markdown, `:green[…]`; `.streamlit/config.toml` gives the values."""


_PRINTED: ContextVar[bool | None] = ContextVar("printed", default=None)


@contextmanager
def printed(on_dark: bool) -> Iterator[None]:
    """Within it, charts are made for a picture on the dark ground or the light one, whatever the reader's screen."""
    token = _PRINTED.set(on_dark)
    try:
        yield
    finally:
        _PRINTED.reset(token)


def printing() -> bool:
    """Whether what is made is for a picture, not for the reader's screen."""
    return _PRINTED.get() is not None


def dark() -> bool:
    """Whether the ground is dark: that of the picture which is made, or else of the reader's screen."""
    ground = _PRINTED.get()
    return st.context.theme.get("type") == "dark" if ground is None else ground


def colours() -> dict[str, str]:
    """Theme of issue areas -> hex colour, for the ground that the reader sees."""
    return DARK if dark() else LIGHT


def ground() -> str:
    """Hex colour of the page behind charts and maps."""
    return DARK_GROUND if dark() else LIGHT_GROUND


def ink() -> str:
    """Hex colour of text."""
    return "#E8ECF3" if dark() else "#1C2430"


def accent() -> tuple[str, str]:
    """The strong and the faint hex colour of a chart of one subject: the known, and the unknown."""
    return ("#F2C46D", "#2B3A55") if dark() else ("#1D4F91", "#C6CFDB")


def rising() -> list[tuple[float, str]]:
    """Colour scale from none to most, on the ground that the reader sees."""
    if dark():
        return [(0, "#0E1728"), (0.3, "#23406B"), (0.7, "#3E6FB3"), (1, "#F2C46D")]
    return [(0, "#F4EFE4"), (0.4, "#BCD2E8"), (0.7, "#2F6AAB"), (1, "#0C2850")]


def around() -> list[tuple[float, str]]:
    """Colour scale from far less than expected through as expected to far more."""
    if dark():
        return [(0, "#5AA7F2"), (0.5, "#131D30"), (1, "#F2A13C")]
    return [(0, "#1D5FA8"), (0.5, "#F4EFE4"), (1, "#B04A00")]
