"""When a membership began and ended, and how well that is known."""

from __future__ import annotations

import re

import pandas as pd

from data.build.read import SourceError, curated
from data.build.report import Report

_PAST = r"(?i)past member|former member|selected, then deselected"
_MEMBER = r"(?:^|; )(?:Associated |Full )?Member(?:;|$)"
_COMMITMENTS = re.compile(r"(?:2020|2030|ADAPT)+(?:; (?:2020|2030|ADAPT)+)*")
_EMPTY = {"as above", "Member", "Full Member", "Full member"}


def date(listed: pd.DataFrame, years: pd.DataFrame, report: Report) -> pd.DataFrame:
    """The members with joined_basis, and with status, years and note made consistent.

    `listed`: network_id, joined, left (Int64), status, note and more; `years`: index network_id; founded, dissolved.
    A year before the founding of the network is the year of a forerunner: the city was a member at the founding, so
    that year stands as an upper bound and the source's own year is noted. No membership outlives its network.

    Raises:
        SourceError: joined_basis.csv names a network or year that no member has.
    """
    note = pd.Series([_tidy(note) for note in listed["note"]], index=listed.index, dtype="str")
    dated = listed.assign(status=_status(listed), note=note, joined_basis=_basis(listed))
    founded, dissolved = (dated["network_id"].map(years[column]) for column in ("founded", "dissolved"))
    early = dated["joined"].lt(founded).fillna(False)
    for network, rows in dated.loc[early].groupby("network_id"):
        span = " to ".join(dict.fromkeys([str(rows["joined"].min()), str(rows["joined"].max())]))
        dated.loc[rows.index, "note"] = _said(rows)
        report.step(f"memberships: {network} joined before its founding", len(rows), len(rows), {},
                    f"{len(rows)} joins of {span} are before {founded[rows.index].iloc[0]}, the founding year in "
                    "networks.csv: dated by the founding, as an upper bound; the year of the source stands in the note")
    dated["joined"] = dated["joined"].mask(early, founded)
    dated["joined_basis"] = dated["joined_basis"].mask(early, "upper bound")
    after = dissolved.notna() & (dated["left"].isna() | dated["left"].gt(dissolved).fillna(False))
    dated["left"] = dated["left"].mask(after, dissolved)
    return dated


def _status(listed: pd.DataFrame) -> pd.Series:
    note = listed["note"].fillna("")
    past = listed["left"].notna() | (note.str.contains(_PAST) & ~note.str.contains(_MEMBER))
    status = listed["status"].replace({"not on latest list": "delisted"})
    unknown = sorted(set(status) - {"listed", "delisted", "former"})
    if unknown:
        raise SourceError("memberships.csv: status must be listed, former or not on latest list, but "
                          f"{', '.join(unknown)}")
    still = status.eq("former") & ~past
    return status.mask(still, "listed").mask(past, "former")


def _basis(listed: pd.DataFrame) -> pd.Series:
    basis = pd.Series(pd.NA, index=listed.index, dtype="str").mask(listed["joined"].notna(), "stated")
    rules = curated("joined_basis.csv", ["network_id", "joined", "basis", "reason"])
    for network, year, word in zip(rules["network_id"], rules["joined"], rules["basis"], strict=True):
        meant = listed["network_id"].eq(network) & listed["joined"].notna()
        if isinstance(year, str):
            meant &= listed["joined"].eq(int(year)).fillna(False)
        if not meant.any():
            raise SourceError(f"joined_basis.csv: must mean members, but nobody joined {network} in {year}")
        basis = basis.mask(meant, word)
    return basis


def _said(rows: pd.DataFrame) -> pd.Series:
    notes = "joined in " + rows["joined"].astype("str") + " by the source, before the founding year"
    return notes.where(rows["note"].isna(), rows["note"] + "; " + notes)


def _tidy(note: object) -> str | None:
    if not isinstance(note, str) or note in _EMPTY:
        return None
    if _COMMITMENTS.fullmatch(note):
        found = sorted(set(re.findall("2020|2030|ADAPT", note)))
        return "commitments: " + ", ".join("adaptation" if word == "ADAPT" else word for word in found)
    return note
