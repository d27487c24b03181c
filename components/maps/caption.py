"""The names on a still: placed so that none touches another, those of a crowd apart from it on a thin line."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely
from matplotlib.patheffects import withStroke

from components.maps.plate import Names
from components.maps.sheet import Sheet
from data.projection import Floats

LINE, GAP, PAD = 1.13, 2.6, 1.2
FEW_DOTS, CROWD = 150, 80.0
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))


@dataclass(frozen=True)
class Caption:
    """A name with its place: `row` of the names, left, top, right and bottom in points, and the dot if it is apart."""

    row: int
    box: tuple[float, float, float, float]
    dot: tuple[float, float] | None = None

    @property
    def thread(self) -> Floats:
        """From the dot to the nearest point of the text, shape (2, 2)."""
        corners = np.reshape(self.box, (2, 2))
        dot = corners[0] if self.dot is None else np.array(self.dot)
        return np.stack([dot, np.clip(dot, *corners)])


@dataclass
class Board:
    """The map as far as it is taken: its size, the `dots` that must stay to be seen with their radius, the captions."""

    size: tuple[float, float]
    dots: Floats
    radius: Floats
    captions: list[Caption] = field(default_factory=list)
    boxes: list[shapely.Polygon] = field(default_factory=list)
    threads: list[shapely.LineString] = field(default_factory=list)

    def take(self, caption: Caption, over: bool) -> bool:
        """Place a caption if it touches nothing, but dots if it may lie `over` them; say whether it was placed."""
        low, high = np.reshape(caption.box, (2, 2))
        if (np.abs(caption.box) > np.tile(self.size, 2) / 2).any():
            return False
        apart = np.hypot(*(self.dots - np.clip(self.dots, low, high)).T)
        box, thread = shapely.box(*caption.box), shapely.LineString(caption.thread)
        if (not over and (apart < self.radius + 1.0).any()) or shapely.intersects(box, self.boxes + self.threads).any():
            return False
        if caption.dot is not None:
            if shapely.intersects(thread, self.boxes).any():
                return False
            self.threads.append(thread)
        self.captions.append(caption)
        self.boxes.append(box)
        return True


def captions(sheet: Sheet, names: Names, pixels: Floats, size: tuple[float, float]) -> list[Caption]:
    """The names that find a place on a map of a size in points; `pixels` are theirs from the middle, y downwards.

    All names try the nearest distance of `names.reach`, the most important first; those without a place then try the
    next. Where the dots are few, only the names in focus may lie on one.
    """
    rest = [int(row) for row in np.flatnonzero((np.abs(pixels) < np.array(size) / 2).all(axis=1))]
    dots, kept = pixels[rest], rest if len(rest) <= FEW_DOTS else []
    board = Board(size, pixels[kept], names.radius[kept])
    for reach in names.reach:
        rest = [row for row in rest if len(board.captions) >= names.most or not any(
            board.take(caption, row < names.focus) for caption in _tries(sheet, names, row, pixels[row], dots, reach))]
    return board.captions


def _tries(sheet: Sheet, names: Names, row: int, dot: Floats, dots: Floats, reach: float) -> list[Caption]:
    """The places around a dot at a distance, the best first: to the right, or away from the crowd of dots."""
    width, gap = sheet.measure(names.texts[row], sheet.small, strong=row < names.focus), names.radius[row] + GAP + reach
    sides, line = _SIDES[:4], LINE * sheet.small
    if reach:
        away = dot - dots[np.hypot(*(dots - dot).T) < CROWD].mean(axis=0)
        sides = sorted(_SIDES, key=lambda side: -np.dot(side, away) / np.hypot(*side))
    tries = []
    for across, down in sides:
        slant = 0.7 if across and down else 1.0
        x = dot[0] + across * (gap * slant + width / 2)
        y = dot[1] + down * (gap * slant + line / 2)
        box = (x - width / 2 - PAD, y - line / 2, x + width / 2 + PAD, y + line / 2)
        tries.append(Caption(row, box, (float(dot[0]), float(dot[1])) if reach else None))
    return tries


def write(sheet: Sheet, names: Names, pixels: Floats, middle: tuple[float, float], size: tuple[float, float]) -> None:
    """Write the names on the map whose middle is at a point of the sheet."""
    text, halo = sheet.colour(sheet.palette.text), [withStroke(linewidth=2, foreground=sheet.colour(sheet.palette.sea))]
    for caption in captions(sheet, names, pixels, size):
        left, top, right, bottom = caption.box
        if caption.dot is not None:
            sheet.mark(*(caption.thread + middle).T, lw=0.4, color=text, alpha=0.6)
        focus = caption.row < names.focus
        sheet.write(names.texts[caption.row], middle[0] + (left + right) / 2, middle[1] + (top + bottom) / 2,
                    sheet.small, strong=focus, va="center_baseline", ha="center", path_effects=halo,
                    color=sheet.colour(sheet.palette.across) if focus else text)
