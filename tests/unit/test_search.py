"""The city search: what is found, and in which order."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import search
from data.load import Dataset


def _found(small: Dataset, text: str) -> list[str]:
    return [match.city_id for match in search.find(small, text)]


@pytest.mark.parametrize(("text", "city"), [
    ("Köln", "cologne-de"), ("KOLN", "cologne-de"), ("Kiev", "kyiv-ua"), ("Київ", "kyiv-ua"), ("Bombay", "mumbai-in"),
    ("Sao Paulo", "sao-paulo-br"), ("東京", "tokyo-jp"), ("Москва", "moscow-ru"), ("  warszawa ", "warsaw-pl"),
])
def test_another_spelling_or_script_finds_the_city_exactly(small: Dataset, text: str, city: str) -> None:
    best = search.find(small, text)[0]
    assert (best.city_id, best.exact) == (city, True)


@pytest.mark.parametrize(("text", "cities"), [
    ("Toledo, Ohio", ["toledo-us"]), ("Toledo OH", ["toledo-us"]), ("Toledo, USA", ["toledo-us"]),
    ("Toledo Spain", ["toledo-es"]), ("Toledo, ESP", ["toledo-es"]), ("Springfield, IL", ["springfield-us"]),
    ("Springfield Massachusetts", ["springfield-us-4951788"]), ("New York, United States", ["new-york-us"]),
])
def test_a_state_or_country_narrows(small: Dataset, text: str, cities: list[str]) -> None:
    assert _found(small, text) == cities


def test_namesakes_come_with_most_ties_first(small: Dataset) -> None:
    assert _found(small, "Springfield") == ["springfield-us-4951788", "springfield-us"]


def test_a_display_name_comes_before_an_alias(small: Dataset) -> None:
    assert [match.spelling for match in search.find(small, "Tok")] == ["Tokyo"]


def test_the_beginning_of_a_name_is_enough_but_not_exact(small: Dataset) -> None:
    best = search.find(small, "Chica")[0]
    assert (best.city_id, best.exact) == ("chicago-us", False)


@pytest.mark.parametrize(("text", "city"), [
    ("Chicgo", "chicago-us"), ("Warzawa", "warsaw-pl"), ("Nairoby", "nairobi-ke")])
def test_a_misspelling_finds_its_neighbour(small: Dataset, text: str, city: str) -> None:
    best = search.find(small, text)[0]
    assert (best.city_id, best.exact) == (city, False)


def test_a_city_outside_the_named_country_is_never_exact(small: Dataset) -> None:
    assert not [match for match in search.find(small, "Chicago, Japan") if match.exact]


def test_labels_are_unique_and_name_state_country_and_level(small: Dataset) -> None:
    labels = search.labels(small)
    assert len(set(labels.values())) == len(labels) == len(small.cities)
    assert labels["toledo-us"] == "Toledo, OH, United States"
    assert labels["toledo-es"] == "Toledo, Spain"
    assert labels["ehrenfeld-de"] == "Ehrenfeld, Germany (district)"


def test_namesakes_of_one_country_without_a_state_are_told_apart_by_where_they_lie(small: Dataset) -> None:
    cities = small.cities.assign(name="Bayside", admin1=None, country="USA", level="city")
    labels = search.labels(dataclasses.replace(small, cities=cities))
    assert labels["suva-fj"] == "Bayside, United States (18.1° S, 178.4° E)"
    assert len(set(labels.values())) == len(labels)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_at_most_the_limit_each_city_once(small: Dataset, text: str) -> None:
    found = [match.city_id for match in search.find(small, text, 5)]
    assert len(found) == len(set(found)) <= 5
