"""The rows behind a picture as a table for people: names instead of codes, sources with their address."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.load import Dataset
from data.search import labels
from data.words import ISSUES, KINDS

MOST_ROWS = 1_000


def tie_rows(dataset: Dataset, ties: pd.DataFrame) -> pd.DataFrame:
    """Ties in words: one column a fact, one row a tie, in the order given."""
    name = labels(dataset)
    sources = dataset.sources.set_index("source_id")
    titles, addresses = sources["title"].to_dict(), sources["address"].dropna().to_dict()
    return pd.DataFrame({
        "City": ties["city_a"].map(name), "Partner": ties["city_b"].map(name), "Kind": ties["kind"].map(KINDS),
        "Since": ties["start_year"], "Until": ties["end_year"], "Status": ties["status"],
        "Issue areas": ties["issues"].map(lambda issues: ", ".join(ISSUES[issue] for issue in issues)),
        "Distance (km)": ties["distance_km"].round().astype("Int64"), "Independent sources": ties["evidence"],
        "Place": ties["place"], "Note": ties["note"],
        "Sources": ties["sources"].map(lambda ids: "; ".join(titles[source] for source in ids)),
        "Address": ties["sources"].map(lambda ids: next((addresses[s] for s in ids if s in addresses), None)),
    })


def tie_listing(dataset: Dataset, ties: pd.DataFrame) -> None:
    """The first ties as a table, the dated and best attested first, and a word on those that are not in it."""
    order = ["start_year", "evidence", "tie_id"]
    first = ties.sort_values(order, ascending=[False, False, True], na_position="last").head(MOST_ROWS)
    year = st.column_config.NumberColumn(format="%d")
    st.dataframe(
        tie_rows(dataset, first), hide_index=True, height=420,
        alt=f"The first {len(first):,} of {len(ties):,} ties, newest first, with years, kind, status and sources",
        column_config={"Since": year, "Until": year, "Address": st.column_config.LinkColumn(display_text="open")})
    if len(ties) > len(first):
        st.caption(f"The newest {len(first):,} of {len(ties):,} ties; undated ones come last. The download holds all.")
