"""Names on a map that never overlap: each takes the first free place around its point, the important ones first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LETTER = 0.62
_ANCHORS = (("start", "center"), ("end", "center"), ("middle", "bottom"), ("middle", "top"))


@dataclass(frozen=True)
class Label:
    """A name that found a place. `row` is its place in the input; `box` is left, top, right, bottom in pixels."""

    row: int
    anchor: str
    baseline: str
    box: tuple[float, float, float, float]


def spread(points: npt.NDArray[np.float64], names: Sequence[str], size: float, gaps: Sequence[float],
           frame: tuple[float, float, float, float], most: int = 60) -> list[Label]:
    """Labels for the points, in their order, as many as fit without touching each other.

    Args:
        points: pixels, shape (n, 2), y downwards; the most important first.
        names: the text of each.
        size: height of a line in pixels; a letter is taken to be LETTER * size wide.
        gaps: distance in pixels of a text from its point: the radius of the dot.
        frame: left, top, right, bottom in pixels within which a text must lie.
        most: how many labels at the most.
    """
    placed: list[Label] = []
    for row, (point, name, gap) in enumerate(zip(points, names, gaps, strict=True)):
        if len(placed) == most:
            break
        for anchor, baseline in _ANCHORS:
            box = _box(point, len(name) * LETTER * size, size * 1.25, gap + 3.0, anchor, baseline)
            if _inside(box, frame) and not any(_touch(box, label.box) for label in placed):
                placed.append(Label(row, anchor, baseline, box))
                break
    return placed


def _box(point: npt.NDArray[np.float64], width: float, height: float, gap: float, anchor: str,
         baseline: str) -> tuple[float, float, float, float]:
    x, y = float(point[0]), float(point[1])
    left = {"start": x + gap, "end": x - gap - width, "middle": x - width / 2}[anchor]
    top = {"center": y - height / 2, "bottom": y - gap - height, "top": y + gap}[baseline]
    return left, top, left + width, top + height


def _inside(box: tuple[float, float, float, float], frame: tuple[float, float, float, float]) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
