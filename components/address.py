"""The address bar: read where the reader came in or came back, written whenever the view or the story has changed."""

from __future__ import annotations

import streamlit as st

from components import draft, filters, store
from data.settle import settle
from data.view import View

Query = dict[str, list[str]]


def arrive(page: str) -> None:
    """Let the address set the filters when it is the reader's: a first visit, another page, an entry of the history.

    Where a filter has just been changed, the address is the one before: a browser sends it along until it has heard of
    the new one, and it must not undo what was clicked.
    """
    state, query = st.session_state, _query()
    if state.get("_page") == page and (query == state.get("_written") or filters.changed()):
        return
    view, problems = View.from_query({key: values for key, values in query.items() if key not in draft.KEYS})
    view, unknown = settle(store.seen(view), view)
    state.update(_page=page, _problems=[*problems, *unknown, *draft.arrive(page, query)])
    filters.show(view)


def write(page: str, view: View) -> None:
    """Make the address bar equal the view and the story."""
    state, query = st.session_state, view.to_query() | draft.to_query(page)
    state["_written"] = {key: [value] for key, value in query.items()}
    if state["_written"] != _query():
        st.query_params.from_dict(query)
    if view != state["_shown"]:
        state["_problems"] = []


def problems() -> list[str]:
    """What in the address was not understood, a sentence each; said until the reader changes the view."""
    found: list[str] = st.session_state["_problems"]
    return found


def _query() -> Query:
    return {key: st.query_params.get_all(key) for key in st.query_params}
