"""Pairs of countries by decade: between which of them most ties of known year were signed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.select import tie_sieve
from data.view import View

FIRST = 1950


def decades(dataset: Dataset, view: View) -> pd.DataFrame:
    """Ties of known year between two countries by the decade of signing; those before FIRST count as one.

    Returns:
        Columns country_a, country_b (ISO 3166-1 alpha-3, in the order of the table of countries), decade (its first
        year; FIRST - 10 for all before FIRST), ties, before (ties of the pair signed earlier) and rank (of the pair in
        its decade, 1 the most ties; equal ranks for equal counts), in the order of decade and rank.
    """
    codes = encode(dataset)
    dated = tie_sieve(dataset, view).drawn & ~codes.ties.undated
    a, b = codes.country[codes.tie_a[dated]], codes.country[codes.tie_b[dated]]
    ties = pd.DataFrame({"country_a": codes.iso3[np.minimum(a, b)], "country_b": codes.iso3[np.maximum(a, b)],
                         "decade": np.maximum(codes.ties.start[dated] // 10 * 10, FIRST - 10)})
    pair = ["country_a", "country_b"]
    rows = ties.groupby([*pair, "decade"]).size().rename("ties").reset_index()
    rows["before"] = rows.groupby(pair)["ties"].cumsum() - rows["ties"]
    rows["rank"] = rows.groupby("decade")["ties"].rank(ascending=False, method="min").astype("int64")
    return rows.sort_values(["decade", "rank", *pair], ignore_index=True)


def leaders(rows: pd.DataFrame, most: int = 3) -> pd.DataFrame:
    """The rows of every pair that was among the first `most` of a decade, with at least two ties signed in it."""
    top = rows[(rows["rank"] <= most) & (rows["ties"] > 1)]
    keys = pd.MultiIndex.from_frame(top[["country_a", "country_b"]]).unique()
    found: pd.DataFrame = rows[pd.MultiIndex.from_frame(rows[["country_a", "country_b"]]).isin(keys)]
    return found


def period(decade: int) -> str:
    """The decade in words."""
    return f"before {FIRST}" if decade < FIRST else f"{decade}s"
