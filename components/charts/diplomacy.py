"""Two countries through time, and the partners of one country's cities by how the two nations stand to each other."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.colors import find_intermediate_color, hex_to_rgb, label_rgb
from plotly.subplots import make_subplots

from components import theme
from components.charts.landscape import NOW
from components.charts.style import faint, plain
from data.diplomacy import ATOP_ENDS, FIRST, STANDINGS

MOST = 24
_VOTES, _FEW = 2, 4


def pair_chart(years: pd.DataFrame) -> go.Figure:
    """Above, city ties by year of signing and those in force; below, UN distance and the years of an alliance.

    `years` as in `data.diplomacy.Pair`.
    """
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.13, row_heights=[0.55, 0.45],
                           specs=[[{"secondary_y": True}], [{}]])
    bars, line = theme.accent()[0], theme.colours()["Planet"]
    _ties(figure, years, bars, line)
    _nations(figure, years)
    figure.update_xaxes(range=[FIRST - 0.5, NOW + 0.5], showgrid=False, tickformat="d", showticklabels=True)
    figure.update_yaxes(rangemode="tozero", nticks=4, tickformat=",", gridcolor=faint())
    for text, panel in (("signed in the year (left), in force (right)", ""), ("distance in UN votes", "3")):
        figure.add_annotation(text=text, x=0, y=1, xref=f"x{'2' if panel else ''} domain", yref=f"y{panel} domain",
                              xanchor="left", yanchor="bottom", showarrow=False)
    plain(figure, 420, margin={"t": 24}, barmode="overlay", bargap=0.15)
    figure.update_yaxes(tickfont_color=bars, row=1, col=1, secondary_y=False)
    figure.update_yaxes(tickfont_color=line, row=1, col=1, secondary_y=True, showgrid=False, tickmode="auto")
    return figure


def _ties(figure: go.Figure, years: pd.DataFrame, bars: str, line: str) -> None:
    """The upper panel."""
    figure.add_bar(x=years.index.tolist(), y=years["signed"].tolist(), name="ties signed in the year", row=1, col=1,
                   marker_color=bars, hovertemplate="%{x}: %{y:,} signed<extra></extra>")
    figure.add_scatter(
        x=years.index.tolist(), y=years["in_force"].tolist(), name="ties of known year in force", mode="lines", row=1,
        col=1, secondary_y=True, marker={"color": line}, line={"color": line, "width": 2, "shape": "hv"},
        hovertemplate="%{x}: %{y:,} of known year in force<extra></extra>")
    if not years["in_force"].any():
        _say(figure, "no city tie of known year", "", "")
    for column, right in (("signed", False), ("in_force", True)):
        if years[column].max() < _FEW:
            figure.update_yaxes(range=[0, _FEW], dtick=1, row=1, col=1, secondary_y=right)


def _nations(figure: go.Figure, years: pd.DataFrame) -> None:
    """The lower panel: a line with gaps where there is no data, on the years of a defence alliance."""
    top = max(1.15 * years["un_distance"].max(), _VOTES) if years["un_distance"].notna().any() else _VOTES
    allied = years.index[years["allied"].fillna(False).astype(bool)]
    pale = label_rgb(find_intermediate_color(hex_to_rgb(theme.ground()), hex_to_rgb(faint()), 0.45))
    for name, shaded, colour in (("defence alliance", allied[allied <= ATOP_ENDS], faint()),
                                 (f"carried forward after {ATOP_ENDS}", allied[allied > ATOP_ENDS], pale)):
        if len(shaded):
            figure.add_bar(x=shaded.tolist(), y=[top] * len(shaded), width=1, name=name, marker_color=colour,
                           marker_line={"color": colour, "width": 1}, row=2, col=1,
                           hovertemplate=f"%{{x}}: {name}<extra></extra>")
    colour = theme.colours()["Peace and rights"]
    distance = years["un_distance"].astype(object).where(years["un_distance"].notna(), None)
    figure.add_scatter(x=years.index.tolist(), y=distance.tolist(), name="distance in UN votes", mode="lines+markers",
                       connectgaps=False, line={"color": colour, "width": 2}, marker={"color": colour, "size": 4},
                       hovertemplate="%{x}: %{y:.2f} apart<extra></extra>", row=2, col=1)
    if years["un_distance"].isna().all():
        _say(figure, "no data on their UN votes", "2", "3")
    figure.update_yaxes(range=[0, top], row=2, col=1)


def _say(figure: go.Figure, text: str, x: str, y: str) -> None:
    """Words in the middle of a panel without marks."""
    figure.add_annotation(text=text, x=0.5, y=0.5, xref=f"x{x} domain", yref=f"y{y} domain", showarrow=False,
                          font_size=14)


def partners_chart(partners: pd.DataFrame) -> go.Figure:
    """Bars: ties by country of the partner, the first MOST, coloured by how the two nations stand to each other.

    `partners` as `data.diplomacy.Nation.partners` gives them.
    """
    rows, colours = partners.head(MOST), theme.colours()
    figure = go.Figure()
    for (standing, words), colour in zip(STANDINGS.items(), (
            colours["People"], colours["Planet"], colours["Prosperity"], colours["Governance"]), strict=True):
        of = rows[rows["standing"] == standing]
        if len(of):
            said = [f"{row.name}: {row.ties:,}, {words}{f' ({row.blocs})' if row.blocs else ''}"
                    for row in of.itertuples(index=False)]
            figure.add_bar(orientation="h", y=of["name"].tolist(), x=of["ties"].tolist(), name=words,
                           marker_color=colour, text=of["ties"].map("{:,}".format).tolist(), textposition="outside",
                           cliponaxis=False, hovertext=said, hovertemplate="%{hovertext}<extra></extra>",
                           marker_pattern_shape="/" if standing == "unknown" else "")
    return plain(figure, 30 + 22 * len(rows), barmode="overlay", bargap=0.25,
                 xaxes={"range": [0, 1.1 * int(rows["ties"].max())], "showticklabels": False, "showgrid": False},
                 yaxes={"categoryorder": "array", "categoryarray": rows["name"].tolist()[::-1], "showgrid": False,
                        "ticklabelstandoff": 6})
