"""City ties against the relations of their nations: with allies, across a divide, and what chance would give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.nations import CLASSES, classes, far_from, year_of
from data.phrases import share
from data.relations import expected_apart
from data.select import tie_sieve
from data.view import View

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
SEED, DRAWS = 20261122, 200
_LEAST, _ROUNDS = 10, 200


@dataclass(frozen=True, eq=False)
class Divide:
    """Ties across borders by how their two nations stand, against chance.

    `names` are the classes, the last the farthest. `observed` (classes,) counts the ties of each, `unknown` those of a
    nation without data. `expected` (classes,) is what the configuration model gives, `low` and `high` (classes,) the
    2.5 and 97.5 percentiles of DRAWS seeded pairings. `even` (classes,) is the ratio of observed to expected with equal
    weight for every country of at least 10 ties. `cut` is the UN distance from which two nations are far apart,
    `year` the one of the nations' relations.
    """

    names: tuple[str, ...]
    observed: Ints
    unknown: int
    expected: Floats
    low: Floats
    high: Floats
    even: Floats
    cut: float
    year: int

    @property
    def known(self) -> int:
        """Ties of two nations with data."""
        return int(self.observed.sum())

    @property
    def ratio(self) -> Floats:
        """Observed over expected; not a number where chance gives none."""
        ratio: Floats = np.divide(self.observed, self.expected, out=np.full(len(self.names), np.nan),
                                  where=self.expected > 0)
        return ratio


def ends(dataset: Dataset, view: View) -> tuple[Ints, Ints]:
    """The countries of both ends of each tie of the view that crosses a border, as rows of the table of countries."""
    codes, drawn = encode(dataset), tie_sieve(dataset, view.replace(domestic=False)).drawn
    return codes.country[codes.tie_a[drawn]], codes.country[codes.tie_b[drawn]]


@lru_cache(maxsize=32)
def divide(dataset: Dataset, view: View) -> Divide:
    """The ties of the view by class, and what chance would give the same cities."""
    year = year_of(view)
    kinds = classes(dataset, view.closeness, view.cut, year)
    names = CLASSES[view.closeness]
    a, b = ends(dataset, view)
    size = len(kinds)
    observed = _counts(kinds[a, b], len(names))
    totals = np.bincount(np.concatenate([a, b]), minlength=size)
    chance = expected_apart(totals)
    expected = np.array([np.triu(np.where(kinds == number, chance, 0), 1).sum() for number in range(len(names))])
    draws = pairings(a, b, DRAWS, SEED)
    drawn = np.array([_counts(kinds[one, other], len(names)) for one, other in draws]).reshape(-1, len(names))
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0) if len(a) else (np.zeros(len(names)), np.zeros(len(names)))
    return Divide(names, observed, len(a) - int(observed.sum()), expected, low, high,
                  _even(kinds, a, b, chance, len(names)), far_from(dataset, year, view.cut), year)


def pairings(a: Ints, b: Ints, draws: int, seed: int) -> list[tuple[Ints, Ints]]:
    """Random pairings of the ends of ties, none within one country: draws of the configuration model.

    All ends are shuffled and paired; those of pairs within one country are shuffled again with as many others, until
    there is none. Where a country has half of the ends or more, each end of another stands opposite to one of its own,
    and the rest stays within it: that is the only pairing.

    Args:
        a: countries of the one end of each tie, shape (ties,).
        b: countries of the other end.
        draws: how many pairings.
        seed: of the random numbers; the same seed gives the same pairings.
    """
    dice, whole, found = np.random.default_rng(seed), np.concatenate([a, b]), []
    most = int(np.bincount(whole).argmax()) if len(whole) else 0
    others = whole[whole != most]
    if 2 * len(others) <= len(whole):
        within = np.full(len(a) - len(others), most)
        return [(np.full(len(a), most), np.concatenate([others, within]))] * (draws if len(a) else 0)
    for _ in range(draws if len(a) else 0):
        pairs = dice.permutation(whole).reshape(2, -1)
        inside = np.flatnonzero(pairs[0] == pairs[1])
        for _ in range(_ROUNDS):
            if not len(inside):
                break
            again = np.unique(np.concatenate([inside, dice.integers(0, pairs.shape[1], len(inside) + 1)]))
            mixed = dice.permutation(pairs[:, again].ravel()).reshape(2, -1)
            pairs[:, again] = mixed
            inside = again[mixed[0] == mixed[1]]
        found.append((pairs[0], pairs[1]))
    return found


def _counts(kinds: Ints, size: int) -> Ints:
    return np.bincount(kinds[kinds >= 0], minlength=size)


def _even(kinds: Ints, a: Ints, b: Ints, chance: Floats, size: int) -> Floats:
    """Mean share of a country's ties in each class over that which chance gives it; countries weigh alike."""
    seen = np.zeros((len(kinds), size))
    for one, other in ((a, b), (b, a)):
        kind = kinds[one, other]
        np.add.at(seen, (one[kind >= 0], kind[kind >= 0]), 1)
    given = np.column_stack([np.where(kinds == number, chance, 0).sum(axis=1) for number in range(size)])
    kept = (seen.sum(axis=1) >= _LEAST) & (given.sum(axis=1) > 0)
    if not kept.any():
        return np.full(size, np.nan)
    observed, expected = ((part[kept] / part[kept].sum(axis=1, keepdims=True)).mean(axis=0) for part in (seen, given))
    even: Floats = np.divide(observed, expected, out=np.full(size, np.nan), where=expected > 0)
    return even


def blocs(dataset: Dataset, view: View) -> pd.DataFrame:
    """Ties inside each bloc, and ties that bridge it to another, in the year of the view.

    Returns:
        Columns bloc, members (countries in it in the year), inside (ties between two of its countries), expected (by
        chance), ratio, out (ties with one end in it), most ties inside first; without the UN, and without blocs of
        which fewer than two members have a tie.
    """
    codes, year = encode(dataset), year_of(view)
    spells = dataset.table("blocs")
    spells = spells[(spells["joined"].fillna(0) <= year) & (spells["left"].fillna(9_999) >= year)]
    a, b = ends(dataset, view)
    chance = expected_apart(np.bincount(np.concatenate([a, b]), minlength=len(codes.iso3)))
    rows = []
    for bloc, of in spells[spells["bloc"] != "UN"].groupby("bloc"):
        member = np.isin(codes.iso3, of["iso3"])
        both, one = member[a] & member[b], member[a] ^ member[b]
        rows.append({"bloc": bloc, "members": int(member.sum()), "inside": int(both.sum()),
                     "expected": float(chance[np.ix_(member, member)].sum() / 2), "out": int(one.sum())})
    found = pd.DataFrame(rows, columns=["bloc", "members", "inside", "expected", "out"])
    found = found[found["expected"] > 0]
    found.insert(4, "ratio", found["inside"] / found["expected"])
    return found.sort_values(["inside", "bloc"], ascending=[False, True], ignore_index=True)


def finding(found: Divide) -> str:
    """What the ties say of the claim that cities ally regardless of their nations, in one sentence."""
    if not found.known:
        return "No tie of this view joins two nations with data"
    close, far = float(found.ratio[0]), float(found.ratio[-1])
    part = share(int(found.observed[-1]), found.known)
    if found.observed[0] > found.high[0] and found.observed[-1] < found.low[-1]:
        lead = "City ties follow the ties of nations"
    elif found.observed[0] < found.low[0] and found.observed[-1] > found.high[-1]:
        lead = "City ties cross the divides of nations"
    else:
        lead = "City ties follow their nations no more and no less than chance"
    who = "allied nations" if found.names[0] == "allied" else "nations near in UN votes"
    return (f"{lead}: {close:.1f} times as many as chance would give join {who}, and {part} join nations far apart, "
            f"{far:.1f} times chance")


def even_words(found: Divide) -> str:
    """The same with equal weight for every country."""
    if np.isnan(found.even[0]):
        return "Too few ties to weigh countries alike."
    return (f"With equal weight for every country of at least {_LEAST} ties it is {found.even[0]:.1f} and "
            f"{found.even[-1]:.1f} times chance: the lists of some countries are far longer than those of others.")
