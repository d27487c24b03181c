"""Members of networks: repaired, put on the map, dated, and one row per network and city."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data.build import joins, location, members, memberships
from data.build.gazetteer import Gazetteer, assemble
from data.build.read import SourceError
from data.build.report import Report
from data.model import MEMBERSHIPS

HEADER = ("network_id,city,country_iso3,lat,lon,joined_year,left_year,source_id,city_source,geonameid,geo_method,as_of,"
          "status,note\n")
YEARS = pd.DataFrame({"network_id": ["n", "old"], "founded": [1990, 1990], "dissolved": [pd.NA, 2019]}).set_index(
    "network_id").astype("Int64")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Milan and Mirano in Italy, and two places called Sala."""
    rows = [("Milan", "ITA", 45.46, 9.19, 1_300_000, 1), ("Mirano", "ITA", 45.49, 12.10, 15_000, 2),
            ("Sala", "ITA", 44.0, 10.0, 900, 3), ("Sala", "ITA", 41.0, 15.0, 800, 4)]
    places = pd.DataFrame(rows, columns=["name", "country", "latitude", "longitude", "population", "geonameid"])
    places = places.assign(admin1="", wikidata=None, aliases=[["Milano"], [], [], []])
    return assemble(places, pd.DataFrame(columns=["alias", "country", "geonameid"], dtype="str"),
                    pd.DataFrame(columns=["country", "code", "short", "name"], dtype="str"),
                    pd.DataFrame(columns=["geonameid", "name"], dtype="str"))


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., pd.DataFrame]:
    """Reads lines in the form of memberships.csv."""
    def read(*lines: str) -> pd.DataFrame:
        (tmp_path / "networks").mkdir(exist_ok=True)
        (tmp_path / "networks/memberships.csv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
        return members.read_listed(tmp_path, Report())
    return read


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the hand-kept corrections."""
    def put(*rows: tuple[str | None, ...]) -> None:
        columns = ["network_id", "city_source", "country", "geonameid", "action", "place", "latitude", "longitude",
                   "level", "reason"]
        monkeypatch.setattr(members, "curated", lambda name, asked: pd.DataFrame(rows, columns=columns, dtype="str"))
    return put


@pytest.fixture
def map_folder(tmp_path: Path) -> Path:
    """A folder of sources with the country codes."""
    (tmp_path / "nations/boundaries").mkdir(parents=True)
    (tmp_path / "nations/boundaries/hdx_country_taxonomy.csv").write_text(
        "ISO 3166-1 Alpha 2-Codes,ISO 3166-1 Alpha 3-Codes,x Alpha2 codes,x Alpha3 codes\nIT,ITA,,\n", encoding="utf-8")
    return tmp_path


def test_a_member_is_moved_to_the_place_that_a_correction_names(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], rules: Callable[..., None]) -> None:
    rules(("*", "Mirano", "ITA", None, "move", "G2", None, None, None, "at the point of Milan"))
    found = members.correct(listed("n,Mirano,ITA,45.46,9.19,2009,,s,Mirano,,x,2022,listed,"), gazetteer, Report())
    assert found.loc[0, ["key", "longitude", "note"]].tolist() == ["G2", 12.10, "location: at the point of Milan"]


def test_a_correction_of_one_network_leaves_the_others_alone(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], rules: Callable[..., None]) -> None:
    rules(("n", "Milano", "ITA", "1", "uncertain", None, None, None, None, "namesakes"))
    line = ",Milan,ITA,45.46,9.19,,,s,Milano,1,x,2022,listed,"
    found = members.correct(listed("n" + line, "old" + line), gazetteer, Report())
    assert found["place"].tolist() == ["uncertain", "certain"]
    assert found["key"].tolist() == ["G1", "G1"]


def test_a_dropped_member_is_counted_and_an_added_one_takes_the_date_of_its_network(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], rules: Callable[..., None]) -> None:
    rules(("n", "Ministry", "ITA", None, "drop", None, None, None, None, "no city"),
          ("n", "Mirano", "ITA", None, "add", "G2", None, None, None, "taken into Milan"))
    report = Report()
    found = members.correct(listed("n,Ministry,ITA,,,,,s,Ministry,,x,2022,listed,"), gazetteer, report)
    assert found[["name", "key", "as_of"]].to_numpy().tolist() == [["Mirano", "G2", "2022"]]
    assert report.steps[0].dropped == {"no city, or no place of the name in the country": 1}


def test_a_correction_that_means_nobody_stops_the_build(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], rules: Callable[..., None]) -> None:
    rules(("n", "Atlantis", "GRC", None, "drop", None, None, None, None, "sunk"))
    with pytest.raises(SourceError, match=r"must mean listed members, but .*Atlantis"):
        members.correct(listed("n,Milan,ITA,45.46,9.19,,,s,Milano,1,x,2022,listed,"), gazetteer, Report())


def _located(rows: pd.DataFrame, folder: Path, gazetteer: Gazetteer) -> tuple[pd.DataFrame, Report]:
    report = Report()
    keyed = rows.assign(key="G" + rows["geonameid"])
    return location.locate(keyed, folder, gazetteer, report), report


def test_a_member_without_an_id_takes_the_place_of_its_name_at_its_point(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], map_folder: Path) -> None:
    found, _ = _located(listed("n,Sala,ITA,41.05,15.05,,,s,Sala,,x,2022,listed,",
                               "n,Sala,ITA,43.05,12.05,,,s,Sala,,x,2022,listed,"), map_folder, gazetteer)
    assert found["key"].tolist() == ["G4", "NIT:sala"]
    assert found["latitude"].tolist() == [41.0, 43.05]


def test_a_member_without_a_point_is_found_by_its_only_name_or_dropped_and_counted(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], map_folder: Path) -> None:
    found, report = _located(listed("n,Mirano,ITA,,,,,s,Mirano,,x,2022,listed,",
                                    "n,Sala,ITA,,,,,s,Sala,,x,2022,listed,"), map_folder, gazetteer)
    assert found["key"].tolist() == ["G2"]
    assert report.steps[0].dropped == {"without a point, and not the only place of the name in the country": 1}


def test_namesakes_outside_the_gazetteer_far_apart_are_two_places(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], map_folder: Path) -> None:
    found, _ = _located(listed("n,Borgo,ITA,43.01,12.01,,,s,Borgo,,x,2022,listed,",
                               "old,Borgo,ITA,43.02,12.02,,,s,Borgo,,x,2022,listed,",
                               "n,Borgo,ITA,45.01,11.01,,,s,Borgo,,x,2022,listed,"), map_folder, gazetteer)
    assert found["key"].tolist() == ["NIT:borgo", "NIT:borgo", "NIT:borgo@45.0,11.0"]


def test_a_point_in_whole_degrees_is_an_uncertain_place(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], map_folder: Path) -> None:
    found, _ = _located(listed("n,Borgo,ITA,43.0,12.0,,,s,Borgo,,x,2022,listed,"), map_folder, gazetteer)
    assert found.loc[0, ["place", "note"]].tolist() == ["uncertain", "location: whole degrees in the source"]


def test_unions_of_municipalities_are_regions_by_their_name(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], map_folder: Path) -> None:
    found, _ = _located(listed("n,x,ITA,43.1,12.1,,,s,Unione della Valle,,x,2022,listed,"), map_folder, gazetteer)
    assert found.loc[0, ["level", "key"]].tolist() == ["region", "RIT:unione della valle"]


def test_places_give_every_spelling_of_every_source_and_the_geonames_name(
        gazetteer: Gazetteer, listed: Callable[..., pd.DataFrame], map_folder: Path) -> None:
    found, _ = _located(listed("n,Milan,ITA,45.46,9.19,,,s;t,Milano,1,x,2022,listed,"), map_folder, gazetteer)
    places = location.places(found)
    assert places[["name", "source"]].to_numpy().tolist() == [["Milan", "geonames"], ["Milano", "s"], ["Milano", "t"]]
    assert places["geonameid"].tolist() == [1, 1, 1]


def _dated(listed: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, *basis: tuple[str | None, ...]) -> pd.DataFrame:
    columns = ["network_id", "joined", "basis", "reason"]
    monkeypatch.setattr(joins, "curated", lambda name, asked: pd.DataFrame(basis, columns=columns, dtype="str"))
    return joins.date(listed, YEARS, Report())


def test_a_year_before_the_founding_becomes_an_upper_bound_and_is_noted(
        listed: Callable[..., pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> None:
    found = _dated(listed("n,A,ITA,1,1,1987,,s,A,1,x,2019,listed,"), monkeypatch)
    assert found.loc[0, ["joined", "joined_basis"]].tolist() == [1990, "upper bound"]
    assert found.loc[0, "note"] == "joined in 1987 by the source, before the founding year"


def test_the_basis_of_a_join_year_follows_the_hand_kept_table(
        listed: Callable[..., pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = listed("n,A,ITA,1,1,2018,,s,A,1,x,2019,listed,", "n,B,ITA,1,1,2019,,s,B,2,x,2019,listed,",
                  "n,C,ITA,1,1,,,s,C,3,x,2019,listed,")
    found = _dated(rows, monkeypatch, ("n", "2019", "upper bound", "list"))
    assert found["joined_basis"].fillna("none").tolist() == ["stated", "upper bound", "none"]


def test_no_membership_outlives_its_network(
        listed: Callable[..., pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = listed("old,A,ITA,1,1,2013,,s,A,1,x,2016,listed,", "old,B,ITA,1,1,2013,2015,s,B,2,x,2016,listed,")
    found = _dated(rows, monkeypatch)
    assert found["left"].tolist() == [2019, 2015]
    assert found["status"].tolist() == ["listed", "former"]


@pytest.mark.parametrize(("status", "note", "expected"), [
    ("former", "Former Member", "former"), ("former", "Former Member; Member", "listed"),
    ("not on latest list", "Member", "delisted"), ("listed", "past member (absent later)", "former")])
def test_the_status_follows_list_and_remark(listed: Callable[..., pd.DataFrame], monkeypatch: pytest.MonkeyPatch,
                                            status: str, note: str, expected: str) -> None:
    found = _dated(listed(f"n,A,ITA,1,1,,,s,A,1,x,2019,{status},{note}"), monkeypatch)
    assert found["status"].tolist() == [expected]


def test_commitments_of_the_covenant_are_written_out(
        listed: Callable[..., pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> None:
    found = _dated(listed("n,A,ITA,1,1,,,s,A,1,x,2019,listed,20202030ADAPT; 2020"), monkeypatch)
    assert found["note"].tolist() == ["commitments: 2020, 2030, adaptation"]


def _finish(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    sources = pd.DataFrame({"source_id": ["s", "t"], "reuse": ["unstated", "share-alike"]})
    return memberships.finish(rows, pd.Series({"G1": "milan-it", "NIT:milano": "milan-it"}), sources, report)


def _member(key: str, joined: int | None, sources: list[str], as_of: str, left: int | None = None) -> dict[str, object]:
    return {"network_id": "n", "key": key, "joined": joined, "joined_basis": "stated" if joined else None, "left": left,
            "status": "listed", "sources": sources, "as_of": as_of, "place": "certain", "note": None}


def test_two_places_of_one_city_become_one_membership_with_the_earliest_year() -> None:
    rows = pd.DataFrame([_member("G1", 2012, ["s"], "2019"), _member("NIT:milano", 2009, ["t"], "2016")])
    report = Report()
    table = _finish(rows.astype({"joined": "Int64", "left": "Int64"}), report)
    assert table.columns.tolist() == MEMBERSHIPS.columns
    assert table.loc[0, ["city_id", "joined", "sources", "as_of"]].tolist() == ["milan-it", 2009, ["s", "t"], "2019"]
    assert report.steps[0].dropped == {"merged with the same city": 1}


def test_a_row_may_be_reused_as_its_least_restricted_source_allows() -> None:
    rows = pd.DataFrame([_member("G1", None, ["s", "t"], "2019")]).astype({"joined": "Int64", "left": "Int64"})
    assert _finish(rows, Report())["reuse"].tolist() == ["share-alike"]


def test_a_city_that_stays_in_one_row_has_not_left() -> None:
    rows = pd.DataFrame([_member("G1", 2000, ["s"], "2019", 2006), _member("NIT:milano", 2005, ["s"], "2019")])
    assert _finish(rows.astype({"joined": "Int64", "left": "Int64"}), Report())["left"].isna().all()


def test_a_place_without_a_city_stops_the_build() -> None:
    rows = pd.DataFrame([_member("G9", None, ["s"], "2019")]).astype({"joined": "Int64", "left": "Int64"})
    with pytest.raises(SourceError, match="every place must have a city, but not 1: G9"):
        _finish(rows, Report())


def test_a_club_is_one_network_of_the_towns_that_the_lists_pair(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ties").mkdir()
    names = ["key", "city", "lat", "lon", "geonameid", "level"]
    columns = [f"{name}_{side}" for side in "ab" for name in names] + ["country_a_iso3", "country_b_iso3", "source"]
    towns = {town: [f"G{i}", town, i, i, i, "city"] for i, town in enumerate("ABCX", 1)}
    rows = [[*towns[a], *towns[b], "ITA", "ITA", source] for a, b, source in (
        ("A", "B", "enwiki_2026_hekman|dated_pages_curated"), ("B", "C", "enwiki_2026_hekman"),
        ("A", "X", "wikidata_2022_ursino"))]
    pd.DataFrame(rows, columns=columns).to_csv(tmp_path / "ties/merged.csv", index=False)
    kept = members.curated
    clubs = pd.DataFrame({"club": "club", "name": list("ABC"), "country": "ITA"})
    monkeypatch.setattr(members, "curated", lambda name, asked: clubs if name == "tie_clubs.csv" else kept(name, asked))
    found = members.clubs(tmp_path, Report())
    assert found["network_id"].unique().tolist() == ["club"]
    assert found["key"].tolist() == ["G1", "G2", "G3"]
    assert found["sources"].tolist() == [["enwiki_2026"]] * 3
