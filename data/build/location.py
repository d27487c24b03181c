"""The listed members of networks on the map: which place each of them is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.build.gazetteer import Gazetteer, distance_km, iso3_codes
from data.build.members import join_notes
from data.build.read import curated
from data.build.report import Report
from data.spelling import fold

PLACE = ["key", "name", "source", "country", "latitude", "longitude", "geonameid", "wikidata", "level"]
NEAR_KM, APART_KM = 15, 30


def locate(listed: pd.DataFrame, sources_dir: Path, gazetteer: Gazetteer, report: Report) -> pd.DataFrame:
    """The members with key, country, point and level; those that cannot be put on the map are dropped and counted.

    A member without a GeoNames id takes that of the place of its name next to its point; one without a point, that of
    the only place of its name in its country; the others keep a text key and their own point.

    Raises:
        SourceError: a file of the sources or a column is missing.
    """
    codes = iso3_codes(sources_dir)
    short = {long: code for code, long in codes.items()}
    key = listed["key"].copy()
    free, pointed = key.isna(), listed["latitude"].notna()
    rows = zip(listed["name"], listed["country"], listed["latitude"], listed["longitude"], free, pointed, strict=True)
    key = key.fillna(pd.Series([_found(gazetteer, *row) for row in rows], index=listed.index, dtype="str"))
    near, alone = int((free & pointed & key.notna()).sum()), int((free & ~pointed & key.notna()).sum())
    nowhere = key.isna() & ~pointed
    level = _levels(listed).where(free, listed["level"])
    letters = level.map({"city": "N", "region": "R", "district": "D"})
    text = letters + listed["country"].map(short) + ":" + listed["name"].map(fold)
    rough = free & key.isna() & listed["latitude"].mod(1).eq(0) & listed["longitude"].mod(1).eq(0)
    note = join_notes(listed["note"], rough.map({True: "location: whole degrees in the source"}))
    placed = listed.assign(key=key.fillna(text), level=level, note=note,
                           place=listed["place"].mask(rough, "uncertain"))[~nowhere]
    placed["country"] = placed["country"].mask(~_known(placed), placed["key"].str[1:3].map(codes))
    placed = _apart(placed)
    report.step("memberships: put on the map", len(listed), len(placed),
                {"without a point, and not the only place of the name in the country": int(nowhere.sum())},
                f"{near:,} without an id took that of the place of their name within {NEAR_KM} km, {alone} that of the "
                f"only place of their name; {int((~_known(placed)).sum()):,} are outside GeoNames, at their own point")
    found = gazetteer.places.reindex(placed["key"]).set_axis(placed.index)
    inside = found["name"].notna()
    own = {column: placed[column].mask(inside, found[column]) for column in ("country", "latitude", "longitude")}
    return placed.assign(**own, geonames_name=placed["geonames_name"].mask(inside, found["name"]))


def _known(placed: pd.DataFrame) -> pd.Series:
    return placed["key"].str.startswith("G")


def _found(gazetteer: Gazetteer, name: str, country: str, latitude: float, longitude: float, free: bool,
           pointed: bool) -> str | None:
    if not free:
        return None
    if pointed:
        return gazetteer.near(name, country, latitude, longitude, NEAR_KM)
    keys = gazetteer.keys(name, country)
    return keys[0] if len(keys) == 1 else None


def _levels(listed: pd.DataFrame) -> pd.Series:
    """The level by name: the first rule of membership_levels.csv that fits, else city."""
    level = pd.Series("city", index=listed.index, dtype="str")
    rules = curated("membership_levels.csv", ["pattern", "country", "level", "reason"]).iloc[::-1]
    for pattern, country, word in zip(rules["pattern"], rules["country"], rules["level"], strict=True):
        there = listed["country"].isin(set(listed["country"]) if country == "*" else {country})
        level = level.mask(there & listed["name"].str.contains(pattern, regex=True), word)
    return level


def _apart(placed: pd.DataFrame) -> pd.DataFrame:
    """The members with namesakes outside GeoNames told apart: those over APART_KM from the first carry their point."""
    text = placed[~_known(placed)].sort_values(["key", "latitude", "longitude"], kind="stable")
    first = text.groupby("key")[["latitude", "longitude"]].transform("first")
    away = distance_km(text["latitude"].to_numpy(), text["longitude"].to_numpy(), first["latitude"].to_numpy(),
                       first["longitude"].to_numpy())
    far = text[away > APART_KM]
    point = far["latitude"].round(1).astype("str") + "," + far["longitude"].round(1).astype("str")
    apart = placed["key"].copy()
    apart[far.index] = far["key"] + "@" + point
    return placed.assign(key=apart)


def places(listed: pd.DataFrame) -> pd.DataFrame:
    """The places of the members: a row per key and spelling (each source's, and GeoNames'), in the columns PLACE."""
    seen = listed.explode("sources").rename(columns={"sources": "source"})
    own = listed[_known(listed)].assign(name=listed["geonames_name"], source="geonames")
    every = pd.concat([seen, own])[["key", "name", "source", "country", "latitude", "longitude", "level"]]
    every = every.sort_values(["key", "source", "name", "level"], kind="stable", ignore_index=True)
    every = every.drop_duplicates(["key", "name", "source"], ignore_index=True)
    number = pd.to_numeric(every["key"].where(_known(every)).str[1:]).astype("Int64")
    return every.assign(geonameid=number, wikidata=pd.Series(pd.NA, index=every.index, dtype="str"))[PLACE]
