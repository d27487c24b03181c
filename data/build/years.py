"""When a tie began and whether it ended, of what all its sources say."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.build import read
from data.build.kinds import KEYS

TIE = [*KEYS, "kind"]
PAIR = ["city_a", "country_a", "city_b", "country_b"]
BASES = ("inferred", "preferred", "renewed")


def starts(attested: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """The start of each dated tie: indexed by key_a, key_b, kind; start_year, start_basis, other_years, note.

    `attested`: one row per tie and source: key_a, key_b, kind, start_year (Int64), rank (0 = most authoritative),
    by_page (a transcribed page), note. `readings` (tie_years.csv, with keys): year and basis: `inferred`: the pages
    infer this year; `preferred`: this year is used before others; `renewed`: later years are renewals or further
    papers, not conflicts.

    The year is the most authoritative source's; a stated one goes before an inferred one, then the earliest.
    """
    dated = attested.dropna(subset="start_year").copy()
    dated["inferred"] = _named(dated, readings, "inferred") & dated["by_page"]
    dated["preferred"] = _named(dated, readings, "preferred")
    renewed = pd.MultiIndex.from_frame(_of(readings, "renewed")[KEYS])
    dated["renewed"] = pd.MultiIndex.from_frame(dated[KEYS]).isin(renewed)
    dated["first"] = dated["start_year"].where(dated["renewed"], 0)
    dated = dated.sort_values([*TIE, "preferred", "first", "inferred", "rank", "start_year"],
                              ascending=[True, True, True, False, True, True, True, True], kind="stable")
    found = dated.groupby(TIE).agg(
        start_year=("start_year", "first"), years=("start_year", list), renewed=("renewed", "first"),
        inferred=("inferred", "first"), note=("note", lambda notes: notes.iloc[0]))
    found["other_years"] = [sorted({int(year) for year in years} - {int(start)})
                            for years, start in zip(found["years"], found["start_year"], strict=True)]
    differ = found["other_years"].map(len).gt(0) & ~found["renewed"]
    found["start_basis"] = pd.Series("stated", index=found.index, dtype="str").mask(found["inferred"], "inferred")
    found["start_basis"] = found["start_basis"].mask(differ, "conflicting")
    return found[["start_year", "start_basis", "other_years", "note"]]


def _of(readings: pd.DataFrame, basis: str) -> pd.DataFrame:
    return readings.loc[readings["basis"].eq(basis)]


def _named(dated: pd.DataFrame, readings: pd.DataFrame, basis: str) -> pd.Series:
    named = _of(readings, basis)[[*KEYS, "year"]]
    keyed = pd.MultiIndex.from_arrays([dated["key_a"], dated["key_b"], dated["start_year"].astype(int)])
    return pd.Series(keyed.isin(pd.MultiIndex.from_arrays([named["key_a"], named["key_b"], named["year"].astype(int)])),
                     index=dated.index)


def readings() -> pd.DataFrame:
    """tie_years.csv: how years of pairs are to be read.

    Raises:
        SourceError: a basis is not known.
    """
    table = read.curated("tie_years.csv", [*PAIR, "year", "basis", "reason"])
    _check(table, "tie_years.csv", "basis", BASES)
    return table.assign(year=table["year"].astype("Int64"))


def endings() -> pd.DataFrame:
    """tie_status.csv: the ties that ended or were suspended, with year (may be empty), reason and source.

    Raises:
        SourceError: a status is not known.
    """
    table = read.curated("tie_status.csv", [*PAIR, "status", "end_year", "reason", "source"])
    _check(table, "tie_status.csv", "status", ("suspended", "ended"))
    return table.assign(end_year=table["end_year"].astype("Int64"))


def check_endings(rows: pd.DataFrame, table: pd.DataFrame) -> None:
    """Every end year of a transcribed row is explained in tie_status.csv.

    Raises:
        SourceError: an end year has no row there.
    """
    ended = rows.dropna(subset="end_year")
    known = pd.MultiIndex.from_frame(table[[*KEYS, "end_year"]])
    lost = ended.loc[~pd.MultiIndex.from_frame(ended[[*KEYS, "end_year"]]).isin(known)]
    if len(lost):
        named = "; ".join(lost["city_a"] + "-" + lost["city_b"] + " " + lost["end_year"].astype("str"))
        raise read.SourceError("tie_status.csv: must say of every end year whether the tie ended or was suspended, "
                               f"but not {named}")


def _check(table: pd.DataFrame, name: str, column: str, allowed: Sequence[str]) -> None:
    wrong = sorted(set(table[column].fillna("")) - set(allowed))
    if wrong:
        raise read.SourceError(f"{name} {column}: must be one of {', '.join(allowed)}, but {', '.join(wrong)}")
