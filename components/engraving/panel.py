"""A panel of a figure on a sheet: where its numbers lie in points, and the axes of matplotlib that its marks are in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from components.engraving.pen import Box, Pen
from components.engraving.scale import Axis, Floats
from components.maps.sheet import POINTS_PER_INCH, Sheet


@dataclass(eq=False)
class Panel:
    """Two axes and the traces on them, within left, top, width and height in points.

    `dots` are those that were drawn: points from the left and the top of the sheet, and radius.
    """

    pen: Pen
    x: Axis
    y: Axis
    box: Box
    traces: tuple[Any, ...]
    dots: list[tuple[float, float, float]] = field(default_factory=list)

    @cached_property
    def axes(self) -> Axes:
        """The axes, without lines and ticks of their own, on the numbers of the scales."""
        axes = plot(self.pen.sheet, self.box)
        axes.set(xlim=(self.x.scale.low, self.x.scale.high), ylim=(self.y.scale.low, self.y.scale.high))
        return axes

    @property
    def row(self) -> float:
        """Height in points of a unit of the y axis, which is a row where that is of rows."""
        return self.box[3] / abs(self.y.scale.high - self.y.scale.low)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Points from the left and the top of the sheet at two numbers of the scales."""
        left, top, width, height = self.box
        return left + width * self.x.scale.share(x), top + height * (1 - self.y.scale.share(y))

    def radius(self, x: float, y: float) -> float:
        """The radius in points of the largest dot drawn at a point of the sheet; 0 where there is none."""
        return max((radius for left, top, radius in self.dots if abs(left - x) + abs(top - y) < 1), default=0.0)

    def touched(self, box: Box) -> Floats:
        """The radii of the dots that touch left, top, right and bottom in points; shape (n,)."""
        x, y, radius = np.array(self.dots).reshape(-1, 3).T
        apart = np.hypot(x - np.clip(x, box[0], box[2]), y - np.clip(y, box[1], box[3]))
        return radius[apart < radius]

    def holds(self, x: Floats, y: Floats) -> Any:
        """Which pairs of numbers lie within the panel; shape (n,), boolean."""
        return self.x.scale.holds(x) & self.y.scale.holds(y)

    def numbers(self, x: Any, y: Any) -> tuple[Floats, Floats]:
        """Values of the figure as numbers of both scales."""
        return self.x.scale.numbers(x), self.y.scale.numbers(y)


def plot(sheet: Sheet, box: Box) -> Axes:
    """Bare axes of matplotlib within left, top, width and height in points of a sheet."""
    left, top, width, height = box
    wide, tall = sheet.figure.get_size_inches() * POINTS_PER_INCH
    axes = sheet.figure.add_axes((left / wide, 1 - (top + height) / tall, width / wide, height / tall))
    axes.set_axis_off()
    axes.set_autoscale_on(False)
    return axes
