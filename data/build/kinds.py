"""Which ties a pair of places has: sister, friendship, agreement, from the words of pages and the plain lists."""

from __future__ import annotations

import re

import pandas as pd

from data.build import read

KEYS = ["key_a", "key_b"]
_COUNTRY = re.compile(r"[A-Z]{3}")


def of_rows(rows: pd.DataFrame, listed: pd.MultiIndex) -> pd.DataFrame:
    """The transcribed rows with `kind`, and the issue areas that the kind word itself states.

    `rows`: key_a, key_b, country_a, country_b, word, host, issues; `listed`: the pairs on a generic list.
    Words are read by tie_kinds.csv; of several contexts a page's host goes before a country, a country before `listed`,
    that before `any`.

    Raises:
        SourceError: a word is not in tie_kinds.csv.
    """
    table = read.curated("tie_kinds.csv", ["word", "context", "kind", "issue", "reason"])
    kinds = pd.Series(pd.NA, index=rows.index, dtype="str")
    stated = pd.Series(pd.NA, index=rows.index, dtype="str")
    for rule in sorted(table.to_dict("records"), key=lambda rule: _weight(rule["context"])):
        meant = rows["word"].eq(rule["word"]) & _holds(rule["context"], rows, listed)
        kinds = kinds.mask(meant, rule["kind"])
        stated = stated.mask(meant, rule["issue"])
    unknown = sorted(set(rows.loc[kinds.isna(), "word"]))
    if unknown:
        raise read.SourceError(f"tie_kinds.csv: must know every kind word of the transcribed ties, but not {unknown}")
    issues = pd.Series([sorted({*areas, area}) if isinstance(area, str) else areas
                        for areas, area in zip(rows["issues"], stated, strict=True)], index=rows.index, dtype="object")
    return rows.assign(kind=kinds, issues=issues)


def _weight(context: str) -> int:
    if context in ("any", "listed"):
        return 0 if context == "any" else 1
    return 2 if _COUNTRY.fullmatch(context) else 3


def _holds(context: str, rows: pd.DataFrame, listed: pd.MultiIndex) -> pd.Series:
    if context == "any":
        return pd.Series(True, index=rows.index)
    if context == "listed":
        return pd.Series(pd.MultiIndex.from_frame(rows[KEYS]).isin(listed), index=rows.index)
    if _COUNTRY.fullmatch(context):
        return rows["country_a"].eq(context) | rows["country_b"].eq(context)
    return rows["host"].eq(context)


def one_tie_a_signing(rows: pd.DataFrame, listed: pd.MultiIndex) -> pd.DataFrame:
    """The rows with the weaker words for one signing taken into the stronger kind.

    A friendship of the same year as a sister row of the pair, or an agreement of the same year as either, is the same
    paper under another word; so is a row without a year beside a stronger one, and an agreement without a year beside
    a list.
    """
    for weaker, stronger in (("friendship", "sister"), ("agreement", "sister"), ("agreement", "friendship")):
        rows = _absorb(rows, weaker, stronger)
    on_list = pd.MultiIndex.from_frame(rows[KEYS]).isin(listed)
    nameless = rows["kind"].eq("agreement") & rows["start_year"].isna() & on_list
    return rows.assign(kind=rows["kind"].mask(nameless, "sister"))


def _absorb(rows: pd.DataFrame, weaker: str, stronger: str) -> pd.DataFrame:
    strong = rows.loc[rows["kind"].eq(stronger)]
    year = [*KEYS, "start_year"]
    signed = pd.MultiIndex.from_frame(rows[year]).isin(pd.MultiIndex.from_frame(strong[year]))
    beside = pd.MultiIndex.from_frame(rows[KEYS]).isin(pd.MultiIndex.from_frame(strong[KEYS]))
    same = rows["kind"].eq(weaker) & (signed | (beside & rows["start_year"].isna()))
    return rows.assign(kind=rows["kind"].mask(same, stronger))


def of_lists(listed: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """The kind of each listed pair: the lists do not tell kinds apart, so a pair's friendship is what they mean.

    `listed`: key_a, key_b; `rows`: key_a, key_b, kind. Sister, unless the pages know the pair as friendship only.
    """
    pairs = pd.MultiIndex.from_frame(listed[KEYS])
    sister = pairs.isin(pd.MultiIndex.from_frame(rows.loc[rows["kind"].eq("sister"), KEYS]))
    friends = pairs.isin(pd.MultiIndex.from_frame(rows.loc[rows["kind"].eq("friendship"), KEYS]))
    return pd.Series("sister", index=listed.index, dtype="str").mask(friends & ~sister, "friendship")
