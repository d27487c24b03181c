"""The histogram of time under the map: bars by theme, the undated beside them, and the years of a brush."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import theme
from data.model import LAST_YEAR
from data.timeline import UNSTATED
from data.view import View
from data.words import THEMES

FIRST, LAST = 1900, LAST_YEAR - 1
_YEARS, _SHORTEST, _FAINT, _HATCHED, _FULL = "x2", 10, 0.25, 0.8, 1.0
_GRAY = "#6C7380"


def timeline_chart(years: pd.DataFrame, view: View, what: str, playing: int | None = None) -> go.Figure:
    """Bars by theme over the years, the undated beside them; what is outside the view's period is fainter.

    `years` as `data.timeline.by_year` gives it; `playing` is the year at which a film stands.
    """
    rows = years[years["what"] == what]
    dated = rows[rows["year"].notna()]
    early = bool((dated["year"] < FIRST).any())
    first = min(max(FIRST, int(dated["year"].min())), LAST - _SHORTEST) if len(dated) else FIRST
    figure = make_subplots(cols=2, column_widths=[0.12, 0.88], horizontal_spacing=0.03)
    _add_undated(figure, int(rows.loc[rows["year"].isna(), "count"].sum()), what, view.undated)
    _add_years(figure, dated, first, view)
    ticks = _ticks(first)
    figure.update_xaxes(range=[first - 0.5, LAST + 0.5], tickvals=ticks, col=2,
                        ticktext=[f"≤{year}" if early and year == FIRST else str(year) for year in ticks])
    top = int(dated.groupby(dated["year"].clip(lower=first))["count"].sum().max()) if len(dated) else 0
    figure.update_yaxes(side="right", range=[0, 1.05 * max(top, 1)], tickvals=_levels(top), tickformat=",d", col=2)
    if playing is not None:
        _add_playing(figure, playing, first)
    _lay_out(figure)
    return figure


def brushed(event: Mapping[str, Any]) -> tuple[int, int] | None:
    """The first and last year of the box drawn over the years, as `st.plotly_chart` reports it; None without one.

    The first bar holds all earlier years too: a brush that begins with FIRST asks for no first year.
    """
    boxes = [box["x"] for box in event.get("selection", {}).get("box", []) if box.get("xref") == _YEARS]
    if not boxes:
        return None
    low, high = (min(max(round(end(boxes[-1])), FIRST), LAST) for end in (min, max))
    return low, high


def _add_undated(figure: go.Figure, count: int, what: str, shown: bool) -> None:
    opacity = _HATCHED if shown else _FAINT
    figure.add_bar(
        x=[0], y=[count], name="undated", row=1, col=1, width=1, text=[f"{count:,}"], textposition="outside",
        textangle=0, constraintext="none", cliponaxis=False, unselected_marker_opacity=opacity,
        marker={"color": _GRAY, "opacity": opacity, "line_width": 0,
                "pattern": {"shape": "/", "size": 5, "solidity": 0.35}},
        hovertemplate=f"undated: {_counted(count, what)}<extra></extra>")
    figure.update_xaxes(range=[-0.6, 1.2], tickvals=[0], ticktext=["undated"], col=1)
    figure.update_yaxes(range=[0, max(count, 1) * 1.4], showticklabels=False, showgrid=False, col=1)


def _add_years(figure: go.Figure, dated: pd.DataFrame, first: int, view: View) -> None:
    low, high = max(view.from_year or first, first), max(view.to_year or LAST, first)
    rows = dated.assign(year=dated["year"].astype(int).clip(lower=first),
                        rough=dated["count"].where(dated["approximate"], 0))
    early = bool((dated["year"] < first).any())
    figure.add_bar(x=[first], y=[0], hoverinfo="skip", row=1, col=2)
    for name, colour in {**theme.colours(), UNSTATED: _GRAY}.items():
        bars = rows[rows["theme"] == name].groupby(["what", "year"], as_index=False)[["count", "rough"]].sum()
        if len(bars):
            figure.add_bar(
                x=bars["year"].tolist(), y=bars["count"].tolist(), name=name, row=1, col=2, width=0.85,
                marker={"color": colour, "line_width": 0, "opacity": [
                    _FULL if low <= year <= high else _FAINT for year in bars["year"]]},
                unselected_marker_opacity=_FAINT, hovertemplate="%{hovertext}<extra></extra>",
                hovertext=[_hover(bar, name, early and bar.year == first) for bar in bars.itertuples()])


def _hover(bar: Any, name: str, gathered: bool) -> str:
    subject = name if name in THEMES else "no stated issue"
    rough = f" ({bar.rough:,} of approximate year)" if bar.rough else ""
    return f"{bar.year}{' or earlier' if gathered else ''}: {_counted(bar.count, bar.what)}, {subject}{rough}"


def _add_playing(figure: go.Figure, year: int, first: int) -> None:
    place = min(max(year, first), LAST)
    left = place > (first + LAST) / 2
    figure.add_shape(type="line", x0=place, x1=place, y0=0, y1=1, xref=_YEARS, yref="y2 domain",
                     line={"color": theme.accent()[0], "width": 1.5})
    figure.add_annotation(text=f"<b>{year}</b>", x=place, y=1, xref=_YEARS, yref="y2 domain", showarrow=False,
                          xanchor="right" if left else "left", yanchor="top", font_color=theme.accent()[0],
                          bgcolor=theme.ground(), borderpad=1)


def _lay_out(figure: go.Figure) -> None:
    clear = "rgba(0,0,0,0)"
    strong = theme.accent()[0]
    figure.update_xaxes(fixedrange=True, showgrid=False, zeroline=False)
    figure.update_yaxes(fixedrange=True, zeroline=False)
    figure.update_layout(
        template="none", barmode="stack", height=150, margin={"l": 12, "r": 0, "t": 4, "b": 0}, showlegend=False,
        dragmode="select", selectdirection="h", hovermode="closest", paper_bgcolor=clear, plot_bgcolor=clear,
        newselection_line={"color": strong, "width": 1, "dash": "solid"},
        activeselection={"fillcolor": strong, "opacity": 0.12})


def _ticks(first: int) -> list[int]:
    """Round years, no more than eight of them."""
    step = next(step for step in (2, 5, 10, 20, 50) if (LAST - first) / step < 8)
    return list(range(-(-first // step) * step, LAST + 1, step))


def _levels(top: int) -> list[int]:
    """Nothing and one or two round numbers up to `top`."""
    step = next(one * 10**power for power in range(9) for one in (1, 2, 5) if top <= 2 * one * 10**power)
    return list(range(0, top + 1, step))


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what.removesuffix('s') if count == 1 else what}"
