"""The colours of the map, on the dark ground and on the light one."""

from __future__ import annotations

from dataclasses import dataclass

from components import theme

Colour = tuple[int, int, int]


def rgb(colour: str) -> Colour:
    """Red, green and blue, 0 to 255, of a colour such as #1D4F91."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@dataclass(frozen=True)
class Palette:
    """The colours of the map on one ground; `themes` in the order of data.words.THEMES.

    `tie` is a tie of no stated issue and a flow within a continent, `across` a flow between continents and the focus.
    """

    sea: Colour
    land: Colour
    border: Colour
    graticule: Colour
    tie: Colour
    across: Colour
    city: Colour
    text: Colour
    themes: tuple[Colour, ...]
    glow: bool


DARK = Palette(
    sea=(10, 16, 29), land=(24, 34, 55), border=(48, 62, 92), graticule=(20, 28, 46),
    tie=(96, 168, 255), across=(242, 188, 92), city=(255, 236, 190), text=(232, 236, 243),
    themes=tuple(map(rgb, theme.DARK.values())), glow=True)
LIGHT = Palette(
    sea=(245, 241, 231), land=(232, 226, 213), border=(206, 198, 180),
    graticule=(234, 229, 217), tie=(24, 74, 140), across=(176, 84, 18), city=(120, 30, 50), text=(28, 36, 48),
    themes=tuple(map(rgb, theme.LIGHT.values())), glow=False)
