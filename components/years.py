"""Under the map: what began in which year; the period is brushed on it."""

from __future__ import annotations

import streamlit as st

from components import filters, theme
from components.charts.years import brushed, span, without_year, years_chart
from data import years
from data.load import Dataset
from data.view import View


def draw(dataset: Dataset, view: View) -> None:
    """Draw the bars of the ties, or of the memberships under a map of networks, and their finding."""
    shown = (years.of_memberships if view.drawn == "networks" else years.of_ties)(dataset, view)
    if not shown.began.to_numpy().any():
        st.caption(shown.sentence)
        return
    if view.from_year or view.to_year:
        _period(view, int(shown.began.index[-1]))
    key = f"years-{st.session_state.get('_brushes', 0)}"
    st.plotly_chart(years_chart(shown), key=key, on_select=_brush, selection_mode=("box", "points"),
                    config={"displayModeBar": False}, alt=shown.sentence)
    st.caption(f"{shown.sentence} This counts all that the other filters let in, whatever the period and the switches "
               "for undated and unstated ties. Draw over the years to set the period.")


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
