"""The line at the foot of every page: where the numbers come from, under what licence, of what date."""

from __future__ import annotations

import streamlit as st

from data.load import Dataset

BORDERS = ("Outlines of countries follow Natural Earth in the reading of visionscarto’s world atlas, one policy for "
           "every map: Crimea in Ukraine, Western Sahara apart. They take no position on any territory.")


def draw(dataset: Dataset) -> None:
    """Draw the sources line and the note on borders."""
    sources = dataset.sources
    newest = sources["as_of"].dropna().max()
    st.caption(
        f"---\n\n{len(sources):,} sources, each with its licence and date on the page Data and sources. "
        f"Dataset {dataset.version}, {dataset.licence}, newest source of {newest}.  \n{BORDERS}")
