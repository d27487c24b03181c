"""Cities are called as the lists call them, in English, and found by their other names."""

from __future__ import annotations

import pandas as pd
import pytest

from data.build import names
from tests.unit import list_world

GAZETTEER = list_world.gazetteer()


@pytest.fixture(autouse=True)
def _no_curated(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"city_names.csv": pd.DataFrame({"key": ["G3"], "name": ["Steenhive"], "reason": ["x"]}),
              "aliases.csv": pd.DataFrame({"alias": ["Colonia Agrippina"], "geonameid": ["4"]})}
    monkeypatch.setattr(names.read, "curated", lambda name, columns: tables[name][columns])


def _listed(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["key", "name", "source", "rows"])


def _display(listed: pd.DataFrame, *numbers: int) -> dict[str, str]:
    return names.display(list_world.places(*list_world.of_gazetteer(*numbers)), listed, GAZETTEER).to_dict()


def test_the_spelling_of_the_lists_wins_over_geonames() -> None:
    listed = _listed(("G4", "Cologne", "enwiki_2026", 5), ("G4", "Köln", "wikidata_2017", 6))
    assert _display(listed, 4) == {"G4": "Cologne"}


def test_without_a_list_a_transliteration_loses_its_signs_and_a_latin_name_keeps_its_accents() -> None:
    assert _display(_listed(), 4, 5, 6) == {"G4": "Köln", "G5": "Homyel", "G6": "Asadabad"}


def test_a_hand_kept_name_overrules_the_lists() -> None:
    assert _display(_listed(("G3", "Stonehaven", "enwiki_2026", 9)), 3) == {"G3": "Steenhive"}


@pytest.mark.parametrize(("written", "tidied"), [
    ("Veliko Tarnovo Municipality", "Veliko Tarnovo"), ("City of Johannesburg", "Johannesburg"),
    ("Donostia/San Sebastián", "Donostia"), ("Coventry, Connecticut", "Coventry"), ("Halle (Saale)", "Halle"),
    ("Berlin \u2013 Mitte", "Berlin"), ("Xi\u2019an", "Xi'an"), ("Mexico City", "Mexico City"),
    ("Granada\u200e", "Granada"),
])
def test_what_belongs_to_the_list_is_taken_off_a_name(written: str, tidied: str) -> None:
    assert names.tidy(written) == tidied


def test_a_district_is_called_by_its_own_name_with_the_city_in_brackets() -> None:
    rows = list_world.places(list_world.place("DDE:berlin:mitte", "Berlin \u2013 Mitte", "DEU", 52.5, 13.4, "district"))
    assert names.display(rows, _listed(), GAZETTEER).to_dict() == {"DDE:berlin:mitte": "Mitte (Berlin)"}


def test_only_names_that_the_gazetteer_knows_for_the_place_count() -> None:
    located = pd.DataFrame({"key_a": ["G4", "G4"], "name_a": ["Cologne", "Bonn"], "key_b": [None, None],
                            "name_b": [None, None], "source": ["enwiki_2026", "enwiki_2026"]})
    assert names.spellings(located, GAZETTEER)["name"].tolist() == ["Cologne"]


def test_aliases_leave_out_the_display_name_codes_and_what_search_cannot_tell_apart() -> None:
    found = names.aliases(pd.Series({"G4": "Cologne"}), _listed(("G4", "Koeln", "enwiki_2026", 1)), GAZETTEER)["G4"]
    assert found == sorted(["Colonia Agrippina", "Koeln", "Köln", "Keulen", "Кёльн"])


def test_a_small_town_keeps_few_aliases_but_all_that_lists_use() -> None:
    used = [f"Steen {letter}" for letter in "abcdefghijkl"]
    listed = _listed(*(("G3", name, "page", 1) for name in used))
    assert names.aliases(pd.Series({"G3": "Stonehaven"}), listed, GAZETTEER)["G3"] == used
