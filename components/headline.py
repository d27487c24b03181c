"""The headline of a page: its finding, which names the browser's tab too, with the buttons to share it beside."""

from __future__ import annotations

import streamlit as st

from components import draft, filters, share, store
from data.words import PAGES


def say(text: str, tab: str = "") -> None:
    """Draw the headline of the page; the tab may say something else."""
    page, view = st.session_state["_page"], filters.current()
    st.session_state["_said"] = (tab or text).rstrip(".")
    with st.container(horizontal=True, vertical_alignment="top", gap="small", key="headline"):
        st.title(text, width="stretch")
        if page in PAGES and not st.context.is_embedded:
            with st.container(horizontal=True, width="content", gap="small", key="bar"):
                share.button(store.seen(view), page, view)
                draft.button(page, view)


def said(otherwise: str) -> str:
    """The headline that the page has drawn in this run, or the name given."""
    text: str = st.session_state.pop("_said", otherwise)
    return text
