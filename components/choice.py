"""The choice of the one city that a page is about, on the page itself."""

from __future__ import annotations

import streamlit as st

from components import filters
from components.finder import best_connected
from data.load import Dataset
from data.search import labels


def city(dataset: Dataset) -> None:
    """Draw the choice among the best-connected cities; the search in the sidebar knows all, in every spelling."""
    chosen, named = filters.current().cities[:1], labels(dataset)
    st.session_state["one-city"] = chosen[0] if chosen else None
    st.selectbox("City", list(dict.fromkeys([*chosen, *best_connected(dataset)])), format_func=named.get,
                 key="one-city", placeholder="Choose a city", label_visibility="collapsed", filter_mode="contains",
                 on_change=_choose)


def _choose() -> None:
    chosen = st.session_state["one-city"]
    filters.move(cities=(chosen,) if chosen else ())
