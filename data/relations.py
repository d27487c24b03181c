"""Bilateral ties between regions or countries, observed against what chance would give each two of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.roster import everywhere
from data.select import tie_sieve
from data.view import View
from data.words import REGIONS

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_ROUNDS, _CLOSE = 500, 1e-9


@dataclass(frozen=True, eq=False)
class Relations:
    """Ties among groups of cities.

    `names` are the groups (regions, or countries as ISO 3166-1 alpha-3 codes); `observed` and `expected` have the shape
    (groups, groups), symmetric, with the ties inside a group on the diagonal, each counted once.
    """

    names: pd.Index
    observed: Counts
    expected: Floats

    @property
    def totals(self) -> Counts:
        """The ends of ties in each group: the sum of its row, its own ties counted twice."""
        totals: Counts = self.observed.sum(axis=1) + self.observed.diagonal()
        return totals

    @property
    def ratio(self) -> Floats:
        """Observed over expected; not a number where chance gives none."""
        ratio: Floats = np.divide(self.observed, self.expected, out=np.full(self.expected.shape, np.nan),
                                  where=self.expected > 0)
        return ratio

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Every two groups that have or could have a tie: columns a, b, observed, expected, ratio; most ties first."""
        a, b = np.triu_indices(len(self.names))
        rows = pd.DataFrame({"a": self.names[a], "b": self.names[b], "observed": self.observed[a, b],
                             "expected": self.expected[a, b], "ratio": self.ratio[a, b]})
        rows = rows[(rows["observed"] > 0) | (rows["expected"] > 0)]
        return rows.sort_values(["observed", "a", "b"], ascending=[False, True, True], ignore_index=True)


def expected(totals: Counts) -> Floats:
    """Ties that chance would give groups of cities: the configuration model of an undirected multigraph.

    Every tie is cut into its two ends and the ends are paired again at random, so that each group keeps its number of
    ends k. With m ties in all, E[i, j] = k_i k_j / (2m - 1) between two groups and
    E[i, i] = k_i (k_i - 1) / (2 (2m - 1)) within one (Newman 2018, Networks, 2nd edition, section 12.1). A row, its
    diagonal counted twice, adds up to k_i.

    Args:
        totals: ends of ties of each group, shape (groups,).
    """
    ends = totals.astype(float)
    free = max(ends.sum() - 1, 1)
    matrix: Floats = np.outer(ends, ends) / free
    np.fill_diagonal(matrix, ends * (ends - 1) / (2 * free))
    return matrix


def expected_apart(totals: Counts) -> Floats:
    """The same where no tie stays within a group, as in a view without ties within one country.

    A pairing at random would put ties on the diagonal, where none can be; so this is the configuration model given
    that there is none: E[i, j] = x_i x_j for i != j and 0 for i = j, with x such that every row adds up to k_i (the
    soft configuration model of Park and Newman 2004, Physical Review E 70, 066117, in its sparse limit, with a
    structural zero). Where one group has more than half of all ends no x exists and the rows are met as nearly as can
    be.

    Args:
        totals: ends of ties of each group, shape (groups,).
    """
    ends = totals.astype(float)
    root = ends / np.sqrt(max(ends.sum(), 1))
    for _ in range(_ROUNDS):
        step = np.divide(ends, root.sum() - root, out=np.zeros_like(ends), where=ends > 0)
        step = np.sqrt(step * root)
        if np.abs(step - root).max(initial=0) < _CLOSE * max(root.max(initial=0), 1):
            break
        root = step
    matrix = np.outer(root, root)
    np.fill_diagonal(matrix, 0)
    return matrix


@lru_cache(maxsize=16)
def countries(dataset: Dataset, view: View) -> Relations:
    """Ties between countries, in all the places there are: chance needs the totals of both sides."""
    codes, drawn = encode(dataset), tie_sieve(dataset, _whole(view)).drawn
    observed = _square(codes.country[codes.tie_a[drawn]], codes.country[codes.tie_b[drawn]], len(codes.iso3))
    totals = observed.sum(axis=1) + observed.diagonal()
    chance = expected(totals) if view.domestic else expected_apart(totals)
    return Relations(codes.iso3, observed, chance)


@lru_cache(maxsize=16)
def regions(dataset: Dataset, view: View) -> Relations:
    """Ties between UN M49 subregions; chance is added up from that between their countries."""
    nations, codes = countries(dataset, view), encode(dataset)
    place = pd.Index(list(REGIONS.values())).get_indexer(pd.Index(dataset.countries["region"]))
    member = np.zeros((len(codes.iso3), len(REGIONS)), np.int64)
    member[np.arange(len(codes.iso3)), place] = 1
    return Relations(pd.Index(list(REGIONS.values())), _gathered(nations.observed, member).astype(np.int64),
                     _gathered(nations.expected, member))


def chosen(dataset: Dataset, view: View, kind: str) -> list[str]:
    """The countries or regions (`kind`) of the places that the view names; empty where it names none."""
    cities = dataset.cities
    rows = cities["country"].isin(view.countries) | cities["region"].isin([REGIONS[code] for code in view.regions])
    rows |= cities["city_id"].isin(view.cities)
    return sorted(cities.loc[rows, kind].unique())


def _whole(view: View) -> View:
    return everywhere(view).replace(networks=view.networks)


def _square(a: Counts, b: Counts, size: int) -> Counts:
    """Ties by the groups of their ends, symmetric; those within a group once, on the diagonal."""
    counts: Counts = np.bincount(a.astype(np.int64) * size + b, minlength=size * size).reshape(size, size)
    return counts + counts.T - np.diag(counts.diagonal())


def _gathered(matrix: Counts | Floats, member: Counts) -> Floats:
    """A symmetric matrix of small groups as one of large groups; the diagonal counts each tie once."""
    ends: Floats = member.T @ (matrix + np.diag(matrix.diagonal())).astype(float) @ member
    return ends - np.diag(ends.diagonal()) / 2
