"""The city search box: type-ahead over the best-connected cities, and any other spelling resolved when entered."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from components import store
from data import search
from data.grammar import MOST_VALUES
from data.load import Dataset

_OFFERED = 1_000
_CHOICES = 6


def draw(dataset: Dataset) -> None:
    """Draw the search box and, where a name was ambiguous or unknown, the cities it may mean."""
    labels = search.labels(dataset)
    offered = best_connected(dataset)
    options = offered + [city for city in st.session_state.get("city", ()) if city not in set(offered)]
    st.multiselect("Cities", options, format_func=lambda city: labels.get(city, city), key="city", on_change=_resolve,
                   accept_new_options=True, placeholder="Find a city: Tokyo, Köln …", filter_mode="contains",
                   select_all=False, max_selections=MOST_VALUES, label_visibility="collapsed")
    question = st.session_state.get("_question")
    if question:
        _ask(*question)


@lru_cache(maxsize=2)
def best_connected(dataset: Dataset) -> list[str]:
    """The cities that are offered before a letter is typed, most ties first."""
    cities = dataset.cities.sort_values(["ties", "networks", "city_id"], ascending=[False, False, True])
    return cities["city_id"].head(_OFFERED).tolist()


def _ask(words: str, matches: list[search.Match]) -> None:
    st.caption(words)
    with st.container(gap="xxsmall"):
        for match in matches:
            st.button(match.label, key=f"choose-{match.city_id}", on_click=_choose, args=(match.city_id,),
                      width="stretch")
        st.button("None of these", key="choose-none", type="tertiary", on_click=forget)


def _choose(city: str) -> None:
    st.session_state["city"] = list(dict.fromkeys([*st.session_state.get("city", ()), city]))
    forget()


def forget() -> None:
    """Drop the open question about a name."""
    st.session_state.pop("_question", None)


def _resolve() -> None:
    """Turn what was typed into cities; what is ambiguous or unknown becomes a question."""
    forget()
    dataset = store.dataset()
    labels = search.labels(dataset)
    cities: list[str] = []
    for entry in st.session_state["city"]:
        if entry in labels:
            cities.append(entry)
            continue
        matches = search.find(dataset, entry, _CHOICES)
        exact = [match for match in matches if match.exact]
        if len(exact) == 1:
            cities.append(exact[0].city_id)
        else:
            st.session_state["_question"] = (_words(entry, bool(exact), bool(matches)), exact or matches)
    st.session_state["city"] = list(dict.fromkeys(cities))


def _words(entry: str, known: bool, near: bool) -> str:
    quoted = entry if len(entry) <= 40 else f"{entry[:40]}…"
    if known:
        return f"Which “{quoted}”?"
    missing = f"“{quoted}” is not in the Atlas"
    return f"{missing}. Near it:" if near else f"{missing}, nor a name near it."
