"""The hand-transcribed instruments: one row per page, pair and paper, with kind word, years and topics."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.build import pages, read
from data.build.ends import Ends, Written, pair
from data.build.gazetteer import iso3_codes
from data.build.kinds import KEYS
from data.build.report import Report

FOLDERS = ("pages", "europe", "americas", "asia_africa", "world")
COLUMNS = ["city_a", "iso2_a", "city_b", "iso2_b", "start_year", "end_year", "tie_kind", "topics", "source_url"]


def read_rows(sources_dir: Path) -> pd.DataFrame:
    """All transcribed rows as they are: COLUMNS (iso2_* as country_*, ISO3) and as_of.

    Raises:
        SourceError: a file or column is missing, a country code is unknown, or a year is not a number.
    """
    frames = []
    for folder in FOLDERS:
        path = sources_dir / f"ties/curated_dated_{folder}"
        frames.append(read.csv(path / "curated_dated.csv", COLUMNS).assign(as_of=pages.transcribed(path)))
    rows = pd.concat(frames, ignore_index=True)
    codes = iso3_codes(sources_dir)
    for side in "ab":
        unknown = rows.loc[~rows[f"iso2_{side}"].isin(codes), f"iso2_{side}"].unique()
        if len(unknown):
            raise read.SourceError(f"curated_dated.csv iso2_{side}: must be ISO 3166 codes, but {', '.join(unknown)}")
        rows[f"country_{side}"] = rows[f"iso2_{side}"].map(codes)
    for column in ("start_year", "end_year"):
        rows[column] = pd.to_numeric(rows[column].str.strip()).astype("Int64")
    rows["topics"] = rows["topics"].astype("str")
    return rows.drop(columns=["iso2_a", "iso2_b"]).rename(columns={"tie_kind": "word", "source_url": "reference"})


def locate(rows: pd.DataFrame, places: Ends, report: Report) -> pd.DataFrame:
    """The rows with `key_a` < `key_b`, the ends swapped along; rows without a place or of one place are dropped."""
    written = _written(rows)
    found = [places.find(*ends_) for ends_ in written]
    lost = pd.Series([keys is None for keys in found], index=rows.index)
    unplaced = sorted({f"{name} ({country})" for ends_ in written for name, country in ends_
                       if not places.candidates((name, country))})
    kept = rows.loc[~lost].copy()
    kept[KEYS] = pd.DataFrame([keys for keys in found if keys], index=kept.index, columns=KEYS)
    same = kept["key_a"].eq(kept["key_b"])
    kept = in_order(kept.loc[~same])
    report.step("ties: locate transcribed rows", len(rows), len(kept),
                {"without a place for an end": int(lost.sum()), "of which both ends are one place": int(same.sum())},
                *(["no place found for " + "; ".join(unplaced)] if unplaced else []))
    return kept


def _written(rows: pd.DataFrame) -> list[tuple[Written, Written]]:
    sides = [list(zip(rows[f"city_{side}"], rows[f"country_{side}"], strict=True)) for side in "ab"]
    return list(zip(*sides, strict=True))


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their ends swapped where `key_a` comes after `key_b`."""
    turned = rows["key_a"] > rows["key_b"]
    swapped = {f"{name}_{here}": f"{name}_{there}"
               for name in ("city", "country", "key") for here, there in ("ab", "ba")}
    return pd.concat([rows.loc[~turned], rows.loc[turned].rename(columns=swapped)]).sort_index()


def spelled(rows: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame:
    """The places frame of located rows: one row per key, spelling and page.

    `placed`: index key; columns country, latitude, longitude, geonameid, wikidata, level.
    """
    names = pd.concat([rows[[f"key_{side}", f"city_{side}", "source_id"]].set_axis(["key", "name", "source"], axis=1)
                       for side in "ab"], ignore_index=True)
    names["name"] = names["name"].str.partition("|")[0]
    return names.drop_duplicates().join(placed, on="key")


def check_pairs(table: pd.DataFrame, name: str, places: Ends) -> pd.DataFrame:
    """A hand-kept table of pairs with `key_a` < `key_b`.

    Raises:
        SourceError: a row names a pair that is not among the ties.
    """
    written = _written(table)
    keys = [places.find(*ends_) for ends_ in written]
    found = [pair(*both) if both else ("", "") for both in keys]
    missing = [f"{a[0]}-{b[0]}" for (a, b), both in zip(written, found, strict=True) if both not in places.pairs]
    if missing:
        raise read.SourceError(f"{name}: must name pairs that are ties, but {'; '.join(missing)}")
    return table.assign(key_a=[both[0] for both in found], key_b=[both[1] for both in found])
