"""Lists and transcribed papers become ties."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.build import read, ties
from data.build.report import Report
from data.model import TIES
from tests.unit import tie_world as world

BACKGROUND = world.listed(15, 6)
BACKGROUND_ROW = f"Berlin,DE,Warsaw,PL,1991,,partner_city,culture,{world.PAGE}\n"


class World:
    """Builds records and ties of a small world in a temporary folder; Berlin-Warsaw is always there, and left out."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch, self.report = folder, patch, Report()

    def read(self, merged: str = "", rows: str = "", **curated: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        self.patch.setattr(read, "CURATED", world.curated(self.folder / "curated", **curated))
        sources = world.sources(self.folder / "sources", merged + BACKGROUND, rows + BACKGROUND_ROW)
        records, places = ties.read(sources, world.gazetteer(), self.report)
        return records.loc[records["key_a"].ne("G15")].reset_index(drop=True), places

    def finish(self, records: pd.DataFrame, places: pd.DataFrame, ids: dict[str, str] | None = None) -> pd.DataFrame:
        places = places.drop_duplicates("key")
        known = {key: key.lower().replace(":", "-") for key in places["key"]} | (ids or {})
        points = gpd.points_from_xy(places["longitude"], places["latitude"])
        cities = gpd.GeoDataFrame(
            {
                "city_id": places["key"].map(known).to_numpy(),
                "country": places["country"].to_numpy(),
                "level": places["level"].to_numpy(),
            },
            geometry=points,
            crs=4326,
        )
        sources = ties.sources(self.folder / "sources")
        return ties.finish(records, pd.Series(known), cities.drop_duplicates("city_id"), sources, self.report)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(tmp_path, monkeypatch)


def row(
    city_a: str,
    city_b: str,
    start: str = "",
    word: str = "sister_city",
    end: str = "",
    topics: str = "",
    page: str = world.PAGE,
) -> str:
    return f"{city_a},{city_b},{start},{end},{word},{topics},{page}\n"


def only(records: pd.DataFrame) -> pd.Series:
    assert len(records) == 1
    return records.iloc[0]


CHICAGO, MEXICO, MOSCOW, OSAKA = "Chicago|IL,US", "Mexico City,MX", "Moscow,RU", "Osaka,JP"


def test_two_papers_of_one_pair_are_two_ties(small: World) -> None:
    records, _ = small.read(
        world.listed(1, 2),
        row(CHICAGO, MEXICO, "1991") + row(MEXICO, CHICAGO, "2013", "cooperation_agreement", topics="economic|culture"),
    )
    found = records.set_index("kind")
    assert found["start_year"].to_dict() == {"agreement": 2013, "sister": 1991}
    assert found.at["agreement", "issues"] == ["culture", "trade"]
    assert found["start_basis"].eq("stated").all()


def test_an_agreement_beside_plain_lists_leaves_the_lists_their_sister_tie(small: World) -> None:
    records, _ = small.read(world.listed(1, 2), row(CHICAGO, MEXICO, "2013", "cooperation_agreement"))
    found = records.set_index("kind")["sources"]
    assert found["sister"] == ["enwiki_2026", "wikidata_2022"]
    assert [name.split("-")[0] for name in found["agreement"]] == ["page:city.gov"]


def test_a_friendship_on_plain_lists_is_one_friendship(small: World) -> None:
    records, _ = small.read(world.listed(1, 2), row(CHICAGO, MEXICO, "1991", "friendship_city"))
    tie = only(records)
    assert (tie["kind"], tie["start_year"], tie["evidence"]) == ("friendship", 1991, 3)


def test_sister_and_friendship_of_one_year_are_one_sister_tie(small: World) -> None:
    records, _ = small.read("", row(CHICAGO, MEXICO, "1991", "friendship_city") + row(CHICAGO, MEXICO, "1991"))
    assert only(records)["kind"] == "sister"


def test_sister_and_friendship_of_two_years_are_two_ties(small: World) -> None:
    records, _ = small.read("", row(CHICAGO, MEXICO, "1988", "friendship_city") + row(CHICAGO, MEXICO, "1991"))
    assert records.set_index("kind")["start_year"].to_dict() == {"friendship": 1988, "sister": 1991}


def test_a_transcribed_row_joins_the_pair_that_the_lists_have_before_the_best_known_namesake(small: World) -> None:
    records, _ = small.read(world.listed(4, 9), row("Toledo,US", "Toledo,ES", "1931"))
    tie = only(records)
    assert (tie["key_a"], tie["key_b"], tie["start_year"]) == ("G4", "G9", 1931)


def test_a_state_pins_the_place(small: World) -> None:
    records, _ = small.read("", row("Toledo|OR,US", "Toledo,ES", "1931"))
    assert only(records)["key_b"] == "G9"


def test_years_that_differ_are_conflicting_and_the_public_body_goes_first(small: World) -> None:
    records, _ = small.read(
        "", row(CHICAGO, MEXICO, "1990", page="https://blog.example/x") + row(CHICAGO, MEXICO, "1991")
    )
    tie = only(records)
    assert (tie["start_year"], tie["start_basis"], tie["other_years"]) == (1991, "conflicting", [1990])


def test_the_other_year_of_a_dated_list_is_kept(small: World) -> None:
    merged = world.listed(1, 2, "wiki|wikidata12k_dated|dated_pages_curated", "1991,dated_pages_curated,1990|1991")
    records, _ = small.read(merged, row(CHICAGO, MEXICO, "1991"))
    tie = only(records)
    assert (tie["start_year"], tie["start_basis"], tie["other_years"]) == (1991, "conflicting", [1990])


def test_an_inferred_year_is_said_to_be_inferred(small: World) -> None:
    records, _ = small.read("", row(CHICAGO, MOSCOW, "1997"), years="Chicago|IL,USA,Moscow,RUS,1997,inferred,x\n")
    assert only(records)["start_basis"] == "inferred"


def test_a_renewal_is_no_conflict(small: World) -> None:
    records, _ = small.read(
        "",
        row(CHICAGO, MOSCOW, "1997") + row(CHICAGO, MOSCOW, "2005"),
        years="Chicago|IL,USA,Moscow,RUS,2005,renewed,x\n",
    )
    tie = only(records)
    assert (tie["start_year"], tie["start_basis"], tie["other_years"]) == (1997, "stated", [2005])


def test_an_end_year_without_a_status_stops_the_build_by_name(small: World) -> None:
    with pytest.raises(read.SourceError, match=r"tie_status\.csv.*Chicago\|IL-Moscow 2022"):
        small.read("", row(CHICAGO, MOSCOW, "1997", end="2022"))


def test_a_suspension_is_no_end(small: World) -> None:
    records, _ = small.read(
        world.listed(1, 5),
        row(CHICAGO, MOSCOW, "1997", end="2022"),
        status="Chicago|IL,USA,Moscow,RUS,suspended,2022,x,https://news.example/moscow\n",
    )
    tie = only(records)
    assert (tie["status"], tie["end_year"]) == ("suspended", 2022)
    assert any(name.startswith("page:news.example-") for name in tie["sources"])


def test_wikidata_s_end_counts_only_after_its_start(small: World) -> None:
    dated = "wikidata12k_dated"
    records, _ = small.read(
        world.listed(1, 2, dated, f"1992,{dated},", "1992") + world.listed(5, 7, dated, f"2004,{dated},", "2016")
    )
    assert records["status"].to_list() == ["active", "ended"]
    assert records["end_year"].to_list() == [pd.NA, 2016]


def test_a_tie_that_left_the_lists_is_delisted_unless_it_ended(small: World) -> None:
    records, _ = small.read(
        world.listed(1, 2, "data", delisted=True) + world.listed(1, 5, "data", delisted=True),
        status="Chicago|IL,USA,Moscow,RUS,ended,,x,\n",
    )
    assert records.set_index("key_b")["status"].to_dict() == {"G2": "delisted", "G5": "ended"}


def test_one_older_list_alone_is_thin(small: World) -> None:
    records, _ = small.read(
        world.listed(1, 2, "data") + world.listed(1, 5, "wiki") + world.listed(1, 6, "data|wikidata12k_dated")
    )
    assert records.set_index("key_b")["thin"].to_dict() == {"G2": True, "G5": False, "G6": False}


def test_pairs_of_a_club_are_no_ties(small: World) -> None:
    records, _ = small.read(
        world.listed(12, 13) + world.listed(12, 14),
        row("Alfa,FR", "Beta,IT", "1991"),
        clubs="Club,Alfa,FRA,x\nClub,Beta,ITA,x\n",
    )
    assert records["key_b"].to_list() == ["G14"]
    dropped = {reason: count for step in small.report.steps for reason, count in step.dropped.items()}
    assert dropped["pairs of one multilateral club (Club)"] == 1
    assert dropped["joining a multilateral club"] == 1


def test_a_county_that_is_its_city_s_government_gives_one_tie(small: World) -> None:
    county = (
        "Honolulu County,USA,21.4,-157.9,,,region,city,Hiroshima,JPN,34.4,132.45,,11,,,,,False,False,data,WQ4,G11\n"
    )
    records, _ = small.read(county + world.listed(10, 11, "wiki"))
    tie = only(records)
    assert (tie["key_a"], tie["key_b"], tie["sources"]) == ("G10", "G11", ["enwiki_2026", "wikidata_2022"])


def test_a_place_known_by_hand_only_stands_at_its_seat_with_its_level(small: World) -> None:
    _, places = small.read("", row("King County|WA,US", OSAKA, "1990"))
    place = places.set_index("key").loc["RUS:king"]
    assert place["name"].to_list() == ["King County", "King County"]
    assert place[["latitude", "level"]].drop_duplicates().to_numpy().tolist() == [[47.6, "region"]]


def test_a_ward_in_brackets_is_a_district_of_its_city(small: World) -> None:
    ward = "Wedding (Berlin),DEU,52.5,13.4,,,city,city,Osaka,JPN,34.69,135.5,,7,,,,,True,False,wiki,NDE:wedding,G7\n"
    _, places = small.read(ward)
    assert places.set_index("key").at["NDE:wedding", "level"] == "district"


def test_a_district_written_two_ways_is_one_place(small: World) -> None:
    other = "Berlin – Mitte,DEU,52.5,13.4,,,district,city,Osaka,JPN,34.7,135.5,,7,,,,,True,False,wiki,DDE:b:m,G7\n"
    records, _ = small.read(other + world.listed(16, 7, "data"))
    tie = only(records)
    assert (tie["key_a"], tie["sources"]) == ("DDE:b:m", ["enwiki_2026", "wikidata_2022"])


def test_a_row_without_a_place_is_counted_and_named(small: World) -> None:
    records, _ = small.read(world.listed(1, 2), row(CHICAGO, "Atlantis,ES", "1990"))
    assert len(records) == 1
    step = next(step for step in small.report.steps if "locate" in step.name)
    assert step.dropped == {"without a place for an end": 1}
    assert "Atlantis (ESP)" in step.notes[0]


def test_an_unknown_list_stops_the_build_by_name(small: World) -> None:
    with pytest.raises(read.SourceError, match=r"tie_lists\.csv.*newlist"):
        small.read(world.listed(1, 2, "newlist"))


def test_a_correction_of_no_tie_stops_the_build_by_name(small: World) -> None:
    with pytest.raises(read.SourceError, match=r"tie_corrections\.csv.*Osaka-Warsaw"):
        small.read(world.listed(1, 2), corrections="Osaka,JPN,Warsaw,POL,,,drop,,x\n")


def test_corrections_drop_pairs_change_kinds_and_leave_notes(small: World) -> None:
    fixes = (
        "Chicago,USA,Moscow,RUS,,,drop,,x\nChicago,USA,Osaka,JPN,sister_city,1990,kind,friendship,x\n"
        "Chicago,USA,Warsaw,POL,,,note,look twice,x\n"
    )
    records, _ = small.read(world.listed(1, 5) + world.listed(1, 6), row(CHICAGO, OSAKA, "1990"), corrections=fixes)
    assert records.set_index("key_b")["kind"].to_dict() == {"G6": "sister", "G7": "friendship"}
    assert records.set_index("key_b").at["G6", "note"] == "look twice"


def test_the_table_has_the_columns_of_the_model_and_ends_in_alphabetical_order(small: World) -> None:
    table = small.finish(
        *small.read(world.listed(8, 7), row("Melbourne,AU", OSAKA, "1972", "sister_port")),
        ids={"G7": "osaka-jp", "G8": "melbourne-au"},
    )
    assert table.columns.to_list() == TIES.columns
    assert table["tie_id"].to_list() == ["melbourne-au/osaka-jp/agreement", "melbourne-au/osaka-jp/sister"]
    assert table["issues"].to_list() == [["mobility"], []]
    assert table["distance_km"].to_list() == [8120.6, 8120.6]
    assert table["reuse"].to_list() == ["open", "open"]


def test_a_tie_of_two_members_of_one_club_is_the_club() -> None:
    table = pd.DataFrame({"tie_id": ["x", "y"], "city_a": ["a", "a"], "city_b": ["b", "c"]})
    members = pd.DataFrame({"network_id": ["club", "club", "other"], "city_id": ["a", "b", "c"]})
    report = Report()
    assert ties.outside_clubs(table, members, ("club",), report)["tie_id"].to_list() == ["y"]
    assert report.steps[-1].dropped == {"pairs of one multilateral club": 1}


def test_only_cross_border_city_ties_that_are_not_thin_are_core(small: World) -> None:
    county = row("King County|WA,US", OSAKA, "1990")
    table = small.finish(*small.read(world.listed(1, 3) + world.listed(1, 2, "data") + world.listed(1, 5), county))
    core = dict(zip(table["tie_id"], table["core"], strict=True))
    assert core == {"g1/g2/sister": False, "g1/g3/sister": False, "g1/g5/sister": True, "g7/rus-king/sister": False}
    assert table.set_index("tie_id")["domestic"].to_dict()["g1/g3/sister"]


def test_places_that_became_one_city_join_their_ties(small: World) -> None:
    records, places = small.read(
        world.listed(3, 4, "wiki") + world.listed(9, 4, "data") + world.listed(3, 9, "wiki"),
        row("Toledo|OH,US", "Toledo,ES", "1931"),
    )
    table = small.finish(records, places, ids={"G3": "toledo-us", "G9": "toledo-us"})
    tie = only(table)
    assert (tie["tie_id"], tie["start_year"], tie["evidence"], tie["thin"]) == ("g4/toledo-us/sister", 1931, 3, False)
    assert small.report.steps[-1].dropped == {"of which both ends are one city": 1, "the same cities and kind": 1}


def test_a_place_without_a_city_stops_the_build_by_name(small: World) -> None:
    records, places = small.read(world.listed(1, 2))
    with pytest.raises(read.SourceError, match="G2"):
        small.finish(records, places.loc[places["key"].ne("G2")])
