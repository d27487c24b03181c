"""The choice of the one city or network that a page is about, on the page itself."""

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


def network(dataset: Dataset, key: str, chosen: str | None, placeholder: str) -> None:
    """Draw the choice among all networks, by short name."""
    rows = dataset.networks.sort_values("short_name", key=lambda names: names.str.casefold())
    named = dict(zip(rows["network_id"], rows["short_name"] + " · " + rows["name"], strict=True))
    st.session_state[key] = chosen
    st.selectbox("Network", list(named), format_func=named.get, key=key, placeholder=placeholder,
                 label_visibility="collapsed", filter_mode="contains", on_change=_choose_network, args=(key,))


def _choose_network(key: str) -> None:
    chosen = st.session_state[key]
    filters.move(networks=(chosen,) if chosen else ())
