"""Relations between regions and countries: matrices against chance, themes, decades, and the graph of the strongest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.charts.style import faint, grid, plain
from data.decades import period
from data.labels import spread
from data.web import Web
from data.words import CONTINENT_OF, THEMES

FEW = 5
_FAR = 3
_WIDTHS = {0.5: 1.0, 0.85: 2.2, 1.0: 4.5}
_TALL, _EDGE = 720, 28


def matrix_chart(observed: pd.DataFrame, expected: pd.DataFrame, numbers: bool) -> go.Figure:
    """A cell two groups: the colour is observed over expected on a log scale, the number, if any, the ties observed.

    All frames have the same index and columns, the names of the groups. Where both counts are below FEW the cell has
    the colour of the expected: so few tell nothing.
    """
    ratio, few = observed / expected.where(expected > 0), (observed < FEW) & (expected < FEW)
    with np.errstate(divide="ignore"):
        log = np.clip(np.log2(ratio.where(~few | ratio.isna(), 1).to_numpy(float)), -_FAR, _FAR)
    shown = observed.map("{:,}".format).where((observed > 0) | (expected > 0), "–")
    said = [[f"{ties:,} ties, {_chance(chance)}" for ties, chance in zip(*line, strict=True)]
            for line in zip(observed.to_numpy(), expected.to_numpy(), strict=True)]
    figure = go.Figure(go.Heatmap(
        z=log.round(2).tolist(), x=list(observed.columns), y=list(observed.index), colorscale=theme.around(),
        zmin=-_FAR, zmax=_FAR, xgap=2, ygap=2, text=shown.to_numpy().tolist() if numbers else None,
        texttemplate="%{text}" if numbers else None, textfont={"size": 11}, customdata=said,
        hovertemplate="<b>%{y}</b> and <b>%{x}</b><br>%{customdata}<extra></extra>"))
    return grid(figure, 20 + 27 * len(observed), max(map(len, observed.columns)) if numbers else 0,
                ("an eighth of chance or less", "8 times chance or more"))


def _chance(expected: float) -> str:
    return f"{expected:,.1f} by chance" if expected else "none possible in this view"


def themes_chart(rows: pd.DataFrame) -> go.Figure:
    """A Sankey diagram: regions, themes, regions; `rows` as `data.subjects.subjects` gives them."""
    order = list(CONTINENT_OF)
    left = sorted(rows["region_a"].unique(), key=order.index)
    right = sorted(rows["region_b"].unique(), key=order.index)
    middle = [group for group in THEMES if (rows["theme"] == group).any()]
    names = [*left, *middle, *right]
    colours = theme.colours()
    source, target, value, colour = [], [], [], []
    for ends, near, far in (("region_a", left, 0), ("region_b", right, len(left) + len(middle))):
        sums = rows.groupby([ends, "theme"])["ties"].sum()
        for (region, group), ties in sums.items():
            node, centre = far + near.index(region), len(left) + middle.index(group)
            source.append(node if ends == "region_a" else centre)
            target.append(centre if ends == "region_a" else node)
            value.append(int(ties))
            colour.append(_see_through(colours[group]))
    figure = go.Figure(go.Sankey(
        node={"label": names, "pad": 10, "thickness": 12, "line": {"width": 0},
              "color": [colours.get(name, faint()) for name in names]},
        link={"source": source, "target": target, "value": value, "color": colour,
              "hovertemplate": "%{source.label} – %{target.label}: %{value:,} ties<extra></extra>"},
        valueformat=",", textfont={"size": 12}))
    return plain(figure, 260 + 22 * max(len(left), len(right)))


def _see_through(colour: str) -> str:
    red, green, blue = (int(colour[at:at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.38)"


def decades_chart(rows: pd.DataFrame, names: pd.Series) -> go.Figure:
    """A row a pair of countries, a column a decade: ties of known year signed in it; the decade's first is outlined.

    `rows` as `data.decades.leaders` gives them; `names` by ISO code.
    """
    pair = rows["country_a"].map(names) + " – " + rows["country_b"].map(names)
    rows = rows.assign(pair=pair)
    decades = sorted(rows["decade"].unique())
    best = rows.sort_values("ties").groupby("pair").tail(1).sort_values(["decade", "ties"], ascending=[True, False])
    wide = rows.pivot(index="pair", columns="decade", values="ties").reindex(index=best["pair"], columns=decades)
    figure = go.Figure(go.Heatmap(
        z=wide.to_numpy(float).tolist(), x=[period(decade) for decade in decades], y=wide.index.tolist(),
        colorscale=theme.rising(), zmin=0, xgap=2, ygap=2, texttemplate="%{z}", textfont={"size": 12}, showscale=False,
        hovertemplate="%{y}, %{x}: %{z} ties signed<extra></extra>", hoverongaps=False))
    for row in rows[rows["rank"] == 1].itertuples():
        x, y = decades.index(row.decade), wide.index.get_loc(row.pair)
        figure.add_shape(type="rect", x0=x - 0.5, x1=x + 0.5, y0=y - 0.5, y1=y + 0.5,
                         line={"color": theme.accent()[0], "width": 2})
    return plain(figure, 50 + 30 * len(wide),
                 xaxes={"side": "top", "showgrid": False, "type": "category"},
                 yaxes={"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 4})


def web_chart(web: Web, names: pd.Series, width: int) -> go.Figure:
    """The graph of the strongest relations, `width` pixels wide.

    Circles are countries, as large as they have ties, lines are relations; names have a place where they touch no
    other.
    """
    figure = go.Figure()
    for edges, thick in _strands(web.edges):
        ends = web.nodes.set_index("country")[["x", "y"]].round(3)
        xs, ys = ([value for a, b in zip(edges["a"], edges["b"], strict=True)
                   for value in (ends.at[a, axis], ends.at[b, axis], None)] for axis in "xy")
        figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": faint(), "width": thick}, hoverinfo="skip",
                           showlegend=False)
    nodes = web.nodes.assign(name=web.nodes["country"].map(names),
                             size=np.clip(web.nodes["ties"] ** 0.5 / 2, 6, 34).round(1))
    palette = list(theme.colours().values())
    for community, group in nodes.groupby("community"):
        figure.add_scatter(
            x=group["x"].round(3).tolist(), y=group["y"].round(3).tolist(), mode="markers",
            name=f"around {', '.join(names[country] for country in web.leaders[community])}",
            hovertemplate=f"%{{customdata}}<extra>community {community + 1}</extra>",
            marker={"color": palette[community % len(palette)], "size": group["size"].tolist(),
                    "line": {"width": 1, "color": theme.ground()}},
            cliponaxis=False, customdata=[f"{name}: {ties:,} ties of its cities" for name, ties in zip(
                group["name"], group["ties"], strict=True)])
    figure.update_layout(annotations=_named(nodes, width))
    return plain(figure, _TALL, margin={"l": _EDGE, "r": _EDGE, "t": _EDGE, "b": _EDGE},
                 xaxes={"visible": False, "range": [0, 1]},
                 yaxes={"visible": False, "range": [0, 1]})


def _strands(edges: pd.DataFrame) -> list[tuple[pd.DataFrame, float]]:
    """The edges in three parts by their ties, with the width in pixels of each."""
    parts = pd.cut(edges["ties"].rank(pct=True, method="first"), [0, *_WIDTHS], labels=list(_WIDTHS.values()))
    return [(part, float(width)) for width, part in edges.groupby(parts, observed=True)]


def _named(nodes: pd.DataFrame, width: int) -> list[dict[str, Any]]:
    """The names that have a place, as annotations of the figure."""
    across, down = width - 2 * _EDGE, _TALL - 2 * _EDGE
    points = np.column_stack([nodes["x"] * across, (1 - nodes["y"]) * down])
    placed = spread(points, nodes["name"].tolist(), 11, (nodes["size"] / 2).tolist(), (-_EDGE, -_EDGE, across + _EDGE,
                                                                                       down + _EDGE), len(nodes))
    return [{"x": float(nodes["x"].iloc[label.row]), "y": float(nodes["y"].iloc[label.row]), "showarrow": False,
             "text": nodes["name"].iloc[label.row], "font": {"size": 11}, "borderpad": 0,
             "xshift": (label.box[0] + label.box[2]) / 2 - float(points[label.row, 0]),
             "yshift": float(points[label.row, 1]) - (label.box[1] + label.box[3]) / 2} for label in placed]
