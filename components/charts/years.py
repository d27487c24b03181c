"""What began in which year, as bars by theme, with the rows of unknown year as a bar of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import theme
from data.view import View
from data.years import GROUPS, Years

FIRST = 1900
_UNSTATED = "#8A94A6"
_GAP = 0.035
_START = 0.05 * (1 - _GAP) + _GAP


def years_chart(years: Years) -> go.Figure:
    """Bars by theme. The chart does not follow the period: a change of that must be a short message."""
    last = int(years.began.index[-1])
    figure = make_subplots(cols=2, column_widths=[0.05, 0.95], horizontal_spacing=_GAP)
    _bars(figure, years)
    figure.add_bar(x=[0], y=[years.undated], name="no year", row=1, col=1, text=[f"{years.undated:,}"],
                   textposition="outside", marker_color=_UNSTATED, marker_pattern_shape="/",
                   hovertemplate=f"%{{y:,}} {years.what} of unknown year<extra></extra>")
    figure.update_layout(
        template="none", barmode="stack", bargap=0.1, height=150, margin={"l": 0, "r": 8, "t": 18, "b": 0},
        showlegend=False, dragmode="select", selectdirection="h", paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)")
    figure.update_xaxes(fixedrange=True, showgrid=False)
    figure.update_xaxes(range=[FIRST - 0.5, last + 0.5], tickvals=list(range(FIRST + 20, last, 20)), col=2)
    figure.update_xaxes(ticktext=["no year"], tickvals=[0], col=1)
    figure.update_yaxes(fixedrange=True, nticks=3, tickformat=",", zeroline=False, ticklabelposition="inside top")
    figure.update_yaxes(range=[0, max(round(1.35 * years.undated), 1)], showticklabels=False, showgrid=False, col=1)
    if years.began.sum(axis=1).max() < 4:
        figure.update_yaxes(dtick=1, col=2)
    figure.add_annotation(text=f"{years.what} begun in the year", x=0, y=1, xref="x2 domain", yref="y2 domain",
                          xanchor="left", yanchor="bottom", showarrow=False)
    return figure


def _bars(figure: go.Figure, years: Years) -> None:
    """The bars of the years; those before FIRST stand in the first one."""
    began = years.began.reindex(range(FIRST, int(years.began.index[-1]) + 1), fill_value=0)
    began.loc[FIRST] = years.began[years.began.index <= FIRST].sum()
    for group, colour in zip(GROUPS, [*theme.colours().values(), _UNSTATED], strict=True):
        known = began[group].to_numpy().nonzero()[0]
        if len(known):
            figure.add_bar(x0=FIRST + int(known[0]), dx=1, y=began[group].iloc[known[0]:known[-1] + 1].tolist(),
                           name=group, marker_color=colour, row=1, col=2,
                           hovertemplate="%{x}: %{y:,}")


def span(view: View, last: int) -> tuple[float, float]:
    """Where the view's period lies on the scale from FIRST to `last`, as shares of the chart's width from its left."""
    scale, wide = last + 1 - FIRST, 1 - _START
    low = min(max(view.from_year or FIRST, FIRST), last) - FIRST
    high = min(max(view.to_year or last, FIRST), last) + 1 - FIRST
    return _START + wide * low / scale, _START + wide * high / scale


def brushed(selection: Mapping[str, Any]) -> tuple[int, int] | None:
    """The years that a box was drawn over, or the one whose bar was clicked; None for anything else.

    `selection` is what `st.plotly_chart` reports.
    """
    boxes = [box["x"] for box in selection.get("box", []) if box.get("xref") == "x2"]
    marks = boxes[0] if boxes else [point["x"] for point in selection.get("points", []) if point["x"] >= FIRST]
    if not marks:
        return None
    low, high = round(float(min(marks))), round(float(max(marks)))
    return max(low, FIRST), max(high, FIRST)


def without_year(selection: Mapping[str, Any]) -> bool:
    """Whether the bar of what has no year was clicked."""
    return not selection.get("box") and any(point["x"] == 0 for point in selection.get("points", []))
