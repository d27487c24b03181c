"""The texts of a figure on a sheet: HTML as plain or bold text, all of one size, in a box, none on another."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

from matplotlib.colors import to_rgba
from matplotlib.patheffects import withStroke

from components.maps.sheet import Sheet

LINE = 1.2
PLOTLY_SIZE = 12
_ASCENT = 0.92
_TAG = re.compile(r"(</?[a-zA-Z][^>]*>)")
_APART = 1.0
Colour = tuple[float, float, float, float]
Box = tuple[float, float, float, float]
Line = list[tuple[str, bool]]


@cache
def paint(colour: str) -> Colour:
    """A CSS colour such as #1D4F91 or rgba(29,79,145,0.4) as red, green, blue and opacity of 0 to 1."""
    if not colour.startswith("rgb"):
        return to_rgba(colour)
    red, green, blue, *opacity = (float(number) for number in re.findall(r"[\d.]+", colour))
    return red / 255, green / 255, blue / 255, opacity[0] if opacity else 1.0


@cache
def lines(text: str) -> list[Line]:
    """The lines of a text with simple HTML, each as runs of plain text and whether they are bold."""
    found: list[Line] = [[]]
    bold = False
    for part in _TAG.split(text):
        tag = part.strip("<>/ ").lower() if _TAG.fullmatch(part) else ""
        if tag == "br":
            found.append([])
        elif tag == "b":
            bold = not part.startswith("</")
        elif not tag and part:
            found[-1].append((html.unescape(part), bold))
    return [_stripped(line) for line in found]


def _stripped(line: Line) -> Line:
    """The line without blanks at its ends."""
    line = [(text.lstrip() if number == 0 else text, bold) for number, (text, bold) in enumerate(line)]
    return [(text.rstrip() if number == len(line) - 1 else text, bold) for number, (text, bold) in enumerate(line)]


class Pen:
    """Writes the texts of a figure.

    `box` is left, top, right and bottom in points, which no text leaves; `size` is that of all text in points; `scale`
    is how many points a pixel of the figure becomes.
    """

    def __init__(self, sheet: Sheet, box: Box, size: float) -> None:
        self.sheet, self.box, self.size = sheet, box, size
        self.scale = size / PLOTLY_SIZE
        self._taken: list[Box] = []
        self._widths: dict[tuple[str, bool], float] = {}

    @property
    def ink(self) -> Colour:
        """The colour of text."""
        return to_rgba(self.sheet.colour(self.sheet.palette.text))

    @property
    def halo(self) -> list[withStroke]:
        """An edge of the colour of the sheet around letters that may lie on marks."""
        return [withStroke(linewidth=0.2 * self.size, foreground=self.ground)]

    @property
    def ground(self) -> Colour:
        """The colour of the sheet."""
        return to_rgba(self.sheet.figure.get_facecolor())

    def readable(self, colour: Colour) -> Colour:
        """The colour, text or ground, that is read best on another."""
        return max((self.ink, self.ground), key=lambda ours: abs(_bright(ours) - _bright(colour)))

    def width(self, text: str) -> float:
        """Width in points of the widest line of a text."""
        return max(map(self._length, lines(text)))

    def height(self, text: str) -> float:
        """Height in points of a text of one or more lines."""
        return LINE * self.size * len(lines(text))

    def short(self, text: str, room: float) -> str:
        """The text, or as much of its beginning as fits so many points, with an ellipsis."""
        if self.width(text) <= room:
            return text
        plain = " ".join("".join(run for run, _ in line) for line in lines(text))
        kept = int(len(plain) * room / self.width(html.escape(plain, quote=False)))
        while kept > 0 and self.width(cut := html.escape(plain[:kept].rstrip() + "…", quote=False)) > room:
            kept -= 1
        return cut if kept > 0 else ""

    def write(self, text: str, x: float, y: float, across: float = 0.5, down: float = 0.5, **more: Any) -> bool:
        """Write a text at a point unless it would touch another, moved into the box where it would leave it.

        Args:
            text: with simple HTML; of one or more lines.
            x: points from the left of the sheet.
            y: points from its top.
            across: the share of the text that lies left of the point, 0 to 1.
            down: the share of the text that lies above the point, 0 to 1.
            more: the style of the text for matplotlib.

        Returns:
            Whether it was written.
        """
        left, top, right, bottom = box = self.frame(text, x, y, across, down)
        if left == right or right > self.box[2] + _APART or any(_touch(box, other) for other in self._taken):
            return False
        self._taken.append(box)
        self.put(text, left + across * (right - left), top + down * (bottom - top), across, down, **more)
        return True

    def frame(self, text: str, x: float, y: float, across: float, down: float) -> Box:
        """Left, top, right and bottom in points of what `write` would write."""
        width, height = self.width(text), self.height(text)
        left = max(min(x - across * width, self.box[2] - width), self.box[0])
        top = max(min(y - down * height, self.box[3] - height), self.box[1])
        return left, top, left + width, top + height

    def put(self, text: str, x: float, y: float, across: float = 0.5, down: float = 0.5, **more: Any) -> None:
        """Write a text just there; its arguments are those of `write`."""
        top = y - down * self.height(text)
        for number, line in enumerate(lines(text)):
            start = x - across * self._length(line)
            for run, bold in line:
                self.sheet.write(run, start, top + (LINE * number + _ASCENT) * self.size, self.size, strong=bold,
                                 **{"color": self.ink} | more)
                start += self._run(run, bold)

    def slant(self, text: str, x: float, y: float, angle: float, **more: Any) -> None:
        """Write a text on a line that rises to the right by an angle in degrees from a point."""
        plain = " ".join("".join(run for run, _ in line) for line in lines(text))
        self.sheet.write(plain, x, y, self.size, rotation=angle, rotation_mode="anchor", **{"color": self.ink} | more)

    def _length(self, line: Line) -> float:
        return sum(self._run(*run) for run in line)

    def _run(self, text: str, bold: bool) -> float:
        """Width of a run with its blanks at the ends, which count for nothing when measured alone."""
        if (text, bold) not in self._widths:
            bars = self.sheet.measure(f"|{text}|", self.size, bold) - self.sheet.measure("||", self.size, bold)
            self._widths[text, bold] = bars
        return self._widths[text, bold]


def _bright(colour: Colour) -> float:
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def _touch(one: Box, other: Box) -> bool:
    return (one[0] < other[2] + _APART and other[0] < one[2] + _APART
            and one[1] < other[3] - _APART and other[1] < one[3] - _APART)
