"""Files to take away: what is in them, and what is not."""

from __future__ import annotations

import csv
import io
import json

import geopandas as gpd
import pandas as pd
import pytest

from data import export
from data.load import Dataset


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_csv_joins_lists_and_writes_whole_years_and_nothing_for_the_unknown(small: Dataset) -> None:
    rows = {row["tie_id"]: row for row in _rows(export.csv(small.ties))}
    assert len(rows) == len(small.ties)
    both = rows["chicago-us/mexico-city-mx/agreement"]
    assert (both["start_year"], both["end_year"], both["issues"]) == ("2013", "", "climate;trade")
    assert rows["toledo-es/toledo-us/sister"]["other_years"] == "1930"


def test_csv_gives_points_as_longitude_and_latitude(small: Dataset) -> None:
    cities = {row["city_id"]: row for row in _rows(export.csv(small.cities))}
    assert (cities["suva-fj"]["longitude"], cities["suva-fj"]["latitude"]) == ("178.44", "-18.14")
    assert "geometry" not in cities["suva-fj"]


def test_csv_leaves_outlines_out(small: Dataset) -> None:
    assert set(_rows(export.csv(small.countries))[0]) == {"iso3", "iso2", "name", "region", "continent", "income"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_csv_disarms_what_a_spreadsheet_would_run(text: str) -> None:
    cell = _rows(export.csv(pd.DataFrame({"name": pd.Series([text, "plain"], dtype="str")})))[0]["name"]
    assert cell == "'" + text


def test_csv_disarms_lists_but_keeps_negative_numbers() -> None:
    row = _rows(export.csv(pd.DataFrame({"names": [["=1", "b"]], "number": [-1.5]})))[0]
    assert row == {"names": "'=1;b", "number": "-1.5"}


def test_csv_of_no_rows_is_its_header(small: Dataset) -> None:
    assert export.csv(small.ties.iloc[:0]).decode().strip().split(",") == list(small.ties.columns)


def test_geojson_is_valid_longitude_first_with_null_for_the_unknown(small: Dataset) -> None:
    collection = json.loads(export.geojson(small.cities))
    features = {feature["properties"]["city_id"]: feature for feature in collection["features"]}
    assert collection["type"] == "FeatureCollection"
    assert len(features) == len(small.cities)
    assert features["suva-fj"]["geometry"] == {"type": "Point", "coordinates": [178.44, -18.14]}
    assert features["suva-fj"]["properties"]["geonameid"] is None
    assert features["cologne-de"]["properties"]["aliases"] == ["Colonia", "Köln"]
    assert features["cologne-de"]["properties"]["population"] == 1_080_000


def test_geojson_of_a_row_without_a_place_has_no_geometry(small: Dataset) -> None:
    nowhere = gpd.GeoDataFrame({"name": ["x"]}, geometry=[None], crs="EPSG:4326")
    assert json.loads(export.geojson(nowhere))["features"][0]["geometry"] is None


def test_parquet_keeps_lists_years_and_points(small: Dataset) -> None:
    cities = gpd.read_parquet(io.BytesIO(export.parquet(small.cities)))
    ties = pd.read_parquet(io.BytesIO(export.parquet(small.ties)))
    assert cities.geometry.equals(small.cities.geometry)
    assert ties["start_year"].dtype == "Int64"
    assert [list(cell) for cell in ties["issues"]] == [list(cell) for cell in small.ties["issues"]]


def test_only_free_rows_are_passed_on(small: Dataset) -> None:
    assert set(export.free(small.ties)["reuse"]) == {"open"}
    assert len(export.free(small.ties)) == 18
    assert len(export.free(small.cities)) == len(small.cities)


def test_the_list_of_sources_is_passed_on_whole(small: Dataset) -> None:
    assert len(export.free(small.sources)) == len(small.sources) == 4


def test_the_sources_that_restrict_are_named_with_their_licence(small: Dataset) -> None:
    sources = export.restricted_sources(small, small.ties)
    assert dict(zip(sources["source_id"], sources["licence"], strict=True)) == {
        "list_nc": "CC BY-NC 4.0", "list_unstated": "none stated"}
    assert export.restricted_sources(small, small.cities).empty


def test_file_names_carry_the_version() -> None:
    assert export.name("ties", "2026.11.0", "csv") == "atlas-ties-2026.11.0.csv"
