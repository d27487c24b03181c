"""The generic lists of ties (Wikipedia, Wikidata, registers) as merged.csv has them, without what is from pages."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from data.build import ends, pages, read
from data.build.ends import bracketed
from data.build.gazetteer import Gazetteer, distance_km
from data.build.kinds import KEYS
from data.build.report import Report
from data.spelling import fold

PAGES_CODE = "dated_pages_curated"
LARGE_CITY = 150_000
WITHIN_KM = 30
DASH = " \N{EN DASH} "
_NUMBER = re.compile(r" (\d+|[IVXL]+)$| \(.*\)$")
_BRACKETS = re.compile(r"\s*\(.*\)$")
_WARD = re.compile(r"(-ku|-gu| District| City Municipality)$")
_ENDS = [f"{name}_{side}" for side in "ab" for name in ("key", "city", "lat", "lon", "qid", "geonameid", "level")]
_COLUMNS = [*_ENDS, "country_a_iso3", "country_b_iso3", "start_year", "start_year_source", "start_year_conflict",
            "end_year", "in_enwiki_2026", "delisted_by_2026", "source"]
PLACE = ["key", "name", "country", "latitude", "longitude", "geonameid", "wikidata", "level"]


def read_merged(sources_dir: Path, gazetteer: Gazetteer, report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The listed pairs and their places.

    Returns `listed` (key_a < key_b, sources: list of source ids, start_year, start_source, years: all years seen,
    end_year, in_2026, delisted) and `places` (PLACE; one row per key).

    Raises:
        SourceError: the file, a column or the name of a list is missing.
    """
    merged = read.csv(sources_dir / "ties/merged.csv", _COLUMNS)
    names = pages.lists()["source_id"]
    codes = merged["source"].str.split("|")
    unknown = sorted({code for row in codes for code in row} - {*names.index, PAGES_CODE})
    if unknown:
        raise read.SourceError(f"tie_lists.csv: must know every list of merged.csv, but not {', '.join(unknown)}")
    merged["sources"] = [sorted(names[code] for code in row if code != PAGES_CODE) for row in codes]
    for column in ("start_year", "end_year"):
        merged[column] = pd.to_numeric(merged[column]).astype("Int64")
    merged["years"] = [sorted(map(int, text.split("|"))) if isinstance(text, str) else []
                       for text in merged["start_year_conflict"]]
    merged["start_source"] = merged["start_year_source"].map(names)
    merged["in_2026"], merged["delisted"] = merged["in_enwiki_2026"].eq("True"), merged["delisted_by_2026"].eq("True")
    places = levels(_places(merged), gazetteer)
    merged["end_year"] = merged["end_year"].where(merged["source"].str.contains("wikidata12k"))
    columns = [*KEYS, "sources", "start_year", "start_source", "years", "end_year", "in_2026", "delisted"]
    kept = merged.loc[merged["sources"].map(len).gt(0), columns]
    report.step("ties: read the lists", len(merged), len(kept),
                {"known from transcribed pages only (read from the pages)": len(merged) - len(kept)})
    return kept, places


def _places(merged: pd.DataFrame) -> pd.DataFrame:
    names = ("key_{}", "city_{}", "country_{}_iso3", "lat_{}", "lon_{}", "geonameid_{}", "qid_{}", "level_{}")
    sides = [merged[[name.format(side) for name in names]].set_axis(PLACE, axis=1) for side in "ab"]
    places = pd.concat(sides, ignore_index=True).drop_duplicates("key", ignore_index=True)
    for column in ("latitude", "longitude", "geonameid"):
        places[column] = pd.to_numeric(places[column])
    return places.astype({"geonameid": "Int64"})


def levels(places: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The places with their level mended.

    A place outside GeoNames is what tie_levels.csv says of its name, else a district where its name carries a large
    city in brackets (`Mitino (Moscow)`), else what it was.
    """
    rules = read.curated("tie_levels.csv", ["pattern", "country", "level", "reason"])
    outside = ~places["key"].str.startswith(("G", "D"))
    parents = [gazetteer.find(around, country) if free and (around := bracketed(name)) else None
               for name, country, free in zip(places["name"], places["country"], outside, strict=True)]
    inside = [key is not None and gazetteer.place(key).population >= LARGE_CITY for key in parents]
    level = places["level"].mask(pd.Series(inside, index=places.index), "district")
    for pattern, country, meant in reversed(list(rules[["pattern", "country", "level"]].itertuples(index=False))):
        there = places["country"].eq(country) if country != "*" else pd.Series(True, index=places.index)
        named = pd.Series([re.search(pattern, name) is not None for name in places["name"]], index=places.index)
        level = level.mask(outside & there & named, meant)
    return places.assign(level=level)


def boroughs(places: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, str]:
    """Key -> key of the district that is the same place, in large cities: `Zugló` is `Budapest XIV - Zugló`."""
    rows = places[["key", "name", "country", "latitude", "longitude"]].to_dict("records")
    districts = {}
    for row in rows:
        city, _, part = row["name"].partition(DASH)
        whole = gazetteer.find(_NUMBER.sub("", city), row["country"]) if row["key"][0] == "D" else None
        if whole and gazetteer.place(whole).population >= LARGE_CITY and fold(part) != fold(city):
            districts[row["country"], fold(part)] = row
    found: dict[str, str] = {}
    for row in rows:
        same = districts.get((row["country"], fold(_WARD.sub("", _BRACKETS.sub("", row["name"])))))
        if same and row["key"][0] != "D" and distance_km(
                row["latitude"], row["longitude"], same["latitude"], same["longitude"]) < WITHIN_KM:
            found[row["key"]] = same["key"]
    return found


def mend(listed: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer, report: Report) -> pd.DataFrame:
    """The listed pairs with one key a place: tie_places.csv's (by name or key), districts'; one row per pair."""
    moves = ends.corrections()
    names = pd.MultiIndex.from_arrays([places["name"].map(fold), places["country"]])
    targets = dict(zip(zip(moves["name"].map(fold), moves["country"], strict=True), moves["place"], strict=True))
    by_key = boroughs(places, gazetteer) | dict(zip(moves["name"], moves["place"], strict=True))
    new = [by_key.get(key, key if key[0] in "GD" else targets.get(name, key))
           for name, key in zip(names, places["key"], strict=True)]
    moved = dict(zip(places["key"], new, strict=True))
    mended = listed.assign(key_a=listed["key_a"].map(moved), key_b=listed["key_b"].map(moved))
    pairs = [ends.pair(*keys) for keys in zip(mended["key_a"], mended["key_b"], strict=True)]
    mended = mended.assign(key_a=[pair[0] for pair in pairs], key_b=[pair[1] for pair in pairs])
    apart = mended.loc[mended["key_a"].ne(mended["key_b"])]
    joined = apart.sort_values("start_year", kind="stable").groupby(KEYS, sort=False).agg(
        sources=("sources", union), start_year=("start_year", "first"), start_source=("start_source", "first"),
        years=("years", union), end_year=("end_year", "max"), in_2026=("in_2026", "any"), delisted=("delisted", "all"))
    report.step("ties: one place under several keys", len(listed), len(joined),
                {"of which both ends became one place": len(mended) - len(apart),
                 "joined with the same pair": len(apart) - len(joined)})
    return joined.reset_index().sort_values(KEYS, ignore_index=True)


def union(lists: pd.Series) -> list[Any]:
    """All members of lists, sorted, each once."""
    return sorted({item for items in lists for item in items})


def without_clubs(listed: pd.DataFrame, places: pd.DataFrame, report: Report) -> tuple[pd.DataFrame, set[ends.Pair]]:
    """The listed pairs without those that only belong to one club of many towns, and all pairs of the clubs.

    Raises:
        SourceError: a town of tie_clubs.csv is not among the listed places.
    """
    towns = read.curated("tie_clubs.csv", ["club", "name", "country", "reason"])
    keys: dict[tuple[str, str], list[str]] = {}
    for key, name, country in places[["key", "name", "country"]].itertuples(index=False):
        keys.setdefault((fold(name), country), []).append(key)
    towns["keys"] = [keys.get((fold(name), country), [])
                     for name, country in zip(towns["name"], towns["country"], strict=True)]
    lost = towns.loc[towns["keys"].map(len).eq(0), "name"].tolist()
    if lost:
        raise read.SourceError(f"tie_clubs.csv: towns must stand in merged.csv, but not {', '.join(lost)}")
    pairs = {ends.pair(a, b) for _, club in towns.groupby("club") for keys_a, keys_b in combinations(club["keys"], 2)
             for a in keys_a for b in keys_b}
    of_club = ends.among(listed, pairs)
    clubs = ", ".join(sorted(towns["club"].unique()))
    report.step("ties: clubs of many towns", len(listed), int((~of_club).sum()),
                {f"pairs of one multilateral club ({clubs})": int(of_club.sum())})
    return listed.loc[~of_club].reset_index(drop=True), pairs
