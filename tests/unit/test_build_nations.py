"""Countries, pairs of countries and blocs."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from data.build import nations
from data.build.read import SourceError
from data.build.report import Report
from data.model import BLOCS, COUNTRIES, COUNTRY_PAIRS, REUSE, SOURCES

HDX = ("ISO 3166-1 Alpha 2-Codes,ISO 3166-1 Alpha 3-Codes,x Alpha2 codes,x Alpha3 codes,Deprecated,Preferred Term,"
       "Sub-region Name,Intermediate Region Name,World Bank Income Level\n")
LANDS = ["CY,CYP,,,N,Cyprus,Western Asia,,High",
         "TZ,TZA,,,N,Tanzania (United Republic of),Sub-Saharan Africa,Eastern Africa,Low",
         "GI,GIB,,,N,Gibraltar (UK),Southern Europe,,", ",,XK,XKX,N,Kosovo,Southern Europe,,",
         "AN,ANT,,,Y,Antilles,Caribbean,,",
         ",,,AZO,N,Azores Islands,Southern Europe,,"]


def _square(west: float) -> list[list[list[float]]]:
    return [[[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]]


def _folder(tmp_path: Path, lands: list[str]) -> Path:
    folder = tmp_path / "nations/boundaries"
    folder.mkdir(parents=True)
    (folder / "hdx_country_taxonomy.csv").write_text(HDX + "\n".join(lands) + "\n", encoding="utf-8")
    drawn = [("CYP", "Cyprus", 0), ("CYN", "N. Cyprus", 1), ("TZA", "Tanzania", 5), ("XKX", "Kosovo", 8),
             ("KAS", "Glacier", 11)]
    shapes = [{"type": "Feature", "properties": {"iso3": iso3, "name": name},
               "geometry": {"type": "Polygon", "coordinates": _square(west)}} for iso3, name, west in drawn]
    collection = {"type": "FeatureCollection", "features": shapes}
    (folder / "world_50m_un_s0.05.geojson").write_text(json.dumps(collection), encoding="utf-8")
    return tmp_path


def test_countries_have_common_names_and_regions_of_the_united_nations(tmp_path: Path) -> None:
    found = nations.countries(_folder(tmp_path, LANDS), Report())
    assert found.columns.tolist() == COUNTRIES.columns
    assert found.set_index("iso3")["name"].to_dict() == {
        "CYP": "Cyprus", "GIB": "Gibraltar", "TZA": "Tanzania", "XKX": "Kosovo"}
    tanzania = found.set_index("iso3").loc["TZA"]
    assert tanzania[["iso2", "region", "continent"]].tolist() == ["TZ", "Eastern Africa", "Africa"]


def test_northern_cyprus_is_drawn_as_part_of_cyprus_and_a_territory_may_lack_an_outline(tmp_path: Path) -> None:
    report = Report()
    found = nations.countries(_folder(tmp_path, LANDS), report).set_index("iso3").geometry
    assert found["CYP"].area == pytest.approx(2)
    assert found.isna().to_dict() == {"CYP": False, "GIB": True, "TZA": False, "XKX": False}
    assert report.steps[0].dropped == {"drawn as part of SOM and CYP": 1, "without an ISO code: Glacier": 1}


def test_a_region_that_the_atlas_does_not_know_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"region must be one of data/words.py, but Atlantis$"):
        nations.countries(_folder(tmp_path, [*LANDS, "AT,ATL,,,N,Atlantis,Atlantis,,"]), Report())


def _dyads(tmp_path: Path, **columns: list[object]) -> Path:
    (tmp_path / "nations").mkdir()
    base = {"iso3_a": ["AFG"], "iso3_b": ["ALB"], "year": [2000], "allied": [0], "allied_source": ["ATOP5.1"],
            "un_ideal_distance": [0.12345], "n_shared_igos": [None], "n_trade_agreements": [2]}
    frame = pd.DataFrame(base | columns)
    frame.to_parquet(tmp_path / "nations/dyads.parquet")
    return tmp_path


def test_a_value_that_no_source_gives_is_missing_never_false(tmp_path: Path) -> None:
    found = nations.pairs(_dyads(tmp_path, allied_source=[None]), Report())
    assert found.columns.tolist() == COUNTRY_PAIRS.columns
    assert found["allied"].isna().all()
    assert found["shared_igos"].isna().all()
    assert found["un_distance"].tolist() == [0.123]


def test_a_pair_without_any_value_is_dropped_and_counted(tmp_path: Path) -> None:
    report = Report()
    empty = {"allied_source": [None], "un_ideal_distance": [None], "n_trade_agreements": [None]}
    (tmp_path / "nations").mkdir()
    full = {"iso3_a": ["AFG"], "iso3_b": ["ALB"], "allied": [1], "allied_source": ["ATOP5.1"],
            "un_ideal_distance": [1.0], "n_shared_igos": [None], "n_trade_agreements": [1]}
    frame = pd.concat([pd.DataFrame(full | empty | {"year": [1999]}), pd.DataFrame(full | {"year": [2000]})])
    frame.to_parquet(tmp_path / "nations/dyads.parquet")
    found = nations.pairs(tmp_path, report)
    assert found["year"].tolist() == [2000]
    assert report.steps[0].dropped == {"without any value": 1}


def test_the_votes_of_serbia_are_at_serbia_and_not_at_yugoslavia(tmp_path: Path) -> None:
    folder = _dyads(tmp_path, iso3_a=["ALB", "ALB", "USA", "SRB"], iso3_b=["SRB", "YUG", "YUG", "USA"], year=[2020] * 4,
                    allied=[0] * 4, allied_source=["ATOP5.1"] * 4, un_ideal_distance=[None, 0.5, 2.5, None],
                    n_shared_igos=[None] * 4, n_trade_agreements=[1] * 4)
    found = nations.pairs(folder, Report()).set_index(["iso3_a", "iso3_b"])
    assert found["un_distance"].to_dict() == {("ALB", "SRB"): 0.5, ("SRB", "USA"): 2.5}


def test_ends_out_of_order_stop_the_build(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="iso3_a must come before iso3_b"):
        nations.pairs(_dyads(tmp_path, iso3_a=["ZWE"]), Report())


def _blocs(tmp_path: Path, rows: list[str], overrides: list[str]) -> Path:
    (tmp_path / "nations").mkdir()
    head = "bloc,iso3,joined_year,left_year,status,source,note,factbook_2026,check\n"
    (tmp_path / "nations/blocs.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    table = "bloc,iso3,source\n" + "\n".join(overrides) + "\n"
    (tmp_path / "nations/blocs_overrides.csv").write_text(table, encoding="utf-8")
    return tmp_path


def test_a_spell_on_which_sources_differ_says_so(tmp_path: Path) -> None:
    rows = ["ECOWAS,BFA,1975,,member,cow_igo_v3,,not listed,disagrees with Factbook",
            "Commonwealth,GMB,2018,,member,cow_igo_v3+https://rcswales.org/about-commonwealth/,returned,not listed,"]
    found = nations.blocs(_blocs(tmp_path, rows, ["ECOWAS,BFA,x"]), Report())
    assert found.columns.tolist() == BLOCS.columns
    assert found["note"].tolist() == ["returned", "sources differ; the World Factbook of 2026 has: not listed"]
    assert found["sources"].tolist() == [["cow_igo", "page:rcswales"], ["cow_igo"]]


def test_an_override_that_is_not_in_the_list_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"must hold the entries of blocs_overrides.csv, but not .*NATO.*SWE"):
        nations.blocs(_blocs(tmp_path, ["EU,FRA,1958,,member,cow_igo_v3,,member,"], ["NATO,SWE,x"]), Report())


def test_an_unknown_source_of_a_spell_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"must know every source of blocs.csv, but not hearsay$"):
        nations.blocs(_blocs(tmp_path, ["EU,FRA,1958,,member,hearsay,,member,"], []), Report())


def test_every_source_has_a_licence_class(tmp_path: Path) -> None:
    (tmp_path / "nations").mkdir()
    found = nations.sources(tmp_path)
    assert found.columns.tolist() == [column for column in SOURCES.columns if column != "rows"]
    assert set(found["reuse"]) <= set(REUSE)
    assert found["source_id"].is_unique
