"""The room: what joins the cities at a table, and what does not yet."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from data import select
from data.headline import label
from data.load import Dataset
from data.partners import Bools, Floats, Ground, ground
from data.paths import Ints
from data.phrases import counted, listing
from data.roster import roster
from data.story import LONGEST, Slide, Story
from data.view import View
from data.words import ISSUES

PAIRS = 20
POINTS = {"networks": (1, 5), "here": (2, 3), "elsewhere": (1, 3), "issues": (1, 3), "size": (1, 1), "role": (1, 1)}
"""What a pair without a tie has in common -> the points for each, and how many of them count at most."""
SCORE = ("A point for each shared network (5 at most) and each common partner elsewhere (3), two for each common "
         "partner in the room (3), a point for each issue area that ties of both state (3), for populations of which "
         "the larger is at most twice the smaller, and for GaWC classes at most two steps apart.")
_TWICE, _STEPS = 2, 2


@dataclass(frozen=True, eq=False)
class Room:
    """What joins the cities of a room.

    `cities`: city_id, ties and partners in the room, networks shared, best-connected first. `ties`: rows of the table
    with both ends in the room. `networks`: network_id, short_name, cities (ids, of two or more), number; most first.
    `pairs`: the best without a tie in force: city_a, city_b, score, reasons (sentences), past; `apart` counts them all.
    """

    cities: pd.DataFrame
    ties: pd.DataFrame
    networks: pd.DataFrame
    pairs: pd.DataFrame
    apart: int


def own(view: View) -> View:
    """The view of the room's page: the ties among its cities, whatever other places and networks the view names."""
    return view.replace(cities=(), networks=(), regions=(), countries=(), across="", picture="ties")


@lru_cache(maxsize=16)
def room(dataset: Dataset, view: View) -> Room:
    """What joins the cities in the room of a view, in its period and with its issue areas, kinds and switches.

    A pair without a tie has none in force whatever the filters, not even a thin or uncertain one; it is of two
    countries, unless the view asks for ties within one country too.

    Raises:
        ValueError: the view has no room.
    """
    if not view.room:
        raise ValueError("room: must have a name in it, but is empty")
    view = own(view)
    basis = ground(dataset)
    rows = basis.codes.city.get_indexer(pd.Index(select.seats(view), dtype=object))
    rows = rows[rows >= 0]
    ids = basis.codes.city[rows]
    ties, members = select.ties(dataset, view), roster(dataset, view)
    ends = pd.concat([ties[["city_a", "city_b"]], ties[["city_b", "city_a"]].set_axis(["city_a", "city_b"], axis=1)])
    held = ends.groupby("city_a")["city_b"].agg(["size", "nunique"]).reindex(ids, fill_value=0)
    inside = members.inside[rows].toarray() > 0
    shared = inside.sum(axis=0) > 1
    networks = members.networks.loc[shared, ["network_id", "short_name"]].assign(
        cities=[list(ids[column]) for column in inside.T[shared]], number=inside.sum(axis=0)[shared])
    cities = pd.DataFrame({"city_id": ids, "ties": held["size"].to_numpy(), "partners": held["nunique"].to_numpy(),
                           "networks": inside[:, shared].sum(axis=1)})
    pairs, apart = _pairs(dataset, rows, view.domestic)
    return Room(
        cities.sort_values(["partners", "ties", "networks", "city_id"], ascending=[False, False, False, True],
                           ignore_index=True), ties,
        networks.sort_values(["number", "short_name"], ascending=[False, True], ignore_index=True), pairs, apart)


def _pairs(dataset: Dataset, rows: Ints, domestic: bool) -> tuple[pd.DataFrame, int]:
    """The PAIRS pairs with the best scores, of equals the one that shares more first, and how many pairs there are."""
    basis = ground(dataset)
    a, b = np.triu_indices(len(rows), 1)
    country = basis.codes.country[rows]
    free = ~_joined(basis, rows)[a, b] & (domestic | (country[a] != country[b]))
    a, b = a[free], b[free]
    counts = {what: table[a, b] for what, table in _common(basis, rows).items()}
    score = np.sum([points * np.minimum(counts[what], most) for what, (points, most) in POINTS.items()], axis=0)
    best = np.lexsort([b, a, -np.sum(list(counts.values()), axis=0), -score])[:PAIRS]
    one, two = rows[a[best]], rows[b[best]]
    room = np.zeros(len(basis.codes.city), bool)
    room[rows] = True
    ends = list(zip(one.tolist(), two.tolist(), strict=True))
    return pd.DataFrame({
        "city_a": basis.codes.city[one], "city_b": basis.codes.city[two], "score": score[best].astype(int),
        "reasons": [_reasons(dataset, *pair, room) for pair in ends],
        "past": [_past(dataset, *pair) for pair in ends]}), len(a)


def _joined(basis: Ground, rows: Ints) -> Bools:
    """Which cities of the rows have a tie in force, shape (rows, rows)."""
    place = np.full(len(basis.codes.city), -1)
    place[rows] = np.arange(len(rows))
    a, b = place[basis.codes.tie_a[basis.active]], place[basis.codes.tie_b[basis.active]]
    here = (a >= 0) & (b >= 0)
    joined = np.zeros((len(rows), len(rows)), bool)
    joined[a[here], b[here]] = joined[b[here], a[here]] = True
    return joined


def _common(basis: Ground, rows: Ints) -> dict[str, Floats]:
    """How much each two cities have in common, by the keys of POINTS, each of shape (rows, rows)."""
    member, tied, areas = basis.member[rows], basis.tied[rows], _areas(basis)[rows]
    within = tied[:, rows]
    here = (within @ within.T).toarray()
    size = np.abs(np.subtract.outer(np.log(basis.population[rows]), np.log(basis.population[rows]))) <= np.log(_TWICE)
    role = basis.role[rows]
    near = (np.abs(np.subtract.outer(role, role)) <= _STEPS) & np.logical_and.outer(role > 0, role > 0)
    return {"networks": (member @ member.T).toarray(), "here": here, "elsewhere": (tied @ tied.T).toarray() - here,
            "issues": areas @ areas.T, "size": size.astype(float), "role": near.astype(float)}


@lru_cache(maxsize=4)
def _areas(basis: Ground) -> Ints:
    """Whether an active tie of each city states each issue area: 0 or 1, shape (cities, issues)."""
    codes, bits = basis.codes, np.zeros(len(basis.codes.city), np.int64)
    for ends in (codes.tie_a, codes.tie_b):
        np.bitwise_or.at(bits, ends[basis.active], codes.ties.issues[basis.active])
    areas: Ints = bits[:, None] >> np.arange(len(ISSUES)) & 1
    return areas


def _reasons(dataset: Dataset, one: int, two: int, room: Bools) -> list[str]:
    """Why two cities might talk, in words."""
    basis = ground(dataset)
    networks, partners = (table[[one]].multiply(table[[two]]).tocsr().indices for table in (basis.member, basis.tied))
    rare = networks[np.argsort(np.bincount(basis.member.indices)[networks], kind="stable")]
    names = dataset.networks["short_name"].iloc[rare].tolist()
    here, elsewhere = ([label(dataset, city) for city in basis.codes.city[partners[wanted]]]
                       for wanted in (room[partners], ~room[partners]))
    areas = [words for words, both in zip(ISSUES.values(), _areas(basis)[one] & _areas(basis)[two], strict=True)
             if both]
    people, role = basis.population[[one, two]], basis.role[[one, two]]
    more = f", {len(areas) - 3} more" if len(areas) > 3 else ""
    said = {f"both are in {listing(names)}": names,
            f"common partners in the room: {listing(here)}": here,
            f"common partners elsewhere: {listing(elsewhere)}": elsewhere,
            f"ties of both are about: {', '.join(areas[:3]).lower()}{more}": areas,
            f"similar size: {people[0]:,.0f} and {people[1]:,.0f} inhabitants": people.max() <= _TWICE * people.min(),
            "similar GaWC 2024 class": role.min() > 0 and abs(int(role[0] - role[1])) <= _STEPS}
    return [words for words, true in said.items() if true]


def _past(dataset: Dataset, one: int, two: int) -> str:
    """What became of earlier ties of two cities, or nothing."""
    codes, ties = ground(dataset).codes, dataset.ties
    rows = ties[((codes.tie_a == one) & (codes.tie_b == two)) | ((codes.tie_a == two) & (codes.tie_b == one))]
    return "; ".join(f"had a tie ({tie.kind}): {tie.status}{'' if pd.isna(tie.end_year) else f' in {tie.end_year}'}"
                     for tie in rows.itertuples())


def finding(dataset: Dataset, view: View) -> str:
    """What joins the room, in one sentence."""
    seats = select.seats(view)
    if len(seats) < 2:
        return f"{counted(len(view.room), 'name')} in this room, {len(seats)} found: two cities are needed"
    networks = room(dataset, view).networks
    said = own(view).describe(dataset).rstrip(".")
    if networks.empty:
        return f"{said}; no network on the lists of the Atlas joins two of them"
    top = networks.iloc[0]
    part = "all" if top["number"] == len(seats) else f"{top['number']:,} of all {len(seats):,}"
    return f"{said}; {part} are in {top['short_name']}"


def story(dataset: Dataset, view: View) -> Story:
    """Five slides on the room of a view: who is here, who is tied most, the networks, who has no tie yet, what next.

    An empty text means the finding of the slide's view; every slide's view holds the room.

    Raises:
        ValueError: no city is in the room.
    """
    if not select.seats(view):
        raise ValueError(f"room: must hold a city, but holds {', '.join(view.room) or 'none'}")
    view = own(view).replace(data="", edition="now")
    found, size = room(dataset, view), counted(len(select.seats(view)), "city")
    slides = (Slide("atlas", view, "Who is in the room"), _most_tied(dataset, view, found),
              Slide("networks", view.replace(chart="combinations"), "The networks we share", _shared(found, size)),
              Slide("room", view, "Who has no tie yet", _apart(dataset, view, found), _notes(dataset, found)),
              _next(dataset, view, found))
    return Story(f"A room of {size}", slides, dataset.version)


def _most_tied(dataset: Dataset, view: View, found: Room) -> Slide:
    if found.ties.empty:
        return Slide("atlas", view.replace(picture="cities"), "The ties among us")
    top = found.cities.iloc[0]
    said = (f"{label(dataset, top['city_id'])} has {counted(top['ties'])} with {counted(top['partners'], 'city')} of "
            "this room; no other city here has more partners in it.")
    return Slide("atlas", view.replace(cities=(top["city_id"],)), "Best connected here", _fit(said))


def _shared(found: Room, size: str) -> str:
    if found.networks.empty:
        return "No network on the lists of the Atlas joins two of us."
    top = found.networks.head(3)
    joined = [f"{name} has {number:,}" for name, number in zip(top["short_name"], top["number"], strict=True)]
    return _fit(f"Of {size}, {listing(joined)}; {counted(len(found.networks), 'network')} "
                f"{'joins' if len(found.networks) == 1 else 'join'} two or more of us.")


def _apart(dataset: Dataset, view: View, found: Room) -> str:
    alone = [label(dataset, city) for city in found.cities.loc[found.cities["ties"] == 0, "city_id"]]
    without = f"; without any tie in this room: {listing(alone)}" if alone else ""
    abroad = "" if view.domestic else " of two countries"
    pairs = "No pair" if not found.apart else counted(found.apart, "pair")
    lack = "is without a" if found.apart < 2 else "have no"
    return _fit(f"{pairs} of cities{abroad} here {lack} tie in force{without}.")


def _couples(dataset: Dataset, found: Room) -> list[str]:
    return [f"{label(dataset, a)} and {label(dataset, b)}"
            for a, b in zip(found.pairs["city_a"], found.pairs["city_b"], strict=True)]


def _notes(dataset: Dataset, found: Room) -> str:
    rows = zip(_couples(dataset, found)[:5], found.pairs["reasons"], strict=False)
    return "\n".join(_fit(f"{couple}: {'; '.join(reasons)}.") for couple, reasons in rows)


def _next(dataset: Dataset, view: View, found: Room) -> Slide:
    if found.pairs.empty:
        return Slide("room", view, "What next")
    ends = tuple(found.pairs.loc[0, ["city_a", "city_b"]])
    said = f"By what they share, the first to talk: {'; '.join(_couples(dataset, found)[:3])}."
    return Slide("structure", view.replace(shape="paths", cities=ends), "What next", _fit(said))


def _fit(text: str) -> str:
    return textwrap.shorten(text, LONGEST["text"], placeholder=" …")
