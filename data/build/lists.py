"""The generic lists of ties (Wikipedia, Wikidata, registers) as merged.csv has them, without what it took from pages."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pandas as pd

from data.build import ends, pages, read
from data.build.ends import bracketed
from data.build.gazetteer import Gazetteer
from data.build.kinds import KEYS
from data.build.report import Report
from data.spelling import fold

PAGES_CODE = "dated_pages_curated"
LARGE_CITY = 150_000
_ENDS = [f"{name}_{side}" for side in "ab" for name in ("key", "city", "lat", "lon", "qid", "geonameid", "level")]
_COLUMNS = [*_ENDS, "country_a_iso3", "country_b_iso3", "start_year", "start_year_source", "start_year_conflict", "end_year",
            "in_enwiki_2026", "delisted_by_2026", "source"]
PLACE = ["key", "name", "country", "latitude", "longitude", "geonameid", "wikidata", "level"]


def read_merged(sources_dir: Path, gazetteer: Gazetteer, report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The listed pairs and their places.

    Returns `listed` (key_a < key_b, sources: list of source ids, start_year, start_source, years: all years seen, end_year,
    in_2026, delisted) and `places` (PLACE; one row per key).

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
    sides = [merged[[f"key_{side}", f"city_{side}", f"country_{side}_iso3", f"lat_{side}", f"lon_{side}", f"geonameid_{side}",
                     f"qid_{side}", f"level_{side}"]].set_axis(PLACE, axis=1) for side in "ab"]
    places = pd.concat(sides, ignore_index=True).drop_duplicates("key", ignore_index=True)
    for column in ("latitude", "longitude", "geonameid"):
        places[column] = pd.to_numeric(places[column])
    return places.astype({"geonameid": "Int64"})


def levels(places: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The places with their level mended.

    A place outside GeoNames is what tie_levels.csv says of its name, else a district where its name carries a large city
    in brackets (`Mitino (Moscow)`), else what it was.
    """
    rules = read.curated("tie_levels.csv", ["pattern", "country", "level", "reason"])
    outside = ~places["key"].str.startswith(("G", "D"))
    parents = [gazetteer.find(around, country) if free and (around := bracketed(name)) else None
               for name, country, free in zip(places["name"], places["country"], outside, strict=True)]
    inside = [key is not None and gazetteer.place(key).population >= LARGE_CITY for key in parents]
    level = places["level"].mask(pd.Series(inside, index=places.index), "district")
    for rule in rules.iloc[::-1].itertuples():
        there = outside & (places["country"].eq(rule.country) | (rule.country == "*"))
        named = places["name"].map(lambda name, pattern=rule.pattern: re.search(pattern, name) is not None)
        level = level.mask(there & named, rule.level)
    return places.assign(level=level)


def mend(listed: pd.DataFrame, places: pd.DataFrame, report: Report) -> pd.DataFrame:
    """The listed pairs with places that tie_places.csv (by name or by key) reads as others, one row per pair."""
    moves = ends.corrections().dropna(subset="place")
    names = pd.MultiIndex.from_arrays([places["name"].map(fold), places["country"]])
    targets = dict(zip(zip(moves["name"].map(fold), moves["country"], strict=True), moves["place"], strict=True))
    by_key = dict(zip(moves["name"], moves["place"], strict=True))
    new = [by_key.get(key, targets.get(name, key)) if key[0] not in "GD" else key
           for name, key in zip(names, places["key"], strict=True)]
    moved = dict(zip(places["key"], new, strict=True))
    mended = listed.assign(key_a=listed["key_a"].map(moved), key_b=listed["key_b"].map(moved))
    mended[KEYS] = [ends.pair(*keys) for keys in zip(mended["key_a"], mended["key_b"], strict=True)]
    apart = mended.loc[mended["key_a"].ne(mended["key_b"])]
    joined = apart.sort_values("start_year", kind="stable").groupby(KEYS, sort=False).agg(
        sources=("sources", _union), start_year=("start_year", "first"), start_source=("start_source", "first"),
        years=("years", _union), end_year=("end_year", "max"), in_2026=("in_2026", "any"), delisted=("delisted", "all"))
    report.step("ties: one place under several keys", len(listed), len(joined),
                {"of which both ends became one place": len(mended) - len(apart), "joined with the same pair": len(apart) - len(joined)})
    return joined.reset_index().sort_values(KEYS, ignore_index=True)


def _union(lists: pd.Series) -> list[object]:
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
    towns["keys"] = [keys.get((fold(name), country), []) for name, country in zip(towns["name"], towns["country"], strict=True)]
    lost = towns.loc[towns["keys"].map(len).eq(0), "name"].tolist()
    if lost:
        raise read.SourceError(f"tie_clubs.csv: towns must stand in merged.csv, but not {', '.join(lost)}")
    pairs = {ends.pair(a, b) for _, club in towns.groupby("club") for keys_a, keys_b in combinations(club["keys"], 2)
             for a in keys_a for b in keys_b}
    of_club = pd.MultiIndex.from_frame(listed[KEYS]).isin(pd.MultiIndex.from_tuples(sorted(pairs)))
    report.step("ties: clubs of many towns", len(listed), int((~of_club).sum()),
                {"pairs of one multilateral club (" + ", ".join(sorted(towns["club"].unique())) + ")": int(of_club.sum())})
    return listed.loc[~of_club].reset_index(drop=True), pairs
