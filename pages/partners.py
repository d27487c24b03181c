"""New partners: whom a city should talk to next, why, and how far the suggestions can be trusted."""

from __future__ import annotations

import streamlit as st

from components import choice, filters, headline, partners, store

view = filters.current()
dataset = store.seen(view)

if not view.cities:
    headline.say("Whom should a city talk to next?")
    choice.city(dataset)
    st.info("Choose a city here, or find any of them, in any spelling, with the search in the sidebar. An issue area "
            "there narrows the suggestions.", icon=":material/handshake:")
else:
    rows = partners.suggestions(dataset, view)
    headline.say(partners.finding(dataset, view, rows))
    choice.city(dataset)
    partners.draw(dataset, view, rows)
