"""The panels of a figure in rows and columns, with as much room between them as their labels need."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from components.engraving import labels, marks
from components.engraving.axes import Pair
from components.engraving.labels import Labels
from components.engraving.panel import Panel
from components.engraving.pen import LINE, Box, Pen
from components.engraving.scale import Axis

_ROW, _GAP, _FOOT = 1.25, 0.6, 1.6
_ALONG, _MOST, _SLIP = 0.85, 0.75, 1e-6
Track = tuple[float, float]
Placed = list[tuple[Panel, Labels, Labels]]


def arranged(pen: Pen, figure: go.Figure, pairs: list[Pair], box: Box) -> tuple[list[Panel], int]:
    """Place the panels of a figure within left, top, width and height in points, and write their labels.

    Returns:
        The panels, and how many rows are not drawn because they do not fit.
    """
    left, top, width, height = box
    placed, hidden = _placed(pen, figure, pairs, box), 0
    if any(_most(panel, up) < len(up.ticks) for panel, _, up in placed):
        placed = _placed(pen, figure, pairs, (left, top, width, height - _FOOT * pen.size))
        for panel, _, up in placed:
            hidden += panel.y.scale.cut([place for place, _ in up.ticks], _most(panel, up))
    for panel, across, up in placed:
        shown = [tick for tick in up.ticks if panel.y.scale.holds(tick[0])]
        if up.axis.rows:
            shown = labels.thinned(shown, up.axis, panel.box[3], [LINE * pen.size] * len(shown))
        labels.write(panel, across, Labels(up.axis, shown, up.reach))
    return [panel for panel, _, _ in placed], hidden


def _most(panel: Panel, up: Labels) -> int:
    """How many rows fit into a panel; all of them where rows need no names, as in a heat map without texts."""
    if not _named(up.axis, panel.traces) or panel.row >= _pitch(panel.pen, up) - _SLIP:
        return len(up.ticks)
    first = min(abs(place - panel.y.scale.high) for place, _ in up.ticks)
    return max(int(panel.box[3] / _pitch(panel.pen, up) + 0.5 - first), 1)


def _named(axis: Axis, traces: tuple[Any, ...]) -> bool:
    """Whether each row must have its name, unless rows are one pattern, as in a heat map without texts."""
    return axis.rows and axis.labelled and any(trace.type != "heatmap" or trace.texttemplate for trace in traces)


def _pitch(pen: Pen, up: Labels) -> float:
    """The least distance of two rows in points."""
    return _ROW * pen.size + max((pen.height(text) for _, text in up.ticks), default=0.0) - LINE * pen.size


def _placed(pen: Pen, figure: go.Figure, pairs: list[Pair], box: Box) -> Placed:
    """The panels in their places, with their labels."""
    left, top, width, height = box
    ups = {y.name: labels.upright(pen, y, _ALONG * height * _length(y)) for _, y, _ in pairs}
    lengths = {x.domain: _ALONG * width * _length(x) for x, _, _ in pairs}
    for _ in range(2):
        levels = {x.name: labels.level(pen, x, lengths[x.domain]) for x, _, _ in pairs}
        columns = _tracks(_beside(pen, pairs, ups, levels, lengths), left, width, _GAP * pen.size)
        lengths = {domain: length for domain, (_, length) in columns.items()}
    least = {y.domain: _pitch(pen, ups[y.name]) * abs(y.scale.high - y.scale.low) for _, y, traces in pairs
             if _named(y, traces)}
    rows = _tracks(_around(pen, figure, pairs, ups, levels, height), top, height, _GAP * pen.size, least)
    placed = []
    for x, y, traces in pairs:
        (start, wide), (head, tall) = columns[x.domain], rows[y.domain]
        placed.append((Panel(pen, x, y, (start, head, wide, tall), traces), levels[x.name], ups[y.name]))
    return placed


def _length(axis: Axis) -> float:
    return axis.domain[1] - axis.domain[0]


def _beside(pen: Pen, pairs: list[Pair], ups: Mapping[str, Labels], levels: Mapping[str, Labels],
            lengths: Mapping[Track, float]) -> dict[Track, list[float]]:
    """Domain of a column -> points that labels need left and right of it, from left to right."""
    needs: dict[Track, list[float]] = {x.domain: [0.0, 0.0] for x in sorted(
        (x for x, _, _ in pairs), key=lambda axis: axis.domain)}
    for x, y, traces in pairs:
        need, reach = needs[x.domain], ups[y.name].reach
        before, after = labels.overhang(pen, levels[x.name], lengths[x.domain])
        bulge, right = marks.bulge(pen, traces, x.scale, "x", lengths[x.domain]), y.layout.side == "right"
        need[0] = max(need[0], before, bulge[0], 0.0 if right else reach)
        need[1] = max(need[1], after, bulge[1], reach if right else 0.0)
    return needs


def _around(pen: Pen, figure: go.Figure, pairs: list[Pair], ups: Mapping[str, Labels], levels: Mapping[str, Labels],
            height: float) -> dict[Track, list[float]]:
    """Domain of a row -> points that labels and headings need above and below it, from the top down."""
    needs: dict[Track, list[float]] = {y.domain: [0.0, 0.0] for y in sorted(
        (y for _, y, _ in pairs), key=lambda axis: axis.domain, reverse=True)}
    for x, y, traces in pairs:
        need, reach, above = needs[y.domain], levels[x.name].reach, x.layout.side == "top"
        length, title = _ALONG * height * _length(y), LINE * pen.size if y.layout.title.text else 0.0
        below, over = labels.overshoot(pen, ups[y.name], length)
        bulge = marks.bulge(pen, traces, y.scale, "y", length)
        need[0] = max(need[0], over, bulge[1], title, reach if above else 0.0)
        need[1] = max(need[1], below, bulge[0], 0.0 if above else reach)
    for note in figure.layout.annotations:
        if _heads(note):
            row = next((y.domain for _, y, _ in pairs if y.name == note.yref.split()[0]), next(iter(needs)))
            needs[row][0] = max(needs[row][0], pen.height(note.text) + (note.yshift or 0) * pen.scale)
    return needs


def _heads(note: Any) -> bool:
    """Whether an annotation stands above a panel."""
    return note.yanchor == "bottom" and note.y == 1


def _tracks(needs: dict[Track, list[float]], start: float, length: float, gap: float,
            least: Mapping[Track, float] = MappingProxyType({})) -> dict[Track, Track]:
    """Start and length in points of each row or column.

    Args:
        needs: domain -> points that must be free before and after it.
        start: where the first begins.
        length: of all of them.
        gap: between two of them.
        least: domain -> points that it should have, if that leaves enough for the others.
    """
    free, found = length - sum(map(sum, needs.values())) - gap * (len(needs) - 1), {}
    sizes = _sizes(list(needs), free, least)
    for domain, (before, after) in needs.items():
        found[domain] = start + before, sizes[domain]
        start += before + sizes[domain] + after + gap
    return found


def _sizes(domains: list[Track], free: float, least: Mapping[Track, float]) -> dict[Track, float]:
    """Points for each domain: in proportion to it, but what it should have at least where the others have more."""
    whole = sum(high - low for low, high in domains)
    short = {(low, high): least[low, high] for low, high in domains
             if least.get((low, high), 0.0) > free * (high - low) / whole}
    if sum(short.values()) > _MOST * free or len(short) == len(domains):
        short = {}
    free, whole = free - sum(short.values()), whole - sum(high - low for low, high in short)
    return {(low, high): short.get((low, high), free * (high - low) / whole) for low, high in domains}
