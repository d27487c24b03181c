"""The address bar: read where the reader came in or came back, written whenever the view has changed."""

from __future__ import annotations

import streamlit as st

from components import filters
from data.load import Dataset
from data.select import settle
from data.view import View

Query = dict[str, list[str]]
_REMEMBERED = 8


def arrive(dataset: Dataset, page: str) -> None:
    """Let the address set the filters when it is the reader's: a first visit, another page, an entry of the history.

    An address that this session wrote on this page is not the reader's: a browser that has not caught up yet still
    sends an earlier one, and must not undo what was clicked in the meantime. What lies before the address that the
    browser has reached is forgotten, so that going there again counts as the reader's wish.
    """
    state, query = st.session_state, _query()
    if state.get("_page") == page and query in state["_addresses"]:
        state["_addresses"] = state["_addresses"][state["_addresses"].index(query):]
        return
    view, problems = View.from_query(query)
    view, unknown = settle(dataset, view)
    state.update(_page=page, _addresses=[query], _problems=problems + unknown)
    filters.show(view)


def write(view: View) -> None:
    """Make the address bar equal the view."""
    state, query = st.session_state, view.to_query()
    listed = {key: [value] for key, value in query.items()}
    if listed != _query():
        st.query_params.from_dict(query)
    if listed != state["_addresses"][-1]:
        state["_addresses"] = [*state["_addresses"], listed][-_REMEMBERED:]
    if view != state["_shown"]:
        state["_problems"] = []


def problems() -> list[str]:
    """What in the address was not understood, a sentence each; said until the reader changes the view."""
    found: list[str] = st.session_state["_problems"]
    return found


def _query() -> Query:
    return {key: st.query_params.get_all(key) for key in st.query_params}
