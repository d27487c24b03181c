"""The shape of the whole: the graph in numbers, rankings, communities, degrees, and chains from city to city."""

from __future__ import annotations

import streamlit as st

from components import filters, introductions, store, structure

dataset, view = store.dataset(), filters.current()

if view.shape == "paths":
    st.header(introductions.finding(dataset, view))
    structure.choose()
    introductions.choices(dataset, view)
    introductions.draw(dataset, view)
else:
    shown = structure.EXHIBITS[view.shape](dataset, view)
    st.header(shown.finding)
    structure.choose()
    structure.draw(dataset, view, shown)
