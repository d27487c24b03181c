"""One row per real place, with an address that does not change."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.build import cities, identity, names
from data.build.read import SourceError
from data.build.report import Report
from data.model import CITIES
from tests.unit import list_world
from tests.unit.list_world import of_gazetteer, place, places

GAZETTEER = list_world.gazetteer()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    empty = {"city_names.csv": ["key", "name"], "aliases.csv": ["alias", "geonameid"],
             "country_words.csv": ["name", "country"]}
    tables = {name: pd.DataFrame(columns=[*columns, "reason"], dtype="str") for name, columns in empty.items()}
    tables["admin1.csv"] = pd.DataFrame(list_world.STATES, columns=["country", "code", "short", "name"])
    monkeypatch.setattr(names.read, "curated", lambda name, columns: tables[name][columns])
    return list_world.folder(tmp_path)


def _build(rows: pd.DataFrame, folder: Path, report: Report | None = None) -> tuple[gpd.GeoDataFrame, pd.Series]:
    return cities.build(rows, GAZETTEER, folder, list_world.countries(), report or Report())


def test_the_table_has_the_columns_of_the_model_and_an_id_for_every_key(folder: Path) -> None:
    table, ids = _build(places(*of_gazetteer(4, 3)), folder)
    assert list(table.columns) == CITIES.columns
    assert ids.to_dict() == {"G3": "stonehaven-gb", "G4": "koln-de"}
    assert table.set_index("city_id").loc["koln-de", "population"] == 1_000_000


def test_of_namesakes_the_most_populous_has_the_bare_address_and_the_others_a_number(folder: Path) -> None:
    _, ids = _build(places(*of_gazetteer(2, 1)), folder)
    assert ids.to_dict() == {"G1": "athens-us", "G2": "athens-us-2"}


def test_an_address_does_not_depend_on_the_order_of_places(folder: Path) -> None:
    rows = places(*of_gazetteer(1, 2, 14, 15), place("WQ7", "Newport", "GBR", 52.4, -1.0, wikidata="Q7"),
                  place("NGB:newport", "Newport", "GBR", 53.0, -2.0))
    forward, backward = _build(rows, folder)[1], _build(rows[::-1], folder)[1]
    assert forward.to_dict() == backward.to_dict()
    assert forward["WQ7"] == "newport-gb-q7"
    assert forward["NGB:newport"] == "newport-gb-5300n00200w"


def test_a_place_beside_one_of_the_same_name_in_geonames_is_that_place_and_is_counted(folder: Path) -> None:
    report = Report()
    rows = places(*of_gazetteer(3), place("WQ1", "Stonehaven", "GBR", 56.97, -2.2, wikidata="Q1"))
    _, ids = _build(rows, folder, report)
    assert ids["WQ1"] == ids["G3"] == "stonehaven-gb"
    assert report.steps[1].dropped == {"the same place under another key": 1}


def test_a_namesake_far_away_stays_a_place_of_its_own(folder: Path) -> None:
    _, ids = _build(places(*of_gazetteer(3), place("WQ1", "Stonehaven", "GBR", 52.0, -1.5, wikidata="Q1")), folder)
    assert ids["WQ1"] == "stonehaven-gb-q1"


def test_keys_of_one_place_outside_geonames_are_joined_and_wikidata_s_is_kept() -> None:
    rows = identity.one_per_key(places(place("NGB:x", "Little Ham", "GBR", 51.0, -1.0),
                                       place("WQ5", "Little Ham", "GBR", 51.05, -1.0, wikidata="Q5")))
    assert identity.same(rows, GAZETTEER) == {"NGB:x": "WQ5"}


def test_the_longer_form_of_a_name_is_the_same_place_but_its_rural_neighbour_is_not() -> None:
    rows = identity.one_per_key(places(place("NGB:a", "Stonehaven and Coast", "GBR", 56.96, -2.22),
                                       place("NGB:b", "Stonehaven Land", "GBR", 56.96, -2.22)))
    assert identity.same(rows, GAZETTEER) == {"NGB:a": "G3"}


def test_a_place_that_geonames_has_twice_is_one_city(folder: Path) -> None:
    table, ids = _build(places(*of_gazetteer(16, 17)), folder)
    assert ids.to_dict() == {"G16": "zurich-ch", "G17": "zurich-ch"}
    assert table["name"].tolist() == ["Zürich"]


def test_a_district_of_a_large_city_that_geonames_has_becomes_one_district(folder: Path) -> None:
    district = place("DHU:csepel", "Budapest XXI \u2013 Csepel", "HUN", 47.42, 19.07, "district")
    rows = places(*of_gazetteer(18, 19), district)
    table, ids = _build(rows, folder)
    assert ids["DHU:csepel"] == ids["G19"] == "csepel-hu"
    assert table.set_index("city_id")["level"].to_dict() == {"budapest-hu": "city", "csepel-hu": "district"}


def test_the_state_is_given_in_the_united_states_and_where_it_tells_namesakes_apart(folder: Path) -> None:
    table, _ = _build(places(*of_gazetteer(2, 3, 14, 15)), folder)
    assert table.set_index("city_id")["admin1"].fillna("").to_dict() == {
        "athens-us": "AL", "newport-gb": "Wales", "newport-gb-15": "England", "stonehaven-gb": ""}


def test_a_point_far_outside_its_country_is_named_in_the_report(folder: Path) -> None:
    report = Report()
    _build(places(place("WQ9", "Farm", "DEU", 30.0, -150.0, wikidata="Q9")), folder, report)
    told = next(step.notes for step in report.steps if step.name == "cities: points near their country")
    assert len(told) == 1
    assert told[0].startswith("Farm (DEU) ")


def test_a_point_in_another_country_than_the_source_says_takes_the_country_it_lies_in(folder: Path) -> None:
    table, ids = _build(places(place("WQ9", "Farm", "DEU", 52.43, 30.98, wikidata="Q9")), folder)
    assert ids["WQ9"] == "farm-by"
    assert table["country"].tolist() == ["BLR"]


def test_a_class_of_gawc_is_matched_by_id_and_the_rest_is_named(folder: Path) -> None:
    report = Report()
    table, _ = _build(places(*of_gazetteer(4)), folder, report)
    assert table["gawc_class"].tolist() == ["Beta"]
    step = next(step for step in report.steps if step.name == "cities: GaWC classes")
    assert (step.came, step.went, step.notes) == (2, 1, ("Nowhere",))


def test_an_unknown_country_stops_the_build_by_name(folder: Path) -> None:
    with pytest.raises(SourceError, match=r"country must be in the countries table, but ZZZ"):
        _build(places(place("WQ9", "Farm", "ZZZ", 50.0, 8.0)), folder)


def test_a_place_without_a_point_stops_the_build_by_name(folder: Path) -> None:
    with pytest.raises(SourceError, match=r"every key must have a point, but WQ9"):
        _build(places(*of_gazetteer(4), place("WQ9", "Farm", "DEU", float("nan"), 8.0)), folder)
