"""The rows of the lists of ties as they write them: names, states, coordinates; the evidence for names and places."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from data.build import order, read
from data.build.codes import country_codes, country_of
from data.build.gazetteer import Gazetteer
from data.spelling import fold

SIDES = ("a", "b")
END = ["name", "country", "state", "latitude", "longitude", "item"]
COLUMNS = ["source", "line", *(f"{part}_{side}" for side in SIDES for part in END)]
PAGES = ("pages", "europe", "americas", "asia_africa", "world")
LISTS = "ties"
_STATE = r"(?:, |\()([^,()]+)\)?$"


def rows(sources_dir: Path) -> pd.DataFrame:
    """Every row of every list: COLUMNS; `line` counts its rows from 0, country is ISO3 or missing, points in degrees.

    Raises:
        SourceError: a file or column is missing.
    """
    iso3 = country_codes(sources_dir)
    folder = sources_dir / LISTS
    frames = [_wikipedia_2026(folder), _wikipedia_2023(folder), _wikipedia_2013(folder), _wikidata_2022(folder),
              _wikidata_2017(folder), _wikidata_2016(folder), _sistercity_info(folder), _register(folder),
              _wikipedia_2014(folder), _pages(folder)]
    numbered = [frame.assign(line=range(len(frame))).reindex(columns=COLUMNS) for frame in frames]
    found = pd.concat(numbered, ignore_index=True)
    text = [column for column in COLUMNS if not column.startswith(("line", "latitude", "longitude"))]
    found = found.astype(dict.fromkeys(text, "str"))
    for side in SIDES:
        countries = country_of(found[f"country_{side}"], iso3)
        found[f"country_{side}"] = found[f"country_{side}"].map(countries).astype("str")
        for part in ("latitude", "longitude"):
            found[f"{part}_{side}"] = pd.to_numeric(found[f"{part}_{side}"], errors="coerce")
        states = found[f"name_{side}"].str.extract(_STATE)[0]
        found[f"state_{side}"] = found[f"state_{side}"].fillna(states)
    return found


def _wikipedia_2026(folder: Path) -> pd.DataFrame:
    pair = ["city1", "country1", "city2", "country2"]
    listed = read.csv(folder / "hekman_twincities/twin_cities_raw.csv", pair)
    placed = read.csv(folder / "hekman_twincities/twin_cities.csv", [*pair, "lat1", "lng1", "lat2", "lng2"])
    joined = listed.merge(placed.drop_duplicates(pair), on=pair, how="left")
    return _named(joined, "enwiki_2026", [["city1", "country1", "lat1", "lng1"], ["city2", "country2", "lat2", "lng2"]],
                  ["name", "country", "latitude", "longitude"])


def _wikipedia_2023(folder: Path) -> pd.DataFrame:
    columns = ["city", "country", "sister_city", "sister_country"]
    listed = read.csv(folder / "kompot_wikipedia_2023/sister_cities.csv", columns)
    return _named(listed, "enwiki_2023", [columns[:2], columns[2:]], ["name", "country"])


def _wikipedia_2013(folder: Path) -> pd.DataFrame:
    columns = ["City1", "Country1", "City2", "Country2"]
    listed = read.csv(folder / "senickel_bsr_2013/dyads.csv", columns, sep=";")
    return _named(listed, "enwiki_2013", [columns[:2], columns[2:]], ["name", "country"])


def _wikipedia_2014(folder: Path) -> pd.DataFrame:
    listed = read.csv(folder / "fozy81_uk_2014/twins.csv", ["townUK", "latuk", "lonuk", "town"])
    listed = listed.assign(country="United Kingdom", far=None, lat=None, lon=None)
    return _named(listed, "enwiki_2014", [["townUK", "country", "latuk", "lonuk"], ["town", "far", "lat", "lon"]],
                  ["name", "country", "latitude", "longitude"])


def _wikidata_2022(folder: Path) -> pd.DataFrame:
    pairs = read.csv(folder / "ursino_wikidata_p190/edges.csv", ["qid_a", "qid_b"])
    return _of_items(folder, pairs, "wikidata_2022")


def _wikidata_2016(folder: Path) -> pd.DataFrame:
    pairs = pd.read_csv(folder / "l3viathan_wikidata_2016/relations.tsv", sep="\t", names=["qid_a", "qid_b"], dtype=str)
    return _of_items(folder, pairs, "wikidata_2016")


def _of_items(folder: Path, pairs: pd.DataFrame, source: str) -> pd.DataFrame:
    nodes = read.csv(folder / "ursino_wikidata_p190/nodes.csv", ["qid", "lon", "lat", "country", "label"])
    nodes = nodes.rename(columns={"qid": "item", "lon": "longitude", "lat": "latitude", "label": "name"})
    towns = _towns(folder)
    known = pd.concat([nodes, towns[towns["item"].notna()]]).drop_duplicates("item").set_index("item")
    ends = [known.reindex(pairs[f"qid_{side}"]).reset_index().add_suffix(f"_{side}") for side in SIDES]
    return pd.concat(ends, axis=1).assign(source=source)


def _wikidata_2017(folder: Path) -> pd.DataFrame:
    near = ["origincityLabel", "origincountry", "originlat", "originlong"]
    far = ["sistercityLabel", "destination_countryLabel", "destinationlat", "destinationlong"]
    paths = sorted((folder / "rogorido_eu_wikidata/country").glob("*.tsv"))
    listed = pd.concat([read.csv(path, near + far, sep="\t", on_bad_lines="skip") for path in paths])
    return _named(listed, "wikidata_2017", [near, far], ["name", "country", "latitude", "longitude"])


def _sistercity_info(folder: Path) -> pd.DataFrame:
    listed = read.csv(folder / "pnadel_sistercityinfo/sister_cities.csv", ["country", "city", "sister"])
    listed["far"] = None
    frame = _named(listed, "sistercity_info", [["city", "country"], ["sister", "far"]], ["name", "country"])
    for side in SIDES:
        parts = frame[f"name_{side}"].str.split(", ", n=1)
        frame[f"name_{side}"], frame[f"state_{side}"] = parts.str[0], parts.str[1]
    return frame


def _towns(folder: Path) -> pd.DataFrame:
    path = folder / "siyanapavlova_bulgaria/towns.json"
    towns = pd.DataFrame(json.loads(path.read_text(encoding="utf-8")))
    towns["longitude"], towns["latitude"] = towns["coordinates"].str[0], towns["coordinates"].str[1]
    towns["item"] = towns["id"].where(towns["id"].str.fullmatch(r"Q\d+"))
    return towns[["id", "name", "country", "latitude", "longitude", "item"]]


def _register(folder: Path) -> pd.DataFrame:
    pairs = pd.DataFrame(json.loads((folder / "siyanapavlova_bulgaria/twinning.json").read_text(encoding="utf-8")))
    towns = _towns(folder).drop_duplicates("id").set_index("id")
    ends = [towns.reindex(pairs[column]).reset_index(drop=True).add_suffix(f"_{side}")
            for side, column in zip(SIDES, ("from", "to"), strict=True)]
    return pd.concat(ends, axis=1).assign(source="namrb_2023")


def _pages(folder: Path) -> pd.DataFrame:
    columns = ["city_a", "iso2_a", "city_b", "iso2_b"]
    listed = pd.concat([read.csv(folder / f"curated_dated_{name}/curated_dated.csv", [*columns, "source_url"])
                        for name in PAGES], ignore_index=True)
    frame = _named(listed, "page", [columns[:2], columns[2:]], ["name", "country"])
    for side in SIDES:
        parts = frame[f"name_{side}"].str.split("|", n=1)
        frame[f"name_{side}"], frame[f"state_{side}"] = parts.str[0], parts.str[1]
    return frame


def _named(listed: pd.DataFrame, source: str, ends: list[list[str]], parts: list[str]) -> pd.DataFrame:
    names = {column: f"{part}_{side}" for side, columns in zip(SIDES, ends, strict=True)
             for column, part in zip(columns, parts, strict=True)}
    return listed[list(names)].rename(columns=names).assign(source=source).reset_index(drop=True)


def locate(found: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The rows with `key_a`, `key_b` (of the gazetteer, or missing) and `basis_a`, `basis_b`.

    Basis: `state` (the best-known place of the name in the state the row gives), `point` (next to the coordinates it
    gives), `name` (without either, the best-known place of the name in the country), or missing.
    """
    placed = order.with_states(found, gazetteer)
    for side in SIDES:
        ends = placed[[f"{part}_{side}" for part in END]].set_axis(END, axis=1).drop(columns="item")
        distinct = ends.drop_duplicates()
        read_as = [_locate(gazetteer, *end) for end in distinct.itertuples(index=False, name=None)]
        found_as = pd.DataFrame(read_as, index=distinct.index, columns=["key", "basis"], dtype="object")
        distinct = distinct.join(found_as)
        joined = ends.merge(distinct, how="left", on=list(ends.columns))
        placed[f"key_{side}"], placed[f"basis_{side}"] = joined["key"].to_numpy(), joined["basis"].to_numpy()
    return placed


def _locate(gazetteer: Gazetteer, name: object, country: object, state: object, latitude: float,
            longitude: float) -> tuple[str | None, str | None]:
    if not isinstance(name, str) or not isinstance(country, str):
        return None, None
    if isinstance(state, str) and (country, fold(state)) in gazetteer.states:
        key = gazetteer.find(name, country, state)
        if key:
            return key, "state"
    if not np.isnan(latitude):
        key = gazetteer.near(name, country, latitude, longitude)
        return key, "point" if key else None
    key = gazetteer.find(name, country)
    return key, "name" if key else None
