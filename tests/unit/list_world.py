"""A small world for the tests of names, cities and placement: a gazetteer and a folder of lists of ties."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from data.build.gazetteer import Gazetteer, assemble

CITIES = [
    (1, "Athens", "USA", 33.96, -83.38, 127_000, "GA", ["Athens-Clarke County"]),
    (2, "Athens", "USA", 34.80, -86.97, 25_000, "AL", []),
    (3, "Stonehaven", "GBR", 56.96, -2.21, 10_000, "SCT", []),
    (4, "Köln", "DEU", 50.93, 6.95, 1_000_000, "07", ["Cologne", "Keulen", "Кёльн", "CGN", "koln", "50667"]),
    (5, "Homyel'", "BLR", 52.43, 30.98, 500_000, "02", ["Gomel", "Гомель"]),
    (6, "Asadābād", "AFG", 34.87, 71.15, 48_000, "34", ["Asadabad"]),
    (7, "Huntsville", "USA", 34.73, -86.59, 215_000, "AL", []),
    (8, "Mobile", "USA", 30.69, -88.04, 187_000, "AL", []),
    (9, "Birmingham", "USA", 33.52, -86.80, 200_000, "AL", []),
    (10, "Foley", "USA", 30.41, -87.68, 17_000, "AL", []),
    (11, "Cullman", "USA", 34.17, -86.84, 15_000, "AL", []),
    (12, "Montgomery", "USA", 32.37, -86.30, 200_000, "AL", []),
    (13, "Tuscaloosa", "USA", 33.21, -87.57, 99_000, "AL", []),
    (14, "Newport", "GBR", 51.59, -3.00, 161_000, "WLS", []),
    (15, "Newport", "GBR", 50.70, -1.29, 25_000, "ENG", []),
    (16, "Zürich", "CHE", 47.37, 8.55, 415_000, "ZH", []),
    (17, "Zürich (Kreis 1)", "CHE", 47.372, 8.542, 6_000, "ZH", []),
    (18, "Budapest", "HUN", 47.50, 19.04, 1_700_000, "05", []),
    (19, "Csepel", "HUN", 47.42, 19.07, 76_000, "05", []),
    (20, "San Francisco", "USA", 37.77, -122.42, 827_000, "CA", ["SFO", "Frisco"]),
    (21, "Ciudad de Piedra", "USA", 40.0, -100.0, 9_000, "KS", ["San Francisco"]),
]
STATES = [("USA", "AL", "AL", "Alabama"), ("USA", "GA", "GA", "Georgia"), ("USA", "CA", "CA", "California"),
          ("GBR", "WLS", "", "Wales"), ("GBR", "ENG", "", "England")]
ISO = [("US", "USA", "United States"), ("GB", "GBR", "United Kingdom"), ("DE", "DEU", "Germany"),
       ("BY", "BLR", "Belarus"), ("AF", "AFG", "Afghanistan"), ("CH", "CHE", "Switzerland"), ("HU", "HUN", "Hungary")]
NAMES = ["Preferred Term", "RW Short Name", "English Short", "English Formal", "M49 English", "RW API Alt Term"]
HEADERS = {
    "hekman_twincities/twin_cities_raw.csv": "city1,country1,city2,country2",
    "hekman_twincities/twin_cities.csv": "city1,country1,lat1,lng1,city2,country2,lat2,lng2",
    "kompot_wikipedia_2023/sister_cities.csv": "city,country,sister_city,sister_country",
    "senickel_bsr_2013/dyads.csv": "City1;Country1;City2;Country2",
    "fozy81_uk_2014/twins.csv": "townUK,latuk,lonuk,town",
    "ursino_wikidata_p190/nodes.csv": "qid,lon,lat,country,label",
    "ursino_wikidata_p190/edges.csv": "qid_a,qid_b",
    "rogorido_eu_wikidata/country/x.tsv": "origincityLabel\torigincountry\toriginlat\toriginlong\tsistercityLabel\t"
                                          "destination_countryLabel\tdestinationlat\tdestinationlong",
    "l3viathan_wikidata_2016/relations.tsv": "",
    "pnadel_sistercityinfo/sister_cities.csv": "country,city,sister",
    **{f"curated_dated_{name}/curated_dated.csv": "city_a,iso2_a,city_b,iso2_b,source_url"
       for name in ("pages", "europe", "americas", "asia_africa", "world")},
}
JSON = {
    "siyanapavlova_bulgaria/towns.json": '[{"id": "x", "name": "x", "country": "x", "coordinates": [0, 0]}]',
    "siyanapavlova_bulgaria/twinning.json": '[{"from": "x", "to": "x"}]',
}


def gazetteer(extra: pd.DataFrame | None = None, wrong: pd.DataFrame | None = None) -> Gazetteer:
    """The gazetteer of CITIES and STATES."""
    columns = ["geonameid", "name", "country", "latitude", "longitude", "population", "admin1", "aliases"]
    places = pd.DataFrame(CITIES, columns=columns).assign(wikidata=pd.Series([None] * len(CITIES), dtype="str"))
    none = pd.DataFrame(columns=["alias", "country", "geonameid"], dtype="str")
    states = pd.DataFrame(STATES, columns=["country", "code", "short", "name"])
    return assemble(places, none if extra is None else extra, states, wrong)


def folder(path: Path, **lists: list[str]) -> Path:
    """A folder of sources; `lists`: rows of a file, by its folder up to the first underscore, `placed`
    (twin_cities.csv) or `nodes` (nodes.csv).
    """
    for name, text in {**HEADERS, **JSON}.items():
        part = {"twin_cities.csv": "placed", "nodes.csv": "nodes"}.get(name.split("/")[1], name.split("_")[0])
        rows = lists.get(part, [])
        target = path / "ties" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join([text, *rows]).lstrip("\n"), encoding="utf-8")
    boundaries = path / "nations/boundaries/hdx_country_taxonomy.csv"
    boundaries.parent.mkdir(parents=True)
    codes = pd.DataFrame(ISO, columns=["ISO 3166-1 Alpha 2-Codes", "ISO 3166-1 Alpha 3-Codes", NAMES[0]])
    columns = [*codes.columns, *NAMES[1:], "x Alpha2 codes", "x Alpha3 codes"]
    codes.reindex(columns=columns).to_csv(boundaries, index=False)
    (path / "nations/gawc.csv").write_text("city,iso3,class,geonameid\nCologne,DEU,Beta,4\nNowhere,DEU,Beta,999\n",
                                           encoding="utf-8")
    return path


def place(key: str, name: str, country: str, latitude: float, longitude: float, level: str = "city",
          wikidata: str | None = None, source: str = "enwiki_2026") -> dict[str, object]:
    """A row of a places frame."""
    number = int(key[1:]) if key[1:].isdigit() and key[0] == "G" else None
    return {"key": key, "name": name, "source": source, "country": country, "latitude": latitude,
            "longitude": longitude, "geonameid": number, "wikidata": wikidata, "level": level}


def places(*rows: dict[str, object]) -> pd.DataFrame:
    """A places frame."""
    return pd.DataFrame(rows).astype({"geonameid": "Int64", "wikidata": "str"})


def of_gazetteer(*numbers: int) -> list[dict[str, object]]:
    """Rows of a places frame for places of GeoNames."""
    return [place(f"G{city[0]}", city[1], city[2], city[3], city[4], source="geonames") for city in CITIES
            if city[0] in numbers]


def countries() -> gpd.GeoDataFrame:
    """Every country of ISO as a box around its cities."""
    rows = []
    for _, iso3, _ in ISO:
        points = [(city[4], city[3]) for city in CITIES if city[2] == iso3]
        west, east = min(x for x, _ in points) - 1, max(x for x, _ in points) + 1
        south, north = min(y for _, y in points) - 1, max(y for _, y in points) + 1
        rows.append({"iso3": iso3, "region": "Western Europe", "continent": "Europe",
                     "geometry": box(west, south, east, north)})
    return gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
