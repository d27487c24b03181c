"""The annotations of a figure: headings of panels at their place, and names of dots where they touch nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.engraving.panel import Panel
from components.engraving.pen import Pen

_GAP = 3.0
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))
_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}


def write(pen: Pen, figure: go.Figure, panels: list[Panel]) -> None:
    """Write all annotations."""
    for note in figure.layout.annotations:
        refs = (note.xref or "x").split(), (note.yref or "y").split()
        panel = next((panel for panel in panels if refs[0][0] in (panel.x.name, "paper")
                      and refs[1][0] in (panel.y.name, "paper")), None)
        if panel is None:
            continue
        if len(refs[0]) > 1 or len(refs[1]) > 1 or "paper" in (refs[0][0], refs[1][0]):
            _head(pen, note, panel, panels)
        else:
            _name(pen, note, panel)


def _head(pen: Pen, note: Any, panel: Panel, panels: list[Panel]) -> None:
    """Write an annotation at its share of a panel, or of all panels."""
    left, top, width, height = panel.box
    if note.xref == "paper":
        left = min(panel.box[0] for panel in panels)
        width = max(panel.box[0] + panel.box[2] for panel in panels) - left
    if note.yref == "paper":
        top = min(panel.box[1] for panel in panels)
    pen.write(note.text, left + width * note.x, top + height * (1 - note.y) - (note.yshift or 0) * pen.scale,
              _SHARES[note.xanchor or "center"], _SHARES[note.yanchor or "middle"])


def _name(pen: Pen, note: Any, panel: Panel) -> None:
    """Write the name of a dot beside it, where it touches fewest dots, unless every side is taken.

    It may touch smaller dots, but none as large as its own. The side that the figure says comes first.
    """
    (x,), (y,) = panel.numbers([note.x], [note.y])
    if not panel.holds(x, y):
        return
    left, top = panel.point(x, y)
    own = panel.radius(left, top)
    gap, said = own + _GAP, (note.xshift or 0, note.yshift or 0)
    tries = []
    for across, up in sorted(_SIDES, key=lambda side: -np.dot(side, said)):
        place = left + across * gap, top - up * gap, (1 - across) / 2, (1 + up) / 2
        touched = panel.touched(pen.frame(note.text, *place))
        if touched.max(initial=0.0) < own or not len(touched):
            tries.append((len(touched), place))
    for _, place in sorted(tries, key=lambda found: found[0]):
        if pen.write(note.text, *place, path_effects=pen.halo):
            return
