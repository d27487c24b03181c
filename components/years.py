"""Under the map: what began in which year; the period is brushed on it."""

from __future__ import annotations

import streamlit as st

from components import filters
from components.charts.years import brushed, without_year, years_chart
from data import years
from data.load import Dataset
from data.view import View


def draw(dataset: Dataset, view: View) -> None:
    """Draw the bars of ties and memberships, and their finding."""
    rows = [years.of_ties(dataset, view), years.of_memberships(dataset, view)]
    words = " ".join(kind.sentence for kind in rows)
    key = f"years-{st.session_state.get('_brushes', 0)}"
    st.plotly_chart(years_chart(rows, view), key=key, on_select=_brush, selection_mode=("box", "points"),
                    config={"displayModeBar": False}, alt=f"Ties and memberships by year. {words}")
    st.caption(f"{words} Draw over the years to set the period; click the bar without a year to show or hide it.")


def _brush() -> None:
    """Take what was brushed into the view; a new name of the chart takes the brush away."""
    state = st.session_state
    brushes = state.get("_brushes", 0)
    selection = state[f"years-{brushes}"]["selection"]
    if without_year(selection):
        filters.move(undated=not filters.current().undated)
    elif (span := brushed(selection)) is not None:
        filters.move(from_year=span[0] if span[0] > filters.FIRST else None,
                     to_year=span[1] if span[1] < filters.LAST else None)
    else:
        return
    state["_brushes"] = brushes + 1
