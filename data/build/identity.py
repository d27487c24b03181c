"""Which keys of places mean the same place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import pandas as pd

from data.build.gazetteer import Gazetteer, Place, distance_km
from data.build.names import tidy
from data.spelling import fold

REGION_KM, SAME_ITEM_KM, OUTSIDE_KM, SUBURB_KM = 60.0, 50.0, 25.0, 20.0
SAME_NAME_KM, DISTRICT_KM, TWICE_KM, LIKE_NAME_KM = 10.0, 5.0, 5.0, 3.0
ONLY_NAME_KM, DOMINANT, LIKENESS = 70.0, 4, 0.88
LEVELS = ("district", "region", "city")
OTHER_PLACE = frozenset({"district", "land", "municipality", "north", "okrug", "parish", "raion", "regional", "rural",
                         "selska", "south", "township"})


class Seen(NamedTuple):
    """A place outside GeoNames, as sources give it."""

    key: str
    name: str
    country: str
    latitude: float
    longitude: float
    wikidata: str
    level: str


def one_per_key(places: pd.DataFrame) -> pd.DataFrame:
    """One row per key: the first name, country and point, the commonest Wikidata item, the most specific level.

    A place of GeoNames is a city if any source says so. Columns key (index), name, country, latitude, longitude,
    wikidata, level.
    """
    items = places.dropna(subset="wikidata").groupby("key")["wikidata"].agg(lambda found: found.mode().iloc[0])
    levels = places.groupby("key")["level"].agg(set)
    first = places.dropna(subset=["latitude"]).drop_duplicates("key").set_index("key")[["name", "country", "latitude",
                                                                                         "longitude"]]
    own = [("city" if key.startswith("G") and "city" in found else next(level for level in LEVELS if level in found))
           for key, found in zip(first.index.astype(str), levels.loc[first.index], strict=True)]
    return first.assign(wikidata=items.reindex(first.index).astype("str"), level=own)


def same(places: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, str]:
    """Key -> key of the same place, for the keys that are not the first of their place.

    `places`: one_per_key(). Outside GeoNames: keys of one name and country within 25 km (regions: 60 km) are one place;
    a city is a place of GeoNames if it has its Wikidata item, its name within 10 km, nearly its name within 3 km, or
    within 70 km the name of no other; a district, if it has its name within 5 km. In GeoNames: places of one name and
    state within 5 km are one, and a place without inhabitants that has a name of a peopled one within 20 km is that.
    """
    outside = places[~places.index.isin(gazetteer.places.index)]
    columns = outside.reset_index(names="key")[list(Seen._fields)]
    rows = {row[0]: Seen(*row) for row in columns.itertuples(index=False, name=None)}
    joined: dict[str, str] = {}
    for keys in _clusters(outside):
        level = _level([rows[key] for key in keys])
        found = (_in_gazetteer(rows[key], level, gazetteer) for key in keys)
        first = next((key for key in found if key), keys[0])
        joined |= {key: first for key in keys if key != first}
    return joined | _twice(places, gazetteer)


def _level(rows: list[Seen]) -> str:
    """The level of what may be one place; a region's bare name may also be that of its city."""
    levels = {row.level for row in rows}
    if "region" in levels and "city" in levels and not any("(" in row.name for row in rows):
        return "city"
    return next(level for level in LEVELS if level in levels)


def _clusters(outside: pd.DataFrame) -> Iterator[list[str]]:
    """Keys of one name and country around a point, Wikidata's first."""
    forms = [fold(own_name(name) if level != "region" else re.sub(r"\(.*?\)", "", name))
             for name, level in zip(outside["name"], outside["level"], strict=True)]
    ranked = outside.assign(form=forms, rank=outside.index.str[0].map({"D": 0, "W": 1}).fillna(2)).sort_values(
        ["country", "form", "rank"], kind="stable")
    for _, rows in ranked.groupby(["country", "form"], sort=False):
        left = rows
        if len(rows) == 1:
            yield rows.index.tolist()
            continue
        while len(left):
            away = distance_km(left["latitude"].iloc[0], left["longitude"].iloc[0], left["latitude"].to_numpy(),
                               left["longitude"].to_numpy())
            close = away <= (REGION_KM if left["level"].eq("region").any() else OUTSIDE_KM)
            yield left.index[close].tolist()
            left = left[~close]


def own_name(name: str) -> str:
    """The name of a place without that of the city around it: `Berlin \u2013 Mitte` and `Mitte (Berlin)` -> `Mitte`."""
    return tidy(re.split(r"\s[\u2013\u2014]\s", name)[-1])


def _in_gazetteer(row: Seen, level: str, gazetteer: Gazetteer) -> str | None:
    if level == "region":
        return None
    if level == "district" or "(" in row.name:
        return gazetteer.near(own_name(row.name), row.country, row.latitude, row.longitude, DISTRICT_KM)
    known = gazetteer.items.get(row.wikidata)
    if known and _away(gazetteer.place(known), row.latitude, row.longitude) <= SAME_ITEM_KM:
        return known
    return (gazetteer.near(tidy(row.name), row.country, row.latitude, row.longitude, SAME_NAME_KM)
            or _alike(row, gazetteer) or _only(row, gazetteer))


def _only(row: Seen, gazetteer: Gazetteer) -> str | None:
    """The place that alone has the name in the country, or is by far the largest of the name, some way off."""
    keys = gazetteer.keys(row.name, row.country)
    if not keys or not gazetteer.has(keys[0], tidy(row.name)):
        return None
    largest, *others = (gazetteer.place(key) for key in keys)
    alone = all(largest.population >= DOMINANT * max(other.population, 1) for other in others)
    return keys[0] if alone and _away(largest, row.latitude, row.longitude) <= ONLY_NAME_KM else None


def _away(place: Place, latitude: float, longitude: float) -> float:
    return float(distance_km(place.latitude, place.longitude, latitude, longitude))


def _alike(row: Seen, gazetteer: Gazetteer) -> str | None:
    around = gazetteer.around(row.country, row.latitude, row.longitude, LIKE_NAME_KM)
    form = fold(tidy(row.name))
    likeness = [(_likeness(form, fold(gazetteer.place(key).name)), key) for key in around]
    best = max(likeness, default=(0.0, ""))
    return best[1] if best[0] >= LIKENESS else None


def _likeness(form: str, other: str) -> float:
    """How alike two folded names are; a name and its longer form (`Erbach an der Donau`) are as good as equal."""
    short, long = sorted((form, other), key=len)
    extra = long.removeprefix(short + " ")
    if extra != long and OTHER_PLACE.isdisjoint(extra.split()) and not extra.isdigit():
        return 0.95
    return 0.0 if extra != long else SequenceMatcher(None, form, other).ratio()


def _twice(places: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, str]:
    """Places that GeoNames has twice, the less populous -> the more populous."""
    joined, used = {}, set(places.index)
    for key in sorted(used & set(gazetteer.places.index)):
        place = gazetteer.place(key)
        bare = re.sub(r"\s*\(.*?\)", "", place.name)
        others = [other for other in gazetteer.keys(bare, place.country) if other in used and
                  gazetteer.place(other).population > place.population]
        for other in others:
            away = _away(gazetteer.place(other), place.latitude, place.longitude)
            twice = away <= TWICE_KM and _one_name(place, gazetteer.place(other))
            if twice or (away <= SUBURB_KM and not place.population):
                joined[key] = other
                break
    return {key: joined.get(other, other) for key, other in joined.items()}


def _one_name(place: Place, other: Place) -> bool:
    names = {fold(re.sub(r"\(.*?\)", "", name)) for name in (place.name, other.name)}
    return len(names) == 1 and place.admin1 == other.admin1
