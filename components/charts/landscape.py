"""The landscape of networks: their lives, their growth, and which issue areas have members where."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import theme
from components.charts.style import grid, plain
from data.lives import Growth
from data.model import LAST_YEAR
from data.portrait import trust
from data.roster import INCOMPLETE
from data.words import ISSUES, THEMES

ROW, PANEL = 16, 104
NOW = LAST_YEAR - 1
_GUTTER = 12
_FEWEST_YEARS = 30


def lives_chart(rows: pd.DataFrame, narrow: bool) -> go.Figure:
    """A bar a network, from its founding to its end or to now, as thick as it has members, in the colour of its theme.

    Networks without a founding year stand apart at the left. `rows` as `data.lives.lives` gives them, first on top.
    """
    first = int(rows["founded"].min() // 10 * 10) if rows["founded"].notna().any() else NOW - _FEWEST_YEARS
    start = rows["founded"].fillna(first - _GUTTER).to_numpy(int)
    end = rows["dissolved"].fillna(NOW).where(rows["founded"].notna(), first - 3).to_numpy(int)
    place, thick = -np.arange(len(rows)), np.clip(0.12 + 0.2 * np.log10(rows["members"].to_numpy(float)), 0.12, 0.92)
    figure = go.Figure()
    for group, colour in theme.colours().items():
        of = (rows["theme"] == group).to_numpy()
        if of.any():
            known = rows.loc[of, "founded"].notna()
            figure.add_bar(
                orientation="h", y=place[of].tolist(), base=start[of].tolist(),
                x=np.maximum(end - start, 1)[of].tolist(), width=thick[of].round(2).tolist(), name=group,
                marker={"color": colour, "pattern": {"shape": ["" if year else "/" for year in known]}},
                customdata=rows.loc[of, "network_id"].tolist(), hovertext=_said(rows[of]),
                hovertemplate="%{hovertext}<extra></extra>")
    figure.update_layout(barmode="overlay")
    ticks = list(range(first, NOW, 20))
    return plain(figure, 60 + ROW * len(rows), clickmode="event+select",
                 xaxes={"side": "top", "range": [first - _GUTTER - 1, NOW + 1], "showgrid": True,
                        "tickvals": [first - _GUTTER / 2 - 1.5, *ticks], "tickangle": 0,
                        "ticktext": ["?" if narrow else "unknown", *map(str, ticks)]},
                 yaxes={"tickvals": place.tolist(), "ticktext": _names(rows), "range": [-len(rows) + 0.3, 0.7],
                        "showgrid": False, "tickfont": {"size": 11}, "ticklabelstandoff": 6})


def _names(rows: pd.DataFrame) -> list[str]:
    """Short name and members; a ring marks an incomplete list."""
    mark = np.where(rows["coverage"].isin(INCOMPLETE), "°", "")
    return [f"{name} · {members:,}{ring}" for name, members, ring in zip(rows["short_name"], rows["members"], mark,
                                                                           strict=True)]


def _said(rows: pd.DataFrame) -> list[str]:
    """What stands at the pointer: full name, life, members with the trust in their list."""
    said = []
    for row in rows.itertuples():
        founded = "founding year unknown" if pd.isna(row.founded) else f"founded {row.founded}"
        ended = "" if pd.isna(row.dissolved) else f", ended {row.dissolved}"
        said.append(f"<b>{row.name}</b><br>{founded}{ended}<br>{row.members:,} members "
                    f"({trust(row.coverage, row.as_of)})<br>most of them in {row.region} ({row.share:.0%})")
    return said


def growth_chart(growth: Growth) -> go.Figure:
    """A panel a theme: the cities that joined in each year; years that are not exact are hatched."""
    themes = [group for group in THEMES if (growth.joined["theme"] == group).any()]
    first = max(int(growth.joined["year"].min()), 1950)
    figure = make_subplots(rows=len(themes), shared_xaxes=True, vertical_spacing=0.28 / max(len(themes), 1))
    for number, group in enumerate(themes, 1):
        rows = growth.joined[growth.joined["theme"] == group]
        for exact, shape, words in ((True, "", "joined"), (False, "/", "joined in this year or before, or inferred")):
            years = rows[rows["exact"] == exact].groupby("year")["cities"].sum()
            if len(years):
                figure.add_bar(x=years.index.tolist(), y=years.tolist(), name=words, row=number, col=1,
                               marker={"color": theme.colours()[group], "pattern": {"shape": shape}}, showlegend=False,
                               hovertemplate=f"%{{x}}: %{{y:,}} {words}<extra>{group}</extra>")
        axis = "" if number == 1 else str(number)
        figure.add_annotation(text=f"<b>{group}</b>: {int(rows['cities'].sum()):,} of known year", x=0, y=1,
                              xref=f"x{axis} domain", yref=f"y{axis} domain", xanchor="left", yanchor="bottom",
                              showarrow=False)
    return plain(figure, 60 + PANEL * len(themes) + (90 if len(themes) == 1 else 0), margin={"t": 24}, barmode="stack",
                 bargap=0.12,
                 xaxes={"range": [first - 0.5, NOW + 0.5], "showgrid": False, "dtick": 10},
                 yaxes={"nticks": 3, "tickformat": ",", "rangemode": "tozero"})


def gaps_chart(rows: pd.DataFrame, place: str) -> go.Figure:
    """A cell a place and an issue area, brighter the larger the share of its big cities that are in a network on it.

    `rows` as `data.gaps` gives them; `place` is region (a row each) or continent (a column each, for narrow screens).
    """
    places = list(dict.fromkeys(rows[place]))
    issues = [issue for issue in ISSUES if (rows["issue"] == issue).any()]
    counts = rows.set_index([place, "issue"])
    share, members, networks, some, all_ = (
        counts[name].unstack().reindex(index=places, columns=issues).to_numpy(float)
        for name in ("share", "members", "networks", "big_members", "big_cities"))
    if place == "continent":
        share, members, networks, some, all_ = share.T, members.T, networks.T, some.T, all_.T
    names = [ISSUES[issue] for issue in issues]
    down, across = (names, places) if place == "continent" else (places, names)
    said = [[_cell(*cell) for cell in zip(*line, strict=True)]
            for line in zip(members, networks, some, all_, strict=True)]
    shown = [[_shown(*cell) for cell in zip(*line, strict=True)] for line in zip(members, networks, strict=True)]
    figure = go.Figure(go.Heatmap(
        z=np.where(networks > 0, np.nan_to_num(100 * share), np.nan).round(1).tolist(),
        x=across, y=down, colorscale=theme.rising(), zmin=0, zmax=60, xgap=2, ygap=2,
        hovertext=said, text=shown, texttemplate="%{text}", textfont={"size": 11},
        hovertemplate="<b>%{y}</b>, %{x}<br>%{hovertext}<extra></extra>"))
    return grid(figure, 20 + 26 * len(down), max(map(len, across)), ("0 %", "60 % of the big cities or more"))


def _cell(members: float, networks: float, some: float, all_: float) -> str:
    if not networks:
        return "no network of the Atlas is on this issue area"
    big = f"{some:.0f} of {all_:.0f} cities of 100,000 inhabitants or more" if all_ else "no city of that size"
    return f"{members:,.0f} member cities of any size<br>{big}"


def _shown(members: float, networks: float) -> str:
    return f"{members:,.0f}" if networks else "–"
