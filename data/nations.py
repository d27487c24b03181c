"""How nations stand to each other in a year: defence alliances, distance in UN votes, and classes of both."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.view import View
from data.words import ACROSS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Small = npt.NDArray[np.int16]
FIRST, NEWEST = 1946, 2024
SHARES = {"quarter": 0.25, "third": 1 / 3, "half": 0.5}
NO_DATA, CLOSE, FAR = -1, 0, 2
CLASSES = {"allies": ("allied", "neither", "far apart"), "votes": ("near", "between", "far apart")}


def year_of(view: View) -> int:
    """The year of the nations' relations: the end of the view's period, from FIRST to NEWEST."""
    return min(max(view.to_year or NEWEST, FIRST), NEWEST)


@lru_cache(maxsize=8)
def nations(dataset: Dataset, year: int) -> tuple[Floats, Floats]:
    """Defence alliance (1, 0, or not a number) and UN distance of every two countries in a year.

    Both symmetric, of shape (countries, countries), in the order of the table of countries. A territory without a seat
    has no data.
    """
    years, ends, values = _pairs(dataset)
    of = slice(*np.searchsorted(years, [year, year + 1]))
    size = len(encode(dataset).iso3)
    allied, distance = np.full((size, size), np.nan), np.full((size, size), np.nan)
    a, b = ends[of].T
    for matrix, column in ((allied, values[of, 0]), (distance, values[of, 1])):
        matrix[a, b] = matrix[b, a] = column
    return allied, distance


@lru_cache(maxsize=2)
def _pairs(dataset: Dataset) -> tuple[Small, Small, Floats]:
    """The table of country pairs in the order of the years: year, both countries, and alliance and UN distance."""
    codes, pairs = encode(dataset), dataset.table("country_pairs")
    ends: Small = np.column_stack([_countries(codes.iso3, pairs[end]) for end in ("iso3_a", "iso3_b")])
    values: Floats = np.column_stack([pairs[column].astype("Float64").to_numpy(float, na_value=np.nan)
                              for column in ("allied", "un_distance")])
    years: Small = pairs["year"].to_numpy(np.int16)
    order = np.argsort(years, kind="stable")
    order = order[(ends[order] >= 0).all(axis=1)]
    return years[order], ends[order], values[order]


def _countries(iso3: pd.Index, column: pd.Series) -> Small:
    """Rows of the table of countries; a name is looked up once, not in each of a million rows."""
    number, names = pd.factorize(column)
    found: Small = iso3.get_indexer(pd.Index(names)).astype(np.int16)[number]
    return found


def far_from(dataset: Dataset, year: int, cut: str) -> float:
    """The UN distance that the given share of all pairs of nations reaches or exceeds in a year."""
    distance = nations(dataset, year)[1]
    values = distance[np.triu_indices(len(distance), 1)]
    values = values[~np.isnan(values)]
    return float(np.quantile(values, 1 - SHARES[cut])) if len(values) else np.nan


@lru_cache(maxsize=16)
def classes(dataset: Dataset, closeness: str, cut: str, year: int) -> Ints:
    """The class of every two countries, as a place in CLASSES[closeness], or NO_DATA; shape (countries, countries).

    By `allies`: allied where a defence alliance is in force, else far apart from the cut on, else neither. By `votes`:
    far apart from the cut on, near among the same share of the nearest, else between.
    """
    allied, distance = nations(dataset, year)
    far = distance >= far_from(dataset, year, cut)
    found = np.where(far, FAR, 1)
    if closeness == "votes":
        values = distance[np.triu_indices(len(distance), 1)]
        near = np.nanquantile(values, SHARES[cut]) if (~np.isnan(values)).any() else np.nan
        found[(distance <= near) & ~far] = 0
        found[np.isnan(distance)] = NO_DATA
    else:
        found[np.isnan(distance)] = NO_DATA
        found[allied == 1] = 0
        found[np.isnan(allied) & (found != 0)] = NO_DATA
    return found


def standing(dataset: Dataset, view: View) -> Ints:
    """The class of every two countries as the view tells them apart; shape (countries, countries)."""
    return classes(dataset, view.closeness, view.cut, year_of(view))


def wanted(view: View) -> int:
    """The class that the view asks for by `across`."""
    return list(ACROSS).index(view.across)
