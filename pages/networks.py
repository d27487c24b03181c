"""Networks and relations: who stands with whom, on what, since when; one chart at a time, each with its own link."""

from __future__ import annotations

import streamlit as st

from components import exhibit, filters, gallery, profile, store

dataset, view = store.dataset(), filters.current()

if view.chart == "network":
    st.header(profile.finding(dataset, view))
    gallery.choose(dataset)
    profile.draw(dataset, view)
else:
    shown = gallery.EXHIBITS[view.chart](dataset, view)
    st.header(shown.finding)
    gallery.choose(dataset)
    exhibit.draw(dataset, view, shown)
