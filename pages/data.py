"""Data and sources: what the Atlas rests on, how well it covers the world, all of it to take, and what it means."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components import downloads, filters, headline, sources, store
from components.charts.coverage import coverage_chart, coverage_words
from data import select
from data.continents import by_continent
from data.model import TABLES

view = filters.current()
dataset = store.seen(view)
ties, memberships = select.ties(dataset, view), select.memberships(dataset, view)
continents = by_continent(dataset, ties, memberships)
dated = ties["start_year"].notna().mean() if len(ties) else 0

headline.say(f"{len(dataset.sources):,} sources, {len(dataset.ties):,} ties, {len(dataset.memberships):,} memberships",
             view.describe(dataset))
st.markdown(f"Of the {len(ties):,} ties in this view, **{dated:.0%}** have a known year. "
            "Lists that give no year, and regions that few lists cover, are gaps in the sources, not in the world.")

st.header("Coverage by continent", anchor=False)
chart, table = st.columns([5, 6], gap="large")
chart.plotly_chart(coverage_chart(continents), config={"displayModeBar": False}, alt=coverage_words(continents))
with table:
    sources.coverage_table(continents)
st.caption("In this view. A tie between two continents counts in both. " + select.coverage(dataset, view).sentence)

st.header("Sources", anchor=False)
sources.source_table(dataset)

st.header("Downloads", anchor=False)
here, whole = st.columns(2, gap="large")
with here:
    st.subheader("This view", anchor=False)
    downloads.offers(dataset, [
        downloads.Offer("view-ties", "Ties", partial(select.ties, dataset, view)),
        downloads.Offer("view-memberships", "Memberships", partial(select.memberships, dataset, view)),
        downloads.Offer("view-cities", "Cities", partial(select.cities, dataset, view)),
    ], "view")
with whole:
    st.subheader("Whole tables", anchor=False)
    downloads.offers(dataset, [downloads.whole(dataset, name) for name in TABLES], "table")

st.header("What the columns mean", anchor=False)
sources.dictionary()
