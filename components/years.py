"""Under the map: what began in which year; the period is brushed on it."""

from __future__ import annotations

import time
from functools import lru_cache

import streamlit as st
from plotly.graph_objects import Figure

from components import filters, theme
from components.charts.years import brushed, span, without_year, years_chart
from data import years
from data.load import Dataset
from data.view import View
from data.years import Years

MAP_FIRST = 3.0


def draw(dataset: Dataset, view: View) -> None:
    """Draw the bars of the ties, or of the memberships under a map of networks, and their finding.

    At the start of a visit they come MAP_FIRST seconds later: Plotly's code is large, and the map would wait for it.
    """
    if _early():
        st.fragment(_later, run_every=MAP_FIRST)()
    else:
        _bars(dataset, view)


def _early() -> bool:
    return time.monotonic() - st.session_state.setdefault("_came", time.monotonic()) < MAP_FIRST


def _later() -> None:
    if not _early():
        st.rerun()
    st.container(height=190, border=False)


def _bars(dataset: Dataset, view: View) -> None:
    shown, chart = _chart(dataset, years.timeless(view), theme.dark())
    if chart is None:
        st.caption(shown.sentence)
        return
    if view.from_year or view.to_year:
        _period(view, int(shown.began.index[-1]))
    key = f"years-{st.session_state.get('_brushes', 0)}"
    st.plotly_chart(chart, key=key, on_select=_brush, selection_mode=("box", "points"),
                    config={"displayModeBar": False}, alt=shown.sentence)
    st.caption(f"{shown.sentence} This counts all that the other filters let in, whatever the period and the switches "
               "for undated and unstated ties. Draw over the years to set the period.")


@lru_cache(maxsize=64)
def _chart(dataset: Dataset, view: View, dark: bool) -> tuple[Years, Figure | None]:
    """The years of a view and their bars, on the dark ground or the light one; no bars where nothing has a year."""
    shown = (years.of_memberships if view.drawn == "networks" else years.of_ties)(dataset, view)
    return shown, years_chart(shown) if shown.began.to_numpy().any() else None


def _period(view: View, last: int) -> None:
    """A line above the years of the period."""
    low, high = span(view, last)
    colour = theme.accent()[0]
    st.html(f"<div style='position:relative;height:3px;margin-right:8px'><div style='position:absolute;height:3px;"
            f"left:{low:.2%};width:{high - low:.2%};background:{colour}'></div></div>")


def _brush() -> None:
    """Take what was brushed into the view; a new name of the chart takes the brush away."""
    state = st.session_state
    brushes = state.get("_brushes", 0)
    selection = state[f"years-{brushes}"]["selection"]
    if without_year(selection):
        filters.move(undated=not filters.current().undated)
    elif (years_of := brushed(selection)) is not None:
        filters.move(from_year=years_of[0] if years_of[0] > filters.FIRST else None,
                     to_year=years_of[1] if years_of[1] < filters.LAST else None)
    else:
        return
    state["_brushes"] = brushes + 1
