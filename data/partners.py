"""Whom should this city talk to next? Cities abroad without a tie to it, by one linear score, each with its reasons.

The score is the sum of six features, each times its weight. They come from the ties and memberships that stand
(`data.paths`), and from today's population and GaWC class. A region without a partner is said but does not count.

The weights were chosen once, by `data.backtest.fit` on the ties that its backtest does not hide, and are fixed: of two
cities one whose score is higher by 1 is e times as likely to be a partner.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from data.codes import Codes, Ints, bits, encode
from data.headline import label
from data.load import Dataset
from data.paths import listed, standing
from data.phrases import listing, plural
from data.words import ISSUES

WEIGHTS = {"networks": 0.36, "partners": 3.98, "size": 1.16, "role": 0.5, "countries": 1.11, "activity": 1.04}
CLASSES = ("Sufficiency", "High Sufficiency", "Gamma-", "Gamma", "Gamma+", "Beta-", "Beta", "Beta+", "Alpha-", "Alpha",
           "Alpha+", "Alpha++")
_ACTIVE, _FREQUENT, _SAME_SIZE, _PEER_SIZE, _NEAR_CLASS = 10, 5, 2, 3, 2
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Ground:
    """What features are made of, by row of the table of cities (n), of networks (w) and of countries (k).

    `tied` (n, n) and `member` (n, w) hold 1 for each pair that stands; `partners` (n,) counts the partners of a city.
    `observed` (k, k) counts the tied pairs between two countries, `expected` (k, k) is what their totals t give: t t'
    over the sum of t. `population` (n,) is not a number where unknown, `role` (n,) the place in CLASSES from 1, or 0.
    `active` marks the ties, of those in `codes`, with that status, the thin and uncertain among them.
    """

    codes: Codes
    tied: sparse.csr_array
    member: sparse.csr_array
    partners: Floats
    observed: Floats
    expected: Floats
    population: Floats
    role: Ints
    active: Bools


@lru_cache(maxsize=8)
def ground(dataset: Dataset) -> Ground:
    """The ground of a Dataset; no metric that comes with the table of cities is read."""
    codes, ties, members = encode(dataset), standing(dataset), listed(dataset)
    ends = np.array([codes.city.get_indexer(pd.Index(ties[end])) for end in ("city_a", "city_b")])
    a, b = np.unique(np.hstack([ends, ends[::-1]]), axis=1)
    n, w, k = len(codes.city), len(codes.network), len(codes.iso3)
    tied = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(n, n)).tocsr()
    place = [index.get_indexer(pd.Index(members[key])) for index, key in ((codes.city, "city_id"),
                                                                          (codes.network, "network_id"))]
    member = sparse.coo_array((np.ones(len(members)), place), shape=(n, w)).tocsr()
    observed = np.zeros((k, k))
    np.add.at(observed, (codes.country[a], codes.country[b]), 1)
    total = observed.sum(axis=1)
    population = dataset.cities["population"].astype("Float64")
    return Ground(codes, tied, member, np.asarray(tied.sum(axis=1)), observed,
                  np.outer(total, total) / max(total.sum(), 1),
                  population.where(population > 0).to_numpy(float, na_value=np.nan),
                  pd.Index(CLASSES).get_indexer(pd.Index(dataset.cities["gawc_class"])) + 1,
                  (dataset.ties["status"] == "active").to_numpy(bool))


def features(basis: Ground, row: int) -> Floats:
    """What each city has for the city of a row, shape (n, 6), in the order of WEIGHTS.

    networks, partners: the sum over all that the two share of 1 / ln(its members or partners), so that the rare weigh
    more (Adamic and Adar 2003, Social Networks 25, 211-230), and of it the square root, so that the tenth adds less
    than the first. size: -|log10 of the ratio of their populations|, -1 where one is unknown. role: 1 - steps between
    their GaWC classes / 12, 0 where one has none. countries: ln of observed + 1 over expected + 1 tied pairs of their
    countries. activity: ln of 1 + its partners.
    """
    steps, country = np.abs(basis.role - basis.role[row]), basis.codes.country
    columns = {
        "networks": _shared(basis.member, row),
        "partners": _shared(basis.tied, row),
        "size": np.nan_to_num(-np.abs(np.log10(basis.population / basis.population[row])), nan=-1),
        "role": np.where((basis.role > 0) & (basis.role[row] > 0), 1 - steps / len(CLASSES), 0),
        "countries": np.log((basis.observed + 1) / (basis.expected + 1))[country[row]][country],
        "activity": np.log1p(basis.partners)}
    return np.column_stack([columns[name] for name in WEIGHTS])


def _shared(incidence: sparse.csr_array, row: int) -> Floats:
    own, sizes = _held(incidence, row), np.bincount(incidence.indices, minlength=incidence.shape[1])
    weight = np.zeros(len(sizes))
    weight[own] = 1 / np.log(np.maximum(sizes[own], 2))
    shared: Floats = np.sqrt(incidence @ weight)
    return shared


def _held(incidence: sparse.csr_array, row: int) -> Ints:
    held: Ints = incidence.indices[incidence.indptr[row]:incidence.indptr[row + 1]]
    return held


def candidates(basis: Ground, row: int) -> Bools:
    """The cities abroad without an active tie to the city of a row, not even a thin or uncertain one; shape (n,)."""
    codes = basis.codes
    free: Bools = codes.is_city & (codes.country != codes.country[row])
    free[codes.tie_b[basis.active & (codes.tie_a == row)]] = False
    free[codes.tie_a[basis.active & (codes.tie_b == row)]] = False
    return free


def suggest(dataset: Dataset, city: str, issue: str = "", limit: int = 20) -> pd.DataFrame:
    """The cities that a city should talk to next, best first.

    With an issue area only those count that are members of a network on it or have an active tie about it.

    Returns:
        Columns city_id; score, log of relative odds; reasons, list of sentences, the one that adds most first; peers,
        up to 3 cities like the asking one with a tie to it, nearest in size first (of its region and at most 3 times
        larger or smaller, or of its GaWC class); past, what became of earlier ties of the two, else empty. What stands
        in past is also the first of the reasons.

    Raises:
        ValueError: the city is not in the dataset, or the issue area is not one of ISSUES.
    """
    basis = ground(dataset)
    names = basis.codes.city
    if city not in names:
        raise ValueError(f"city: must be a city of the Atlas, but {city!r} is not")
    if issue and issue not in ISSUES:
        raise ValueError(f"issue: must be one of {', '.join(ISSUES)}, but is {issue!r}")
    row = int(names.get_indexer(pd.Index([city]))[0])
    gains = features(basis, row) * list(WEIGHTS.values())
    among = np.flatnonzero(candidates(basis, row) & _about(dataset, issue))
    best = among[np.argsort(-gains[among].sum(axis=1), kind="stable")[:limit]]
    past = _past(dataset, row)
    found = [(other, past.get(other, [])) for other in best.tolist()]
    return pd.DataFrame({
        "city_id": names[best], "score": gains[best].sum(axis=1),
        "reasons": [[*before, *_reasons(dataset, row, other, gains[other])] for other, before in found],
        "peers": [_peers(basis, row, other) for other, _ in found],
        "past": ["; ".join(before) for _, before in found]})


def _about(dataset: Dataset, issue: str) -> Bools:
    """The cities with a network or an active tie on an issue area, or all where none is asked for; shape (n,)."""
    basis = ground(dataset)
    codes, on_it = basis.codes, dataset.networks["issues"].map(lambda cell: issue in cell).to_numpy(float)
    found: Bools = (basis.member @ on_it > 0) | (not issue)
    ties = basis.active & (codes.ties.issues & bits((issue,) if issue else ()) > 0)
    found[codes.tie_a[ties]] = found[codes.tie_b[ties]] = True
    return found


def _past(dataset: Dataset, row: int) -> dict[int, list[str]]:
    """What became of earlier ties of a city, by the row of the other end."""
    basis = ground(dataset)
    a, b = basis.codes.tie_a, basis.codes.tie_b
    over = ~basis.active & ((a == row) | (b == row))
    found: dict[int, list[str]] = {}
    for other, tie in zip((a + b - row)[over].tolist(), dataset.ties[over].itertuples(), strict=True):
        year = ", year unknown" if pd.isna(tie.end_year) else f" in {tie.end_year}"
        found.setdefault(other, []).append(f"had a tie ({tie.kind}): {tie.status}{year}")
    return found


def _peers(basis: Ground, row: int, other: int) -> list[str]:
    theirs, region = _held(basis.tied, other), basis.codes.region
    gap = np.abs(np.log10(basis.population[theirs] / basis.population[row]))
    near = (region[theirs] == region[row]) & (gap <= np.log10(_PEER_SIZE))
    alike = near | ((basis.role[theirs] > 0) & (basis.role[theirs] == basis.role[row]))
    return list(basis.codes.city[theirs[alike][np.argsort(gap[alike], kind="stable")[:3]]])


def _reasons(dataset: Dataset, row: int, other: int, gains: Floats) -> list[str]:
    """Why, in words: the feature that adds most to the score first, and last a region without a partner."""
    basis = ground(dataset)
    words = {"networks": _networks(dataset, row, other), "partners": _common(dataset, row, other),
             "size": _size(*basis.population[[row, other]].tolist()), "role": _role(*basis.role[[row, other]].tolist()),
             "countries": _countries(dataset, row, other), "activity": _activity(int(basis.partners[other]))}
    order = [list(WEIGHTS)[number] for number in np.argsort(-gains, kind="stable")]
    region, theirs = basis.codes.region, _held(basis.tied, row)
    new = len(theirs) > 0 and region[other] not in region[theirs]
    last = [f"no partner yet in {dataset.cities['region'].iloc[other]}"] if new else []
    return [words[name] for name in order if words[name]] + last


def _networks(dataset: Dataset, row: int, other: int) -> str:
    member = ground(dataset).member
    both = np.intersect1d(_held(member, row), _held(member, other))
    both = both[np.argsort(np.bincount(member.indices)[both], kind="stable")]
    names = dataset.networks["short_name"].iloc[both].tolist()
    if len(names) > 2:
        return f"share {len(names)} networks, among them {listing(names[:2])}"
    return f"share the {plural('network', len(names))} {listing(names)}" if names else ""


def _common(dataset: Dataset, row: int, other: int) -> str:
    basis = ground(dataset)
    both = np.intersect1d(_held(basis.tied, row), _held(basis.tied, other))
    both = both[np.argsort(basis.partners[both], kind="stable")]
    names = [label(dataset, city) for city in basis.codes.city[both]]
    return f"both are partners of {listing(names)}" if names else ""


def _size(one: float, other: float) -> str:
    if np.isnan(one) or np.isnan(other) or max(one, other) > _SAME_SIZE * min(one, other):
        return ""
    if min(one, other) >= 1_000_000:
        return f"similar size: {one / 1e6:.1f} and {other / 1e6:.1f} million"
    return f"similar size: {one:,.0f} and {other:,.0f} inhabitants"


def _role(one: int, other: int) -> str:
    if not one or not other or abs(one - other) > _NEAR_CLASS:
        return ""
    names = CLASSES[one - 1], CLASSES[other - 1]
    return f"same GaWC 2024 class: {names[0]}" if one == other else f"near GaWC 2024 classes: {names[0]} and {names[1]}"


def _countries(dataset: Dataset, row: int, other: int) -> str:
    basis, names = ground(dataset), dataset.countries["name"]
    one, two = basis.codes.country[[row, other]].tolist()
    pairs, chance = int(basis.observed[one, two]), basis.expected[one, two]
    if pairs < _FREQUENT or pairs <= chance:
        return ""
    return (f"{names.iloc[one]} and {names.iloc[two]}: {pairs:,} pairs of cities are tied, "
            f"{pairs / chance:.1f} times what their totals give")


def _activity(partners: int) -> str:
    return f"is active abroad: {partners:,} partners" if partners >= _ACTIVE else ""
