"""How good are the suggestions? Ties are hidden, all else is made anew from the rest, and the hidden ones are sought.

Two tests. `hidden`: a seeded tenth of the tied pairs is hidden. `later`: known are the ties dated before SPLIT_YEAR and
the members who had joined by then, sought the ties of that year and after; undated ties and today's GaWC classes are
left out. Populations are of today, and both tests know only what still stands: what ended in between is missing.
`python -m data.backtest` prints the table in Markdown, and the weights for `data.partners`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax

from data.codes import encode
from data.load import Dataset, load
from data.partners import WEIGHTS, Bools, Floats, candidates, features, ground
from data.paths import standing
from data.phrases import listing

SEED = 20261122
SHARE, SPLIT_YEAR = 0.1, 2005
FIRST, MOST = 10, 50
MODEL, BEST = "this score", "a perfect ranking"
MEASURES = ("precision", "recall", "lead")
_CHOICES, _OTHERS, _RIDGE = 2_000, 200, 1e-3
_RESAMPLES = 1_000
_METRICS = ["ties", "partners_abroad", "networks", "betweenness", "eigenvector", "community", "connectivity"]
Pairs = npt.NDArray[np.int64]


class Trial(NamedTuple):
    """A city with hidden partners: its row, the features of all cities for it, the candidates, the rows to be found."""

    row: int
    features: Floats
    among: Bools
    sought: Pairs


def hide(dataset: Dataset, seed: int) -> tuple[Dataset, Pairs]:
    """The dataset without a seeded tenth of its tied pairs, and these as rows of cities, shape (m, 2).

    A hidden pair loses all its ties, whatever their kind and status. The metrics of cities, which know of them, go too.
    """
    pairs, codes = _pairs(dataset, standing(dataset)), encode(dataset)
    hidden = np.random.default_rng(seed).permutation(pairs)[:max(1, round(SHARE * len(pairs)))]
    ends = np.sort(np.column_stack([codes.tie_a, codes.tie_b])) @ [len(codes.city), 1]
    rest = dataset.ties[~np.isin(ends, hidden @ [len(codes.city), 1])].reset_index(drop=True)
    return replace(dataset, ties=rest, cities=dataset.cities.drop(columns=_METRICS, errors="ignore")), hidden


def part(dataset: Dataset) -> tuple[Dataset, Pairs]:
    """What was known before SPLIT_YEAR, and the pairs first tied in or after it, as `hide` gives them."""
    rows, members = standing(dataset), dataset.memberships
    early, late = (rows["start_year"] < SPLIT_YEAR).fillna(False), (rows["start_year"] >= SPLIT_YEAR).fillna(False)
    joined = members[(members["joined"] < SPLIT_YEAR).fillna(False)].reset_index(drop=True)
    cities = dataset.cities.drop(columns=_METRICS, errors="ignore").assign(gawc_class=None)
    known = replace(dataset, ties=rows[early].reset_index(drop=True), memberships=joined, cities=cities)
    sought, old = (_pairs(dataset, part) for part in (rows[late], rows[~late]))
    size = len(cities)
    return known, sought[~np.isin(sought @ [size, 1], old @ [size, 1])]


def fit(dataset: Dataset, seed: int) -> Floats:
    """The weights of the score, shape (6,), in the order of WEIGHTS, rounded to two digits.

    Again a tenth of the pairs is hidden. A conditional logit (McFadden 1974) tells the hidden partners of a city from
    others, of which a random sample does (McFadden 1978); a small ridge keeps the weights finite where data are few.
    """
    known, hidden = hide(dataset, seed)
    rng, rows = np.random.default_rng(seed), []
    for trial in _trials(dataset, known, hidden[:_CHOICES // 2]):
        trial.among[trial.sought] = False
        others = np.flatnonzero(trial.among)
        rows += [trial.features[[one, *rng.choice(others, _OTHERS)]] for one in trial.sought]
    choices = np.array(rows)

    def loss(weights: Floats) -> tuple[float, Floats]:
        utility = choices @ weights
        expected = (softmax(utility, axis=1)[:, :, None] * choices).sum(axis=1)
        value = (logsumexp(utility, axis=1) - utility[:, 0]).mean() + _RIDGE * weights @ weights
        return float(value), (expected - choices[:, 0]).mean(axis=0) + 2 * _RIDGE * weights

    weights: Floats = minimize(loss, np.zeros(len(WEIGHTS)), jac=True, method="BFGS").x.round(2)
    return weights


def backtest(dataset: Dataset, seed: int = SEED) -> pd.DataFrame:
    """Both tests of the score and of the baselines, on the same cities and candidates.

    Candidates of a city are those of `data.partners` and its hidden partners; of equal scores the city with more
    partners comes first. Intervals hold 95 % of 1,000 bootstrap means over the cities.

    Returns:
        Columns test; known and memberships (pairs and memberships that the methods may use); cities and hidden (with
        at least one hidden tie; pairs); method; precision and recall, means over cities of the share of the first 10
        that are hidden partners and of hidden partners among the first 50; lead, the precision of the score less that
        of the method on the same cities. Each of these three with _low and _high. `a perfect ranking` is the most that
        any method could reach.
    """
    tests = {"hidden": hide(dataset, seed), "later": part(dataset)}
    return pd.concat([_test(dataset, name, known, sought, seed) for name, (known, sought) in tests.items()],
                     ignore_index=True)


def _test(dataset: Dataset, name: str, known: Dataset, sought: Pairs, seed: int) -> pd.DataFrame:
    weights, basis = fit(known, seed), ground(known)
    found: dict[str, list[tuple[float, float]]] = {}
    for trial in _trials(dataset, known, sought):
        country = basis.codes.country
        own = basis.tied[[trial.row]].toarray().ravel()
        scores = {MODEL: trial.features @ weights, "popularity": basis.partners,
                  "country pair frequency": basis.observed[country[trial.row]][country],
                  "common neighbours": basis.tied @ own,
                  BEST: np.isin(np.arange(len(own)), trial.sought).astype(float)}
        for method, score in scores.items():
            found.setdefault(method, []).append(_hits(score, basis.partners, trial))
    table = _intervals({method: np.array(hits) for method, hits in found.items()}, seed)
    return table.assign(test=name, known=int(basis.tied.nnz // 2), memberships=int(basis.member.nnz),
                        cities=len(next(iter(found.values()))), hidden=len(sought))


def _trials(dataset: Dataset, known: Dataset, hidden: Pairs) -> Iterator[Trial]:
    both = np.vstack([hidden, hidden[:, ::-1]])
    for row in np.unique(both[:, 0]).tolist():
        sought, among = both[both[:, 0] == row, 1], candidates(ground(dataset), row)
        among[sought] = True
        yield Trial(row, features(ground(known), row), among, sought)


def _hits(score: Floats, partners: Floats, trial: Trial) -> tuple[float, float]:
    """Precision among the first 10 and recall among the first 50."""
    rows = np.flatnonzero(trial.among)
    if len(rows) > MOST:
        rows = rows[score[rows] >= np.partition(score[rows], -MOST)[-MOST]]
    hit = np.isin(rows[np.lexsort((-partners[rows], -score[rows]))][:MOST], trial.sought)
    return float(hit[:FIRST].sum() / FIRST), float(hit.sum() / len(trial.sought))


def _intervals(found: dict[str, Floats], seed: int) -> pd.DataFrame:
    """Means and their intervals, a method a row, from precision and recall of each city, shape (cities, 2) a method."""
    cities = len(found[MODEL])
    drawn = np.random.default_rng(seed).multinomial(cities, np.full(cities, 1 / cities), _RESAMPLES)
    rows: list[dict[str, str | float]] = []
    for method, hits in found.items():
        each = np.column_stack([hits, found[MODEL][:, 0] - hits[:, 0]])
        bounds = np.percentile(drawn @ each / cities, [2.5, 97.5], axis=0)
        row: dict[str, str | float] = {"method": method}
        for name, mean, low, high in zip(MEASURES, each.mean(axis=0), *bounds, strict=True):
            row |= {name: mean, f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    return pd.DataFrame(rows)


def _pairs(dataset: Dataset, ties: pd.DataFrame) -> Pairs:
    """The different pairs of cities of some ties as rows, the lower first, shape (m, 2)."""
    city = encode(dataset).city
    ends = np.column_stack([city.get_indexer(pd.Index(ties[end])) for end in ("city_a", "city_b")])
    return np.unique(np.sort(ends), axis=0)


def verdict(rows: pd.DataFrame) -> str:
    """Which baselines the score leads in precision, by more than chance, in one test: its rows of the table."""
    baselines = rows[~rows["method"].isin([MODEL, BEST])]
    sure = baselines["lead_low"] > 0
    leads, rest = (baselines.loc[which, "method"].tolist() for which in (sure, ~sure))
    parts = [f"leads {listing(leads)}"] if leads else []
    parts += [f"does not surely lead {listing(rest)}"] if rest else []
    return f"Among the first {FIRST}, the score {' and '.join(parts)}."


def markdown(table: pd.DataFrame) -> str:
    """The table as Markdown, in per cent with intervals of 95 %, each test with its terms and its verdict."""
    lines: list[str] = []
    for test, rows in table.groupby("test", sort=False):
        terms = rows.iloc[0]
        lines += [f"**{test}**: {terms['hidden']:,} tied pairs sought for {terms['cities']:,} cities; "
                  f"{terms['known']:,} pairs and {terms['memberships']:,} memberships known. {verdict(rows)}", "",
                  f"| method | precision@{FIRST} | recall@{MOST} | lead in precision |", "|---|---|---|---|"]
        for row in rows.to_dict("records"):
            cells = [f"{100 * row[name]:.2f} ({100 * row[f'{name}_low']:.2f} to {100 * row[f'{name}_high']:.2f})"
                     for name in MEASURES]
            shown = [*cells[:2], ""] if row["method"] in (MODEL, BEST) else cells
            lines.append(f"| {' | '.join([str(row['method']), *shown])} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    shipped = load()
    print(markdown(backtest(shipped)))
    print("Weights:", dict(zip(WEIGHTS, fit(hide(shipped, SEED)[0], SEED).tolist(), strict=True)))
