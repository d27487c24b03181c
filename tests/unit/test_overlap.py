"""Shared members, recomputed by brute force from the shipped tables."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data import overlap
from data.load import Dataset
from data.model import TABLES_DIR
from data.roster import everywhere, of_places, roster
from data.view import View


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    from data.load import load
    return load()


@pytest.fixture(scope="module")
def members() -> dict[str, set[str]]:
    """Network -> its cities on the newest list, read from the table without the code under test."""
    rows = pd.read_parquet(TABLES_DIR / "memberships.parquet")
    level = pd.read_parquet(TABLES_DIR / "cities.parquet").set_index("city_id")["level"]
    listed = rows[(rows["status"] == "listed") & (rows["city_id"].map(level) == "city")]
    return {network: set(cities) for network, cities in listed.groupby("network_id")["city_id"]}


def test_the_overlap_of_200_random_pairs_is_that_of_their_sets(shipped: Dataset, members: dict[str, set[str]]) -> None:
    everyone = roster(shipped, View())
    counts = overlap.shared(everyone)
    similarity, ids = overlap.jaccard(counts), everyone.networks["network_id"].tolist()
    drawn = random.Random(4).sample(list(combinations(range(len(ids)), 2)), 200)
    for a, b in drawn:
        one, other = members[ids[a]], members[ids[b]]
        assert counts[a, b] == counts[b, a] == len(one & other)
        assert similarity[a, b] == pytest.approx(len(one & other) / len(one | other), abs=1e-12)
    assert counts.diagonal().tolist() == [len(members[network]) for network in ids]


def test_pairs_are_those_that_share_a_member_and_the_most_alike_come_first(small: Dataset) -> None:
    rows = overlap.pairs(roster(small, View(from_year=1900)))
    assert rows.to_dict("records") == [{"network_a": "100rc", "network_b": "c40", "shared": 1, "jaccard": 1 / 4}]


def test_the_closest_networks_are_ranked_by_jaccard_and_say_the_share_of_members(
        shipped: Dataset, members: dict[str, set[str]]) -> None:
    rows = overlap.closest(roster(shipped, View()), "eurocities")
    assert rows["jaccard"].is_monotonic_decreasing
    top: Any = rows.iloc[0]
    assert top["of_it"] == len(members[top["network_id"]] & members["eurocities"]) / len(members["eurocities"])
    assert "eurocities" not in set(rows["network_id"])


def test_a_network_without_a_member_in_the_view_is_close_to_none(shipped: Dataset) -> None:
    assert overlap.closest(roster(shipped, View(countries=("JPN",))), "douzelage").empty


def test_every_city_in_several_networks_is_in_one_combination(shipped: Dataset, members: dict[str, set[str]]) -> None:
    sets = overlap.combinations(roster(shipped, View()))
    of: dict[str, set[str]] = {}
    for network, cities in members.items():
        for city in cities:
            of.setdefault(city, set()).add(network)
    several = [tuple(sorted(networks)) for networks in of.values() if len(networks) > 1]
    assert dict(zip(sets["networks"], sets["cities"], strict=True)) == pd.Series(several).value_counts().to_dict()
    assert sets["cities"].is_monotonic_decreasing


def test_like_networks_stand_beside_each_other() -> None:
    block = np.kron(np.eye(2), np.ones((3, 3)))
    mixed = [0, 3, 1, 4, 2, 5]
    order = overlap.order(block[np.ix_(mixed, mixed)])
    groups = [mixed[place] // 3 for place in order]
    assert sorted(order) == list(range(6))
    assert groups in ([0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0])


@pytest.mark.parametrize("size", [0, 1, 2])
def test_one_or_two_networks_need_no_order(size: int) -> None:
    assert overlap.order(np.eye(size)).tolist() == list(range(size))


def test_without_a_period_the_newest_list_counts_and_with_one_all_who_were_in(small: Dataset) -> None:
    now, then = roster(small, View()), roster(small, View(from_year=2010, to_year=2018))
    assert now.place("100rc") == -1
    assert dict(zip(then.networks["network_id"], then.members, strict=True))["100rc"] == 2
    assert dict(zip(then.networks["network_id"], then.members, strict=True))["eurocities"] == 3
    assert dict(zip(now.networks["network_id"], now.members, strict=True))["eurocities"] == 2


def test_lists_of_different_dates_are_not_added_up_in_silence(shipped: Dataset) -> None:
    dates = roster(shipped, View()).dates
    assert "119 member lists are of different dates, 1995 to 2026-02; 31 of them are incomplete" in dates
    assert roster(shipped, View(networks=("c40",))).dates == "The member list is of 2025."
    assert roster(shipped, View(countries=("PRK",), to_year=1400)).dates == ""


def test_a_comparison_keeps_the_filters_that_are_not_its_subject() -> None:
    view = View(issues=("climate",), countries=("KEN",), networks=("c40",))
    assert of_places(view) == View(issues=("climate",), countries=("KEN",))
    assert everywhere(view) == View(issues=("climate",))
