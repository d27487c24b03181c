"""What began in which year, as bars by theme, with the rows of unknown year as a bar of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import theme
from data.view import View
from data.years import GROUPS, Years

FIRST = 1900
_UNSTATED = "#8A94A6"


def years_chart(rows: list[Years], view: View) -> go.Figure:
    """A row of bars for each of `rows`; what is outside the view's period lies under a veil."""
    figure = make_subplots(rows=len(rows), cols=2, column_widths=[0.05, 0.95], shared_xaxes=True,
                           horizontal_spacing=0.035, vertical_spacing=0.12)
    for number, years in enumerate(rows, start=1):
        _bars(figure, number, years, view)
    last = int(rows[0].began.index[-1])
    for low, high in _outside(view, last):
        figure.add_vrect(low, high, row="all", col=2, fillcolor=theme.ground(), opacity=0.7, line_width=0)
    figure.update_layout(
        barmode="stack", bargap=0.1, height=75 + 75 * len(rows), margin={"l": 0, "r": 8, "t": 4, "b": 0},
        showlegend=False, dragmode="select", selectdirection="h", hovermode="closest", clickmode="event+select",
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", newselection={"line": {"width": 1}})
    figure.update_xaxes(fixedrange=True, showgrid=False)
    figure.update_xaxes(range=[FIRST - 0.5, last + 0.5], tickformat="d", dtick=10, col=2)
    figure.update_xaxes(showticklabels=False, col=1)
    figure.update_xaxes(showticklabels=True, ticktext=["no year"], tickvals=[0], row=len(rows), col=1)
    figure.update_yaxes(fixedrange=True, nticks=3, tickformat=",", zeroline=False)
    figure.update_yaxes(showticklabels=False, showgrid=False, col=1)
    return figure


def _bars(figure: go.Figure, number: int, years: Years, view: View) -> None:
    """The bars of one kind of row; years before FIRST stand in the first bar."""
    colours = [*theme.colours().values(), _UNSTATED]
    early = years.began[years.began.index <= FIRST].sum()
    began = years.began.reindex(range(FIRST, int(years.began.index[-1]) + 1), fill_value=0).astype(np.uint16)
    began.loc[FIRST] = early
    for group, colour in zip(GROUPS, colours, strict=True):
        if not began[group].any():
            continue
        figure.add_bar(x=began.index.to_numpy(np.int16), y=began[group].to_numpy(), name=group, marker_color=colour,
                       marker_line_width=0, row=number, col=2,
                       hovertemplate=f"%{{x}}: %{{y:,}} {years.what}<br>{group}<extra></extra>")
    figure.add_bar(x=[0], y=[years.undated], name="no year", row=number, col=1, text=[f"{years.undated:,}"],
                   textposition="outside", cliponaxis=False, marker_color=_UNSTATED,
                   marker_pattern={"shape": "/", "size": 4, "solidity": 0.4}, opacity=0.9 if view.undated else 0.3,
                   hovertemplate=f"%{{y:,}} {years.what} of unknown year<extra></extra>")
    figure.update_yaxes(range=[0, max(years.undated, 1) * 1.35], row=number, col=1)
    figure.add_annotation(text=f"{years.what} begun in the year", x=0, y=1, xref="x domain", yref="y domain",
                          xanchor="left", yanchor="top", showarrow=False, row=number, col=2)


def _outside(view: View, last: int) -> list[tuple[float, float]]:
    """The stretches of the scale that the view's period leaves out."""
    before = [(FIRST - 0.5, view.from_year - 0.5)] if view.from_year and view.from_year > FIRST else []
    after = [(view.to_year + 0.5, last + 0.5)] if view.to_year and view.to_year < last else []
    return before + after


def brushed(selection: Mapping[str, Any]) -> tuple[int, int] | None:
    """The years that a box was drawn over, or the one whose bar was clicked; None for anything else.

    `selection` is what `st.plotly_chart` reports. The axes of the years are those that end in an even number.
    """
    boxes = [box["x"] for box in selection.get("box", []) if _on_years(str(box.get("xref", "")))]
    marks = boxes[0] if boxes else [point["x"] for point in selection.get("points", []) if point["x"] >= FIRST]
    if not marks:
        return None
    low, high = round(float(min(marks))), round(float(max(marks)))
    return max(low, FIRST), max(high, FIRST)


def _on_years(axis: str) -> bool:
    number = axis.removeprefix("x")
    return number.isdecimal() and int(number) % 2 == 0


def without_year(selection: Mapping[str, Any]) -> bool:
    """Whether the bar of what has no year was clicked."""
    return not selection.get("box") and any(point["x"] == 0 for point in selection.get("points", []))
