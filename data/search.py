"""City search: what a reader types, in any spelling or script -> the cities that may be meant, best first."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.load import Dataset
from data.spelling import fold

LONGEST_QUERY = 80
_ALIKE = 0.7
_CANDIDATES = 60
_WORDS = 4
_ALSO = {"USA": "US America", "GBR": "UK Britain", "ARE": "UAE", "NLD": "Holland", "CZE": "Czech Republic"}
_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}


@dataclass(frozen=True)
class Match:
    """A city that may be meant. `spelling` is the name of it that matched; `exact`: it matched letter for letter."""

    city_id: str
    label: str
    spelling: str
    exact: bool


@dataclass(frozen=True, eq=False)
class Index:
    """Every spelling of every city, folded and sorted, with what is needed to rank and to narrow.

    `folded[i]` is a spelling of the city in row `rows[i]`, written `spellings[i]`; `shown[i]` says whether it is the
    display name. `marks[i]` are its pairs of letters as 256 bits and `sizes[i]` how many bits are set. `weight[row]`
    counts up from the most important city, and `places[row]` is the folded state and country of a city.
    """

    ids: list[str]
    folded: list[str]
    spellings: list[str]
    rows: list[int]
    shown: list[bool]
    marks: npt.NDArray[np.uint64]
    sizes: npt.NDArray[np.int64]
    weight: list[int]
    places: list[str]


@lru_cache(maxsize=2)
def labels(dataset: Dataset) -> dict[str, str]:
    """City -> a label that no other city has: name, state where given, country; then level, place, id."""
    cities = dataset.cities
    state = (cities["admin1"] + ", ").fillna("")
    label = cities["name"] + ", " + state + _countries(dataset)
    level = (" (" + cities["level"] + ")").where(cities["level"] != "city", "")
    label = _told_apart(label + level, _degrees(cities))
    label = _told_apart(label, cities["city_id"])
    return dict(zip(cities["city_id"], label, strict=True))


def _told_apart(label: pd.Series, more: pd.Series) -> pd.Series:
    """The labels, with more in brackets where several are the same."""
    return label.where(~label.str.casefold().duplicated(keep=False), label + " (" + more + ")")


def _degrees(cities: gpd.GeoDataFrame) -> pd.Series:
    """Where each city lies, such as `37.9° S, 145.0° E`."""
    places = zip(cities.geometry.y, cities.geometry.x, strict=True)
    return pd.Series([f"{abs(y):.1f}° {'N' if y >= 0 else 'S'}, {abs(x):.1f}° {'E' if x >= 0 else 'W'}"
                      for y, x in places], index=cities.index, dtype="str")


@lru_cache(maxsize=2)
def index(dataset: Dataset) -> Index:
    """The search index of a Dataset; made once, when the first city is searched."""
    cities = dataset.cities
    entries = sorted(
        (fold(spelling), row, number == 0, spelling)
        for row, (name, aliases) in enumerate(zip(cities["name"], cities["aliases"], strict=True))
        for number, spelling in enumerate([name, *aliases]))
    folded = [entry[0] for entry in entries]
    marks = _marks(folded)
    order = np.lexsort((-cities["population"].fillna(0).to_numpy(np.int64), -cities["ties"].to_numpy(np.int64)))
    weight = np.empty(len(order), np.int64)
    weight[order] = np.arange(len(order))
    return Index(
        ids=cities["city_id"].tolist(), folded=folded, rows=[entry[1] for entry in entries],
        shown=[entry[2] for entry in entries], spellings=[entry[3] for entry in entries], marks=marks,
        sizes=np.bitwise_count(marks).sum(axis=1, dtype=np.int64), weight=weight.tolist(),
        places=list(map(_place, cities["admin1"].tolist(), _countries(dataset).tolist(), cities["country"].tolist())))


def _countries(dataset: Dataset) -> pd.Series:
    """The name of each city's country."""
    codes = dataset.cities["country"]
    names: pd.Series = codes.map(dataset.country_names).fillna(codes)
    return names


def _place(state: object, country: str, iso3: str) -> str:
    """What may follow the name of a city in a query: its state and country, spelled out and short."""
    words = [state, _STATES.get(state, "")] if isinstance(state, str) else []
    return fold(" ".join([*words, country, iso3, _ALSO.get(iso3, "")]))


def _marks(folded: list[str]) -> npt.NDArray[np.uint64]:
    """The pairs of neighbouring letters of each text, as bits: shape (texts, 4)."""
    letters = np.frombuffer("".join(f" {text} " for text in folded).encode("utf-32-le"), np.uint32).astype(np.uint64)
    starts = np.cumsum([0, *(len(text) + 2 for text in folded[:-1])])
    bit = (letters[:-1] * np.uint64(31) + letters[1:]) % np.uint64(64 * _WORDS)
    inside = np.ones(len(bit), bool)
    inside[starts[1:] - 1] = False
    marks = np.zeros((len(folded), _WORDS), np.uint64)
    for word in range(_WORDS):
        bits = np.where(inside & (bit // np.uint64(64) == word), np.uint64(1) << (bit % np.uint64(64)), np.uint64(0))
        marks[:, word] = np.bitwise_or.reduceat(bits, starts)
    return marks


_Way = Callable[[Index, str], list[tuple[int, float]]]


def find(dataset: Dataset, text: str, limit: int = 8) -> list[Match]:
    """The cities that a text may mean: display name before alias before beginning of a name before similar spelling.

    "Toledo, Ohio", "Springfield, IL" and "Toledo Spain" narrow by state or country. Among equals the city with more
    ties, then with more inhabitants, comes first. An empty list where nothing is near.
    """
    lookup, text = index(dataset), text[:LONGEST_QUERY]
    return _matches(dataset, _bearers(lookup, text) or _near(lookup, text), limit)


def bearers(dataset: Dataset, text: str, limit: int) -> list[Match]:
    """The cities that bear a name letter for letter, as `find` has them, without a look for the like."""
    return _matches(dataset, _bearers(index(dataset), text[:LONGEST_QUERY]), limit)


def _matches(dataset: Dataset, found: list[tuple[str, str, bool]], limit: int) -> list[Match]:
    named = labels(dataset)
    return [Match(city, named[city], spelling, exact) for city, spelling, exact in found[:limit]]


def _bearers(lookup: Index, text: str) -> list[tuple[str, str, bool]]:
    ways = (_ranked(lookup, name, place, _exactly) for name, place in _readings(text))
    return next((found for found in ways if found), [])


def _near(lookup: Index, text: str) -> list[tuple[str, str, bool]]:
    whole, first = fold(text), fold(text.split(",")[0])
    return _ranked(lookup, whole, "", _beginning) or _ranked(lookup, first, "", _similar)


def _readings(text: str) -> list[tuple[str, str]]:
    """The ways to take a text as name and place: whole; cut at a comma; the last words as the place."""
    readings = [(fold(text), "")]
    if "," in text:
        name, _, place = text.partition(",")
        readings.append((fold(name), fold(place)))
    words = fold(text).split()
    readings += [(" ".join(words[:-count]), " ".join(words[-count:])) for count in (1, 2, 3) if len(words) > count]
    return [(name, place) for name, place in readings if name]


def _ranked(lookup: Index, name: str, place: str, way: _Way) -> list[tuple[str, str, bool]]:
    """City, spelling and whether it is exact, for each city that a way of looking finds, best first."""
    best: dict[int, tuple[tuple[float, bool, int], int]] = {}
    for entry, distance in way(lookup, name) if name else ():
        row = lookup.rows[entry]
        if place and not _inside(lookup.places[row], place):
            continue
        rank = (distance, not lookup.shown[entry], lookup.weight[row])
        if row not in best or rank < best[row][0]:
            best[row] = (rank, entry)
    ordered = sorted(best.items(), key=lambda item: item[1][0])
    return [(lookup.ids[row], lookup.spellings[entry], way is _exactly) for row, (_, entry) in ordered]


def _inside(where: str, place: str) -> bool:
    """Whether each word asked for begins a word of the state and country: `ohio`, `united states`, `oh`."""
    return all(f" {word}" in f" {where}" for word in place.split())


def _exactly(lookup: Index, name: str) -> list[tuple[int, float]]:
    found, entry = [], bisect_left(lookup.folded, name)
    while entry < len(lookup.folded) and lookup.folded[entry] == name:
        found.append((entry, 0.0))
        entry += 1
    return found


def _beginning(lookup: Index, name: str) -> list[tuple[int, float]]:
    start, end = bisect_left(lookup.folded, name), bisect_left(lookup.folded, name + "\U0010ffff")
    return [(entry, 1.0) for entry in range(start, end)]


def _similar(lookup: Index, name: str) -> list[tuple[int, float]]:
    """The spellings that share most pairs of letters with the name, those then compared letter by letter."""
    asked = _marks([name])
    shared = np.bitwise_count(lookup.marks & asked).sum(axis=1, dtype=np.int64)
    alike = 2 * shared / (lookup.sizes + np.bitwise_count(asked).sum())
    least = np.partition(alike, -_CANDIDATES)[-_CANDIDATES] if len(alike) > _CANDIDATES else 0.0
    able = np.flatnonzero(alike >= least)
    near = able[np.argsort(-alike[able], kind="stable")][:_CANDIDATES]
    pairs = ((int(entry), difflib.SequenceMatcher(None, name, lookup.folded[entry])) for entry in near)
    scored = [(entry, pair.ratio()) for entry, pair in pairs if pair.quick_ratio() >= _ALIKE]
    return [(entry, 1.0 - round(ratio, 2)) for entry, ratio in scored if ratio >= _ALIKE]
