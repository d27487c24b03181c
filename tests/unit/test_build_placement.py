"""An end of a tie lies at the right one of several places of a name, or is said to be uncertain."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.build import placement, sample
from data.build.read import SourceError
from data.build.report import Report
from tests.unit import list_world
from tests.unit.list_world import of_gazetteer, place, places

GAZETTEER = list_world.gazetteer()
ALABAMA = ["Athens", "Birmingham", "Cullman", "Foley", "Huntsville", "Mobile", "Montgomery", "Tuscaloosa"]


@pytest.fixture
def curated(monkeypatch: pytest.MonkeyPatch) -> dict[str, pd.DataFrame]:
    columns = {"country_words.csv": ["name", "country", "reason"],
               "place_repairs.csv": ["key", "partner", "place", "reason", "source"],
               "sample_verdicts.csv": ["tie_id", "verdict", "reason"]}
    tables = {name: pd.DataFrame(columns=names, dtype="str") for name, names in columns.items()}
    monkeypatch.setattr(placement.read, "curated", lambda name, wanted: tables[name][wanted])
    return tables


def _records(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["key_a", "key_b"]).assign(kind="sister", place="certain")


def _check(records: pd.DataFrame, seen: pd.DataFrame, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return placement.check(records, seen, GAZETTEER, folder, Report())


def test_an_end_whose_name_no_other_place_of_the_country_has_is_certain(tmp_path: Path, curated: object) -> None:
    moved, _ = _check(_records(("G3", "G4")), places(*of_gazetteer(3, 4)), list_world.folder(tmp_path))
    assert moved[["key_a", "key_b", "place"]].to_numpy().tolist() == [["G3", "G4", "certain"]]


def test_the_state_that_the_order_of_the_list_tells_moves_an_end_to_its_namesake(
        tmp_path: Path, curated: object) -> None:
    rows = [f"{host},United States,{'Stonehaven' if host == 'Athens' else 'Cologne'},"
            f"{'United Kingdom' if host == 'Athens' else 'Germany'}" for host in ALABAMA]
    moved, seen = _check(_records(("G1", "G3")), places(*of_gazetteer(1, 3)), list_world.folder(tmp_path, kompot=rows))
    assert moved[["key_a", "key_b", "place"]].to_numpy().tolist() == [["G2", "G3", "certain"]]
    assert "G2" in set(seen["key"])
    assert "G1" not in set(seen["key"])


def test_the_point_of_wikidata_moves_an_end_and_confirms_the_other_tie_of_the_name(
        tmp_path: Path, curated: object) -> None:
    nodes = ["Q1,-86.97,34.80,United States,Athens", "Q2,-83.38,33.96,United States,Athens",
             "Q3,-2.21,56.96,United Kingdom,Stonehaven", "Q4,6.95,50.93,Germany,Cologne"]
    folder = list_world.folder(tmp_path, nodes=nodes, ursino=["Q1,Q3", "Q2,Q4"])
    moved, _ = _check(_records(("G1", "G3"), ("G1", "G4")), places(*of_gazetteer(1, 3, 4)), folder)
    assert moved["key_a"].tolist() == ["G2", "G1"]
    assert moved["place"].tolist() == ["certain", "certain"]


def test_a_tie_of_a_name_without_a_dominant_place_is_uncertain_and_of_the_dominant_place_certain(
        tmp_path: Path, curated: object) -> None:
    seen = places(*of_gazetteer(1, 2, 3, 4))
    moved, _ = _check(_records(("G2", "G3"), ("G1", "G4")), seen, list_world.folder(tmp_path))
    assert moved["place"].tolist() == ["uncertain", "certain"]


def test_a_place_that_has_the_name_only_as_second_name_makes_no_tie_uncertain(tmp_path: Path, curated: object) -> None:
    moved, _ = _check(_records(("G20", "G4")), places(*of_gazetteer(4, 20)), list_world.folder(tmp_path))
    assert moved["place"].tolist() == ["certain"]


def test_a_mark_that_a_record_already_has_is_kept(tmp_path: Path, curated: object) -> None:
    records = _records(("G3", "G4")).assign(place="uncertain")
    moved, _ = _check(records, places(*of_gazetteer(3, 4)), list_world.folder(tmp_path))
    assert moved["place"].tolist() == ["uncertain"]


def test_a_small_place_is_uncertain_where_the_list_s_geocoder_found_another_far_off(
        tmp_path: Path, curated: object) -> None:
    seen = places(*of_gazetteer(4), place("NGB:ham", "Ham", "GBR", 52.0, -1.0))
    quiet, _ = _check(_records(("G21", "G4")), places(*of_gazetteer(4, 21)), list_world.folder(tmp_path / "quiet"))
    rows = ["Ciudad de Piedra,United States,34.74,-86.6,Cologne,Germany,50.93,6.95"]
    raw_rows = ["Ciudad de Piedra,United States,Cologne,Germany"]
    folder = list_world.folder(tmp_path / "loud", hekman=raw_rows, placed=rows)
    world = list_world.gazetteer()
    world.places.loc["G21", "population"] = 900
    loud, _ = placement.check(_records(("G21", "G4")), places(*of_gazetteer(4, 21)), world, folder, Report())
    assert (quiet["place"].tolist(), loud["place"].tolist()) == (["certain"], ["uncertain"])
    assert _check(_records(("NGB:ham", "G4")), seen, folder)[0]["place"].tolist() == ["certain"]


def test_a_repair_by_hand_moves_one_tie_or_all_ties_of_a_place(
        tmp_path: Path, curated: dict[str, pd.DataFrame]) -> None:
    curated["place_repairs.csv"] = pd.DataFrame({"key": ["G14", "G1"], "partner": ["G4", None], "place": ["G15", "G2"],
                                                 "reason": ["x", "x"], "source": ["x", "x"]})
    records = _records(("G14", "G4"), ("G14", "G5"), ("G1", "G4"), ("G1", "G5"))
    moved, _ = _check(records, places(*of_gazetteer(1, 4, 5, 14)), list_world.folder(tmp_path))
    assert moved["key_a"].tolist() == ["G15", "G14", "G2", "G2"]


def test_a_repair_of_no_tie_stops_the_build_by_name(tmp_path: Path, curated: dict[str, pd.DataFrame]) -> None:
    curated["place_repairs.csv"] = pd.DataFrame({"key": ["G14"], "partner": ["G5"], "place": ["G15"], "reason": ["x"],
                                                 "source": ["x"]})
    with pytest.raises(SourceError, match=r"place_repairs\.csv: key and partner must be ends of a tie, but G14"):
        _check(_records(("G14", "G4")), places(*of_gazetteer(4, 14)), list_world.folder(tmp_path))


def test_a_tie_whose_end_has_no_name_in_its_source_is_dropped_and_counted(tmp_path: Path, curated: object) -> None:
    report = Report()
    seen = places(*of_gazetteer(3, 4), place("NGB:q1", "Q12345", "GBR", 52.0, -1.0))
    moved, kept = placement.check(_records(("G3", "G4"), ("G4", "NGB:q1")), seen, GAZETTEER,
                                  list_world.folder(tmp_path), report)
    assert len(moved) == 1
    assert "NGB:q1" not in set(kept["key"])
    assert report.steps[0].dropped == {"with an end that has no name in its source": 1}


def _ties(count: int) -> pd.DataFrame:
    ids = [f"a{number}-us/b{number}-us/sister" for number in range(count)]
    return pd.DataFrame({"tie_id": ids, "city_a": "athens-us", "city_b": "koln-de", "kind": "sister", "core": True,
                         "place": "certain", "start_year": pd.array([None] * count, dtype="Int64"),
                         "sources": [["x"]] * count})


def _cities() -> gpd.GeoDataFrame:
    rows = pd.DataFrame({"city_id": ["athens-us", "koln-de"], "name": ["Athens", "Köln"], "admin1": ["GA", None],
                         "country": ["USA", "DEU"], "population": [1, 2]})
    return gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy([-83.4, 6.9], [34.0, 50.9]), crs="EPSG:4326")


def test_the_sample_is_of_certain_core_ties_and_hardly_changes_with_the_table() -> None:
    ties = _ties(60)
    ties.loc[:9, "place"], ties.loc[10:19, "core"] = "uncertain", False
    drawn = set(sample.draw(ties, _cities(), size=20)["tie_id"])
    assert len(drawn) == 20
    assert drawn <= set(ties["tie_id"][20:])
    fewer = ties[ties["tie_id"] != min(drawn)]
    assert len(drawn & set(sample.draw(fewer, _cities(), size=20)["tie_id"])) == 19


def test_the_section_gives_the_error_rate_and_says_what_is_out_of_date(curated: dict[str, pd.DataFrame]) -> None:
    ties = _ties(4)
    curated["sample_verdicts.csv"] = pd.DataFrame({
        "tie_id": [*ties["tie_id"][:3], "gone-us/gone-de/sister"],
        "verdict": ["right", "right", "wrong", "undecidable"],
        "reason": ["a", "b", "the other Athens", "d"]})
    text = sample.section(ties, _cities())
    assert "2 right, 1 wrong, 1 undecidable; 33.3 % of the decided are wrong" in text
    assert "1 are no longer in the table: gone-us/gone-de/sister" in text
    assert "1 have not been looked at" in text
    assert "the other Athens" in text
