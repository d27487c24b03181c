"""The table of cities: one row per real place, with a readable address that does not change."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.ops import nearest_points

from data.build import identity, names, raw, read
from data.build.codes import iso3_codes
from data.build.gazetteer import Gazetteer, distance_km
from data.build.report import Report
from data.model import CITIES
from data.spelling import fold

BORDER_KM, STATE_KM = 50.0, 25.0
FACTS = ["name", "country", "latitude", "longitude"]
LARGE_CITY, TOKYO = 150_000, "G1850147"
STATES_SHOWN = ("AUS", "CAN", "USA")
COUNTS = ("ties", "partners_abroad", "networks")
NUMBERS = ("betweenness", "eigenvector", "connectivity")


def build(places: pd.DataFrame, gazetteer: Gazetteer, sources_dir: Path, countries: gpd.GeoDataFrame,
          report: Report) -> tuple[gpd.GeoDataFrame, pd.Series]:
    """The cities and where each place key went.

    Args:
        places: a row per place key and spelling: key, name, source, country (ISO3), latitude, longitude (degrees),
            geonameid, wikidata, level.
        gazetteer: GeoNames.
        sources_dir: the folder of the sources.
        countries: iso3, region, continent, geometry.
        report: the account of the build.

    Returns:
        The cities in the columns of the model, sorted by id, with the metrics still 0 or missing; and a Series of ids
        with the place key as index (every key of `places`).

    Raises:
        SourceError: a country of a place is not in `countries`, or a place has no point.
    """
    keys = _with_gazetteer(identity.one_per_key(places), places, gazetteer)
    keys = _recoded(keys, countries, gazetteer, report)
    joined = identity.same(keys, gazetteer)
    rows = _with_gazetteer(keys, places, gazetteer, joined)
    report.step("cities: one row per real place", len(keys), len(rows), _lost(keys, joined))
    listed = names.spellings(raw.locate(raw.rows(sources_dir), gazetteer), gazetteer)
    rows["name"] = names.display(rows.reset_index(), listed, gazetteer)
    rows["aliases"] = names.aliases(rows["name"], listed, gazetteer)
    rows = _placed(rows, countries, report)
    rows["city_id"] = slugs(rows, sources_dir)
    rows["admin1"] = _admin1(rows, gazetteer)
    rows["gawc_class"] = _gawc(rows, sources_dir, report)
    ids = keys.index.to_series().replace(joined).map(rows["city_id"]).rename("city_id")
    _note_names(rows, gazetteer, report)
    return _table(rows), ids


def _with_gazetteer(keys: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer,
                    joined: dict[str, str] | None = None) -> pd.DataFrame:
    """The places that remain, those of GeoNames with GeoNames' facts."""
    missing = sorted(set(places["key"]) - set(keys.index))
    if missing:
        raise read.SourceError(f"places: every key must have a point, but {', '.join(missing[:20])}")
    moved = keys.index.to_series().replace(joined or {})
    items = keys["wikidata"].groupby(moved).first()
    known = gazetteer.places.reindex(moved.drop_duplicates())
    inside = known["geonameid"].notna()
    own = keys.reindex(known.index)
    rows = known[FACTS].where(inside, own[FACTS])
    stated = items.reindex(known.index)
    rows["wikidata"] = stated.fillna(known["wikidata"].mask(known["wikidata"].isin(stated)))
    rows["level"] = _levels(keys, moved, gazetteer).reindex(known.index)
    rows["population"] = known["population"].where(known["population"] > 0).astype("Int64")
    rows["geonameid"] = known["geonameid"].astype("Int64")
    rows["state"] = known["admin1"]
    return rows.rename_axis("key")


def _levels(keys: pd.DataFrame, moved: pd.Series, gazetteer: Gazetteer) -> pd.Series:
    """The level of every place that remains: a district if a list has it as a district of a large city.

    Tokyo's special wards are municipalities.
    """
    parents = keys["name"].str.extract(r"^(.+?)(?: [IVXL\d]+)? [\u2013\u2014] ")[0]
    found = [gazetteer.find(parent, country) if isinstance(parent, str) else None
             for parent, country in zip(parents, keys["country"], strict=True)]
    large = [key is not None and gazetteer.place(key).population >= LARGE_CITY and key != TOKYO for key in found]
    inside = moved.isin(gazetteer.places.index)
    level = keys["level"].mask(inside & ~pd.Series(large, index=keys.index), "city")
    ranked = level.map(identity.LEVELS.index).groupby(moved).min()
    return ranked.map(dict(enumerate(identity.LEVELS)))


def _recoded(keys: pd.DataFrame, countries: gpd.GeoDataFrame, gazetteer: Gazetteer, report: Report) -> pd.DataFrame:
    """Places outside GeoNames that lie in another country than the source says take the country they lie in."""
    outlines = countries.set_index("iso3")["geometry"]
    outside = keys[~keys.index.isin(gazetteer.places.index)]
    far = outside[outside_km(outside, outlines) > BORDER_KM]
    points = gpd.GeoDataFrame(far[["name", "country"]], geometry=gpd.points_from_xy(far["longitude"], far["latitude"]),
                              crs=outlines.crs)
    found = points.sjoin(countries[["iso3", "geometry"]], predicate="within")
    found = found[~found.index.duplicated()]
    told = (found["name"] + ": " + found["country"] + " -> " + found["iso3"]).tolist()
    report.step("cities: country of the point", len(keys), len(keys), {}, *told)
    return keys.assign(country=found["iso3"].reindex(keys.index).fillna(keys["country"]))


def _lost(keys: pd.DataFrame, joined: dict[str, str]) -> dict[str, int]:
    new = len({target for target in joined.values() if target not in keys.index})
    return {"the same place under another key": len(joined) - new}


def _placed(rows: pd.DataFrame, countries: gpd.GeoDataFrame, report: Report) -> pd.DataFrame:
    """The rows with region and continent; points that lie outside their country are named in the report."""
    unknown = sorted(set(rows["country"]) - set(countries["iso3"]))
    if unknown:
        raise read.SourceError(f"places: country must be in the countries table, but {', '.join(unknown)}")
    land = countries.set_index("iso3")
    rows = rows.assign(region=rows["country"].map(land["region"]), continent=rows["country"].map(land["continent"]))
    away = outside_km(rows, land["geometry"])
    far = rows[away > BORDER_KM]
    told = [f"{name} ({country}) {km:,.0f} km outside" for name, country, km in
            zip(far["name"], far["country"], away[away > BORDER_KM], strict=True)]
    report.step("cities: points near their country", len(rows), len(rows), {}, *told)
    return rows


def outside_km(rows: pd.DataFrame, outlines: gpd.GeoSeries) -> pd.Series:
    """How far (km) each point (degrees) lies outside its country's outline (index ISO3); 0 without an outline."""
    points = gpd.GeoSeries(gpd.points_from_xy(rows["longitude"], rows["latitude"]), index=rows.index, crs=outlines.crs)
    own = gpd.GeoSeries(rows["country"].map(outlines), index=rows.index, crs=outlines.crs)
    away = pd.Series(0.0, index=rows.index)
    for key in rows.index[own.notna() & ~own.intersects(points)]:
        shore = nearest_points(own[key], points[key])[0]
        away[key] = distance_km(points[key].y, points[key].x, shore.y, shore.x)
    return away


def slugs(rows: pd.DataFrame, sources_dir: Path) -> pd.Series:
    """City ids: name and alpha-2 country; of namesakes the most populous has it bare, the others add a stable number.

    `rows`: index key; name, country, population, geonameid, wikidata, latitude, longitude.
    """
    iso2 = {iso3: code.lower() for code, iso3 in iso3_codes(sources_dir).items()}
    ascii_names = rows["name"].map(fold).str.replace(r"[^a-z0-9]+", "-", regex=True).str.strip("-")
    bare = ascii_names.mask(ascii_names == "", "place") + "-" + rows["country"].map(iso2)
    order = rows.assign(slug=bare, people=rows["population"].fillna(-1)).sort_values(
        ["slug", "people", "geonameid"], ascending=[True, False, True])
    later = order["slug"].duplicated().reindex(rows.index)
    full = bare.mask(later, bare + "-" + _number(rows))
    again = full.duplicated(keep=False) & later
    return full.mask(again, full + "-" + _grid(rows)).rename("city_id")


def _number(rows: pd.DataFrame) -> pd.Series:
    item = rows["wikidata"].str.lower()
    return rows["geonameid"].astype("str").fillna(item).fillna(_grid(rows))


def _grid(rows: pd.DataFrame) -> pd.Series:
    """A hundredth-degree code of the point: `4851n00912e`."""
    north = np.where(rows["latitude"] < 0, "s", "n")
    east = np.where(rows["longitude"] < 0, "w", "e")
    digits = [(rows[column].abs() * 100).round().astype(int).astype(str) for column in ("latitude", "longitude")]
    return digits[0].str.zfill(4) + north + digits[1].str.zfill(5) + east


def _admin1(rows: pd.DataFrame, gazetteer: Gazetteer) -> pd.Series:
    """The state, where it is shown for all of a country or tells namesakes of a country apart."""
    states = read.curated("admin1.csv", ["country", "code", "short", "name"])
    shown = states["short"].where(states["country"].isin(STATES_SHOWN)).fillna(states["name"])
    labels = dict(zip(zip(states["country"], states["code"], strict=True), shown, strict=True))
    twins = pd.DataFrame({"country": rows["country"], "form": rows["name"].map(fold)}).duplicated(keep=False)
    wanted = rows[(twins | rows["country"].isin(STATES_SHOWN)) & rows["level"].ne("region")]
    known = [state if isinstance(state, str) else _state_around(country, latitude, longitude, gazetteer)
             for country, state, latitude, longitude in
             wanted[["country", "state", "latitude", "longitude"]].itertuples(index=False, name=None)]
    own = [labels.get(place) for place in zip(wanted["country"], known, strict=True)]
    return pd.Series(own, index=wanted.index, dtype="str").reindex(rows.index)


def _state_around(country: str, latitude: float, longitude: float, gazetteer: Gazetteer) -> str | None:
    nearest = gazetteer.around(country, latitude, longitude, STATE_KM)
    return gazetteer.place(nearest[0]).admin1 if nearest else None


def _gawc(rows: pd.DataFrame, sources_dir: Path, report: Report) -> pd.Series:
    classes = read.csv(sources_dir / "nations/gawc.csv", ["city", "iso3", "class", "geonameid"])
    classes["geonameid"] = pd.to_numeric(classes["geonameid"]).astype("Int64")
    found = rows["geonameid"].map(classes.drop_duplicates("geonameid").set_index("geonameid")["class"])
    absent = classes.loc[~classes["geonameid"].isin(rows["geonameid"]), "city"].tolist()
    report.step("cities: GaWC classes", len(classes), len(classes) - len(absent), {"not among the cities": len(absent)},
                *([", ".join(absent)] if absent else []))
    return found


def _note_names(rows: pd.DataFrame, gazetteer: Gazetteer, report: Report) -> None:
    known = gazetteer.places["name"].reindex(rows.index)
    changed = int((known.notna() & known.ne(rows["name"])).sum())
    report.step("cities: display names", len(rows), len(rows), {},
                f"{changed:,} differ from GeoNames' name; {sum(map(len, rows['aliases'])):,} other names")


def _table(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(rows["longitude"], rows["latitude"])
    unknown = pd.array([pd.NA] * len(rows), dtype="Int64")
    table = gpd.GeoDataFrame(rows, geometry=points, crs="EPSG:4326").assign(
        **dict.fromkeys(COUNTS, 0), **dict.fromkeys(NUMBERS, np.nan), coreness=unknown, community=unknown)
    return table[CITIES.columns].sort_values("city_id", ignore_index=True)
