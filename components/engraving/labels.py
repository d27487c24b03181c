"""The labels of an axis: as many as fit along it, cut or aslant where they are long, and lines from its ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.collections import LineCollection

from components.engraving.panel import Panel
from components.engraving.pen import LINE, Pen, paint
from components.engraving.scale import Axis, Tick

_STANDOFF, _INSIDE, _BETWEEN, _TICK = 0.45, 2.0, 0.7, 2.2
_WIDEST, _TALLEST, _SHORTEST = 0.32, 0.3, 5.0
_ANGLE = 60
_FAINT = 0.14


@dataclass(frozen=True)
class Labels:
    """Ticks with the labels of an axis, how many points they take beside the panel, and whether they are aslant."""

    axis: Axis
    ticks: list[Tick]
    reach: float = 0.0
    aslant: bool = False


def upright(pen: Pen, axis: Axis, length: float) -> Labels:
    """The labels of a y axis of a length in points; all of them where they name rows."""
    ticks = axis.ticks(max(int(length / (_TICK * pen.size)), 2))
    if not axis.rows:
        ticks = thinned(ticks, axis, length, [LINE * pen.size] * len(ticks))
    widest = _WIDEST * (pen.box[2] - pen.box[0])
    ticks = [(place, pen.short(text, widest)) for place, text in ticks]
    if not axis.labelled or not ticks or _inside(axis):
        return Labels(axis, ticks)
    return Labels(axis, ticks, max(pen.width(text) for _, text in ticks) + _STANDOFF * pen.size)


def level(pen: Pen, axis: Axis, length: float) -> Labels:
    """The labels of an x axis of a length in points."""
    ticks = axis.ticks(max(int(length / (4 * _TICK * pen.size)), 2))
    title = LINE * pen.size if axis.layout.title.text else 0.0
    if not axis.labelled or not ticks:
        return Labels(axis, ticks, title)
    slot = length / abs(axis.scale.high - axis.scale.low) - _BETWEEN * pen.size
    widths = [pen.width(text) + _BETWEEN * pen.size for _, text in ticks]
    if axis.scale.categories and max(map(pen.width, (text for _, text in ticks))) > slot:
        if axis.layout.tickangle:
            tallest = _TALLEST * (pen.box[3] - pen.box[1])
            ticks = [(place, pen.short(text, tallest)) for place, text in ticks]
            ticks = thinned(ticks, axis, length, [LINE * pen.size] * len(ticks))
            tallest = max(pen.width(text) for _, text in ticks) * math.sin(math.radians(_ANGLE))
            return Labels(axis, ticks, tallest + pen.size + title, aslant=True)
        if slot > _SHORTEST * pen.size:
            ticks = [(place, pen.short(text, slot)) for place, text in ticks]
            widths = [0.0] * len(ticks)
    return Labels(axis, thinned(ticks, axis, length, widths), LINE * pen.size + _INSIDE + title)


def thinned(ticks: list[Tick], axis: Axis, length: float, sizes: list[float]) -> list[Tick]:
    """Every tick, or every second, third and so on, so that labels of these sizes in points do not touch."""
    places = [length * axis.scale.share(place) for place, _ in ticks]
    for step in range(1, len(ticks)):
        kept = list(zip(places[::step], sizes[::step], strict=True))
        if all(abs(other[0] - one[0]) >= (one[1] + other[1]) / 2 for one, other in pairwise(kept)):
            return ticks[::step]
    return ticks[:1]


def overhang(pen: Pen, labels: Labels, length: float) -> tuple[float, float]:
    """How many points the labels of an x axis of a length reach beyond its left and its right end."""
    if not labels.axis.labelled:
        return 0.0, 0.0
    before = after = 0.0
    for place, text in labels.ticks:
        share, width = labels.axis.scale.share(place), pen.width(text)
        left, right = (0.0, width * math.cos(math.radians(_ANGLE)) + pen.size) if labels.aslant else (width / 2,) * 2
        before, after = max(before, left - share * length), max(after, right - (1 - share) * length)
    return before, after


def overshoot(pen: Pen, labels: Labels, length: float) -> tuple[float, float]:
    """How many points the labels of a y axis of a length reach beyond its lower and its upper end."""
    below = above = 0.0
    for place, text in labels.ticks if labels.reach else []:
        share, half = labels.axis.scale.share(place), pen.height(text) / 2
        below, above = max(below, half - share * length), max(above, half - (1 - share) * length)
    return below, above


def write(panel: Panel, across: Labels, up: Labels) -> None:
    """Write the labels of a panel, the titles of its axes, and draw its faint lines."""
    pen, (left, top, width, height) = panel.pen, panel.box
    _rule(panel, across, up)
    if up.axis.labelled:
        _write_up(panel, up)
    if up.axis.layout.title.text:
        pen.write(up.axis.layout.title.text, left, top, 1.0, 1.0)
    above = across.axis.layout.side == "top"
    foot = top - _INSIDE if above else top + height + _INSIDE
    for place, text in across.ticks if across.axis.labelled else []:
        x, style = panel.point(place, 0)[0], _style(across.axis)
        if across.aslant:
            pen.slant(text, x + 0.3 * pen.size, foot, _ANGLE, **style)
        else:
            pen.write(text, x, foot, 0.5, float(above), **style)
    if across.axis.layout.title.text:
        end = top - across.reach if above else top + height + across.reach
        pen.write(across.axis.layout.title.text, left + width / 2, end, 0.5, float(not above))


def _write_up(panel: Panel, up: Labels) -> None:
    pen, (left, _, width, _) = panel.pen, panel.box
    gap, right = _STANDOFF * pen.size, up.axis.layout.side == "right"
    for place, text in up.ticks:
        y = panel.point(0, place)[1]
        if _inside(up.axis):
            pen.write(text, left + _INSIDE, y, 0.0, 1.0, **_style(up.axis))
        else:
            pen.write(text, left + width + gap if right else left - gap, y, float(not right), **_style(up.axis))


def _rule(panel: Panel, across: Labels, up: Labels) -> None:
    """Draw the lines that lead from the ticks across the panel."""
    scales = panel.x.scale, panel.y.scale
    ends = [((scales[0].low, place), (scales[0].high, place)) for place, _ in up.ticks if up.axis.grid]
    ends += [((place, scales[1].low), (place, scales[1].high)) for place, _ in across.ticks if across.axis.grid]
    panel.axes.add_collection(LineCollection(ends, colors=[(*panel.pen.ink[:3], _FAINT)], linewidths=0.6, zorder=0.5),
                              autolim=False)


def _inside(axis: Axis) -> bool:
    return "inside" in (axis.layout.ticklabelposition or "")


def _style(axis: Axis) -> dict[str, tuple[float, ...]]:
    return {"color": paint(axis.layout.tickfont.color)} if axis.layout.tickfont.color else {}
