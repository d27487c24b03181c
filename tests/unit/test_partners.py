from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data import partners
from data.load import Dataset, load

SHIPPED = load()
COLUMNS = ["city_id", "score", "reasons", "peers", "past"]


def feature(dataset: Dataset, name: str, city: str, other: str) -> float:
    basis = partners.ground(dataset)
    row, column = basis.codes.city.get_loc(city), list(partners.WEIGHTS).index(name)
    return float(partners.features(basis, row)[basis.codes.city.get_loc(other), column])


def suggestion(dataset: Dataset, city: str, other: str) -> pd.Series:
    return partners.suggest(dataset, city, limit=100).set_index("city_id").loc[other]


def test_every_city_abroad_without_an_active_tie_is_a_candidate_and_no_other(small: Dataset) -> None:
    ties = small.ties[small.ties["status"] == "active"]
    country = small.cities.set_index("city_id")["country"]
    cities = small.cities.loc[small.cities["level"] == "city", "city_id"]
    for city in small.cities["city_id"]:
        tied = set(ties.loc[ties["city_b"] == city, "city_a"]) | set(ties.loc[ties["city_a"] == city, "city_b"])
        expected = {other for other in cities if country[other] != country[city]} - tied
        assert set(partners.suggest(small, city, limit=100)["city_id"]) == expected


def test_a_thin_or_uncertain_tie_is_no_blank_to_fill(small: Dataset) -> None:
    assert "mumbai-in" not in set(partners.suggest(small, "moscow-ru")["city_id"])
    assert "cologne-de" not in set(partners.suggest(small, "chicago-us")["city_id"])


@pytest.mark.parametrize(("city", "other", "past"), [
    ("chicago-us", "moscow-ru", "had a tie (sister): suspended in 2022"),
    ("warsaw-pl", "kyiv-ua", "had a tie (sister): ended in 1999"),
    ("tokyo-jp", "springfield-us-4951788", "had a tie (sister): delisted, year unknown"),
])
def test_an_earlier_tie_is_said_before_all_else(small: Dataset, city: str, other: str, past: str) -> None:
    for one, two in ((city, other), (other, city)):
        row = suggestion(small, one, two)
        assert (row["past"], row["reasons"][0]) == (past, past)


def test_no_past_tie_of_the_shipped_tables_goes_unsaid() -> None:
    over = SHIPPED.ties[SHIPPED.ties["status"] != "active"]
    flagged = 0
    for city in pd.concat([over["city_a"], over["city_b"]]).value_counts().index[:12]:
        before = pd.concat([over[over["city_b"] == city].set_index("city_a"),
                            over[over["city_a"] == city].set_index("city_b")])["status"]
        for row in partners.suggest(SHIPPED, city, limit=60).itertuples():
            statuses = before[before.index == row.city_id]
            assert (row.past == "") == statuses.empty
            assert all(status in row.past for status in statuses)
            flagged += not statuses.empty
    assert flagged > 10


def test_shared_networks_and_partners_weigh_the_more_the_rarer_they_are(small: Dataset) -> None:
    assert feature(small, "networks", "chicago-us", "nairobi-ke") == pytest.approx(math.sqrt(1 / math.log(3)))
    assert feature(small, "networks", "cologne-de", "warsaw-pl") == pytest.approx(math.sqrt(1 / math.log(2)))
    assert feature(small, "networks", "chicago-us", "mexico-city-mx") == 0
    chicago, tokyo, suva = 4, 3, 2
    assert feature(small, "partners", "chicago-us", "tokyo-jp") == pytest.approx(math.sqrt(1 / math.log(suva)))
    assert feature(small, "partners", "suva-fj", "warsaw-pl") == pytest.approx(math.sqrt(1 / math.log(chicago)))
    assert feature(small, "partners", "suva-fj", "new-york-us") == pytest.approx(math.sqrt(1 / math.log(tokyo)))
    assert feature(small, "activity", "suva-fj", "chicago-us") == pytest.approx(math.log(1 + chicago))


def test_size_role_and_pair_of_countries_are_measured_as_written(small: Dataset) -> None:
    assert feature(small, "size", "chicago-us", "kyiv-ua") == pytest.approx(-math.log10(2.9 / 2.7))
    assert feature(small, "size", "ehrenfeld-de", "kyiv-ua") == -1
    classes = small.cities["city_id"].map({"chicago-us": "Alpha", "tokyo-jp": "Alpha+"})
    ranked = replace(small, cities=small.cities.assign(gawc_class=classes))
    assert feature(ranked, "role", "chicago-us", "tokyo-jp") == pytest.approx(11 / 12)
    assert feature(ranked, "role", "chicago-us", "suva-fj") == 0
    pairs = {"usa": 7, "jpn": 3, "all": 24, "both": 1}
    expected = pairs["usa"] * pairs["jpn"] / pairs["all"]
    assert feature(small, "countries", "chicago-us", "tokyo-jp") == pytest.approx(
        math.log((pairs["both"] + 1) / (expected + 1)))


def test_the_score_is_the_weighted_sum_and_the_best_comes_first(small: Dataset) -> None:
    found = partners.suggest(small, "chicago-us", limit=5)
    everything = partners.suggest(small, "chicago-us", limit=100)
    assert found["city_id"].tolist() == everything["city_id"].tolist()[:5]
    assert everything["score"].is_monotonic_decreasing
    for row in found.itertuples():
        total = sum(weight * feature(small, name, "chicago-us", row.city_id)
                    for name, weight in partners.WEIGHTS.items())
        assert row.score == pytest.approx(total)


def test_reasons_say_the_numbers() -> None:
    found = partners.suggest(SHIPPED, "chicago-us").set_index("city_id")
    basis = partners.ground(SHIPPED)
    city = basis.codes.city
    partner_sets, network_sets = (
        {other: set(matrix.indices[matrix.indptr[row]:matrix.indptr[row + 1]])
         for other, row in zip(city, range(len(city)), strict=True)} for matrix in (basis.tied, basis.member))
    for other, row in found.iterrows():
        words = " | ".join(row["reasons"])
        networks = len(network_sets["chicago-us"] & network_sets[other])
        assert networks < 3 or f"share {networks} networks, among them " in words
        assert len(partner_sets[other]) < 10 or f"is active abroad: {len(partner_sets[other])} partners" in words
        common = len(partner_sets["chicago-us"] & partner_sets[other])
        assert common < 4 or f" and {common - 2} more" in words
        theirs = SHIPPED.cities.set_index("city_id").loc[city[list(partner_sets["chicago-us"])], "region"]
        region = SHIPPED.cities.set_index("city_id").at[other, "region"]
        assert (f"no partner yet in {region}" in words) == (region not in set(theirs))


def test_reasons_of_the_small_world_read_like_this(small: Dataset) -> None:
    row = suggestion(small, "chicago-us", "tokyo-jp")
    assert row["reasons"] == ["both are partners of Suva", "share the network C40", "no partner yet in Eastern Asia"]
    assert "similar size: 2.9 and 4.4 million" in suggestion(small, "kyiv-ua", "nairobi-ke")["reasons"]
    assert "similar size: 84,000 and 94,000 inhabitants" in suggestion(small, "toledo-es", "suva-fj")["reasons"]
    classes = small.cities["city_id"].map({"mumbai-in": "Alpha", "tokyo-jp": "Alpha", "nairobi-ke": "Beta+"})
    ranked = replace(small, cities=small.cities.assign(gawc_class=classes))
    assert "same GaWC 2024 class: Alpha" in suggestion(ranked, "mumbai-in", "tokyo-jp")["reasons"]
    assert "near GaWC 2024 classes: Alpha and Beta+" in suggestion(ranked, "mumbai-in", "nairobi-ke")["reasons"]


def test_the_tie_of_two_countries_is_a_reason_where_it_is_more_than_their_totals_give() -> None:
    row = suggestion(SHIPPED, "gothenburg-se", "helsinki-fi")
    basis = partners.ground(SHIPPED)
    one, two = (basis.codes.iso3.get_loc(iso3) for iso3 in ("SWE", "FIN"))
    pairs, times = int(basis.observed[one, two]), basis.observed[one, two] / basis.expected[one, two]
    words = f"Sweden and Finland: {pairs} pairs of cities are tied, {times:.1f} times what their totals give"
    assert words in row["reasons"]


def test_peers_are_like_the_asking_city_and_tied_to_the_suggested_one() -> None:
    cities = SHIPPED.cities.set_index("city_id")
    basis = partners.ground(SHIPPED)
    for asking in ("gothenburg-se", "nairobi-ke", "toledo-us"):
        for row in partners.suggest(SHIPPED, asking).itertuples():
            assert len(row.peers) <= 3
            for peer in row.peers:
                assert basis.tied[basis.codes.city.get_loc(peer), basis.codes.city.get_loc(row.city_id)] == 1
                factor = cities.at[peer, "population"] / cities.at[asking, "population"]
                near = cities.at[peer, "region"] == cities.at[asking, "region"] and 1 / 3 <= factor <= 3
                assert near or cities.at[peer, "gawc_class"] == cities.at[asking, "gawc_class"]


def test_with_an_issue_only_cities_with_a_network_or_tie_on_it_count(small: Dataset) -> None:
    assert set(partners.suggest(small, "warsaw-pl", "climate")["city_id"]) == {
        "mexico-city-mx", "nairobi-ke", "tokyo-jp"}
    assert set(partners.suggest(small, "suva-fj", "health")["city_id"]) == {"nairobi-ke", "new-york-us"}


def test_an_issue_of_nobody_gives_an_empty_table_with_all_columns(small: Dataset) -> None:
    found = partners.suggest(small, "chicago-us", "tourism")
    assert (found.columns.tolist(), len(found)) == (COLUMNS, 0)


@pytest.mark.parametrize("city", ["springfield-us-4951788", "ehrenfeld-de", "moscow-ru"])
def test_a_city_without_standing_ties_or_networks_still_gets_suggestions(small: Dataset, city: str) -> None:
    found = partners.suggest(small, city, limit=3)
    assert (found.columns.tolist(), len(found)) == (COLUMNS, 3)
    assert np.isfinite(found["score"]).all()


def test_a_world_without_ties_and_networks_still_gets_suggestions(small: Dataset) -> None:
    bare = replace(small, ties=small.ties[:0], memberships=small.memberships[:0])
    assert partners.suggest(bare, "chicago-us")["city_id"].iloc[0] == "kyiv-ua"


def test_the_metrics_that_ship_with_the_cities_are_not_read(small: Dataset) -> None:
    metrics = ["ties", "partners_abroad", "networks", "betweenness", "eigenvector", "community", "connectivity"]
    blind = replace(small, cities=small.cities.drop(columns=metrics))
    pd.testing.assert_frame_equal(partners.suggest(blind, "tokyo-jp"), partners.suggest(small, "tokyo-jp"))


def test_a_city_or_issue_that_does_not_exist_is_named(small: Dataset) -> None:
    with pytest.raises(ValueError, match="city: must be a city of the Atlas, but 'atlantis' is not"):
        partners.suggest(small, "atlantis")
    with pytest.raises(ValueError, match=r"issue: must be one of climate, .*, but is 'climat'"):
        partners.suggest(small, "tokyo-jp", "climat")


def test_an_unknown_size_is_no_similar_size() -> None:
    rows = partners.suggest(SHIPPED, "aasiaat-gl", limit=50)
    assert not [reason for cell in rows["reasons"] for reason in cell if "nan" in reason]
