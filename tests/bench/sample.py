"""Ties of any number to draw in the benchmark."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from data.load import load
from data.projection import paths, projection
from data.tooltip import tie_words


@lru_cache(maxsize=8)
def frame(count: int) -> pd.DataFrame:
    """So many ties: path in km, both ends in degrees, years, words; more than there are stand again some km aside."""
    dataset = load()
    order = np.random.default_rng(1).permutation(len(dataset.ties))
    rows, again = order[np.arange(count) % len(order)], np.arange(count) // len(order)
    sample = dataset.ties.iloc[rows]
    place = dataset.cities.set_index("city_id").geometry
    a, b = place.loc[sample["city_a"]], place.loc[sample["city_b"]]
    ends = np.column_stack([a.x, a.y, b.x, b.y]) + again[:, None] * 0.05
    return pd.DataFrame({
        "path": [pieces[0].tolist() for pieces in paths(ends, projection("atlantic"))], "ends": ends.tolist(),
        "start_year": sample["start_year"].fillna(0).to_numpy(int),
        "end_year": sample["end_year"].fillna(99_999).to_numpy(int), "words": tie_words(sample, dataset.cities)})
