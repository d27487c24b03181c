"""A page for print, measured in points from its upper left corner: text that is measured before it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from font_source_sans_pro import font_files_ttf
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from components import theme
from components.maps.palette import DARK, LIGHT, Colour

WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 36.0
POINTS_PER_INCH = 72
_FACES = {False: "Source Sans Pro", True: "Source Sans Pro Semibold"}
for _name in ("SourceSansPro", "SourceSansProSemibold"):
    font_manager.fontManager.addfont(font_files_ttf[_name])


class Sheet:
    """A page of WIDTH by `height` points on the dark ground or the light one; names on a map are of size `small`.

    With `own` in the typeface of the Atlas; else in one that is as wide as any that a program may put in its place,
    so that text which stays text still fits.
    """

    def __init__(self, dark: bool, own: bool, height: float = HEIGHT, small: float = 7.6) -> None:
        self.palette = DARK if dark else LIGHT
        self.height, self.small = height, small
        self.figure = Figure(figsize=(WIDTH / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH,
                             facecolor=theme.DARK_GROUND if dark else theme.LIGHT_GROUND)
        self._points = Affine2D().scale(1 / WIDTH, -1 / height).translate(0, 1) + self.figure.transFigure
        self._own = own

    @staticmethod
    def colour(colour: Colour) -> tuple[float, ...]:
        """A colour of a palette as RGB of 0 to 1."""
        return tuple(channel / 255 for channel in colour)

    def face(self, size: float, strong: bool = False) -> FontProperties:
        """The typeface at a size in points."""
        return _face(self._own, size, strong)

    def measure(self, text: str, size: float, strong: bool = False) -> float:
        """Width of a text in points."""
        return size * _width(text, self._own, strong)

    def wrap(self, text: str, size: float, strong: bool = False, share: float = 1.0) -> list[str]:
        """The text in lines that fit a share of the page between its margins.

        Lines are broken after a space, or after a `&` or a comma between the codes of a link.
        """
        lines = [""]
        for word in re.split(r"(?<= )|(?<=&)|(?<=,)(?=[A-Za-z])", text):
            if lines[-1] and self.measure((lines[-1] + word).rstrip(), size, strong) > share * (WIDTH - 2 * MARGIN):
                lines.append("")
            lines[-1] += word
        return [line.rstrip() for line in lines]

    def write(self, text: str, x: float, y: float, size: float, strong: bool = False, **more: Any) -> None:
        """Write a line of text with its baseline at y."""
        style = {"color": self.colour(self.palette.text), "va": "baseline"} | more
        self.figure.text(x, y, text, transform=self._points, fontproperties=self.face(size, strong), parse_math=False,
                         **style)

    def mark(self, x: Sequence[float], y: Sequence[float], **more: Any) -> None:
        """Draw a line through points, or markers at them."""
        self.figure.add_artist(Line2D(x, y, transform=self._points, solid_capstyle="butt", **more))

    def wedge(self, left: float, right: float, y: float, widths: tuple[float, float], color: tuple[float, ...]) -> None:
        """Draw a line whose width grows from left to right."""
        half = widths[0] / 2, widths[1] / 2
        corners = [(left, y - half[0]), (right, y - half[1]), (right, y + half[1]), (left, y + half[0])]
        self.figure.add_artist(Polygon(corners, transform=self._points, color=color, lw=0))


def _face(own: bool, size: float, strong: bool) -> FontProperties:
    if own:
        return FontProperties(family=[_FACES[strong], "sans-serif"], size=size)
    return FontProperties(family=["sans-serif"], size=size, weight="bold" if strong else "normal")


@lru_cache(maxsize=4096)
def _width(text: str, own: bool, strong: bool) -> float:
    """Width of a text of size 1; it grows with the size."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, _face(own, 1.0, strong), ismath=False)
    return float(width)
