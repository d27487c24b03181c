"""The legend of a figure, as the page has it: colours with their names, or a ramp of colours with words at its ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from matplotlib.colors import LinearSegmentedColormap

from components.engraving.panel import plot
from components.engraving.pen import LINE, Pen, paint

_SQUARE, _GAP, _SPACE, _RAMP = 0.75, 0.45, 1.6, 11.0
_MOST_LINES = 2
_ROOMS = (1.0, 0.4, 0.3, 0.24, 0.19, 0.15, 0.12)
_BELOW = 0.6


def draw(pen: Pen, figure: go.Figure) -> float:
    """Draw the legend of a figure at the top of the pen's box, and return its height in points."""
    if figure.layout.meta:
        _ramp(pen, *figure.layout.meta, figure.data[0].colorscale)
        return (LINE + _BELOW) * pen.size
    entries = {trace.name: _colour(trace) for trace in figure.data if trace.name and trace.showlegend is not False}
    if len(entries) < 2:
        return 0.0
    tries = [_lines(pen, list(entries), room) for room in _ROOMS]
    placed = next((found for found in tries if len(found) <= _MOST_LINES), tries[-1])
    for number, names in enumerate(placed):
        _line(pen, names, list(entries.values())[sum(map(len, placed[:number])):], number)
    return (LINE * len(placed) + _BELOW) * pen.size


def _colour(trace: Any) -> str:
    colour = trace.marker.color if trace.marker.color is not None else trace.line.color
    return colour if isinstance(colour, str) else colour[0]


def _lines(pen: Pen, names: list[str], room: float) -> list[list[str]]:
    """The names in lines, each cut to a share of the width of the box."""
    whole, size = pen.box[2] - pen.box[0], pen.size
    found: list[list[str]] = []
    x = whole + 1
    for name in names:
        name = pen.short(name, room * whole - (_SQUARE + _GAP) * size)
        wide = pen.width(name) + (_SQUARE + _GAP) * size
        if x + wide > whole:
            found.append([])
            x = 0.0
        found[-1].append(name)
        x += wide + _SPACE * size
    return found


def _line(pen: Pen, names: list[str], colours: list[str], number: int) -> None:
    x, size = pen.box[0], pen.size
    middle = pen.box[1] + (number + 0.5) * LINE * size
    for name, colour in zip(names, colours, strict=False):
        pen.sheet.mark([x + _SQUARE * size / 2], [middle], color=paint(colour), marker="s", ms=_SQUARE * size, mew=0)
        x += (_SQUARE + _GAP) * size
        pen.write(name, x, middle, 0.0)
        x += pen.width(name) + _SPACE * size


def _ramp(pen: Pen, low: str, high: str, shades: Any) -> None:
    """The colours from low to high between their words."""
    size, middle = pen.size, pen.box[1] + 0.5 * LINE * pen.size
    pen.write(low, pen.box[0], middle, 0.0)
    x = pen.box[0] + pen.width(low) + _GAP * size
    axes = plot(pen.sheet, (x, middle - _SQUARE * size / 2, _RAMP * size, _SQUARE * size))
    colours = LinearSegmentedColormap.from_list("legend", [(place, paint(shade)) for place, shade in shades])
    axes.imshow(np.linspace(0, 1, 256)[None], cmap=colours, aspect="auto", extent=(0, 1, 0, 1))
    pen.write(high, x + (_RAMP + _GAP) * size, middle, 0.0)
