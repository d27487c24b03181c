"""Which keys of places mean the same place."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import pandas as pd

from data.build.gazetteer import Gazetteer, Place, distance_km
from data.build.names import tidy
from data.spelling import fold

SAME_ITEM_KM, SUBURB_KM, SAME_NAME_KM, LIKE_NAME_KM = 50.0, 20.0, 10.0, 3.0
ONLY_NAME_KM, DOMINANT, LIKENESS = 70.0, 4, 0.88
LEVELS = ("district", "region", "city")
OTHER_PLACE = frozenset("district land municipality north okrug parish raion regional rural selska south township".split())


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
           for key, found in levels.loc[first.index].items()]
    return first.assign(wikidata=items.reindex(first.index).astype("str"), level=own)


def same(places: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, str]:
    """Key -> key of the same place, for the keys that are not the first of their place.

    `places`: one_per_key(). Outside GeoNames: keys of one name and country within 10 km are one place; it is a place
    of GeoNames if it has its Wikidata item, its name within 10 km, nearly its name within 3 km, or within 70 km the name of no other. In GeoNames: a place
    without inhabitants that has a name of a peopled place within 20 km is that place.
    """
    outside = places[~places.index.isin(gazetteer.places.index)]
    rows = {str(row.Index): row for row in outside.itertuples()}
    joined: dict[str, str] = {}
    for keys in _clusters(outside):
        target = None
        if all(rows[key].level == "city" for key in keys):
            found = (_in_gazetteer(rows[key], gazetteer) for key in keys)
            target = next((key for key in found if key), None)
        first = target or keys[0]
        joined |= {key: first for key in keys if key != first}
    return joined | _unpeopled(places, gazetteer)


def _clusters(outside: pd.DataFrame) -> Iterator[list[str]]:
    """Keys of one name and country around a point, Wikidata's first."""
    forms = [fold(tidy(name.split(" \u2013 ")[-1]) if level != "region" else name)
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
            yield left.index[away <= SAME_NAME_KM].tolist()
            left = left[away > SAME_NAME_KM]


def _in_gazetteer(row: Any, gazetteer: Gazetteer) -> str | None:
    name, country, latitude, longitude = row.name, row.country, row.latitude, row.longitude
    known = gazetteer.items.get(row.wikidata)
    if known and _away(gazetteer.place(known), latitude, longitude) <= SAME_ITEM_KM:
        return known
    if "(" in name:
        return None
    return (gazetteer.near(tidy(name), country, latitude, longitude, SAME_NAME_KM)
            or _alike(name, country, latitude, longitude, gazetteer) or _only(row, gazetteer))


def _only(row: Any, gazetteer: Gazetteer) -> str | None:
    """The place that alone has the name in the country, or is by far the largest of the name, some way off."""
    keys = gazetteer.keys(row.name, row.country)
    if not keys or not gazetteer.has(keys[0], tidy(row.name)):
        return None
    largest, *others = (gazetteer.place(key) for key in keys)
    alone = all(largest.population >= DOMINANT * max(other.population, 1) for other in others)
    return keys[0] if alone and _away(largest, row.latitude, row.longitude) <= ONLY_NAME_KM else None


def _away(place: Place, latitude: float, longitude: float) -> float:
    return float(distance_km(place.latitude, place.longitude, latitude, longitude))


def _alike(name: str, country: str, latitude: float, longitude: float, gazetteer: Gazetteer) -> str | None:
    around = gazetteer.around(country, latitude, longitude, LIKE_NAME_KM)
    form = fold(tidy(name))
    likeness = [(_likeness(form, fold(gazetteer.place(key).name)), key) for key in around]
    best = max(likeness, default=(0.0, ""))
    return best[1] if best[0] >= LIKENESS else None


def _likeness(form: str, other: str) -> float:
    """How alike two folded names are; a name and its longer form (`Erbach`, `Erbach an der Donau`) are as good as equal."""
    short, long = sorted((form, other), key=len)
    extra = long.removeprefix(short + " ")
    if extra != long and OTHER_PLACE.isdisjoint(extra.split()) and not extra.isdigit():
        return 0.95
    return 0.0 if extra != long else SequenceMatcher(None, form, other).ratio()


def _unpeopled(places: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, str]:
    joined = {}
    for key in places.index[places.index.isin(gazetteer.places.index)]:
        place = gazetteer.place(key)
        if place.population:
            continue
        same_name = [other for other in gazetteer.keys(place.name, place.country)
                     if other in places.index and gazetteer.place(other).population]
        away = [_away(gazetteer.place(other), place.latitude, place.longitude) for other in same_name]
        if away and min(away) <= SUBURB_KM:
            joined[key] = same_name[int(np.argmin(away))]
    return joined
