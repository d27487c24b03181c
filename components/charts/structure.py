"""The shape of the whole: against chance, rankings with their past, the distribution of degrees, chains of cities."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import theme
from components.charts.style import faint, plain
from data.paths import Hop
from data.structure import written

ROW, MOST_CHAINS = 24, 12
_STRONG = 0.7
_CHANCE = {"clustering": "Global clustering", "path": "Mean shortest path (ties)"}


def chance_chart(rows: pd.DataFrame) -> go.Figure:
    """Two pairs of bars: clustering and path, observed and by chance with the interval of 95 % of the random graphs.

    `rows` as `data.structure.measures` gives them, of the small world.
    """
    figure = make_subplots(rows=2, vertical_spacing=0.35)
    strong, weak = theme.accent()
    for number, (measure, title) in enumerate(_CHANCE.items(), 1):
        observed, chance = rows.loc[measure], rows.loc[f"{measure}_random"]
        interval = f"{written(chance['low'])} to {written(chance['high'])}"
        for words, row, colour, text in (
                ("by chance", chance, weak, f" {written(chance['value'])} ({interval})"),
                ("observed", observed, strong, f" {written(observed['value'])}")):
            figure.add_bar(orientation="h", y=[words], x=[row["value"]], text=text, textposition="outside", name=words,
                           marker_color=colour, cliponaxis=False, showlegend=False, row=number, col=1,
                           hovertemplate=f"{title}, {words}:{text}<extra></extra>")
        axis = "" if number == 1 else str(number)
        figure.add_annotation(text=f"<b>{title}</b>", x=0, y=1, xref="paper", yref=f"y{axis} domain", xanchor="left",
                              yanchor="bottom", showarrow=False)
        figure.update_xaxes(range=[0, 1.6 * max(observed["value"], chance["value"])], row=number, col=1)
    return plain(figure, 220, margin={"t": 28}, bargap=0.25,
                 xaxes={"visible": False},
                 yaxes={"showgrid": False, "ticklabelstandoff": 4})


def ranking_chart(rows: pd.DataFrame, ranks: pd.DataFrame, words: str) -> go.Figure:
    """A bar a city with its rank and a link, and beside it the ranks of its past.

    `rows` has the columns city_id, label, value, rank and chosen, first on top; `ranks` has a row for each and a column
    a year, none where there is no past; `words` name the value.
    """
    past = len(ranks.columns)
    wide = 0.32 + 0.026 * past
    figure = make_subplots(cols=2, shared_yaxes=True, horizontal_spacing=0.03,
                           column_widths=[1 - wide, wide]) if past else make_subplots()
    place = list(range(len(rows)))
    strong, weak = theme.accent()[0], theme.colours()["Prosperity"]
    figure.add_bar(
        orientation="h", y=place, x=rows["value"].tolist(), text=[f" {written(value)}" for value in rows["value"]],
        textposition="outside", cliponaxis=False, customdata=rows["label"].tolist(),
        marker_color=[weak if chosen else strong for chosen in rows["chosen"]],
        hovertemplate=f"<b>%{{customdata}}</b><br>{words}:%{{text}}<extra></extra>", row=1, col=1)
    if past:
        _past(figure, ranks, rows["label"].tolist())
    names = [f"<a href='/city?city={row.city_id}' target='_self' style='color:{theme.ink()}'>{row.label}</a> · "
             f"{row.rank:,}" for row in rows.itertuples()]
    figure.update_xaxes(visible=False, range=[0, 1.4 * rows["value"].max()], row=1, col=1)
    _head(figure, words, "left", "x domain", 4)
    return plain(figure, 50 + ROW * len(rows), margin={"t": 44}, showlegend=False, bargap=0.3,
                 yaxes={"tickvals": place, "ticktext": names, "range": [len(rows) - 0.4, -0.6], "showgrid": False,
                        "ticklabelstandoff": 4})


def _head(figure: go.Figure, words: str, side: str, column: str, up: int) -> None:
    """Words above the left or the right end of a column, so many pixels up."""
    figure.add_annotation(text=words, x=int(side == "right"), xref=column, y=1, yref="paper", xanchor=side,
                          yanchor="bottom", yshift=up, showarrow=False, borderpad=0)


def _past(figure: go.Figure, ranks: pd.DataFrame, names: list[str]) -> None:
    """Cells of ranks, stronger nearer the top; a dash where the city had no tie of known year."""
    scale = [(place / _STRONG, colour) for place, colour in theme.rising() if place <= _STRONG]
    values = ranks.astype(float).to_numpy()
    text = [["–" if np.isnan(rank) else f"{rank:,.0f}" for rank in line] for line in values]
    figure.add_heatmap(
        z=np.clip(3 - np.log10(np.nan_to_num(values, nan=1000)), 0, None).round(2).tolist(), y=list(range(len(names))),
        x=[str(year) for year in ranks.columns], text=text, texttemplate="%{text}", textfont={"size": 11},
        colorscale=scale, zmin=0, zmax=3, showscale=False, xgap=2, ygap=2,
        customdata=[[name] * len(ranks.columns) for name in names],
        hovertemplate="<b>%{customdata}</b><br>rank at the end of %{x}: %{text}<extra></extra>", row=1, col=2)
    figure.update_xaxes(type="category", dtick=1, side="top", tickangle=0, showgrid=False, row=1, col=2)
    _head(figure, "rank at the end of", "right", "x2 domain", 22)


def degrees_chart(counts: pd.DataFrame, marked: dict[str, int]) -> go.Figure:
    """The share of cities with as many partners or more, both axes logarithmic; `marked` cities with their partners.

    `counts` as `data.structure.degrees` gives them.
    """
    share = 100 * counts["share_at_least"]
    at = dict(zip(counts["degree"], share, strict=True))
    figure = go.Figure(go.Scatter(
        x=counts["degree"].tolist(), y=share.tolist(), mode="lines+markers", line={"color": faint(), "width": 1},
        marker={"color": theme.accent()[0], "size": 8}, customdata=counts["nodes"].tolist(),
        hovertemplate="%{x} partners: %{customdata:,} cities<br>%{y:.2g} % have as many or more<extra></extra>"))
    figure.add_scatter(
        x=list(marked.values()), y=[at[degree] for degree in marked.values()], mode="markers+text", cliponaxis=False,
        text=[f"{name} ({degree})" for name, degree in marked.items()], hoverinfo="skip", textposition="top right",
        marker={"color": theme.colours()["Prosperity"], "size": 12})
    most, least = float(np.log10(counts["degree"].max())), float(np.log10(share.min()))
    ticks = [number for power in range(-3, 3) for number in (10.0**power, 3 * 10.0**power) if number <= 100]
    steps = [number for number in (1, 2, 3, 5, 10, 20, 50, 100, 200, 500) if number <= counts["degree"].max() * 1.5]
    return plain(figure, 460, showlegend=False,
                 xaxes={"type": "log", "title": {"text": "partner cities abroad (log scale)"},
                        "range": [-0.05, most + 0.3], "tickvals": steps, "ticktext": list(map(str, steps)),
                        "gridcolor": faint()},
                 yaxes={"type": "log", "title": {"text": "% of cities with as many or more (log scale)"},
                        "gridcolor": faint(), "range": [least - 0.15, 2.15], "tickvals": ticks,
                        "ticktext": [f"{tick:g}" for tick in ticks]})


def chains_chart(chains: list[tuple[Hop, ...]], names: dict[str, str]) -> go.Figure:
    """Chains from left to right: cities as dots, hops as lines, those without a tie (shared networks only) dashed."""
    columns: list[list[str]] = [[] for _ in range(len(chains[0]) + 1)]
    for chain in chains:
        for step, city in enumerate([chain[0].start, *(hop.end for hop in chain)]):
            columns[step] += [] if city in columns[step] else [city]
    place = {(step, city): (len(column) - 1) / 2 - number
             for step, column in enumerate(columns) for number, city in enumerate(column)}
    figure = go.Figure()
    for tied, dash in ((True, "solid"), (False, "dot")):
        drawn = dict.fromkeys((step, hop.start, hop.end) for chain in chains for step, hop in enumerate(chain)
                              if bool(hop.ties) == tied)
        figure.add_scatter(
            x=[x for step, _, _ in drawn for x in (step, step + 1, None)], mode="lines", hoverinfo="skip",
            y=[y for step, a, b in drawn for y in (place[step, a], place[step + 1, b], None)],
            line={"color": theme.accent()[0] if tied else theme.colours()["Planet"], "dash": dash, "width": 2})
    figure.add_scatter(x=[step for step, _ in place], y=list(place.values()), mode="markers", cliponaxis=False,
                       hoverinfo="skip", marker={"color": theme.ink(), "size": 10})
    for (step, city), y in place.items():
        figure.add_annotation(x=step, y=y, text=f"<b>{names[city]}</b>", showarrow=False, yshift=17, borderpad=0,
                              bgcolor=theme.ground())
    tallest = max(map(len, columns))
    return plain(figure, 60 + 44 * tallest, showlegend=False,
                 xaxes={"visible": False, "range": [-0.25, len(columns) - 0.75]},
                 yaxes={"visible": False, "range": [-tallest / 2 - 0.1, tallest / 2 + 0.3]})
