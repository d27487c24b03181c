"""One network: how its membership grew, and where its members are against where cities are."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.charts.landscape import NOW
from components.charts.style import plain

_YEARS = 5


def growth_curve(joined: pd.DataFrame) -> go.Figure:
    """Members of known year of joining, added up; years that are inferred or an upper bound have a hollow mark.

    `joined` as the frame of `data.lives.Growth`, of one network.
    """
    by_year = joined.groupby("year")["cities"].sum()
    total = by_year.cumsum()
    rough = set(joined.loc[~joined["exact"], "year"])
    first = min(int(by_year.index[0]) - 1, NOW - _YEARS)
    years = [first, *total.index.tolist(), NOW]
    strong, ground = theme.accent()[0], theme.ground()
    figure = go.Figure(go.Scatter(
        x=years, y=[0, *total.tolist(), int(total.iloc[-1])], mode="lines", hoverinfo="skip",
        line={"color": strong, "shape": "hv", "width": 2}))
    figure.add_scatter(
        x=total.index.tolist(), y=total.tolist(), mode="markers", customdata=by_year.tolist(),
        marker={"color": [ground if year in rough else strong for year in total.index], "size": 8,
                "line": {"color": strong, "width": 1.5}},
        hovertemplate="%{x}: %{customdata:,} joined, %{y:,} of known year so far<extra></extra>")
    return plain(figure, 230, showlegend=False,
                 xaxes={"range": [first, NOW + 0.5], "showgrid": False, "tickformat": "d"},
                 yaxes={"rangemode": "tozero", "tickformat": ",", "nticks": 4})


def balance_chart(rows: pd.DataFrame) -> go.Figure:
    """Bars: each region's share of the members; marks: its share of the big cities.

    `rows` as `data.lives.by_region` gives them.
    """
    rows = rows.iloc[::-1]
    strong, mark = theme.accent()[0], theme.colours()["Peace and rights"]
    figure = go.Figure([
        go.Bar(orientation="h", y=rows["region"].tolist(), x=(100 * rows["members_share"]).round(1).tolist(),
               name="share of the members, %", marker_color=strong, customdata=rows["members"].tolist(),
               hovertemplate="%{y}: %{customdata:,} members, %{x} %<extra></extra>"),
        go.Scatter(y=rows["region"].tolist(), x=(100 * rows["cities_share"]).round(1).tolist(), mode="markers",
                   name="share of the big cities, %", customdata=rows["cities"].tolist(),
                   marker={"symbol": "line-ns", "size": 14, "color": mark, "line": {"width": 3, "color": mark}},
                   hovertemplate="%{y}: %{customdata:,} big cities, %{x} %<extra></extra>")])
    return plain(figure, 50 + 22 * len(rows), bargap=0.3,
                 xaxes={"side": "top", "rangemode": "tozero", "ticksuffix": " %"},
                 yaxes={"showgrid": False, "ticklabelstandoff": 4})
