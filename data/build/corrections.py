"""Ties mended by hand: pairs or papers to drop, kinds that a page's word does not tell, notes for the reader."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from data.build import instruments, read, years
from data.build.ends import Ends, Pair
from data.build.kinds import KEYS
from data.build.report import Report

FILE = "tie_corrections.csv"
ACTIONS = ("drop", "kind", "note")


def apply(rows: pd.DataFrame, listed: pd.DataFrame, where: Ends,
          report: Report) -> tuple[pd.DataFrame, pd.DataFrame, dict[Pair, str]]:
    """The transcribed rows and the listed pairs with the corrections, and the notes by pair.

    Raises:
        SourceError: a correction names a pair that is no tie, or an action that is not known.
    """
    columns = [*years.PAIR, "word", "year", "action", "value", "reason"]
    table = instruments.check_pairs(read.curated(FILE, columns), FILE, where)
    wrong = sorted(set(table["action"]) - set(ACTIONS))
    if wrong:
        raise read.SourceError(f"{FILE} action: must be one of {', '.join(ACTIONS)}, but {', '.join(wrong)}")
    gone, kind = pd.Series(False, index=rows.index), rows["kind"]
    for fix in table.loc[table["action"].ne("note")].to_dict("records"):
        meant = _meant(rows, fix)
        gone |= meant & (fix["action"] == "drop")
        kind = kind.mask(meant & (fix["action"] == "kind"), fix["value"])
    whole = table.loc[table["action"].eq("drop") & table["word"].isna() & table["year"].isna(), KEYS]
    unlisted = pd.MultiIndex.from_frame(listed[KEYS]).isin(pd.MultiIndex.from_frame(whole))
    came = len(rows) + len(listed)
    report.step("ties: corrections by hand", came, came - int(gone.sum()) - int(unlisted.sum()),
                {"listed pairs dropped": int(unlisted.sum()), "transcribed rows dropped": int(gone.sum())})
    noted = table.loc[table["action"].eq("note")]
    notes = dict(zip(zip(noted["key_a"], noted["key_b"], strict=True), noted["value"], strict=True))
    return (rows.assign(kind=kind).loc[~gone].reset_index(drop=True), listed.loc[~unlisted].reset_index(drop=True),
            notes)


def _meant(rows: pd.DataFrame, fix: dict[Hashable, Any]) -> pd.Series:
    """The rows of the pair, and of the word and year where the correction names them."""
    meant = rows["key_a"].eq(fix["key_a"]) & rows["key_b"].eq(fix["key_b"])
    if pd.notna(fix["word"]):
        meant &= rows["word"].eq(fix["word"])
    if pd.notna(fix["year"]):
        meant &= rows["start_year"].eq(int(fix["year"])).fillna(False)
    return meant


def noted(records: pd.DataFrame, notes: dict[Pair, str]) -> pd.DataFrame:
    """The records with the notes of their pairs after their own."""
    pairs = zip(records["key_a"], records["key_b"], strict=True)
    texts = [[text for text in (own, notes.get(pair)) if isinstance(text, str)]
             for own, pair in zip(records["note"], pairs, strict=True)]
    joined = pd.Series(["; ".join(found) or None for found in texts], index=records.index, dtype="str")
    return records.assign(note=joined)
