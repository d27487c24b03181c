"""What an older link says first: what has changed in the data since, and the way to see it as it was."""

from __future__ import annotations

import streamlit as st

from components import filters, store
from data import editions, select
from data.load import Dataset
from data.phrases import counted
from data.view import View


def draw(newest: Dataset, view: View) -> None:
    """Say what has changed since the link of the view was made, if it was made with other data."""
    if view.data in ("", newest.version):
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="edition"):
        if view.data not in store.archived():
            shown = counted(len(select.ties(newest, view)))
            st.markdown(f"This link was made with version {view.data} of the data, which does not ship here, so what "
                        f"has changed cannot be counted. You see version {newest.version}: {shown}.")
            return
        said = "; ".join(change.words for change in editions.changes(store.edition(view.data), newest, view))
        then = view.edition == "then"
        st.markdown(f"This link was made with version {view.data} of the data: {said}. "
                    f"You see version {view.data if then else newest.version}.")
        st.button("See the newest" if then else "See it as it was", key="as", on_click=filters.move,
                  kwargs={"edition": "now" if then else "then"})
