"""City ties against the relations of nations: classes, blocs, decades, endings, bridges."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.charts.style import plain
from data.divides import Divide

MOST_BARS = 25


def divide_chart(found: Divide) -> go.Figure:
    """Bars: ties by how their nations stand; lines: the interval that chance gives."""
    strong, mark = theme.accent()[0], theme.colours()["Peace and rights"]
    expected = found.expected.round().tolist()
    names = [f"<b>{name}</b><br>{ties:,} ties<br>{ratio:.2f} times chance"
             for name, ties, ratio in zip(found.names, found.observed, found.ratio, strict=True)]
    figure = go.Figure(go.Bar(
        orientation="h", y=names, x=found.observed.tolist(), name="ties", marker_color=strong,
        hovertemplate="%{y}: %{x:,} ties<extra></extra>"))
    figure.add_scatter(
        y=names, x=expected, mode="markers", name="by chance",
        marker={"symbol": "line-ns", "size": 26, "color": mark, "line": {"width": 4, "color": mark}},
        error_x={"type": "data", "symmetric": False, "array": (found.high - found.expected).tolist(),
                 "arrayminus": (found.expected - found.low).tolist(), "color": mark, "width": 0, "thickness": 8},
        hovertemplate="%{y}: %{x:,} ties by chance<extra></extra>")
    return plain(figure, 60 + 76 * len(names), bargap=0.45,
                 xaxes={"side": "top", "tickformat": ",",
                        "range": [0, 1.08 * max(*found.observed.tolist(), *expected, 1)]},
                 yaxes={"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 6})


def blocs_chart(rows: pd.DataFrame, narrow: bool) -> go.Figure:
    """A dot a bloc: ties inside it over chance, on a log axis, larger with more ties.

    `rows` as `data.divides.blocs` gives them.
    """
    rows = rows[rows["inside"] > 0].sort_values("ratio")
    words = [f"{bloc} · {ties:,}" for bloc, ties in zip(rows["bloc"], rows["inside"], strict=True)]
    figure = go.Figure(go.Scatter(
        x=rows["ratio"].round(2).tolist(), y=words, mode="markers", customdata=rows["expected"].round(1).tolist(),
        marker={"color": theme.accent()[0], "size": (rows["inside"] ** 0.3 * 2 + 4).round(1).tolist()},
        hovertemplate="%{y} ties inside, %{x} times chance (%{customdata})<extra></extra>"))
    figure.add_vline(x=1, line={"color": theme.colours()["Peace and rights"], "width": 2})
    ticks = [1, 2, 5, 10, 20] if narrow else [0.5, 1, 2, 3, 5, 10, 20]
    return plain(figure, 50 + 21 * len(rows), showlegend=False,
                 xaxes={"type": "log", "side": "top", "tickvals": ticks, "ticktext": [f"{tick:g} ×" for tick in ticks]},
                 yaxes={"ticklabelstandoff": 6, "tickfont": {"size": 11}, "dtick": 1})


def signing_chart(rows: pd.DataFrame) -> go.Figure:
    """Mean UN distance at signing by decade: of the ties, by chance, and of all pairs of nations.

    `rows` as `data.ruptures.at_signing` gives them.
    """
    strong, faint = theme.accent()
    decades = [f"{decade}s" for decade in rows["decade"]]
    figure = go.Figure()
    for name, column, colour, width in (("all pairs of nations", "all", faint, 2),
                                        ("the same cities paired by chance", "chance",
                                         theme.colours()["Peace and rights"], 2),
                                        ("nations whose cities signed", "distance", strong, 4)):
        figure.add_scatter(x=decades, y=rows[column].round(3).tolist(), name=name, mode="lines+markers",
                           marker={"color": colour, "size": 8}, line={"color": colour, "width": width},
                           customdata=rows["ties"].tolist(),
                           hovertemplate=f"%{{x}}: %{{y:.2f}} {name} (%{{customdata:,}} ties)<extra></extra>")
    return plain(figure, 360,
                 xaxes={"showgrid": False, "type": "category"},
                 yaxes={"rangemode": "tozero", "nticks": 5})


def endings_chart(rows: pd.DataFrame, names: pd.Series) -> go.Figure:
    """Bars: ties ended or suspended by year, those with the country that most of them touch apart.

    `rows` as `data.ruptures.endings` gives them; `names` by ISO code.
    """
    strong, faint = theme.accent()
    most = rows.sort_values("ties").iloc[-1]["country"]
    touching = rows["touching"].where(rows["country"] == most, 0)
    figure = go.Figure([
        go.Bar(x=rows["year"].tolist(), y=touching.tolist(), name=f"with a city of {names[most]}", marker_color=strong,
               hovertemplate="%{x}: %{y}<extra></extra>"),
        go.Bar(x=rows["year"].tolist(), y=(rows["ties"] - touching).tolist(), name="others", marker_color=faint,
               hovertemplate="%{x}: %{y}<extra></extra>")])
    return plain(figure, 240, barmode="stack", bargap=0.2,
                 xaxes={"showgrid": False, "tickformat": "d"},
                 yaxes={"nticks": 4})


def bridges_chart(rows: pd.DataFrame, names: list[str]) -> go.Figure:
    """Bars: the ties of a city across a divide, and its others. `rows` as `data.ruptures.bridges` gives them."""
    strong, faint = theme.accent()
    figure = go.Figure([
        go.Bar(orientation="h", y=names, x=rows["far"].tolist(), name="with nations far apart", marker_color=strong,
               hovertemplate="%{y}: %{x} across a divide<extra></extra>"),
        go.Bar(orientation="h", y=names, x=(rows["known"] - rows["far"]).tolist(), name="others", marker_color=faint,
               hovertemplate="%{y}: %{x} others<extra></extra>")])
    return plain(figure, 50 + 22 * len(rows), barmode="stack", bargap=0.25,
                 xaxes={"side": "top"},
                 yaxes={"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 6, "dtick": 1})
