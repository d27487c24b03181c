"""The axes of a figure, read off its layout and its traces: which share their numbers, and where they begin and end."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.engraving import bars
from components.engraving.scale import Axis, Floats, Scale, categories, span, values

Pair = tuple[Axis, Axis, tuple[Any, ...]]


def pairs(figure: go.Figure, traces: list[Any]) -> list[Pair]:
    """The two axes of each panel of a figure with the traces on them, in the order of the traces."""
    scales: dict[str, Scale] = {}
    for letter in "xy":
        found: dict[str, list[Any]] = {}
        for trace in traces:
            found.setdefault(_root(figure, _name(trace, letter)), []).extend(values(trace, letter))
        scales |= {root: Scale(categories(_layout(figure, root), every), _layout(figure, root).type == "log")
                   for root, every in found.items()}
    held: dict[tuple[str, str], list[Any]] = {}
    for trace in traces:
        held.setdefault((_name(trace, "x"), _name(trace, "y")), []).append(trace)
    axes = {name: Axis(name, _layout(figure, name), scales[_root(figure, name)], _domain(figure, name))
            for name in dict.fromkeys(name for pair in held for name in pair)}
    found_pairs = [(axes[x], axes[y], tuple(of)) for (x, y), of in held.items()]
    _span(figure, scales, found_pairs)
    return found_pairs


def _name(trace: Any, letter: str) -> str:
    return trace[f"{letter}axis"] or letter


def _layout(figure: go.Figure, name: str) -> Any:
    return figure.layout[f"{name[0]}axis{name[1:]}"]


def _root(figure: go.Figure, name: str) -> str:
    """The axis whose numbers an axis has."""
    return _layout(figure, name).matches or name


def _domain(figure: go.Figure, name: str) -> tuple[float, float]:
    layout = _layout(figure, name)
    low, high = (_layout(figure, layout.overlaying) if layout.overlaying else layout).domain or (0, 1)
    return float(low), float(high)


def _span(figure: go.Figure, scales: dict[str, Scale], found: list[Pair]) -> None:
    """Give all scales their ends."""
    for root, scale in scales.items():
        tight, loose = [np.array([])], [np.array([])]
        for x, y, traces in found:
            if scale is x.scale or scale is y.scale:
                edges, dots = _reach(figure, x, y, traces, "x" if scale is x.scale else "y")
                tight += edges
                loose += dots
        scale.low, scale.high = span(_layout(figure, root), scale, np.concatenate(tight), np.concatenate(loose))


def _reach(figure: go.Figure, x: Axis, y: Axis, traces: tuple[Any, ...], letter: str
           ) -> tuple[list[Floats], list[Floats]]:
    """The numbers that the marks of a panel touch along x or y: edges of bars and cells; ends of bars, and dots."""
    scale = (x if letter == "x" else y).scale
    tight, loose = [], []
    for laid in bars.laid(figure.layout, traces, x.scale, y.scale):
        along = (letter == "x") == (laid.trace.orientation == "h")
        loose += [laid.base, laid.end] if along else []
        tight += [] if along else [laid.near, laid.far]
    for trace in traces:
        places = scale.numbers(values(trace, letter)) if trace.type != "bar" else np.array([])
        if trace.type == "heatmap":
            tight += [places - 0.5, places + 0.5]
        elif trace.type == "scatter":
            loose += [places, *ends(trace, letter, scale)]
    return tight, loose


def ends(trace: Any, letter: str, scale: Scale) -> list[Floats]:
    """The lower and the upper ends of the error bars of a trace along x or y, as numbers; none where it has none."""
    error = trace[f"error_{letter}"]
    if error.array is None:
        return []
    middle, more = np.array(values(trace, letter), dtype=float), np.asarray(error.array, dtype=float)
    less = more if error.arrayminus is None else np.asarray(error.arrayminus, dtype=float)
    return [scale.numbers(middle - less), scale.numbers(middle + more)]
