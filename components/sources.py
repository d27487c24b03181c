"""Tables about the tables: sources, coverage, and the data dictionary."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.load import Dataset
from data.model import TABLES, Field
from data.spelling import fold

_NUMBER = st.column_config.NumberColumn


def coverage_table(continents: pd.DataFrame) -> None:
    """Draw the counts by continent."""
    st.dataframe(continents.drop(columns="dated"), hide_index=True, height="content", column_config={
        "continent": st.column_config.TextColumn("Continent"),
        "cities": _NUMBER("Cities", format="localized"),
        "ties": _NUMBER("Ties", format="localized"),
        "dated_share": _NUMBER("Dated", format="%.0f %%", help="Ties with a known year"),
        "memberships": _NUMBER("Memberships", format="localized"),
        "networks": _NUMBER("Networks", format="localized", help="Networks with a member there"),
    }, alt="Cities, ties, dated share, memberships and networks by continent")


def source_table(dataset: Dataset) -> None:
    """Draw a search box and the sources that hold all its words."""
    sources = dataset.sources.sort_values("rows", ascending=False, kind="stable")
    words = st.text_input("Search the sources", key="sources-search", type="search", live=True, max_chars=100,
                          placeholder="Search title, publisher, licence or address", label_visibility="collapsed")
    found = sources[_holds(sources, words or "")].fillna({"address": "", "as_of": ""})
    st.dataframe(
        found[["title", "publisher", "about", "licence", "reuse", "as_of", "rows", "address"]], hide_index=True,
        height=420 if len(found) > 10 else "content", column_config={
            "title": st.column_config.TextColumn("Source", width=285),
            "publisher": st.column_config.TextColumn("Publisher", width=140),
            "about": st.column_config.TextColumn("For", width=70),
            "licence": st.column_config.TextColumn("Licence", width=130),
            "reuse": st.column_config.TextColumn("Reuse", width=115),
            "as_of": st.column_config.TextColumn("Date", width=75),
            "rows": _NUMBER("Rows", format="localized", width=60),
            "address": st.column_config.LinkColumn("Address", display_text=r"^https?://(?:www\.)?([^/]+)", width=120),
        }, alt="Sources with publisher, licence, reuse, date, rows and address")
    st.caption(f"{len(found):,} of {len(sources):,} sources" if words else f"{len(sources):,} sources, most used first")


def _holds(sources: pd.DataFrame, words: str) -> pd.Series:
    columns = ["title", "publisher", "licence", "reuse", "address", "about"]
    text = sources[columns].fillna("").agg(" ".join, axis=1).map(fold)
    held = pd.Series(True, index=sources.index)
    for word in fold(words).split():
        held &= text.str.contains(word, regex=False)
    return held


def dictionary() -> None:
    """Draw the columns of every table, a tab each."""
    for table, tab in zip(TABLES.values(), st.tabs([name.replace("_", " ") for name in TABLES]), strict=True):
        with tab:
            st.caption(f"A row is {table.row}. Key: {', '.join(table.key)}.")
            st.table(pd.DataFrame([_meaning(column) for column in table.fields]).set_index("Column"))


def _meaning(column: Field) -> dict[str, str]:
    named = ", ".join(column.values) if len(column.values) <= 8 else f"{len(column.values)} codes"
    bounds = f"{column.low:g} to {column.high:g}" if column.low is not None and column.high is not None else ""
    limits = [named, "" if column.dtype == "number" else bounds, f"in {column.refers}" if column.refers else "",
              "may be empty" if column.nullable else ""]
    return {"Column": f"`{column.name}`", "Type": column.dtype, "Meaning": column.meaning,
            "Values": "; ".join(part for part in limits if part)}
