"""What began in which year: the ties and memberships of a view, by theme of their first issue area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import encode, first_theme
from data.load import Dataset
from data.model import LAST_YEAR
from data.select import member_sieve, tie_sieve
from data.view import View
from data.words import THEMES

GROUPS = (*THEMES, "Unstated")
_WINDOW = 10


@dataclass(frozen=True, eq=False)
class Years:
    """Counts of one kind of row, `what`.

    `began` has a row for each year from the first to this one and a column for each of GROUPS; `undated` counts the
    rows of unknown year, and `rough` those of the others whose year is inferred, an upper bound, or disputed.
    """

    what: str
    began: pd.DataFrame
    undated: int
    rough: int

    @property
    def sentence(self) -> str:
        """The finding in words: how many have a year, and in which ten years most of them began."""
        total = self.began.sum(axis=1)
        dated = int(total.sum())
        if not dated:
            return f"No {self.what} of known year; {self.undated:,} of unknown year." if self.undated else ""
        window = total.rolling(_WINDOW, min_periods=1).sum()
        last, most = int(window.to_numpy().argmax()), int(window.max())
        first, last = (int(self.began.index[place]) for place in (max(last - _WINDOW + 1, 0), last))
        rough = f", {self.rough:,} of them not exactly" if self.rough else ""
        return (f"{dated:,} of {dated + self.undated:,} {self.what} have a known year{rough}; "
                f"{100 * most / dated:.0f} % of these began {f'{first}–{last}' if first < last else f'in {last}'}.")


def of_ties(dataset: Dataset, view: View) -> Years:
    """When the ties of the view began, whatever its period and its switches for the undated and the unstated."""
    drawn, codes = tie_sieve(dataset, timeless(view)).drawn, encode(dataset)
    return _years("ties", codes.ties.start[drawn], _tie_groups(dataset)[drawn], _rough_ties(dataset)[drawn])


def of_memberships(dataset: Dataset, view: View) -> Years:
    """When the memberships of the view began, in the same way."""
    drawn, codes = member_sieve(dataset, timeless(view)).drawn, encode(dataset)
    return _years("memberships", codes.memberships.start[drawn], _member_groups(dataset)[drawn],
                  _rough_memberships(dataset)[drawn])


def timeless(view: View) -> View:
    """The view without its period and its switches for the undated and the unstated."""
    return view.replace(from_year=None, to_year=None, undated=True, unstated=True)


def _years(what: str, start: npt.NDArray[Any], group: npt.NDArray[Any], rough: npt.NDArray[Any]) -> Years:
    dated = start > 0
    first = int(start[dated].min()) if dated.any() else LAST_YEAR - 1
    years = np.arange(min(first, LAST_YEAR - 1), LAST_YEAR)
    cell = (start[dated] - years[0]) * len(GROUPS) + group[dated]
    counts = np.bincount(cell, minlength=len(years) * len(GROUPS))[: len(years) * len(GROUPS)]
    began = pd.DataFrame(counts.reshape(len(years), len(GROUPS)), index=years, columns=list(GROUPS))
    return Years(what, began, int((~dated).sum()), int((rough & dated).sum()))


def _group(issues: pd.Series) -> npt.NDArray[Any]:
    """Position in GROUPS of the theme of the first issue area."""
    return first_theme(issues) % len(GROUPS)


@lru_cache(maxsize=4)
def _tie_groups(dataset: Dataset) -> npt.NDArray[Any]:
    return _group(dataset.ties["issues"])


@lru_cache(maxsize=4)
def _member_groups(dataset: Dataset) -> npt.NDArray[Any]:
    return _group(dataset.networks["issues"])[encode(dataset).member_network]


@lru_cache(maxsize=4)
def _rough_ties(dataset: Dataset) -> npt.NDArray[Any]:
    return dataset.ties["start_basis"].isin(["inferred", "conflicting"]).to_numpy(bool)


@lru_cache(maxsize=4)
def _rough_memberships(dataset: Dataset) -> npt.NDArray[Any]:
    basis = dataset.memberships["joined_basis"]
    return (basis.notna() & (basis != "stated")).to_numpy(bool)
