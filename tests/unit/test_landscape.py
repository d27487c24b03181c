"""The landscape of networks: lives, growth, gaps, where members are."""

from __future__ import annotations

import pandas as pd
import pytest

from components.charts import landscape as chart
from data import gaps, lives
from data.load import Dataset, load
from data.model import TABLES_DIR
from data.view import View
from data.words import CONTINENT_OF, ISSUES, SORTS, THEMES

SHIPPED = load()


@pytest.mark.parametrize("sort", SORTS)
def test_every_network_of_the_view_has_a_life_in_any_order(sort: str) -> None:
    rows = lives.lives(SHIPPED, View(sort=sort))
    assert set(rows["network_id"]) == set(SHIPPED.networks["network_id"])
    key = {"age": rows["founded"].fillna(9999), "size": -rows["members"],
           "issue": rows["theme"].map(list(THEMES).index), "region": rows["region"].map(list(CONTINENT_OF).index)}[sort]
    assert key.is_monotonic_increasing


def test_a_life_knows_its_members_of_known_year_and_its_main_region(small: Dataset) -> None:
    rows = lives.lives(small, View(from_year=1900)).set_index("network_id")
    assert rows.loc["c40", ["members", "dated"]].tolist() == [3, 1]
    assert rows.loc["100rc", ["members", "dated", "dissolved"]].tolist() == [2, 2, 2019]
    assert rows.loc["eurocities", ["region", "share"]].tolist() == ["Eastern Europe", 2 / 3]


def test_no_network_has_a_life_in_a_view_without_members() -> None:
    assert lives.lives(SHIPPED, View(countries=("PRK",), to_year=1400)).empty


def test_growth_counts_every_membership_once_and_tells_exact_years_from_others() -> None:
    growth = lives.growth(SHIPPED, View(districts=True, from_year=2000))
    rows = pd.read_parquet(TABLES_DIR / "memberships.parquet")
    assert growth.dated == rows["joined"].notna().sum()
    assert growth.undated == rows["joined"].isna().sum()
    assert growth.rough == rows["joined_basis"].isin(["inferred", "upper bound"]).sum()


def test_the_peak_names_the_year_and_the_network_that_most_joined() -> None:
    rows = pd.read_parquet(TABLES_DIR / "memberships.parquet")
    by_year = rows["joined"].value_counts()
    year, joined, network, its = lives.growth(SHIPPED, View(districts=True)).peak or (0, 0, "", 0)
    assert joined == by_year.max() == by_year[year]
    assert its == ((rows["joined"] == year) & (rows["network_id"] == network)).sum()


def test_the_peak_of_memberships_without_years_is_unknown(small: Dataset) -> None:
    assert lives.growth(small, View(networks=("eurocities",))).peak is None


def test_members_by_region_are_set_against_big_cities() -> None:
    rows = lives.by_region(SHIPPED, View(), "c40", gaps.BIG)
    cities = pd.read_parquet(TABLES_DIR / "cities.parquet")
    big = cities[(cities["population"] >= gaps.BIG) & (cities["level"] == "city")]
    assert rows["members"].sum() == 97
    assert rows["cities"].sum() == len(big)
    assert rows["members_share"].sum() == pytest.approx(1)
    assert rows["ratio"].dropna().is_monotonic_decreasing


def test_gaps_count_each_city_once_an_issue_area_by_brute_force() -> None:
    rows = gaps.gaps(SHIPPED, View())
    cities = pd.read_parquet(TABLES_DIR / "cities.parquet")
    cities = cities[cities["level"] == "city"]
    issues = pd.read_parquet(TABLES_DIR / "networks.parquet").set_index("network_id")["issues"]
    listed = pd.read_parquet(TABLES_DIR / "memberships.parquet").query("status == 'listed'")
    for region, issue in (("Western Africa", "climate"), ("Southern Europe", "culture"), ("Polynesia", "peace"),
                          ("Northern Africa", "trade"), ("Eastern Asia", "youth")):
        on = {network for network, cell in issues.items() if issue in cell}
        members = set(listed.loc[listed["network_id"].isin(on), "city_id"])
        here = cities[cities["region"] == region]
        big = here[here["population"] >= gaps.BIG]
        row = rows[(rows["region"] == region) & (rows["issue"] == issue)].iloc[0]
        assert row["networks"] == len(on)
        assert row["members"] == here["city_id"].isin(members).sum()
        assert (row["cities"], row["big_cities"]) == (len(here), len(big))
        assert row["big_members"] == big["city_id"].isin(members).sum()


def test_a_region_without_a_big_city_has_no_share_rather_than_none() -> None:
    rows = gaps.gaps(SHIPPED, View(regions=("polynesia",)))
    assert len(rows) == len(ISSUES)
    assert rows["share"].isna().all()


def test_gaps_obey_issue_areas_and_places() -> None:
    rows = gaps.gaps(SHIPPED, View(issues=("climate",), countries=("KEN", "TZA")))
    assert rows[["region", "issue"]].to_numpy().tolist() == [["Eastern Africa", "climate"]]


def test_continents_add_their_regions_up() -> None:
    rows = gaps.gaps(SHIPPED, View())
    sums = gaps.by_continent(rows)
    assert sums["members"].sum() == rows["members"].sum()
    assert set(sums["continent"]) == set(CONTINENT_OF.values())


def test_an_unknown_founding_year_stands_apart_and_hatched() -> None:
    rows = lives.lives(SHIPPED, View())
    figure = chart.lives_chart(rows, narrow=False)
    first = int(rows["founded"].min() // 10 * 10)
    unknown = 0
    for trace in figure.data:
        for base, length, shape in zip(trace.base, trace.x, trace.marker.pattern.shape, strict=True):
            assert (base < first) == (shape == "/")
            assert base + length <= chart.NOW
            unknown += base + length < first
    assert unknown == rows["founded"].isna().sum()


def test_a_dissolved_network_ends_in_its_year() -> None:
    rows = lives.lives(SHIPPED, View(from_year=2014, to_year=2018))
    figure = chart.lives_chart(rows[rows["network_id"] == "100rc"], narrow=False)
    assert (figure.data[0].base[0], figure.data[0].base[0] + figure.data[0].x[0]) == (2013, 2019)


def test_years_that_are_not_exact_are_hatched_in_the_chart_of_growth() -> None:
    growth = lives.growth(SHIPPED, View())
    traces = chart.growth_chart(growth).data
    assert sum(sum(trace.y) for trace in traces if trace.marker.pattern.shape == "/") == growth.rough
    assert sum(sum(trace.y) for trace in traces) == growth.dated


def test_the_chart_of_gaps_tells_no_network_from_no_member() -> None:
    figure = chart.gaps_chart(gaps.gaps(SHIPPED, View(regions=("central-asia",))), "region")
    cells = dict(zip(figure.data[0].x, figure.data[0].text[0], strict=True))
    assert cells["Housing and planning"] == "–"
    assert cells["Youth and sport"] == "0"
