"""The tables as arrays of small integers, made once a Dataset, so that any selection takes milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.load import Dataset
from data.words import CONTINENTS, ISSUES, KINDS, REGIONS, THEME_OF, THEMES

Ints = npt.NDArray[Any]
NEVER, ALWAYS = -(10**6), 10**6
_BIT = {issue: 1 << number for number, issue in enumerate(ISSUES)}


@dataclass(frozen=True, eq=False)
class Spans:
    """Rows with a time and a subject: `start` and `end` in years (0 and ALWAYS where unknown), `issues` as bits."""

    start: Ints
    end: Ints
    issues: Ints
    undated: Ints


@dataclass(frozen=True, eq=False)
class Codes:
    """Positions instead of names: ends of ties and memberships point into the rows of `cities` and `networks`."""

    city: pd.Index
    network: pd.Index
    iso3: pd.Index
    region: Ints
    continent: Ints
    country: Ints
    is_city: Ints
    tie_a: Ints
    tie_b: Ints
    tie_kind: Ints
    ties: Spans
    member_city: Ints
    member_network: Ints
    member_founded: Ints
    memberships: Spans


def bits(issues: tuple[str, ...]) -> int:
    """The issue areas as one integer with a bit each."""
    return sum(_BIT[issue] for issue in issues)


def first_theme(issues: pd.Series) -> Ints:
    """For each list of issue areas the number of the theme of its first, in the order of THEMES, or -1."""
    order = {theme: number for number, theme in enumerate(THEMES)}
    return issues.map(lambda cell: order[THEME_OF[cell[0]]] if len(cell) else -1).to_numpy(int)


def spans(start: pd.Series, end: pd.Series, issues: pd.Series) -> Spans:
    """The arrays of a table's years and issue lists."""
    return Spans(start=start.fillna(0).to_numpy(np.int32), end=end.fillna(ALWAYS).to_numpy(np.int32),
                 issues=issues.map(lambda cell: bits(tuple(cell))).to_numpy(np.int32),
                 undated=start.isna().to_numpy(bool))


@lru_cache(maxsize=4)
def encode(dataset: Dataset) -> Codes:
    """The arrays of a Dataset; the same object each time."""
    iso3 = pd.Index(dataset.countries["iso3"])
    city, network = pd.Index(dataset.cities["city_id"]), pd.Index(dataset.networks["network_id"])
    ties, memberships, networks = dataset.ties, dataset.memberships, dataset.networks
    member_network = network.get_indexer(pd.Index(memberships["network_id"]))
    return Codes(
        city=city, network=network,
        region=pd.Index(list(REGIONS.values())).get_indexer(pd.Index(dataset.cities["region"])),
        continent=pd.Index(CONTINENTS).get_indexer(pd.Index(dataset.cities["continent"])),
        country=iso3.get_indexer(pd.Index(dataset.cities["country"])), iso3=iso3,
        is_city=(dataset.cities["level"] == "city").to_numpy(bool),
        tie_a=city.get_indexer(pd.Index(ties["city_a"])), tie_b=city.get_indexer(pd.Index(ties["city_b"])),
        tie_kind=pd.Index(list(KINDS)).get_indexer(pd.Index(ties["kind"])),
        ties=spans(ties["start_year"], ties["end_year"], ties["issues"]),
        member_city=city.get_indexer(pd.Index(memberships["city_id"])), member_network=member_network,
        member_founded=networks["founded"].fillna(0).to_numpy(np.int32)[member_network],
        memberships=spans(memberships["joined"], memberships["left"], networks["issues"].iloc[member_network]))
