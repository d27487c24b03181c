"""Coverage by continent as bars: how many ties have a year, how many have none."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme


def coverage_chart(continents: pd.DataFrame) -> go.Figure:
    """A bar a continent, dated and undated ties end to end; `continents` as `data.continents.by_continent` gives it."""
    rows = continents.iloc[::-1]
    undated = rows["ties"] - rows["dated"]
    strong, faint = theme.accent()
    figure = go.Figure([
        go.Bar(name="year known", y=rows["continent"], x=rows["dated"], orientation="h", marker_color=strong,
               hovertemplate="%{y}: %{x:,} ties with a year<extra></extra>"),
        go.Bar(name="year unknown", y=rows["continent"], x=undated, orientation="h", marker_color=faint,
               hovertemplate="%{y}: %{x:,} ties without a year<extra></extra>"),
    ])
    figure.update_layout(
        barmode="stack", bargap=0.35, height=60 + 38 * len(rows), margin={"l": 0, "r": 8, "t": 0, "b": 0},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        xaxis={"tickformat": ",", "zeroline": False, "fixedrange": True},
        yaxis={"ticksuffix": "  ", "fixedrange": True, "showgrid": False})
    return figure


def coverage_words(continents: pd.DataFrame) -> str:
    """The chart in words, for a reader who does not see it."""
    lines = [f"{row.continent} {row.ties:,} ties, {row.dated:,} of them with a year" for row in continents.itertuples()]
    return "Ties that touch each continent: " + "; ".join(lines) + "."
