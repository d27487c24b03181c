"""What networks share: the matrix of shared members, the sets of networks, and what joining would bring."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import theme
from components.charts.style import faint, grid, plain
from data import overlap
from data.phrases import counted
from data.roster import Roster

MOST_BARS, MOST_LABELLED = 20, 26
_BRIGHTEST, _APART = 0.3, 4


def overlap_chart(roster: Roster, narrow: bool) -> go.Figure:
    """The Jaccard similarity of every two networks, in an order that puts like beside like.

    Few networks have their counts in the cells; many, or on a narrow screen, have no names above, where they would lie
    on each other.
    """
    counts = overlap.shared(roster)
    similarity = overlap.jaccard(counts)
    order = overlap.order(similarity)
    counts, similarity = counts[np.ix_(order, order)], similarity[np.ix_(order, order)]
    names = roster.networks["short_name"].to_numpy()[order].tolist()
    few = len(names) <= MOST_LABELLED and not narrow
    shares = (1000 * similarity).round().astype(np.int16)
    np.fill_diagonal(shares, 0)
    figure = go.Figure(go.Heatmap(
        z=shares, x=names, y=names, customdata=counts.astype(np.int32), colorscale=theme.rising(), zmin=0,
        zmax=1000 * _BRIGHTEST, xgap=1, ygap=1, text=counts.tolist() if few else None,
        texttemplate="%{text:,}" if few else None, textfont={"size": 11},
        hovertemplate="<b>%{y}</b> and <b>%{x}</b><br>%{customdata:,} shared members<extra></extra>"))
    return grid(figure, 20 + (28 if few else 11) * len(names), max(map(len, names)) if few else 0,
                ("none shared", f"{100 * _BRIGHTEST:.0f} % of the members of either or more"), 11 if few else 9)


def combinations_chart(top: pd.DataFrame, members: pd.Series, names: pd.Series) -> go.Figure:
    """An UpSet chart: cities in just this set of networks above, the networks of the set below.

    `top` as `data.overlap.combinations` gives them; `members` and `names` by network.
    """
    used = members.loc[sorted({network for cell in top["networks"] for network in cell})].sort_values()
    row = {network: number for number, network in enumerate(used.index)}
    across = list(range(len(top)))
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.03,
                           row_heights=[190, 26 * len(used)])
    strong, weak = theme.accent()[0], faint()
    figure.add_scatter(x=across, y=top["cities"].tolist(), mode="markers+text", text=[f"{n:,}" for n in top["cities"]],
                       textposition="top center", cliponaxis=False, marker={"color": strong, "size": 10}, row=1, col=1,
                       hovertext=["<br>".join(names[network] for network in cell) for cell in top["networks"]],
                       hovertemplate="%{y:,} cities in just<br>%{hovertext}<extra></extra>",
                       error_y={"type": "data", "symmetric": False, "array": [0] * len(top), "color": strong,
                                "arrayminus": (top["cities"] - 1).tolist(), "width": 0})
    everywhere = [(x, y) for x in across for y in row.values()]
    figure.add_scatter(x=[x for x, _ in everywhere], y=[y for _, y in everywhere], mode="markers", row=2, col=1,
                       marker={"color": weak, "size": 7}, hoverinfo="skip")
    xs, ys = _strings(top, row)
    figure.add_scatter(x=xs, y=ys, mode="lines+markers", marker={"color": strong, "size": 10}, row=2, col=1,
                       line={"color": strong, "width": 2}, hoverinfo="skip")
    figure.update_yaxes(type="log", title={"text": "cities (log scale)"}, row=1, col=1, dtick=1,
                        range=[0, float(np.log10(top["cities"].max())) + 0.5])
    figure.update_yaxes(tickvals=list(row.values()), ticktext=[f"{names[n]} · {members[n]:,}" for n in row], row=2,
                        col=1, showgrid=False, range=[-0.6, len(row) - 0.4])
    return plain(figure, 250 + 26 * len(used), showlegend=False,
                 xaxes={"showticklabels": False, "showgrid": False, "range": [-0.6, max(len(top), 6) - 0.4]})


def _strings(top: pd.DataFrame, row: dict[str, int]) -> tuple[list[int | None], list[int | None]]:
    """The dots of each set, from the lowest network to the highest, with a gap between two sets."""
    xs: list[int | None] = []
    ys: list[int | None] = []
    for number, cell in enumerate(top["networks"]):
        places = sorted(row[network] for network in cell)
        xs += [number] * len(places) + [None]
        ys += [*places, None]
    return xs, ys


def memberships_chart(inside: pd.DataFrame) -> go.Figure:
    """Dots where a city (column) is in a network (row); those that all of them share on top, in the strong colour.

    `inside` is a frame of booleans: index the names of networks, columns the names of cities.
    """
    rows = inside.iloc[::-1]
    place = {name: number for number, name in enumerate(rows.index)}
    figure = go.Figure()
    every = len(rows.columns) > 1
    strong, weak = theme.accent()
    kinds = ((True, strong, "in all of them"), (False, theme.colours()["Planet"], "in some of them"))
    for common, colour, words in kinds:
        kept = rows[(rows.all(axis=1) & every) == common]
        points = [(city, place[name]) for name, line in kept.iterrows() for city in line.index[line]]
        if points:
            figure.add_scatter(x=[x for x, _ in points], y=[y for _, y in points], mode="markers", name=words,
                               marker={"color": colour, "size": 13}, showlegend=every,
                               hovertemplate="%{x}<extra></extra>")
    absent = [(city, place[name]) for name, line in rows.iterrows() for city in line.index[~line]]
    figure.add_scatter(x=[x for x, _ in absent], y=[y for _, y in absent], mode="markers", showlegend=False,
                       marker={"color": weak, "size": 7}, hoverinfo="skip")
    return plain(figure, 60 + 24 * len(rows),
                 xaxes={"side": "top", "showgrid": False, "categoryorder": "array", "categoryarray": list(rows.columns),
                        "range": [-0.6, max(len(rows.columns), _APART) - 0.4]},
                 yaxes={"tickvals": list(place.values()), "ticktext": list(place), "showgrid": False,
                        "range": [-0.6, len(rows) - 0.4]})


def gains_chart(rows: pd.DataFrame, names: pd.Series, cared: str) -> go.Figure:
    """What each network would bring a city: new peers, those in the chosen places, and peers it has already.

    `rows` as `data.gain.gains` gives them, without the networks that the city is in.
    """
    top = rows.head(MOST_BARS).iloc[::-1]
    labels = [names[network] for network in top["network_id"]]
    here = top["cared"].fillna(0).astype(int)
    strong, weak = theme.accent()
    figure = go.Figure()
    parts = [(f"new peers in {cared}", here, theme.colours()["Prosperity"])] if cared else []
    parts += [("new peers elsewhere" if cared else "new peers", top["new"] - here, strong),
              ("peers already, through another network", top["known"], weak)]
    for words, counts, colour in parts:
        figure.add_bar(orientation="h", y=labels, x=counts.tolist(), name=words, marker_color=colour,
                       hovertemplate=f"%{{y}}: %{{x:,}} {words}<extra></extra>")
    ends = (top["new"] + top["known"]).tolist()
    inside = [f" {counted(count, 'partner')} inside" if count else "" for count in top["partners"]]
    figure.add_scatter(x=ends, y=labels, mode="text", textposition="middle right", showlegend=False, hoverinfo="skip",
                       text=inside)
    return plain(figure, 60 + 26 * len(top), barmode="stack", bargap=0.25,
                 xaxes={"side": "top", "tickformat": ",", "range": [0, 1.25 * max(ends, default=1)]},
                 yaxes={"showgrid": False, "ticklabelstandoff": 4})


def peers_chart(rows: pd.DataFrame) -> go.Figure:
    """The members of one network by region: new to the city, and peers already.

    `rows` has the columns region and new (boolean).
    """
    counts = rows.groupby("region")["new"].agg(["sum", "size"]).sort_values(["sum", "size"])
    strong, weak = theme.accent()
    figure = go.Figure([
        go.Bar(orientation="h", y=counts.index.tolist(), x=counts["sum"].tolist(), name="new peers",
               marker_color=strong, hovertemplate="%{y}: %{x:,} new peers<extra></extra>"),
        go.Bar(orientation="h", y=counts.index.tolist(), x=(counts["size"] - counts["sum"]).tolist(), marker_color=weak,
               name="peers already, through another network", hovertemplate="%{y}: %{x:,} already<extra></extra>")])
    return plain(figure, 60 + 24 * len(counts), barmode="stack", bargap=0.25,
                 xaxes={"side": "top", "tickformat": ","},
                 yaxes={"showgrid": False, "ticklabelstandoff": 4})
