"""New partners: whom a city should talk to next, why, and how far the suggestions can be trusted."""

from __future__ import annotations

import streamlit as st

from components import choice, filters, partners, store

dataset, view = store.dataset(), filters.current()

if not view.cities:
    st.header("Whom should a city talk to next?")
    choice.city(dataset)
    st.info("Choose a city here, or find any of them, in any spelling, with the search in the sidebar. An issue area "
            "there narrows the suggestions.", icon=":material/handshake:")
else:
    rows = partners.suggestions(dataset, view)
    st.header(partners.finding(dataset, view, rows))
    choice.city(dataset)
    partners.draw(dataset, view, rows)
