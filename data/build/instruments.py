"""The hand-transcribed instruments: one row per page, pair and paper, with kind word, years and topics."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.build import ends, pages, read
from data.build.ends import Ends
from data.build.gazetteer import iso3_codes
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
    return rows.drop(columns=["iso2_a", "iso2_b"]).rename(columns={"tie_kind": "word", "source_url": "reference"})


def locate(rows: pd.DataFrame, places: Ends, report: Report) -> pd.DataFrame:
    """The rows with `key_a` < `key_b`, the ends swapped along; rows without a place or of one place are dropped."""
    written = zip(zip(rows["city_a"], rows["country_a"], strict=True), zip(rows["city_b"], rows["country_b"], strict=True),
                  strict=True)
    found = [places.find(end_a, end_b) for end_a, end_b in written]
    lost = pd.Series([keys is None for keys in found], index=rows.index)
    names = [end for side in "ab" for end in zip(rows[f"city_{side}"], rows[f"country_{side}"], strict=True)]
    unplaced = sorted({f"{name} ({country})" for name, country in names if not places.candidates((name, country))})
    kept = rows.loc[~lost].copy()
    kept[["key_a", "key_b"]] = pd.DataFrame([keys for keys in found if keys], index=kept.index, columns=["key_a", "key_b"])
    same = kept["key_a"].eq(kept["key_b"])
    kept = in_order(kept.loc[~same])
    report.step("ties: locate transcribed rows", len(rows), len(kept),
                {"without a place for an end": int(lost.sum()), "of which both ends are one place": int(same.sum())},
                *(["no place found for " + "; ".join(unplaced)] if unplaced else []))
    return kept


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their ends swapped where `key_a` comes after `key_b`."""
    turned = rows["key_a"] > rows["key_b"]
    swapped = {f"{name}_{side}": f"{name}_{'b' if side == 'a' else 'a'}" for name in ("city", "country", "key") for side in "ab"
               if f"{name}_{side}" in rows.columns}
    return pd.concat([rows.loc[~turned], rows.loc[turned].rename(columns=swapped)]).sort_index()


def issues(topics: pd.Series) -> pd.Series:
    """Topic words (joined by |) as sorted issue areas.

    Raises:
        SourceError: a word is not in tie_topics.csv.
    """
    table = read.curated("tie_topics.csv", ["word", "issue", "reason"]).set_index("word")["issue"]
    words = topics.fillna("").str.split("|").explode()
    words = words.loc[words.ne("")]
    unknown = sorted(set(words) - set(table.index))
    if unknown:
        raise read.SourceError(f"tie_topics.csv: must know every topic of the transcribed rows, but not {', '.join(unknown)}")
    areas = words.map(table).groupby(level=0).agg(lambda codes: sorted(set(codes)))
    return areas.reindex(topics.index).map(lambda codes: codes if isinstance(codes, list) else [])


def spelled(rows: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame:
    """The places frame of located rows: one row per key, spelling and page.

    `placed`: index key; columns country, latitude, longitude, geonameid, wikidata, level.
    """
    sides = [rows[[f"key_{side}", f"city_{side}", "source_id"]].set_axis(["key", "name", "source"], axis=1) for side in "ab"]
    names = pd.concat(sides, ignore_index=True)
    names["name"] = names["name"].str.partition("|")[0]
    return names.drop_duplicates().join(placed, on="key")


def check_pairs(table: pd.DataFrame, name: str, places: Ends) -> pd.DataFrame:
    """A hand-kept table of pairs with `key_a` < `key_b`.

    Raises:
        SourceError: a row names a pair that is not among the ties.
    """
    written = [((row.city_a, row.country_a), (row.city_b, row.country_b)) for row in table.itertuples()]
    keys = [places.find(*pair) for pair in written]
    found = [ends.pair(*pair) if pair else ("", "") for pair in keys]
    missing = [f"{a[0]}-{b[0]}" for (a, b), pair in zip(written, found, strict=True) if pair not in places.pairs]
    if missing:
        raise read.SourceError(f"{name}: must name pairs that are ties, but {'; '.join(missing)}")
    return table.assign(key_a=[pair[0] for pair in found], key_b=[pair[1] for pair in found])
