"""Which place a written end of a tie means: by hand, by the lists that know the same pair, else the best known."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product

import pandas as pd

from data.build import read
from data.build.gazetteer import Gazetteer, spellings

CANDIDATES = 8
AROUND_KM = 100
PLACES = ["name", "country", "place", "seat", "level", "reason"]
_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")

Pair = tuple[str, str]
Written = tuple[str, str]


def pair(key_a: str, key_b: str) -> Pair:
    """The two ends of a tie in one order."""
    return (key_a, key_b) if key_a < key_b else (key_b, key_a)


def among(rows: pd.DataFrame, pairs: set[Pair]) -> pd.Series:
    """Which rows (key_a < key_b) are one of the pairs."""
    keys = zip(rows["key_a"], rows["key_b"], strict=True)
    return pd.Series([key in pairs for key in keys], index=rows.index, dtype="bool")


def corrections() -> pd.DataFrame:
    """Hand-kept readings of written places: which place is meant, what it is, where its seat lies."""
    return read.curated("tie_places.csv", PLACES)


def seated(hand: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Places that only tie_places.csv knows, at their seat: a key of the gazetteer, or degrees north and east.

    Returns key, name, country, latitude, longitude, level.
    """
    own = hand.dropna(subset="seat").drop_duplicates("place")
    at = [tuple(map(float, seat.split())) if " " in seat else gazetteer.place(seat)[2:4] for seat in own["seat"]]
    return pd.DataFrame({"key": own["place"], "name": own["name"].str.partition("|")[0], "country": own["country"],
                         "latitude": [point[0] for point in at], "longitude": [point[1] for point in at],
                         "level": own["level"].fillna("city")})


@dataclass
class Ends:
    """Finds the places of written pairs.

    `known`: (ISO3, spelling) -> keys of the places of the lists; `pairs`: the pairs that the lists have;
    `fixed`: (name, ISO3) -> key, by hand. A name may carry its state: `Toledo|OH`.
    """

    gazetteer: Gazetteer
    known: dict[Written, list[str]] = field(default_factory=dict)
    pairs: set[Pair] = field(default_factory=set)
    fixed: dict[Written, str] = field(default_factory=dict)
    _seen: dict[Written, list[str]] = field(default_factory=dict)

    def find(self, end_a: Written, end_b: Written) -> Pair | None:
        """The keys of two written ends (name, ISO3): the likeliest pair that the lists have, else the best known."""
        keys_a, keys_b = self.candidates(end_a), self.candidates(end_b)
        if not keys_a or not keys_b:
            return None
        ranked = sorted(product(range(len(keys_a)), range(len(keys_b))), key=sum)
        for rank_a, rank_b in ranked:
            if pair(keys_a[rank_a], keys_b[rank_b]) in self.pairs:
                return keys_a[rank_a], keys_b[rank_b]
        return keys_a[0], keys_b[0]

    def candidates(self, end: Written) -> list[str]:
        """The keys that a written end (name, ISO3) may mean, the likeliest first."""
        if end not in self._seen:
            self._seen[end] = [self.fixed[end]] if end in self.fixed else self._candidates(*end)
        return self._seen[end]

    def _candidates(self, written: str, country: str) -> list[str]:
        name, _, state = written.partition("|")
        best = self.gazetteer.find(name, country, state or None)
        others = self.gazetteer.keys(name, country, state or None)
        listed = [key for spelling in spellings(name) for key in self.known.get((country, spelling), ())]
        if state and best:
            listed = []
        found = dict.fromkeys(key for key in [self._inside(name, country), best, *listed, *others] if key)
        return list(found)[:CANDIDATES]

    def _inside(self, name: str, country: str) -> str | None:
        """The place of that name next to the place in its brackets: `Mitte (Berlin)`."""
        around = bracketed(name)
        parent = self.gazetteer.find(around, country) if around else None
        if parent is None:
            return None
        centre = self.gazetteer.place(parent)
        return self.gazetteer.near(name, country, centre.latitude, centre.longitude, AROUND_KM)


def known(places: pd.DataFrame) -> dict[Written, list[str]]:
    """Index of listed places (columns key, name, country): (ISO3, spelling) -> keys in order."""
    found: dict[Written, list[str]] = defaultdict(list)
    for key, name, country in places[["key", "name", "country"]].itertuples(index=False):
        for spelling in spellings(name):
            if key not in found[country, spelling]:
                found[country, spelling].append(key)
    return dict(found)


def bracketed(name: str) -> str | None:
    """The last brackets of a name: `Mitte (Berlin)` -> `Berlin`."""
    inside = _BRACKETS.search(name)
    return inside[1] if inside else None
