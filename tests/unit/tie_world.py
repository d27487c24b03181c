"""A small world for the tests of the ties: a gazetteer, a folder of sources and the hand-kept tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.build import gazetteer as gazetteer_module
from data.build.gazetteer import Gazetteer

CITIES = [
    (1, "Chicago", "USA", 41.85, -87.65, 2_700_000, "IL"),
    (2, "Mexico City", "MEX", 19.43, -99.13, 12_000_000, "09"),
    (3, "Toledo", "USA", 41.66, -83.56, 270_000, "OH"),
    (4, "Toledo", "ESP", 39.86, -4.03, 85_000, "54"),
    (5, "Moscow", "RUS", 55.75, 37.62, 10_000_000, "48"),
    (6, "Warsaw", "POL", 52.23, 21.01, 1_700_000, "78"),
    (7, "Osaka", "JPN", 34.69, 135.5, 2_700_000, "32"),
    (8, "Melbourne", "AUS", -37.81, 144.96, 4_900_000, "07"),
    (9, "Toledo", "USA", 44.62, -123.94, 3_500, "OR"),
    (10, "Honolulu", "USA", 21.31, -157.86, 340_000, "HI"),
    (11, "Hiroshima", "JPN", 34.4, 132.45, 1_100_000, "11"),
    (12, "Alfa", "FRA", 48.0, 1.0, 2_000, "11"),
    (13, "Beta", "ITA", 45.0, 9.0, 2_000, "09"),
    (14, "Gamma", "ESP", 40.0, -1.0, 2_000, "60"),
    (15, "Berlin", "DEU", 52.52, 13.4, 3_400_000, "16"),
    (16, "Mitte", "DEU", 52.52, 13.38, 100_000, "16"),
]
TAXONOMY = (
    "ISO 3166-1 Alpha 2-Codes,ISO 3166-1 Alpha 3-Codes,x Alpha2 codes,x Alpha3 codes\n"
    "US,USA,,\nMX,MEX,,\nES,ESP,,\nRU,RUS,,\nPL,POL,,\nJP,JPN,,\nAU,AUS,,\nFR,FRA,,\nIT,ITA,,\nDE,DEU,,\n"
)
LISTS = (
    "code,source_id,folder,title,publisher,address,licence,reuse,family,as_of\n"
    "wiki,enwiki_2026,w,Wiki list,Wikipedia,https://w.example,CC BY-SA,share-alike,wikipedia,2026-02\n"
    "data,wikidata_2022,d,Data list,Wikidata,https://d.example,CC0,open,wikidata,2022\n"
    "wikidata12k_dated,wikidata12k,k,Dated,Wikidata,https://k.example,CC0,open,wikidata,2018\n"
)
KINDS = (
    "word,context,kind,issue,reason\nsister_city,any,sister,,x\npartner_city,any,friendship,,x\n"
    "partner_city,listed,sister,,x\npartner_city,DEU,sister,,x\npartner_city,city.kyoto.jp,friendship,,x\n"
    "friendship_city,any,friendship,,x\ncooperation_agreement,any,agreement,,x\n"
    "sister_port,any,agreement,mobility,x\n"
)
CURATED = {
    "tie_lists.csv": LISTS,
    "tie_kinds.csv": KINDS,
    "issue_areas.csv": "word,code,reason\nculture,culture,x\neconomic,trade,x\n",
    "tie_clubs.csv": "club,name,country,reason\n",
    "tie_places.csv": "name,country,place,seat,level,reason\nHonolulu County,USA,G10,,,x\n"
    "King County|WA,USA,RUS:king,47.6 -122.3,region,x\n",
    "tie_levels.csv": "pattern,country,level,reason\n",
    "tie_years.csv": "city_a,country_a,city_b,country_b,year,basis,reason\n",
    "tie_status.csv": "city_a,country_a,city_b,country_b,status,end_year,reason,source\n",
    "tie_corrections.csv": "city_a,country_a,city_b,country_b,word,year,action,value,reason\n",
    "page_sources.csv": "pattern,family,authority,note,reason\n\\.gov,,official,,x\nmirror,wikipedia,copy,,x\n",
}
MERGED = (
    "city_a,country_a_iso3,lat_a,lon_a,qid_a,geonameid_a,level_a,level_b,city_b,country_b_iso3,lat_b,lon_b,qid_b,"
    "geonameid_b,start_year,start_year_source,start_year_conflict,end_year,in_enwiki_2026,delisted_by_2026,source,"
    "key_a,key_b\n"
)
ROWS = "city_a,iso2_a,city_b,iso2_b,start_year,end_year,tie_kind,topics,source_url\n"
PAGE = "https://city.gov/list"


def gazetteer() -> Gazetteer:
    """Sixteen places, three of them called Toledo."""
    columns = ["geonameid", "name", "country", "latitude", "longitude", "population", "admin1"]
    places = pd.DataFrame(CITIES, columns=columns)
    places["aliases"] = [[] for _ in places.index]
    places["wikidata"] = pd.Series(pd.NA, index=places.index, dtype="str")
    states = pd.DataFrame({"country": [], "code": [], "short": [], "name": []})
    return gazetteer_module.assemble(
        places, pd.DataFrame({"alias": [], "country": [], "geonameid": []}, dtype="str"), states
    )


def listed(
    number_a: int, number_b: int, source: str = "wiki|data", year: str = ",,", end: str = "", delisted: bool = False
) -> str:
    """A row of merged.csv between two places of the gazetteer; `year` is start, source and conflict."""
    a, b = CITIES[number_a - 1], CITIES[number_b - 1]
    return (
        f"{a[1]},{a[2]},{a[3]},{a[4]},,{a[0]},city,city,{b[1]},{b[2]},{b[3]},{b[4]},,{b[0]},{year},{end},"
        f"{'wiki' in source.split('|')},{delisted},{source},G{a[0]},G{b[0]}\n"
    )


def sources(folder: Path, merged: str = "", rows: str = "") -> Path:
    """A folder of sources: merged.csv with these rows, one transcription with these rows, four empty ones."""
    for name in ("pages", "europe", "americas", "asia_africa", "world"):
        part = folder / f"ties/curated_dated_{name}"
        part.mkdir(parents=True)
        (part / "curated_dated.csv").write_text(ROWS + (rows if name == "pages" else ""))
        (part / "SOURCE.md").write_text("Hand transcription (2026-11) of pages.")
    (folder / "ties/merged.csv").write_text(MERGED + merged)
    boundaries = folder / "nations/boundaries"
    boundaries.mkdir(parents=True)
    (boundaries / "hdx_country_taxonomy.csv").write_text(TAXONOMY)
    return folder


def curated(folder: Path, **more: str) -> Path:
    """The hand-kept tables, with further rows by the name of the file without `tie_` and `.csv`."""
    folder.mkdir()
    for name, text in CURATED.items():
        key = name.removesuffix(".csv").removeprefix("tie_")
        (folder / name).write_text(text + more.get(key, ""))
    return folder
