from __future__ import annotations

import pytest

from data.load import Dataset, load
from data.view import View


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return load()


@pytest.mark.parametrize(("view", "finding"), [
    (View(), "join"),
    (View(cities=("chicago-us",)), "Chicago’s"),
    (View(cities=("toledo-us",)), "Toledo (OH, United States):"),
    (View(countries=("JPN",)), "27 % lead to the United States"),
    (View(picture="networks"), "is in the most, "),
    (View(regions=("western-europe",)), "stay within the region"),
    (View(networks=("c40",)), "C40: 97 listed members in"),
    (View(issues=("climate",)), "Climate and energy:"),
    (View(from_year=1990, to_year=2010), "(in force 1990–2010, or of unknown year)"),
    (View(from_year=1990, to_year=1990, undated=False), "(in force in 1990)"),
    (View(countries=("PRK",), from_year=1400, to_year=1401, undated=False), "No tie is in this view"),
])
def test_a_headline_says_what_its_view_shows(shipped: Dataset, view: View, finding: str) -> None:
    assert finding in view.describe(shipped)


def test_a_headline_takes_its_numbers_from_the_selection(small: Dataset) -> None:
    ties = small.ties.query("core and (city_a == 'chicago-us' or city_b == 'chicago-us')")
    partners = set(ties["city_a"]) | set(ties["city_b"]) - {"chicago-us"}
    countries = small.cities.set_index("city_id")["country"].loc[sorted(partners - {"chicago-us"})].nunique()
    assert small.ties["core"].any()
    assert View(cities=("chicago-us",)).describe(small).startswith(
        f"Chicago’s {len(ties)} ties reach {countries} countries")


def test_a_map_of_networks_is_headed_by_its_memberships(small: Dataset) -> None:
    assert View(picture="networks").describe(small) == (
        "4 networks join 9 cities; Chicago is in the most, 2.")


def test_a_city_without_a_tie_in_the_view_says_so(small: Dataset) -> None:
    assert View(cities=("suva-fj",), kinds=("agreement",)).describe(small) == "Suva has no tie in this view."
