"""One city: its ties and memberships through time, where it stands among its peers, and what its networks are about."""

from __future__ import annotations

from itertools import cycle

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.charts.landscape import NOW
from components.charts.style import plain
from data.peers import MEASURES

ROW, MOST_ROWS = 18, 80


def spells_chart(rows: pd.DataFrame) -> go.Figure:
    """A line from the beginning of each tie or membership to its end or to now; what is past has a cross at its end.

    `rows` has the columns name, what (tie or membership), start, end (year or missing), past (boolean) and exact
    (boolean: the year is as the source states it; else the beginning is a hollow mark), in the order of drawing.
    """
    figure, colours = go.Figure(), dict(zip(("tie", "membership"), (theme.accent()[0], theme.colours()["Planet"]),
                                            strict=True))
    place = {name: -number for number, name in enumerate(rows["name"])}
    for what, colour in colours.items():
        of = rows[rows["what"] == what]
        if of.empty:
            continue
        end = of["end"].fillna(NOW).astype(int)
        xs = [x for start, stop in zip(of["start"], end, strict=True) for x in (int(start), int(stop), None)]
        ys = [y for name in of["name"] for y in (place[name], place[name], None)]
        figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip",
                           showlegend=False)
        figure.add_scatter(
            x=of["start"].astype(int).tolist(), y=[place[name] for name in of["name"]], mode="markers", name=what,
            marker={"color": colour, "size": 8,
                    "symbol": ["circle" if exact else "circle-open" for exact in of["exact"]],
                    "line": {"width": 1.5, "color": colour}}, customdata=of["name"].tolist(),
            hovertemplate="%{customdata}: %{x}<extra></extra>")
        gone = of[of["past"]]
        figure.add_scatter(x=gone["end"].fillna(NOW).astype(int).tolist(), y=[place[name] for name in gone["name"]],
                           mode="markers", marker={"symbol": "x", "size": 9, "color": colour}, showlegend=False,
                           hovertemplate="until %{x}<extra></extra>")
    return plain(figure, 40 + ROW * len(rows),
                 xaxes={"side": "top", "range": [int(rows["start"].min()) - 3, NOW + 1], "tickformat": "d"},
                 yaxes={"tickvals": list(place.values()), "ticktext": list(place), "range": [-len(rows) + 0.4, 0.6],
                        "showgrid": False, "tickfont": {"size": 11}, "ticklabelstandoff": 6})


def peers_chart(rows: pd.DataFrame) -> go.Figure:
    """Where the city stands: for each measure and group of peers the share of them that are below it, in per cent.

    `rows` as `data.peers.against` gives them.
    """
    figure = go.Figure()
    for (group, of), colour in zip(rows.groupby("group", sort=False), cycle(theme.colours().values()), strict=False):
        said = [f"{MEASURES[row.measure]}: {row.value:,.2f}, median of {row.peers:,} {group}: {row.median:,.2f}"
                for row in of.itertuples()]
        figure.add_scatter(x=(100 * of["below"]).round(1).tolist(), y=[MEASURES[name] for name in of["measure"]],
                           mode="markers", name=group, marker={"color": colour, "size": 13}, hovertext=said,
                           hovertemplate="%{hovertext}<extra></extra>")
    return plain(figure, 60 + 40 * rows["measure"].nunique(), margin={"r": 36},
                 xaxes={"side": "top", "range": [-4, 104], "tickvals": [0, 50, 100], "tickangle": 0,
                        "ticktext": ["lowest", "middle", "highest"]},
                 yaxes={"autorange": "reversed", "showgrid": True, "ticklabelstandoff": 6})


def profile_chart(profile: pd.DataFrame) -> go.Figure:
    """Networks by theme: bars of the city, marks of the mean of its peers. `profile` as `data.peers.issue_profile`."""
    figure = go.Figure(go.Bar(
        orientation="h", y=profile["theme"].tolist(), x=profile["networks"].tolist(), name="this city",
        marker_color=theme.accent()[0], hovertemplate="%{y}: %{x} networks<extra></extra>"))
    groups = profile.columns[2:]
    for group, colour in zip(groups, cycle(theme.colours().values()), strict=False):
        figure.add_scatter(
            y=profile["theme"].tolist(), x=profile[group].round(2).tolist(), mode="markers", name=f"mean of {group}",
            marker={"symbol": "line-ns", "size": 16, "color": colour, "line": {"width": 3, "color": colour}},
            hovertemplate=f"%{{y}}: %{{x}}, mean of {group}<extra></extra>")
    return plain(figure, 50 + 34 * len(profile), bargap=0.4,
                 xaxes={"side": "top", "rangemode": "tozero"},
                 yaxes={"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 6})
