"""A figure of Plotly on a sheet: its legend, its panels in rows and columns, their labels, marks and annotations."""

from __future__ import annotations

import plotly.graph_objects as go

from components.engraving import axes, bars, grid, legend, marks, notes, sankey
from components.engraving.panel import Panel
from components.engraving.pen import Pen
from components.maps.sheet import Sheet

_KINDS = ("bar", "heatmap", "sankey", "scatter")


def engrave(sheet: Sheet, figure: go.Figure, box: tuple[float, float, float, float], size: float) -> None:
    """Draw a figure on a sheet within left, top, width and height in points, all text at least `size` points.

    The colours are those of the figure, so it must be made for the ground of the sheet. Of rows that do not fit, such
    as the bars of many networks, the upper ones are drawn and the others counted at the foot. What has no room without
    touching other text is left out: numbers of cells, names of small nodes.

    Args:
        sheet: where to draw.
        figure: made of bars, scatter, heat maps, or one Sankey diagram.
        box: left, top, width and height in points, from the upper left corner of the sheet.
        size: of the text, in points.

    Raises:
        ValueError: the figure has another kind of trace.
    """
    traces = [trace for trace in figure.data if trace.visible in (None, True)]
    others = sorted({trace.type for trace in traces} - set(_KINDS))
    if others:
        raise ValueError(f"figure: must be made of {', '.join(_KINDS)}, but has {', '.join(others)}")
    left, top, width, height = box
    pen = Pen(sheet, (left, top, left + width, top + height), size)
    head = legend.draw(pen, figure)
    if traces and traces[0].type == "sankey":
        sankey.draw(pen, traces[0], (left, top + head, width, height - head))
        return
    room = (left, top + head, width, height - head)
    panels, hidden = grid.arranged(pen, figure, axes.pairs(figure, traces), room)
    if hidden:
        pen.write(f"and {hidden:,} more", left, top + height, 0.0, 1.0)
    for panel in panels:
        _panel(panel, figure)
    notes.write(pen, figure, panels)


def _panel(panel: Panel, figure: go.Figure) -> None:
    for laid in bars.laid(figure.layout, panel.traces, panel.x.scale, panel.y.scale):
        bars.draw(panel, laid)
    for trace in panel.traces:
        if trace.type == "scatter":
            marks.lines(panel, trace)
        elif trace.type == "heatmap":
            marks.cells(panel, trace)
    for form in figure.layout.shapes:
        if (form.xref or "x").split()[0] == panel.x.name and (form.yref or "y").split()[0] == panel.y.name:
            marks.shape(panel, form)
