"""The marginal value of joining, recomputed by brute force from the shipped tables."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from data import gain
from data.load import Dataset, load
from data.model import TABLES_DIR
from data.view import View
from data.words import REGIONS

SHIPPED = load()
CITIES = pd.read_parquet(TABLES_DIR / "cities.parquet").set_index("city_id")
NETWORKS = pd.read_parquet(TABLES_DIR / "networks.parquet").set_index("network_id")
MEMBERSHIPS = pd.read_parquet(TABLES_DIR / "memberships.parquet")
TIES = pd.read_parquet(TABLES_DIR / "ties.parquet")


def _members() -> dict[str, set[str]]:
    rows = MEMBERSHIPS[(MEMBERSHIPS["status"] == "listed") & (MEMBERSHIPS["city_id"].map(CITIES["level"]) == "city")]
    return {network: set(cities) for network, cities in rows.groupby("network_id")["city_id"]}


def _partners(city: str) -> set[str]:
    active = TIES[TIES["status"] == "active"]
    return (set(active.loc[active["city_a"] == city, "city_b"]) | set(active.loc[active["city_b"] == city, "city_a"]))


def test_the_gains_of_50_random_cities_and_networks_are_those_of_their_sets() -> None:
    members, dice = _members(), random.Random(9)
    living = [network for network in members if pd.isna(NETWORKS.at[network, "dissolved"])]
    cities = dice.sample(sorted({city for cell in members.values() for city in cell}), 50)
    region = "western-africa"
    for city in cities:
        network = dice.choice(living)
        peers = {other for cell in living if city in members[cell] for other in members[cell]} - {city}
        offered = members[network] - {city}
        here = {other for other in offered if CITIES.at[other, "region"] == REGIONS[region]}
        row = gain.gains(SHIPPED, View(regions=(region,)), city).set_index("network_id").loc[network]
        assert row["inside"] == (city in members[network])
        assert row["members"] == len(offered)
        assert row["new"] == len(offered - peers)
        assert row["known"] == len(offered & peers)
        assert row["cared"] == len(here - peers)
        assert row["partners"] == len(offered & _partners(city))
        rows = gain.peers(SHIPPED, View(), city, network)
        assert set(rows.loc[rows["new"], "city_id"]) == offered - peers
        assert set(rows.loc[rows["partner"], "city_id"]) == offered & _partners(city)


def test_a_network_that_has_ended_is_not_offered_and_makes_no_peers() -> None:
    rows = gain.gains(SHIPPED, View(), "chicago-us")
    assert "100rc" not in set(rows["network_id"])
    only = _members()["100rc"] - {other for network, cell in _members().items() if network != "100rc" for other in cell}
    peers = gain.standing(SHIPPED, View(), "chicago-us").peers
    assert not peers[[SHIPPED.cities.index[SHIPPED.cities["city_id"] == city][0] for city in only]].any()


def test_networks_of_another_continent_or_country_come_last() -> None:
    rows = gain.gains(SHIPPED, View(), "lagos-ng").set_index("network_id")
    assert not rows.at["climate_mayors", "near"]
    assert not rows.at["eu_covenant_of_mayors", "near"]
    assert rows.at["c40", "near"]
    assert rows["near"].is_monotonic_decreasing
    assert gain.gains(SHIPPED, View(), "chicago-us").set_index("network_id").at["climate_mayors", "near"]


def test_issue_areas_choose_the_networks_but_not_the_peers_that_a_city_has() -> None:
    every = gain.gains(SHIPPED, View(), "nairobi-ke").set_index("network_id")
    some = gain.gains(SHIPPED, View(issues=("food",)), "nairobi-ke").set_index("network_id")
    assert set(some.index) < set(every.index)
    assert some["new"].equals(every.loc[some.index, "new"])


def test_without_places_there_is_nothing_to_count_in_them() -> None:
    assert gain.gains(SHIPPED, View(), "nairobi-ke")["cared"].isna().all()


def test_a_city_in_no_network_has_every_member_to_gain(small: Dataset) -> None:
    rows = gain.gains(small, View(), "toledo-us").set_index("network_id")
    assert not rows["inside"].any()
    assert rows.at["c40", "new"] == rows.at["c40", "members"] == 3


def test_an_unknown_city_is_named(small: Dataset) -> None:
    with pytest.raises(ValueError, match="'atlantis-xx'"):
        gain.gains(small, View(), "atlantis-xx")
