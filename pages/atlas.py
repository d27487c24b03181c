"""The world map of this view: its finding, the picture, its years, the account of it, and the rows behind it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components import (
    downloads,
    film,
    filters,
    headline,
    legend,
    listing,
    panel,
    picture,
    screen,
    store,
    toolbar,
    years,
)
from data import flows, select

view = filters.current()
dataset = store.seen(view)
finding, coverage = view.describe(dataset), select.coverage(dataset, view)

headline.say(finding)
if not st.context.is_embedded:
    toolbar.draw()
if not coverage.drawn:
    st.info(coverage.advice, icon=":material/filter_alt_off:")
width = screen.map_width()
if film.playing():
    film.draw(dataset, view, width)
else:
    picture.draw(dataset, view, width, coverage.drawn, finding)
    legend.draw(view)
years.draw(dataset, view)
if panel.wanted(view):
    panel.draw(dataset, view)

cities, countries = select.reach(dataset, view)
numbers = {"ties": coverage.drawn, "cities": cities, "countries and territories": countries,
           "ties of known year": coverage.drawn - coverage.undated,
           "network memberships": select.coverage(dataset, view, "memberships").drawn}
figures = " &emsp; ".join(f"**{count:,}** {what}" for what, count in numbers.items())
account = flows.account(flows.flows(dataset, view)) if view.drawn == "flows" else ""
st.markdown(f"{figures}  \n:small[:gray[{coverage.sentence} {account}]]  \n{picture.downloads(view)}")

with st.expander("The ties in this view, with their sources", key="rows", on_change="rerun") as rows:
    if rows.open:
        listing.tie_listing(dataset, select.ties(dataset, view))
        downloads.offers(dataset, [downloads.Offer("view-ties", "All ties of this view",
                                                   partial(select.ties, dataset, view))], "atlas")
