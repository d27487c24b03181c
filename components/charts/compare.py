"""Cities side by side: the networks of each, their themes, and the years in which each signed its ties."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts.landscape import NOW
from components.charts.overlaps import memberships_chart
from components.charts.style import faint, plain
from components.charts.years import FIRST
from data.phrases import counted
from data.words import STATUSES

SYMBOLS = dict(zip(STATUSES, ("circle", "circle-open", "x", "diamond-open"), strict=True))
_DOT, _LEAST, _HEAD, _LOWEST = 12, 2, 3, 150


def networks_chart(inside: pd.DataFrame, colours: list[str]) -> go.Figure:
    """Dots where a city (column) is in a network (row), a colour a city; `inside` as in `memberships_chart`."""
    figure = memberships_chart(inside)
    shade = dict(zip(inside.columns, colours, strict=True))
    for trace in figure.data:
        if trace.name:
            trace.marker.color = [shade[city] for city in trace.x]
    return figure.update_traces(showlegend=False).update_layout(height=max(figure.layout.height, _LOWEST))


def timelines_chart(ties: pd.DataFrame, names: dict[str, str], colours: list[str]) -> go.Figure:
    """A panel a city: each tie of known year as a dot over its year, hollow or crossed where it does not stand.

    Args:
        ties: as `data.compare.Comparison` has them.
        names: the label of each city by its code, one a panel.
        colours: the colour of each of them.

    Returns:
        Panels one above the other on one scale of years, each dot of one height; a tie from before FIRST stands there.
    """
    dated = ties[ties["start_year"].notna()]
    dated = dated.assign(year=dated["start_year"].astype("int64").clip(lower=FIRST)).sort_values(["year", "name"])
    dated = dated.assign(place=dated.groupby(["city", "year"]).cumcount() + 1)
    top, first = max(int(dated["place"].max()), _LEAST), int(dated["year"].min()) - 2
    floors = [-number * (top + _HEAD) for number in range(len(names))]
    figure, heads = go.Figure(), []
    for (city, name), colour, floor in zip(names.items(), colours, floors, strict=True):
        own = dated[dated["city"] == city]
        heads.append(_head(name, int((ties["city"] == city).sum()), len(own)))
        figure.add_scatter(
            x=own["year"].tolist(), y=(own["place"] + floor).tolist(), mode="markers", showlegend=False,
            marker={"color": colour, "size": 9, "symbol": own["status"].map(SYMBOLS).tolist()},
            hovertext=(own["name"] + ", " + own["mark"]).tolist(), hovertemplate="%{hovertext}<extra></extra>")
    figure.add_scatter(x=[first] * len(floors), y=[floor + top + 1.4 for floor in floors], mode="text", text=heads,
                       textposition="middle right", hoverinfo="skip", showlegend=False)
    return plain(figure, 40 + _DOT * (top + _HEAD) * len(names),
                 xaxes={"range": [first, NOW + 1], "tickformat": "d", "nticks": 8, "gridcolor": faint()},
                 yaxes={"range": [floors[-1], top + _HEAD - 0.5], "showticklabels": False, "tickvals": floors,
                        "gridcolor": faint()})


def _head(name: str, ties: int, dated: int) -> str:
    return f"<b>{name}</b>: {dated:,} of {counted(ties)} of known year, {ties - dated:,} undated"


def profiles_chart(rows: pd.DataFrame, names: dict[str, str], colours: list[str]) -> go.Figure:
    """Bars a theme, one a city: the share of its networks; `rows` as `data.compare.profile` gives them."""
    shown = rows[rows.groupby("theme")["networks"].transform("sum").gt(0) | (rows["theme"] != "Unstated")]
    figure = go.Figure()
    for (city, name), colour in zip(names.items(), colours, strict=True):
        own = shown[shown["city"] == city]
        figure.add_bar(
            orientation="h", y=own["theme"].tolist(), x=(100 * own["share"]).round(1).fillna(0).tolist(), name=name,
            marker_color=colour, text=[f"{networks:,}" for networks in own["networks"]], textposition="outside",
            cliponaxis=False, hovertemplate=f"{name}: %{{text}} networks, %{{x}} %<extra>%{{y}}</extra>")
    return plain(figure, 50 + shown["theme"].nunique() * (16 + 14 * len(names)), bargap=0.25, margin={"r": 24},
                 xaxes={"side": "top", "ticksuffix": " %", "range": [0, 112 * float(shown["share"].max())]},
                 yaxes={"showgrid": False, "ticklabelstandoff": 4, "autorange": "reversed"})
