"""The world map of this view: its finding, the picture, the account of it, the numbers, and the rows behind them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components import downloads, filters, listing, screen, store, theme
from components.maps.world import height, world_map
from data import select

READING = ("Lines are great circles: coloured by the issue area that a source states, blue where none does, fainter "
           "where year or place is unknown. Dots are cities, larger with more ties.")

dataset, view = store.dataset(), filters.current()
ties, memberships = select.ties(dataset, view), select.memberships(dataset, view)
finding, coverage = view.describe(dataset), select.coverage(dataset, view)

st.header(finding)
width, cities = screen.map_width(), set(ties["city_a"]) | set(ties["city_b"])
deck = world_map(view, dataset.version, theme.dark(), width, len(ties), len(cities))
st.pydeck_chart(deck, height=height(width), key="map",
                alt=f"World map of city ties. {finding}")
st.caption(f"{coverage.sentence} {READING}")
if not coverage.drawn:
    st.info(coverage.advice, icon=":material/filter_alt_off:")

countries = dataset.cities["country"][dataset.cities["city_id"].isin(cities)].nunique()
dated = len(ties) - coverage.undated
numbers = {"ties": len(ties), "cities": len(cities), "countries and territories": countries,
           "ties of known year": dated, "network memberships": len(memberships)}
st.markdown("#### " + " &emsp; ".join(f"{count:,} :small[:gray[{what}]]" for what, count in numbers.items()))

with st.expander("The ties in this view, with their sources", key="rows", on_change="rerun") as rows:
    if rows.open:
        listing.tie_listing(dataset, ties)
        downloads.offers(dataset, [downloads.Offer("view-ties", "All ties of this view",
                                                   partial(select.ties, dataset, view))], "atlas")
