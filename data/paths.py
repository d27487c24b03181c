"""Who can introduce us? All shortest chains of cities between two cities, each hop with its evidence.

Two cities are one hop apart where a tie joins them that stands (`standing`) or, in the second mode, where both are
members of a network (`listed`). Several ties and networks of two cities are evidence of one hop, not several chains.
The pairs of a network's members are never written out: cities with the same memberships are one *group*, and a small
table of groups by groups says which share a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import heappop, heappush
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.headline import label
from data.load import Dataset
from data.phrases import counted

Through = Literal["ties", "ties and networks"]
LISTED = 50
_TIE, _SOURCE = 1 << 24, 1 << 12
Ints = npt.NDArray[np.int64]


class Tie(NamedTuple):
    """A tie as evidence of a hop; `evidence` counts independent sources, an unknown year is None."""

    tie_id: str
    kind: str
    start_year: int | None
    evidence: int
    sources: tuple[str, ...]


class Hop(NamedTuple):
    """From one city to the next, with all that joins them.

    `networks` gives for each shared network the years in which start and end joined, None where unknown or a bound.
    """

    start: str
    end: str
    ties: tuple[Tie, ...]
    networks: dict[str, tuple[int | None, int | None]]


class Chains(NamedTuple):
    """The answer: `hops` of the shortest chains (0: there is none), their `total`, and how many are one hop `longer`.

    `listed` holds at most LISTED of the shortest: those with more ties among their hops first, then with more
    independent sources (each shared network is one), then with more dated ties, then in the order of the alphabet.
    `words` says it in a sentence or two.
    """

    hops: int
    total: int
    longer: int
    listed: tuple[tuple[Hop, ...], ...]
    words: str


@dataclass(frozen=True, eq=False)
class Ground:
    """What chains run on: n cities in the order of the alphabet (`city` has their ids), g groups, m tied pairs.

    `a` and `b`, shape (2 m,), are the ends of each tied pair in both directions, and `strength` that of its evidence,
    shared networks included. `group` (n,) is the group of each city and `network` (g, g) the strength of the networks
    that two groups share. A strength is ties * 2^24 + sources * 2^12 + dated ties: sums along a chain keep that order.
    `ties` (of two cities, the lower number first) and `joined` (networks of a city, with year) are the evidence itself.
    """

    city: pd.Index
    a: Ints
    b: Ints
    strength: Ints
    group: Ints
    network: Ints
    ties: dict[tuple[int, int], tuple[Tie, ...]]
    joined: dict[int, dict[str, int | None]]

    def distances(self, city: int) -> Ints:
        """Hops from each city to one city, shape (n,); -1 where there is no chain. Breadth first."""
        distance = np.full(len(self.city), -1, np.int64)
        distance[city] = hops = 0
        while (frontier := distance == hops).any():
            near = (self.network[np.unique(self.group[frontier])] > 0).any(axis=0)[self.group]
            near[self.b[frontier[self.a]]] = True
            hops += 1
            distance[near & (distance < 0)] = hops
        return distance

    def count(self, distance: Ints, start: int, end: int, hops: int) -> int:
        """The walks of so many hops from start to end, given the distance of each city from the end."""
        meets = self.network > 0
        apart = ~meets[self.group[self.a], self.group[self.b]]
        walks = np.zeros(len(distance), np.int64)
        walks[start] = 1
        for left in reversed(range(hops)):
            by_group = np.zeros(len(meets), np.int64)
            np.add.at(by_group, self.group, walks)
            step = (meets @ by_group)[self.group] - meets.diagonal()[self.group] * walks
            np.add.at(step, self.b[apart], walks[self.a[apart]])
            walks = np.where((distance >= 0) & (distance <= left), step, 0)
        return int(walks[end])

    def best(self, distance: Ints, start: int) -> list[tuple[int, ...]]:
        """The best LISTED of the shortest chains, in their order.

        Best first: the beginning of a chain waits in a queue under the strength that it can still come to. That is
        known exactly, so chains leave the queue in order, and of the ways on from a city only the first LISTED matter.
        """
        potential = self._potential(distance, int(distance[start]))

        @cache
        def ways(city: int) -> list[tuple[int, int]]:
            gain = self.network[self.group[city]][self.group]
            tied = self.a == city
            gain[self.b[tied]] = self.strength[tied]
            near = np.flatnonzero((gain > 0) & (distance >= 0) & (distance < distance[city]))
            near = near[np.argsort(-(gain + potential)[near], kind="stable")[:LISTED]]
            return list(zip(near.tolist(), gain[near].tolist(), strict=True))

        found: list[tuple[int, ...]] = []
        queue: list[tuple[int, tuple[int, ...], int]] = [(0, (start,), 0)]
        while queue and len(found) < LISTED:
            _, chain, strength = heappop(queue)
            if not distance[chain[-1]]:
                found.append(chain)
            for city, gain in ways(chain[-1]):
                heappush(queue, (-(strength + gain + int(potential[city])), (*chain, city), strength + gain))
        return found

    def _potential(self, distance: Ints, hops: int) -> Ints:
        """The strength of the best shortest chain from each city within so many hops of the end; shape (n,)."""
        potential = np.zeros(len(distance), np.int64)
        for layer in range(1, hops + 1):
            far, near = distance == layer, distance == layer - 1
            top = np.full(len(self.network), -1, np.int64)
            np.maximum.at(top, self.group[near], potential[near])
            groups, place = np.unique(self.group[far], return_inverse=True)
            reach = np.where((self.network[groups] > 0) & (top >= 0), self.network[groups] + top, 0)
            potential[far] = reach.max(axis=1)[place]
            step = far[self.a] & near[self.b]
            np.maximum.at(potential, self.a[step], self.strength[step] + potential[self.b[step]])
        return potential

    def hop(self, a: int, b: int) -> Hop:
        """The hop between two cities, with its evidence."""
        one, other = self.joined.get(a, {}), self.joined.get(b, {})
        networks = {name: (one[name], other[name]) for name in sorted(one.keys() & other.keys())}
        return Hop(self.city[a], self.city[b], self.ties.get((min(a, b), max(a, b)), ()), networks)


def standing(dataset: Dataset) -> pd.DataFrame:
    """The ties that stand: of the core, active, and with the place of both ends certain; rows of the table of ties."""
    ties = dataset.ties
    return ties[ties["core"] & (ties["status"] == "active") & (ties["place"] == "certain")]


def listed(dataset: Dataset) -> pd.DataFrame:
    """The memberships that stand: listed, place certain, the network not dissolved; rows of the table."""
    rows, networks = dataset.memberships, dataset.networks
    live = networks.loc[networks["dissolved"].isna(), "network_id"]
    return rows[(rows["status"] == "listed") & (rows["place"] == "certain") & rows["network_id"].isin(live)]


def chains(dataset: Dataset, start: str, end: str, through: Through = "ties") -> Chains:
    """All shortest chains between two cities, over ties that stand or also over shared networks.

    They are counted by dynamic programming: hop by hop, the number of ways to each city from which the end can be
    reached in the hops that are left. A walk of one hop more than the shortest cannot meet a city twice, so the same
    count gives the longer chains. Both are exact below 2^63.

    Raises:
        ValueError: a city is not in the dataset, both are the same, or `through` is neither of the two modes.
    """
    if through not in get_args(Through):
        raise ValueError(f"through: must be one of {', '.join(get_args(Through))}, but is {through!r}")
    ground = _ground(dataset, through)
    for key, city in (("start", start), ("end", end)):
        if city not in ground.city:
            raise ValueError(f"{key}: must be a city of the Atlas, but {city!r} is not")
    if start == end:
        raise ValueError(f"end: must be another city than the start, but both are {end!r}")
    first, last = ground.city.get_indexer(pd.Index([start, end])).tolist()
    distance, names = ground.distances(last), (label(dataset, start), label(dataset, end))
    hops = int(distance[first])
    if hops < 0:
        reach = int((ground.distances(first) >= 0).sum()), int((distance >= 0).sum())
        return Chains(0, 0, 0, (), _apart(names, reach, through))
    total, longer = (ground.count(distance, first, last, length) for length in (hops, hops + 1))
    best = tuple(tuple(ground.hop(a, b) for a, b in pairwise(chain)) for chain in ground.best(distance, first))
    return Chains(hops, total, longer, best, _joined(names, hops, total, longer))


def _joined(names: tuple[str, str], hops: int, total: int, longer: int) -> str:
    short = f"{counted(total, 'chain')} of {hops} hops" if hops > 1 else "One hop"
    more = f"; {counted(longer, 'chain')} of {hops + 1} hops {'does' if longer == 1 else 'do'} too" if longer else ""
    most = f" Listed are the {LISTED} with the best evidence." if total > LISTED else ""
    return f"{short} {'joins' if total == 1 else 'join'} {names[0]} and {names[1]}{more}.{most}"


def _apart(names: tuple[str, str], reach: tuple[int, int], through: Through) -> str:
    lacks = "no tie abroad that stands" + (" and shares no network" if through != "ties" else "")
    alone = [name for name, count in zip(names, reach, strict=True) if count == 1]
    if alone:
        return f"No chain: {alone[0]} has {lacks}."
    return f"No chain: {names[0]} and {names[1]} lie in separate parts, of {reach[0]:,} and {reach[1]:,} cities."


@lru_cache(maxsize=8)
def _ground(dataset: Dataset, through: Through) -> Ground:
    city = pd.Index(dataset.cities.sort_values(["name", "city_id"])["city_id"])
    memberships = listed(dataset).iloc[: 0 if through == "ties" else None]
    years = _years(memberships["joined"].where(memberships["joined_basis"] != "upper bound"))
    row, (column, names) = city.get_indexer(pd.Index(memberships["city_id"])), pd.factorize(memberships["network_id"])
    joined: dict[int, dict[str, int | None]] = {}
    for member, name, year in zip(row.tolist(), memberships["network_id"], years, strict=True):
        joined.setdefault(member, {})[name] = year
    inside = np.zeros((len(city), len(names)), bool)
    inside[row, column] = True
    _, first, group = np.unique(np.packbits(inside, axis=1), axis=0, return_index=True, return_inverse=True)
    network = (inside[first].astype(float) @ inside[first].T).astype(np.int64) * _SOURCE
    ties = _ties(dataset, city)
    a, b = np.array([*ties, *(pair[::-1] for pair in ties)], np.int64).reshape(-1, 2).T
    strength = np.array([_TIE + max(tie.evidence for tie in pair) * _SOURCE
                         + any(tie.start_year is not None for tie in pair) for pair in ties.values()], np.int64)
    return Ground(city, a, b, np.tile(strength, 2) + network[group[a], group[b]], group, network, ties, joined)


def _ties(dataset: Dataset, city: pd.Index) -> dict[tuple[int, int], tuple[Tie, ...]]:
    rows = standing(dataset)
    ends = np.sort(np.column_stack([city.get_indexer(pd.Index(rows[end])) for end in ("city_a", "city_b")]))
    cells = zip(rows["tie_id"], rows["kind"], _years(rows["start_year"]), rows["evidence"].astype(int),
                rows["sources"].map(tuple), strict=True)
    found: dict[tuple[int, int], tuple[Tie, ...]] = {}
    for (a, b), tie in zip(ends.tolist(), cells, strict=True):
        found[a, b] = (*found.get((a, b), ()), Tie(*tie))
    return found


def _years(column: pd.Series) -> pd.Series:
    """The years as Python integers, None where unknown."""
    return column.astype(object).where(column.notna(), None)
