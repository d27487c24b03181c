"""What is known of the world must stand in the shipped tables."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import load

SHIPPED = load()


def _ties(a: str, b: str, kind: str | None = None) -> pd.DataFrame:
    first, second = sorted((a, b))
    rows = SHIPPED.ties
    return rows[(rows["city_a"] == first) & (rows["city_b"] == second) & (rows["kind"].eq(kind) if kind else True)]


def _networks(city: str) -> set[str]:
    return set(SHIPPED.memberships.query("city_id == @city")["network_id"])


@pytest.mark.parametrize(("a", "b", "kind", "year"), [
    ("chicago-us", "warsaw-pl", "sister", 1960),
    ("toledo-us", "toledo-es", "sister", 1931),
    ("chicago-us", "mexico-city-mx", "sister", 1991),
    ("chicago-us", "mexico-city-mx", "agreement", 2013),
    ("chicago-us", "moscow-ru", "sister", 1997),
    ("tokyo-jp", "new-york-city-us", "sister", 1960),
])
def test_a_known_tie_has_its_kind_and_year(a: str, b: str, kind: str, year: int) -> None:
    assert _ties(a, b, kind)["start_year"].tolist() == [year]


def test_toledo_is_the_one_in_ohio() -> None:
    assert SHIPPED.cities.set_index("city_id").at["toledo-us", "admin1"] == "OH"


def test_chicago_suspended_moscow_in_2022_and_did_not_end_it() -> None:
    tie = _ties("chicago-us", "moscow-ru").iloc[0]
    assert (tie["status"], tie["end_year"]) == ("suspended", 2022)


def test_nairobi_and_chicago_are_members_of_c40() -> None:
    assert "c40" in _networks("nairobi-ke") & _networks("chicago-us")


def test_100_resilient_cities_ended_in_2019_and_its_memberships_with_it() -> None:
    assert SHIPPED.networks.set_index("network_id").at["100rc", "dissolved"] == 2019
    assert SHIPPED.memberships.query("network_id == '100rc'")["left"].max() == 2019


def test_the_douzelage_is_one_network_of_28_towns_and_not_378_ties() -> None:
    towns = SHIPPED.memberships.query("network_id == 'douzelage'")["city_id"]
    assert len(towns) == 28
    assert not (SHIPPED.ties["city_a"].isin(towns) & SHIPPED.ties["city_b"].isin(towns)).any()


def test_hiroshima_and_honolulu_have_one_tie() -> None:
    ends = SHIPPED.cities[SHIPPED.cities["name"].str.contains("Honolulu")]["city_id"]
    assert sum(len(_ties("hiroshima-jp", end)) for end in ends) == 1


def test_stonehaven_s_athens_is_in_alabama() -> None:
    partners = SHIPPED.ties.query("city_a == 'stonehaven-gb' or city_b == 'stonehaven-gb'")
    ends = set(partners["city_a"]) | set(partners["city_b"])
    athens = SHIPPED.cities[SHIPPED.cities["city_id"].isin(ends) & (SHIPPED.cities["name"] == "Athens")]
    assert athens["admin1"].tolist() == ["AL"]


@pytest.mark.parametrize("name", ["Veliko Tarnovo", "Rhodes", "Gomel", "Morphou", "Cologne", "Kyiv", "Mumbai",
                                  "Saint Petersburg", "São Paulo", "Ho Chi Minh City", "The Hague", "Nuremberg"])
def test_a_city_has_the_english_name_that_the_lists_use(name: str) -> None:
    assert (SHIPPED.cities["name"] == name).any()


def test_the_tables_hold_what_was_promised() -> None:
    ties, memberships, networks = SHIPPED.ties, SHIPPED.memberships, SHIPPED.networks
    about = SHIPPED.sources["about"].value_counts()
    assert len(ties) >= 35_000
    assert ties["core"].sum() >= 25_500
    assert ties["start_year"].notna().sum() >= 2_850
    assert len(networks) >= 118
    assert len(memberships) >= 30_500
    assert memberships["joined"].notna().sum() >= 13_000
    assert about["networks"] >= 58
    assert SHIPPED.cities["country"].nunique() >= 200


def test_no_tie_joins_a_city_to_itself_and_each_pair_has_a_kind_once() -> None:
    assert (SHIPPED.ties["city_a"] < SHIPPED.ties["city_b"]).all()
    assert not SHIPPED.ties.duplicated(["city_a", "city_b", "kind"]).any()


def test_a_suspended_tie_is_not_ended_and_an_undated_one_has_no_basis() -> None:
    ties = SHIPPED.ties
    assert {"suspended", "ended", "delisted", "active"} == set(ties["status"])
    assert ties["start_basis"].notna().equals(ties["start_year"].notna())
    assert (ties["end_year"].isna() | ties["start_year"].isna() | (ties["end_year"] >= ties["start_year"])).all()


def test_coordinates_lie_on_the_globe() -> None:
    points = SHIPPED.cities.geometry
    assert points.x.between(-180, 180).all()
    assert points.y.between(-90, 90).all()
