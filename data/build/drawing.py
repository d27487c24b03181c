"""What the browser draws: land, graticule and outline, and tie paths, in each projection, named by content hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import zopfli.gzip

from data.build import science
from data.codes import first_theme
from data.load import Dataset
from data.model import ASSETS_DIR
from data.projection import FINE_KM, TOLERANCE_KM, Floats, Projection, city_ends, paths, projection
from data.tooltip import tie_words
from data.words import KINDS, PROJECTIONS

LAND_TOLERANCE_KM = 20.0
PARTS = ("near", "core", "more", "stated", "dated")
CELL_KM, FAINTEST, SPECK_KM2 = 150.0, 2.0, 900.0


def write(dataset: Dataset) -> dict[str, str]:
    """Write all drawing files into `data/assets/` and return their names by subject, as in `assets.json`.

    Beside a file of ties stands one that ends in `.rows`: for each record the row of the table of ties as it was
    written, so the tables come first.
    """
    ASSETS_DIR.mkdir(exist_ok=True)
    for old in ASSETS_DIR.glob("*.gz"):
        old.unlink()
    names: dict[str, str] = {}
    opacity = opacities(dataset.ties, tie_paths(dataset.cities, dataset.ties, projection("atlantic")))
    for name in PROJECTIONS:
        plane = projection(name)
        shapes = json.dumps(land(dataset.countries, plane), separators=(",", ":"))
        names[f"land-{name}"] = _write(f"land-{name}", shapes)
        names[f"dots-{name}"] = _write(f"dots-{name}", dots(dataset.cities, plane))
        names[f"communities-{name}"] = _write(f"communities-{name}", science.dots(dataset.cities, dataset.countries,
                                                                                   plane))
        for part, lines in tie_parts(dataset.cities, dataset.ties, plane, opacity).items():
            file = names[f"{part}-{name}"] = _write(f"{part}-{name}", "[\n" + ",\n".join(lines.values()) + "\n]")
            _pack(f"{file}.rows", np.array([row for row, _ in lines], np.int32).tobytes())
    (ASSETS_DIR / "assets.json").write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    return names


def _write(name: str, text: str) -> str:
    content = text.encode()
    file = f"{name}.{hashlib.sha256(content).hexdigest()[:10]}.json"
    _pack(file, content)
    return file


def _pack(name: str, content: bytes) -> None:
    (ASSETS_DIR / f"{name}.gz").write_bytes(zopfli.gzip.compress(content, numiterations=5))


def dots(cities: gpd.GeoDataFrame, plane: Projection) -> str:
    """The cities with a core tie as a JSON list of points, from west to east."""
    tied = cities[cities["ties"] > 0].geometry
    points = np.unique(plane.rounded(plane.points(tied.x.to_numpy(), tied.y.to_numpy())), axis=0)
    return json.dumps(points.tolist(), separators=(",", ":"))


def land(countries: gpd.GeoDataFrame, plane: Projection) -> dict[str, Any]:
    """Sea, graticule and countries as GeoJSON in units of the plane; `k` tells them apart."""
    polygons = countries[countries.geometry.notna()]
    tolerance = LAND_TOLERANCE_KM / plane.km_per_unit
    shapes = shapely.coverage_simplify(plane.shapes(polygons.geometry).to_numpy(), tolerance)
    shapes = [_without_specks(shape, SPECK_KM2 / plane.km_per_unit**2) for shape in shapes]
    features = [_feature(plane, "sea", plane.outline()), _feature(plane, "graticule", graticule(plane))]
    features += [_feature(plane, "land", shape, iso3) for iso3, shape in zip(polygons["iso3"], shapes, strict=True)
                 if not shape.is_empty]
    return {"type": "FeatureCollection", "features": features}


def _without_specks(shape: shapely.Geometry, least: float) -> shapely.Geometry:
    """The shape without islands too small to see; of a country of small islands the largest stays."""
    parts = shapely.get_parts(shape)
    area = shapely.area(parts)
    return shapely.MultiPolygon(list(parts[(area >= least) | (area == area.max(initial=0))]))


def graticule(plane: Projection, every: int = 30) -> shapely.Geometry:
    """Meridians and parallels every 30 degrees, in km."""
    latitude, longitude = np.linspace(-90, 90, 91), np.linspace(-180, 180, 91)
    meridians = [plane.plane(plane.turned(np.full(91, float(m))), latitude) for m in range(-180, 180, every)]
    parallels = [plane.plane(longitude, np.full(91, float(p))) for p in range(-60, 61, every)]
    return shapely.MultiLineString([*meridians, *parallels])


def _feature(plane: Projection, kind: str, shape: shapely.Geometry, iso3: str = "") -> dict[str, Any]:
    geometry = json.loads(shapely.to_geojson(shapely.transform(shape, plane.rounded)))
    return {"type": "Feature", "properties": {"k": kind} | ({"c": iso3} if iso3 else {}), "geometry": geometry}


def tie_parts(cities: gpd.GeoDataFrame, ties: pd.DataFrame, plane: Projection,
              opacity: Floats) -> dict[str, dict[tuple[int, int], str]]:
    """Tie paths as lines of JSON by (row of the tie, piece), in four parts and the dated ones of all parts again.

    `stated` has an issue area; the others have none. `near` and `core` are the core ties, the near ones short enough
    to be straight; `more` are all others. `dated` is for the film. A record: `p` path, x and y in turn in units of
    the plane, `y` start year (0 unknown), `e` end year (left out where unknown), `c` category (see `category`), `h`
    theme number (left out where unstated), `o` opacity 0 to 255, `t` the tie in words. A tie that is cut at the edge
    of the map has two pieces.
    """
    drawn, fine = tie_paths(cities, ties, plane), _fine_paths(cities, ties, plane)
    words, codes, theme = tie_words(ties, cities), category(cities, ties), first_theme(ties["issues"])
    start, end = ties["start_year"].fillna(0).to_numpy(int), ties["end_year"].fillna(0).to_numpy(int)
    straight = np.array([len(pieces) == 1 and len(pieces[0]) == 2 for pieces in drawn])
    part = np.select([theme >= 0, ~ties["core"], straight], ["stated", "more", "near"], "core")
    lines: dict[str, dict[tuple[int, int], str]] = {name: {} for name in PARTS}
    for row, pieces in enumerate(drawn):
        for number, piece in enumerate(pieces):
            record = {"p": piece.ravel().tolist(), "y": int(start[row]), "c": int(codes[row]), "o": int(opacity[row]),
                      "t": words[row]}
            record |= {"e": int(end[row])} if end[row] else {}
            record |= {"h": int(theme[row])} if theme[row] >= 0 else {}
            lines[part[row]][row, number] = _compact(record)
            if start[row]:
                lines["dated"][row, number] = _compact(record | {"p": fine[row][number].ravel().tolist()})
    return lines


def _compact(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def category(cities: pd.DataFrame, ties: pd.DataFrame) -> np.ndarray[Any, Any]:
    """What a filter on the graphics card can tell apart, as one integer below 48.

    kind (0 to 2) * 16 + undated * 8 + scope bits (domestic 1, districts or regions 2, thin 4).
    """
    kind = pd.Index(list(KINDS)).get_indexer(pd.Index(ties["kind"]))
    minor = cities.loc[cities["level"] != "city", "city_id"]
    districts = ties["city_a"].isin(minor) | ties["city_b"].isin(minor)
    scope = ties["domestic"] * 1 + districts * 2 + ties["thin"] * 4
    code: np.ndarray[Any, Any] = kind * 16 + (ties["start_year"].isna() * 8 + scope).to_numpy(int)
    return code


def _fine_paths(cities: gpd.GeoDataFrame, ties: pd.DataFrame,
                plane: Projection) -> dict[int, list[np.ndarray[Any, Any]]]:
    """The paths of the dated ties by row, smooth enough to be looked at one by one."""
    dated = np.flatnonzero(ties["start_year"].notna())
    return dict(zip(dated.tolist(), tie_paths(cities, ties.iloc[dated], plane, FINE_KM), strict=True))


def tie_paths(cities: gpd.GeoDataFrame, ties: pd.DataFrame, plane: Projection,
              tolerance: float = TOLERANCE_KM) -> list[list[np.ndarray[Any, Any]]]:
    """For each tie its great circle as it is drawn, in one or two pieces of shape (n, 2)."""
    return paths(city_ends(cities, ties["city_a"], ties["city_b"]), plane, tolerance)


def opacities(ties: pd.DataFrame, paths: list[list[np.ndarray[Any, Any]]]) -> Floats:
    """Opacity 0 to 255 of each tie: less where ties crowd, so that Europe does not burn out while Africa shows.

    The crowd at a tie is the mean number of core ties in the cells of CELL_KM that it visits; opacity falls nearly as
    fast as the crowd grows. Undated ties, those of one source, and those of uncertain place are fainter.
    """
    cells = [np.unique((np.vstack(pieces) // CELL_KM).astype(int) @ [1000, 1]) for pieces in paths]
    core = ties["core"].to_numpy(bool)
    crowd = pd.Series(np.concatenate([cell for cell, counts in zip(cells, core, strict=True) if counts])).value_counts()
    lengths = np.array([len(cell) for cell in cells])
    row = np.repeat(np.arange(len(cells)), lengths)
    mean = np.bincount(row, crowd.reindex(np.concatenate(cells)).fillna(1).to_numpy(), len(cells)) / lengths
    doubts = {0.55: ties["start_year"].isna(), 0.8: ties["evidence"] == 1, 0.5: ties["place"] == "uncertain"}
    faint = np.prod([np.where(doubt, factor, 1.0) for factor, doubt in doubts.items()], axis=0)
    opacity: Floats = np.clip(170 * mean**-0.7 * faint, FAINTEST, 120).round()
    return opacity
