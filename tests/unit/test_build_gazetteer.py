"""Places are found by any of their names, the best known first."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.build.gazetteer import spellings, written
from data.build.order import read_states
from data.build.read import SourceError
from data.spelling import fold
from tests.unit import list_world

GAZETTEER = list_world.gazetteer()


@pytest.mark.parametrize(("name", "folded"), [
    ("Łódź", "lodz"), ("Xi'an", "xian"), ("São Paulo", "sao paulo"), ("İstanbul", "istanbul"), ("Straße", "strasse"),
    ("Йошкар-Ола", "иошкар ола"), ("東京", "東京"), ("दिल्ली", "दिल्ली"), ("서울", "서울"),
    ("Halle (Saale)", "halle saale"),
])
def test_folding_strips_accents_and_signs_and_keeps_scripts(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("name", ["Köln", "COLOGNE", "Кельн", "City of Cologne", "Cologne, Germany"])
def test_a_place_is_found_by_any_of_its_names(name: str) -> None:
    assert GAZETTEER.find(name, "DEU") == "G4"


def test_the_most_populous_of_a_name_is_found_unless_a_state_is_given() -> None:
    assert GAZETTEER.find("Athens", "USA") == "G1"
    assert [GAZETTEER.find("Athens", "USA", state) for state in ("AL", "Alabama", "alabama")] == ["G2"] * 3
    assert GAZETTEER.find("Athens", "USA", "California") is None


def test_a_second_name_counts_less_than_a_first() -> None:
    assert GAZETTEER.keys("San Francisco", "USA") == ["G20", "G21"]
    assert GAZETTEER.find("San Francisco", "USA") == "G20"


def test_an_unknown_name_finds_nothing() -> None:
    assert GAZETTEER.find("Athens", "DEU") is None
    assert GAZETTEER.keys("Atlantis", "USA") == []


def test_the_nearest_place_of_a_name_is_found_within_the_distance() -> None:
    assert GAZETTEER.near("Newport", "GBR", 50.6, -1.3) == "G15"
    assert GAZETTEER.near("Newport", "GBR", 54.0, -1.3) is None


def test_the_city_is_preferred_to_its_district_of_the_same_name_although_the_district_is_nearer() -> None:
    assert GAZETTEER.near("Zürich", "CHE", 47.372, 8.542) == "G16"


def test_codes_digits_and_transcriptions_are_not_names() -> None:
    assert written(["CGN", "koln", "50667", "Keulen", "Кёльн", "東京"]) == ["Keulen", "Кёльн", "東京"]


def test_a_list_spelling_loses_brackets_and_municipal_words_after_the_full_form() -> None:
    assert spellings("City of Halle (Saale)")[0] == "city of halle saale"
    assert "halle" in spellings("City of Halle (Saale)")
    assert "saint albans" in spellings("St Albans")


def test_a_curated_alias_is_found_and_a_false_name_is_not() -> None:
    extra = pd.DataFrame({"alias": ["Colonia"], "country": ["DEU"], "geonameid": ["4"]})
    wrong = pd.DataFrame({"name": ["San Francisco"], "geonameid": ["21"]})
    world = list_world.gazetteer(extra, wrong)
    assert world.find("Colonia", "DEU") == "G4"
    assert world.keys("San Francisco", "USA") == ["G20"]


def test_a_curated_alias_of_no_place_stops_the_build_by_name() -> None:
    extra = pd.DataFrame({"alias": ["Colonia"], "country": ["DEU"], "geonameid": ["77"]})
    with pytest.raises(SourceError, match=r"aliases\.csv: geonameid must be in GeoNames, but .*Colonia"):
        list_world.gazetteer(extra)


def test_the_order_of_hosts_tells_the_state_of_a_namesake() -> None:
    hosts = ["Athens", "Birmingham", "Cullman", "Foley", "Huntsville", "Mobile", "Montgomery", "Tuscaloosa"]
    assert read_states(hosts, GAZETTEER) == ["AL"] * 8


def test_a_lone_host_of_a_state_keeps_no_state() -> None:
    hosts = ["Birmingham", "Cullman", "Foley", "Atlantis", "San Francisco"]
    assert read_states(hosts, GAZETTEER) == ["AL", "AL", "AL", None, None]
