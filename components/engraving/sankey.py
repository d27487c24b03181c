"""Flows between nodes in columns, as bands that are as thick as what flows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from components.engraving.bars import each
from components.engraving.panel import plot
from components.engraving.pen import Box, Pen, paint

_PAD, _THICK, _GAP = 10.0, 12.0, 5.0
_WIDEST = 0.3


@dataclass
class Node:
    """A node: its column from the left, what flows through it, its top in points, and how much of its sides is used."""

    label: str
    colour: str
    column: int = 0
    value: float = 0.0
    top: float = 0.0
    used: dict[bool, float] = field(default_factory=lambda: {False: 0.0, True: 0.0})


def draw(pen: Pen, trace: Any, box: Box) -> None:
    """Draw the flows of a trace within left, top, width and height in points."""
    links = sorted(zip(trace.link.source, trace.link.target, trace.link.value, each(
        trace.link.color, len(trace.link.value)), strict=True), key=lambda link: link[:2])
    nodes = [Node(label, colour) for label, colour in zip(
        trace.node.label, each(trace.node.color, len(trace.node.label)), strict=True)]
    _columns(nodes, links)
    last = max(node.column for node in nodes)
    room = [_GAP + max(min(pen.width(node.label), _WIDEST * box[2]) for node in nodes if node.column == column)
            for column in (0, last)]
    left, top, width, height = box[0] + room[0], box[1], box[2] - sum(room), box[3]
    each_point = _stack(nodes, height, _PAD * pen.scale)
    axes = plot(pen.sheet, (left, top, width, height))
    axes.set(xlim=(0, width), ylim=(height, 0))
    thick = _THICK * pen.scale
    places = [node.column / max(last, 1) * (width - thick) for node in nodes]
    for source, target, value, colour in links:
        ends = [nodes[end].top + nodes[end].used[out] for end, out in ((source, True), (target, False))]
        nodes[source].used[True] += value * each_point
        nodes[target].used[False] += value * each_point
        _band(axes, (places[source] + thick, ends[0]), (places[target], ends[1]), value * each_point, colour)
    for node, place in sorted(zip(nodes, places, strict=True), key=lambda pair: -pair[0].value):
        tall = node.value * each_point
        axes.add_patch(Rectangle((place, node.top), thick, tall, color=paint(node.colour), lw=0, zorder=3))
        _name(pen, node, (left + place, top + node.top + tall / 2), thick, node.column == 0, max(room) - _GAP)


def _columns(nodes: list[Node], links: list[Any]) -> None:
    """Put each node right of all that flow into it, and add up what flows through it.

    Raises:
        ValueError: the flows go round in a circle.
    """
    for _ in nodes:
        for source, target, *_ in links:
            nodes[target].column = max(nodes[target].column, nodes[source].column + 1)
    if any(nodes[target].column <= nodes[source].column for source, target, *_ in links):
        raise ValueError(f"links: must lead from column to column, but {len(nodes)} nodes lie on a circle")
    for number, node in enumerate(nodes):
        node.value = float(max(sum(link[2] for link in links if link[end] == number) for end in (0, 1)))


def _stack(nodes: list[Node], height: float, pad: float) -> float:
    """Put the nodes of each column below each other, in the middle, and return the points that a unit of flow has."""
    columns = [[node for node in nodes if node.column == column] for column in {node.column for node in nodes}]
    pad = min([pad, *(height / 3 / len(column) for column in columns)])
    unit = min((height - pad * (len(column) - 1)) / sum(node.value for node in column) for column in columns)
    for column in columns:
        top = (height - pad * (len(column) - 1) - unit * sum(node.value for node in column)) / 2
        for node in column:
            node.top = top
            top += node.value * unit + pad
    return unit


def _band(axes: Axes, start: tuple[float, float], end: tuple[float, float], thick: float, colour: str) -> None:
    middle = (start[0] + end[0]) / 2
    upper = [start, (middle, start[1]), (middle, end[1]), end]
    lower = [(x, y + thick) for x, y in reversed(upper)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(np.array([*upper, *lower, start]), codes), color=paint(colour), lw=0, zorder=2))


def _name(pen: Pen, node: Node, place: tuple[float, float], thick: float, first: bool, room: float) -> None:
    """Write the name of a node, left of the first column and right of the others, unless it would touch another."""
    x = place[0] - _GAP if first else place[0] + thick + _GAP
    pen.write(pen.short(node.label, room), x, place[1], float(first), 0.5, path_effects=pen.halo)
