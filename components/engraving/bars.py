"""The bars of a figure: where they lie, stacked, grouped or one on another, and how they are drawn."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.collections import PolyCollection

from components.engraving.panel import Panel
from components.engraving.pen import Pen, paint
from components.engraving.scale import Floats, Scale, values

GAP = 0.2
_HATCH, _HATCH_WIDTH = "/////", 0.8
_SPACE, _LEAST = 0.3, 0.85


@dataclass(frozen=True)
class Bars:
    """The bars of a trace in numbers: from `near` to `far` across their axis, from `base` to `end` along it."""

    trace: Any
    near: Floats
    far: Floats
    base: Floats
    end: Floats


def laid(figure_layout: Any, traces: Sequence[Any], x: Scale, y: Scale) -> list[Bars]:
    """Where the bars of the traces of one panel lie, by the layout's mode and gap."""
    bars = [trace for trace in traces if trace.type == "bar"]
    sides = [("y", "x") if trace.orientation == "h" else ("x", "y") for trace in bars]
    places = [(x if side == "x" else y).numbers(values(trace, side)) for trace, (side, _) in zip(
        bars, sides, strict=True)]
    known = np.unique(np.concatenate(places)) if places else np.array([])
    slot = float(np.diff(known).min()) if len(known) > 1 else 1.0
    mode, tops = figure_layout.barmode or "group", defaultdict[tuple[float, bool], float](float)
    wide = slot * (1 - (GAP if figure_layout.bargap is None else figure_layout.bargap))
    beside = mode == "group" and sum(map(len, places)) > len(known)
    wide = wide / len(bars) if beside else wide
    found = []
    for number, (trace, place, (_, along)) in enumerate(zip(bars, places, sides, strict=True)):
        length = np.nan_to_num((x if along == "x" else y).numbers(values(trace, along)))
        thick = np.broadcast_to(wide if trace.width is None else np.asarray(trace.width, float), place.shape)
        middle = place + (number - (len(bars) - 1) / 2) * wide if beside else place
        base = np.broadcast_to(0.0 if trace.base is None else np.asarray(trace.base, float), place.shape)
        if mode in ("stack", "relative"):
            base = np.array([tops[key] for key in zip(place, length < 0, strict=True)])
            for key, end in zip(zip(place, length < 0, strict=True), base + length, strict=True):
                tops[key] = end
        found.append(Bars(trace, middle - thick / 2, middle + thick / 2, base, base + length))
    return found


def draw(panel: Panel, bars: Bars) -> None:
    """Draw the bars of a trace, hatched where they have a pattern, with their texts at their ends."""
    trace, count = bars.trace, len(bars.near)
    across, along = [bars.near, bars.far, bars.far, bars.near], [bars.base, bars.base, bars.end, bars.end]
    corners = np.stack([np.stack(pair, axis=-1) for pair in zip(
        *((along, across) if trace.orientation == "h" else (across, along)), strict=True)], axis=1)
    colours = shades(panel.pen, trace, count)
    hatched = np.array([bool(shape) for shape in each(trace.marker.pattern.shape or "", count)], dtype=bool)
    edge = (trace.marker.line.width or 0) * panel.pen.scale
    plain = PolyCollection(corners[~hatched], facecolors=colours[~hatched], linewidths=edge, zorder=2,
                           edgecolors=paint(trace.marker.line.color) if edge else "none")
    panel.axes.add_collection(plain, autolim=False)
    if hatched.any():
        panel.axes.add_collection(PolyCollection(
            corners[hatched], facecolors="none", edgecolors=colours[hatched], linewidths=0.5, hatch=_HATCH, zorder=2,
            hatch_linewidth=_HATCH_WIDTH), autolim=False)
    thick = panel.box[3] if trace.orientation == "h" else math.inf
    thick *= float((bars.far - bars.near).min(initial=math.inf)) / abs(panel.y.scale.high - panel.y.scale.low)
    if trace.text is not None and thick >= _LEAST * panel.pen.size:
        _texts(panel, bars, colours)


def _texts(panel: Panel, bars: Bars, colours: Floats) -> None:
    """Write the texts beyond the ends of the bars, or inside where the figure says so or there is no room beyond."""
    trace, pen, space = bars.trace, panel.pen, _SPACE * panel.pen.size
    level = trace.orientation == "h"
    for number, text in enumerate(each(trace.text, len(bars.near))):
        middle, end = (bars.near[number] + bars.far[number]) / 2, bars.end[number]
        x, y = panel.point(end, middle) if level else panel.point(middle, end)
        if not panel.box[1] <= y <= panel.box[1] + panel.box[3]:
            continue
        inside = trace.textposition == "inside" or (level and x + space + pen.width(text) > pen.box[2])
        style = {"color": pen.readable(tuple(colours[number]))} if inside else {}
        if level:
            pen.write(text, x - space if inside else x + space, y, float(inside), 0.5, **style)
        else:
            pen.write(text, x, y, 0.5, float(not inside), **style)


def shades(pen: Pen, trace: Any, count: int) -> Floats:
    """The colour of each of so many bars or dots: that of the mark, or of its line, or of text; shape (count, 4)."""
    given = trace.line.color if trace.marker.color is None and trace.type == "scatter" else trace.marker.color
    found = np.array([paint(colour) if colour else pen.ink for colour in each(given, count)]).reshape(-1, 4)
    found[:, 3] *= next((share for share in (trace.opacity, trace.marker.opacity) if share is not None), 1.0)
    return found


def each(value: Any, count: int) -> list[Any]:
    """The value of each of so many marks: as it is where there is one a mark, else the same for all."""
    return [value] * count if value is None or isinstance(value, (str, int, float)) else list(value)
