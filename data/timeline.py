"""The view along time: what began in each year, what stood in it, and the finding in words; whatever its period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data import select
from data.codes import encode
from data.load import Dataset
from data.model import LAST_YEAR
from data.view import View
from data.words import THEME_OF

UNSTATED = "unstated"
_WINDOW = 10
_SIGNED = {"ties": ("was signed", "were signed"), "memberships": ("began", "began")}


def by_year(dataset: Dataset, view: View) -> pd.DataFrame:
    """What began in each year, in the view without its period.

    Returns:
        A row for each group that has any: `what` (ties, memberships), `theme` (of the first issue area, of the tie or
        of the network; or "unstated"), `year` (<NA> where unknown), `approximate` (the year is inferred or an upper
        bound) and `count`.
    """
    whole = _whole(view)
    ties, memberships = select.ties(dataset, whole), select.memberships(dataset, whole)
    theme_of = dataset.networks.set_index("network_id")["issues"].str[0].map(THEME_OF)
    basis = memberships["joined_basis"]
    return pd.concat([
        _groups("ties", ties["issues"].str[0].map(THEME_OF), ties["start_year"], ties["start_basis"] == "inferred"),
        _groups("memberships", memberships["network_id"].map(theme_of), memberships["joined"], basis != "stated"),
    ], ignore_index=True)


def standing(dataset: Dataset, view: View, what: str = "ties") -> tuple[int, pd.Series]:
    """How many rows of unknown year the view has without its period, and how many of the others stood in each year.

    The years go from the first in which a row began to this one. A row without an end stands still; a membership
    stands when its network does.
    """
    codes, whole = encode(dataset), _whole(view)
    if what == "ties":
        drawn, span, start = select.tie_sieve(dataset, whole).drawn, codes.ties, codes.ties.start
    else:
        drawn, span = select.member_sieve(dataset, whole).drawn, codes.memberships
        start = np.maximum(span.start, codes.member_founded)
    dated = drawn & ~span.undated
    begun = start[dated]
    gone = np.maximum(np.minimum(span.end[dated] + 1, LAST_YEAR), begun)
    first = int(begun.min(initial=LAST_YEAR))
    size = LAST_YEAR - first
    change = np.bincount(begun - first, minlength=size)[:size] - np.bincount(gone - first, minlength=size)[:size]
    stood = pd.Series(np.cumsum(change), index=pd.RangeIndex(first, LAST_YEAR, name="year"), name=what)
    return int((drawn & span.undated).sum()), stood


def words(years: pd.DataFrame, what: str) -> str:
    """The finding in one sentence: how many have a year, and in which ten years most of these began.

    `years` as `by_year` gives it.
    """
    rows = years[years["what"] == what]
    dated = rows[rows["year"].notna()]
    total, known, one = int(rows["count"].sum()), int(dated["count"].sum()), what.removesuffix("s")
    if not total:
        return f"No {one} is in this view."
    if not known:
        return f"None of {total:,} {what} has a known year." if total > 1 else f"The only {one} has no known year."
    rough, undated = int(dated.loc[dated["approximate"], "count"].sum()), total - known
    share = f"{known:,} of {total:,}" if undated else f"All {total:,}" if total > 1 else "The only"
    parts = [f"{share} {one if total == 1 else what} {'has' if known == 1 else 'have'} a known year"
             + (f" ({rough:,} approximate)" if rough else ""), _peak(dated, _SIGNED[what])]
    if undated:
        parts.append(f"{undated:,} {'is' if undated == 1 else 'are'} undated")
    return "; ".join(parts) + "."


def _whole(view: View) -> View:
    return view.replace(from_year=None, to_year=None, undated=True)


def _groups(what: str, theme: pd.Series, year: pd.Series, rough: pd.Series) -> pd.DataFrame:
    rows = pd.DataFrame({"what": what, "theme": theme.fillna(UNSTATED), "year": year,
                         "approximate": rough.fillna(False).astype(bool) & year.notna()})
    return rows.groupby(list(rows.columns), dropna=False).size().reset_index(name="count")


def _peak(dated: pd.DataFrame, signed: tuple[str, str]) -> str:
    """In which ten years most began, or in fewer where these hold them all."""
    counts = dated.groupby("year")["count"].sum()
    first, last, known = int(counts.index.min()), int(counts.index.max()), int(counts.sum())
    if first == last:
        return f"{'all of these' if known > 1 else 'it'} {signed[known > 1]} in {first}"
    window = counts.reindex(range(first, last + 1), fill_value=0).rolling(_WINDOW, min_periods=1).sum()
    most = int(window.max())
    end = int(window.index[window == most].min())
    if most == 1:
        return f"these {signed[True]} between {first} and {last}"
    begin = int(counts.index[counts.index > end - _WINDOW].min())
    share = f"{100 * most / known:.0f} %"
    many = "all of these" if most == known else f"most of these ({share})" if 2 * most > known else f"{share} of these"
    return f"{many} {signed[True]} in {begin if begin == end else f'{begin}–{end}'}"
