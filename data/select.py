"""(Dataset, View) -> the ties, memberships and cities in the view, and the account of what is left out or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import nations
from data.codes import Codes, Spans, bits, encode
from data.load import Dataset
from data.view import View
from data.words import KINDS, REGIONS

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Coverage:
    """The account of a selection: `shown` + `unknown` + sum of `left_out` = `all`.

    `shown` rows match for certain. `unknown` rows match as far as is known: the view asks for a year or an issue area
    that they lack; `drawn` counts what is on the page, the shown rows and those unknown ones that the switches let in.
    `undated` and `unstated` count rows of `drawn` without a year and without an issue area.
    """

    what: str
    all: int
    shown: int
    unknown: int
    drawn: int
    undated: int
    unstated: int
    left_out: dict[str, int]

    @property
    def sentence(self) -> str:
        """The account in words."""
        gaps = [f"{count:,} have no {lack}" for count, lack in ((self.undated, "known year"),
                                                                 (self.unstated, "stated issue")) if count]
        parts = [f"{self.drawn:,} of {self.all:,} {self.what} shown" + (f" ({', '.join(gaps)})" if gaps else "")]
        hidden = self.unknown - (self.drawn - self.shown)
        if self.drawn > self.shown:
            parts.append(f"{self.drawn - self.shown:,} of them are in only as far as is known")
        if hidden:
            parts.append(f"{hidden:,} of unknown year or issue hidden")
        if self.left_out:
            parts.append("left out: " + ", ".join(f"{count:,} {reason}" for reason, count in self.left_out.items()))
        return "; ".join(parts) + "."

    @property
    def advice(self) -> str:
        """What to loosen where nothing is shown."""
        hidden = self.unknown - (self.drawn - self.shown)
        if hidden:
            return f"None is known to match, but {hidden:,} {self.what} lack a year or an issue area: switch them on."
        if not self.left_out:
            return f"The dataset holds no {self.what}."
        reason, count = list(self.left_out.items())[-1]
        return f"No {self.what} match all filters; the last one left out {count:,} ({reason}). Widen it, or reset."


@dataclass(frozen=True, eq=False)
class Sieve:
    """Which rows pass: `reason` is the number of the first test a row fails, or -1; `unknown` and `drawn` are of it."""

    reasons: tuple[str, ...]
    reason: npt.NDArray[np.int8]
    unknown: Bools
    drawn: Bools

    def coverage(self, what: str, span: Spans) -> Coverage:
        """The account of this sieve."""
        counts = np.bincount(self.reason + 1, minlength=len(self.reasons) + 1)
        unknown = int(self.unknown.sum())
        return Coverage(
            what=what, all=len(self.reason), shown=int(counts[0]) - unknown, unknown=unknown,
            drawn=int(self.drawn.sum()), undated=int((self.drawn & span.undated).sum()),
            unstated=int((self.drawn & (span.issues == 0)).sum()),
            left_out={name: int(count) for name, count in zip(self.reasons, counts[1:], strict=True) if count})


def ties(dataset: Dataset, view: View) -> pd.DataFrame:
    """The ties in the view: columns of the table and `certain` (False where a year or issue asked for is unknown)."""
    sieve = tie_sieve(dataset, view)
    return _rows(dataset.ties, sieve)


def memberships(dataset: Dataset, view: View) -> pd.DataFrame:
    """The memberships in the view: columns of the table and `certain`, as for ties."""
    return _rows(dataset.memberships, member_sieve(dataset, view))


def cities(dataset: Dataset, view: View) -> pd.DataFrame:
    """The cities with a tie or membership in the view.

    Columns of the table and `ties_shown`, `memberships_shown`: rows of the view that the city has, at least one of
    them above 0; in the order of the table.
    """
    codes, size = encode(dataset), len(dataset.cities)
    tie, member = tie_sieve(dataset, view).drawn, member_sieve(dataset, view).drawn
    held = np.bincount(codes.tie_a[tie], minlength=size) + np.bincount(codes.tie_b[tie], minlength=size)
    joined = np.bincount(codes.member_city[member], minlength=size)
    shown = (held + joined) > 0
    rows: pd.DataFrame = dataset.cities[shown].assign(ties_shown=held[shown], memberships_shown=joined[shown])
    return rows


def reach(dataset: Dataset, view: View) -> tuple[int, int]:
    """How many cities, and how many countries, the ties in the view join."""
    codes, drawn = encode(dataset), tie_sieve(dataset, view).drawn
    ends = np.concatenate([codes.tie_a[drawn], codes.tie_b[drawn]])
    joined = np.bincount(ends, minlength=len(codes.city)) > 0
    return int(joined.sum()), len(np.unique(codes.country[joined]))


def certain(dataset: Dataset, view: View) -> pd.Series:
    """Whether a city has a tie that is in the view for certain; of the index of the table of cities."""
    codes, sieve = encode(dataset), tie_sieve(dataset, view)
    sure = sieve.drawn & ~sieve.unknown
    ends = np.concatenate([codes.tie_a[sure], codes.tie_b[sure]])
    return pd.Series(np.bincount(ends, minlength=len(codes.city)) > 0, dataset.cities.index)


def coverage(dataset: Dataset, view: View, what: str = "ties") -> Coverage:
    """The account of the ties, or of the memberships, in the view."""
    codes = encode(dataset)
    if what == "ties":
        return tie_sieve(dataset, view).coverage("ties", codes.ties)
    return member_sieve(dataset, view).coverage("memberships", codes.memberships)


def seats(view: View) -> tuple[str, ...]:
    """The cities in the room of a view, without the names that are not settled."""
    return tuple(seat for seat in view.room if not seat.startswith("?"))


def forget() -> None:
    """Drop the selections that are kept for the next run; for the benchmark."""
    tie_sieve.cache_clear()
    member_sieve.cache_clear()


def _rows(frame: pd.DataFrame, sieve: Sieve) -> pd.DataFrame:
    rows: pd.DataFrame = frame[sieve.drawn].assign(certain=~sieve.unknown[sieve.drawn])
    return rows


@lru_cache(maxsize=64)
def tie_sieve(dataset: Dataset, view: View) -> Sieve:
    """Which ties pass the view. Every part of the view is a condition, and all of them must hold."""
    codes, rows = encode(dataset), dataset.ties
    a, b = codes.tie_a, codes.tie_b
    fails: list[tuple[str, Any]] = []
    if not view.districts:
        fails.append(("of districts or regions", ~(codes.is_city[a] & codes.is_city[b])))
    if not view.domestic:
        fails.append(("within one country", rows["domestic"].to_numpy(bool)))
    if not view.thin:
        fails.append(("thinly attested", rows["thin"].to_numpy(bool)))
    if view.kinds:
        fails.append(("of another kind", ~np.isin(codes.tie_kind, [list(KINDS).index(kind) for kind in view.kinds])))
    fails += [(reason, ~(inside[a] | inside[b])) for reason, inside in _places(codes, view)]
    if view.networks:
        fails.append(("not among members of the networks", ~_among_members(codes, view)))
    if view.room:
        inside = _inside(codes, seats(view))
        fails.append(("not among the cities in the room", ~(inside[a] & inside[b])))
    if view.across:
        kinds = nations.standing(dataset, view)
        fails.append(("of nations that stand otherwise", kinds[codes.country[a], codes.country[b]]
                      != nations.wanted(view)))
    return _sieve(codes.ties, view, fails, len(rows))


@lru_cache(maxsize=64)
def member_sieve(dataset: Dataset, view: View) -> Sieve:
    """Which memberships pass the view; kinds and the switches on ties do not touch them."""
    codes = encode(dataset)
    city = codes.member_city
    fails: list[tuple[str, Any]] = []
    if not view.districts:
        fails.append(("of districts or regions", ~codes.is_city[city]))
    fails += [(reason, ~inside[city]) for reason, inside in _places(codes, view)]
    if view.networks:
        asked = codes.network.get_indexer(pd.Index(view.networks))
        fails.append(("of other networks", ~np.isin(codes.member_network, asked)))
    if view.room:
        fails.append(("of cities not in the room", ~_inside(codes, seats(view))[city]))
    if view.to_year is not None:
        fails.append(("of networks founded later", codes.member_founded > view.to_year))
    return _sieve(codes.memberships, view, fails, len(city))


def _places(codes: Codes, view: View) -> list[tuple[str, Bools]]:
    """For each kind of place that the view names: the reason to be left out, and which cities are inside."""
    asked = []
    if view.regions:
        regions = [list(REGIONS).index(region) for region in view.regions]
        asked.append(("of other regions", np.isin(codes.region, regions)))
    if view.countries:
        countries = codes.iso3.get_indexer(pd.Index(view.countries))
        asked.append(("of other countries", np.isin(codes.country, countries)))
    if view.cities:
        asked.append(("of other cities", _inside(codes, view.cities)))
    return asked


def _inside(codes: Codes, cities: tuple[str, ...]) -> Bools:
    inside: Bools = codes.city.isin(cities)
    return inside


def _among_members(codes: Codes, view: View) -> Bools:
    """Ties whose two ends are both members of one of the view's networks."""
    among = np.zeros(len(codes.tie_a), bool)
    for network in codes.network.get_indexer(pd.Index(view.networks)):
        member = np.zeros(len(codes.city), bool)
        member[codes.member_city[codes.member_network == network]] = True
        among |= member[codes.tie_a] & member[codes.tie_b]
    return among


def _sieve(span: Spans, view: View, fails: list[tuple[str, Any]], size: int) -> Sieve:
    asks_year = view.from_year is not None or view.to_year is not None
    asked = bits(view.issues)
    if asked:
        fails.append(("about other issues", (span.issues != 0) & (span.issues & asked == 0)))
    if view.from_year is not None:
        fails.append(("outside the period", span.end < view.from_year))
    if view.to_year is not None:
        fails.append(("outside the period", span.start > view.to_year))
    reasons = tuple(dict.fromkeys(reason for reason, _ in fails))
    reason = np.full(size, -1, np.int8)
    for name, failing in reversed(fails):
        reason[failing] = reasons.index(name)
    passes = reason < 0
    no_year = span.undated & (asks_year or not view.undated)
    no_issue = (span.issues == 0) & (bool(asked) or not view.unstated)
    unknown = passes & (no_year | no_issue)
    hidden = (span.undated & (not view.undated)) | ((span.issues == 0) & (not view.unstated))
    return Sieve(reasons, reason, unknown, passes & ~hidden)
