"""The charts of the page of networks: which there are, and the line to choose one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components import filters, landscape, overlaps, profile, relations
from components.exhibit import Exhibit
from data.load import Dataset
from data.view import View
from data.words import CHART_NAMES, CHARTS

EXHIBITS: dict[str, Callable[[Dataset, View], Exhibit]] = {
    "lives": landscape.of_lives, "growth": landscape.of_growth, "gaps": landscape.of_gaps,
    "overlap": overlaps.of_overlap, "combinations": overlaps.of_combinations, "joining": overlaps.of_joining,
    "regions": relations.of_regions, "countries": relations.of_countries, "themes": relations.of_themes,
    "decades": relations.of_decades, "web": relations.of_web,
}
_PART_OF = {chart: part for part, charts in CHARTS.items() for chart in charts}


def choose(dataset: Dataset) -> None:
    """Draw the line of parts and charts, and the choices of the chart."""
    chart = filters.current().chart
    part = _PART_OF[chart]
    st.session_state.update({"part": part, "chart": chart})
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control("Part", list(CHARTS), key="part", required=True, label_visibility="collapsed",
                             on_change=lambda: filters.move(chart=next(iter(CHARTS[st.session_state["part"]]))))
        if len(CHARTS[part]) > 1:
            st.segmented_control("Chart", list(CHARTS[part]), format_func=CHART_NAMES.get, key="chart", required=True,
                                 label_visibility="collapsed",
                                 on_change=lambda: filters.move(chart=st.session_state["chart"]))
        if chart == "lives":
            landscape.sorting()
    if chart == "network":
        profile.picker(dataset)
    if chart == "joining":
        overlaps.choices(dataset)
