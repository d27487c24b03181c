"""What the browser draws: land, graticule and outline, and tie paths, in each projection, named by content hash."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.load import Dataset
from data.model import ASSETS_DIR
from data.projection import CENTRES, Floats, Projection, great_circles, projection, split
from data.tooltip import tie_words
from data.words import KINDS, THEME_OF, THEMES

KM_PER_POINT, TOLERANCE_KM, LAND_TOLERANCE_KM = 300.0, 90.0, 20.0
CELL_KM, FAINTEST, SPECK_KM2 = 150.0, 2.0, 900.0


def write(dataset: Dataset) -> dict[str, str]:
    """Write all drawing files into `data/assets/` and return their names by subject, as in `assets.json`.

    Records point to rows of the table of ties as it was written, so the tables come first.
    """
    ASSETS_DIR.mkdir(exist_ok=True)
    for old in ASSETS_DIR.glob("*.json.gz"):
        old.unlink()
    names: dict[str, str] = {}
    for centre in CENTRES:
        plane = projection(centre)
        shapes = json.dumps(land(dataset.countries, plane), separators=(",", ":"))
        names[f"land-{centre}"] = _write(f"land-{centre}", [shapes])
        for part, lines in tie_parts(dataset.cities, dataset.ties, plane).items():
            names[f"{part}-{centre}"] = _write(f"{part}-{centre}", ["[\n", ",\n".join(lines), "\n]"])
    (ASSETS_DIR / "assets.json").write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    return names


def _write(name: str, text: Iterable[str]) -> str:
    content = "".join(text).encode()
    file = f"{name}.{hashlib.sha256(content).hexdigest()[:10]}.json"
    (ASSETS_DIR / f"{file}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    return file


def land(countries: gpd.GeoDataFrame, plane: Projection) -> dict[str, Any]:
    """Sea, graticule and countries as one GeoJSON collection in km; `k` tells them apart."""
    polygons = countries[countries.geometry.notna()]
    shapes = shapely.coverage_simplify(plane.shapes(polygons.geometry).to_numpy(), LAND_TOLERANCE_KM)
    shapes = [_without_specks(shape) for shape in shapes]
    features = [_feature("sea", plane.outline()), _feature("graticule", graticule(plane))]
    features += [_feature("land", shape, iso3) for iso3, shape in zip(polygons["iso3"], shapes, strict=True)
                 if not shape.is_empty]
    return {"type": "FeatureCollection", "features": features}


def _without_specks(shape: shapely.Geometry) -> shapely.Geometry:
    """The shape without islands too small to see; of a country of small islands the largest stays."""
    parts = shapely.get_parts(shape)
    area = shapely.area(parts)
    return shapely.MultiPolygon(list(parts[(area >= SPECK_KM2) | (area == area.max(initial=0))]))


def graticule(plane: Projection, every: int = 30) -> shapely.Geometry:
    """Meridians and parallels every 30 degrees, in km."""
    latitude, longitude = np.linspace(-90, 90, 91), np.linspace(-180, 180, 91)
    meridians = [plane.plane(plane.turned(np.full(91, float(m))), latitude) for m in range(-180, 180, every)]
    parallels = [plane.plane(longitude, np.full(91, float(p))) for p in range(-60, 61, every)]
    return shapely.MultiLineString([*meridians, *parallels])


def _feature(kind: str, shape: shapely.Geometry, iso3: str = "") -> dict[str, Any]:
    geometry = json.loads(shapely.to_geojson(shapely.transform(shape, np.round)))
    return {"type": "Feature", "properties": {"k": kind} | ({"c": iso3} if iso3 else {}), "geometry": geometry}


def tie_parts(cities: gpd.GeoDataFrame, ties: pd.DataFrame, plane: Projection) -> dict[str, list[str]]:
    """Tie paths as lines of JSON, in four parts: `stated` has an issue area; the others have none.

    `near` and `core` are the core ties, the near ones short enough to be straight; `more` are all others.

    A record: `i` row of the tie, `p` path in whole km, `y` start year (0 unknown), `e` end year (99999 unknown),
    `c` category (see `category`), `h` theme number, `o` opacity 0 to 255, `t` the tie in words. A tie that is cut at
    the edge of the map has a record on either side.
    """
    paths = tie_paths(cities, ties, plane)
    opacity = opacities(ties, paths)
    words, codes, theme = tie_words(ties, cities), category(cities, ties), _theme(ties["issues"])
    start, end = ties["start_year"].fillna(0).to_numpy(int), ties["end_year"].fillna(99999).to_numpy(int)
    straight = np.array([len(pieces) == 1 and len(pieces[0]) == 2 for pieces in paths])
    part = np.select([theme >= 0, ~ties["core"], straight], ["stated", "more", "near"], "core")
    lines: dict[str, list[str]] = {name: [] for name in ("near", "core", "more", "stated")}
    for row, pieces in enumerate(paths):
        for piece in pieces:
            record = {"i": row, "p": piece.tolist(), "y": int(start[row]), "e": int(end[row]), "c": int(codes[row]),
                      "h": int(theme[row]), "o": int(opacity[row]), "t": words[row]}
            lines[part[row]].append(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    return lines


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


def _theme(issues: pd.Series) -> np.ndarray[Any, Any]:
    """Number of the theme of the first stated issue area, or -1."""
    order = list(THEMES)
    return issues.map(lambda cell: order.index(THEME_OF[cell[0]]) if len(cell) else -1).to_numpy(int)


def tie_paths(cities: gpd.GeoDataFrame, ties: pd.DataFrame, plane: Projection) -> list[list[np.ndarray[Any, Any]]]:
    """For each tie its great circle in whole km, in one or two pieces of shape (n, 2)."""
    place = cities.set_index("city_id").geometry
    a, b = place.loc[ties["city_a"]], place.loc[ties["city_b"]]
    ends = np.column_stack([a.x, a.y, b.x, b.y])
    points = (ties["distance_km"].to_numpy() // KM_PER_POINT + 2).astype(int)
    paths: list[list[np.ndarray[Any, Any]]] = [[]] * len(ties)
    for count in np.unique(points):
        rows = np.flatnonzero(points == count)
        arcs = great_circles(ends[rows], int(count))
        arcs[..., 0] = plane.turned(arcs[..., 0])
        for row, arc in zip(rows, arcs, strict=True):
            paths[row] = [_simple(plane.plane(piece[:, 0], piece[:, 1])) for piece in split(arc)]
    return paths


def _simple(path: Floats) -> np.ndarray[Any, Any]:
    """The path in whole km with only the points that it needs to stay within the tolerance."""
    simple: np.ndarray[Any, Any] = shapely.get_coordinates(shapely.LineString(path).simplify(TOLERANCE_KM))
    return simple.round().astype(int)


def opacities(ties: pd.DataFrame, paths: list[list[np.ndarray[Any, Any]]]) -> Floats:
    """Opacity 0 to 255 of each tie: less where ties crowd, so that Europe does not burn out while Africa shows.

    The crowd at a tie is the mean number of core ties in the cells of CELL_KM that it visits; opacity falls nearly as
    fast as the crowd grows. Undated ties are fainter than dated ones, and ties of uncertain place fainter still.
    """
    cells = [np.unique((np.vstack(pieces) // CELL_KM).astype(int) @ [1000, 1]) for pieces in paths]
    core = ties["core"].to_numpy(bool)
    crowd = pd.Series(np.concatenate([cell for cell, counts in zip(cells, core, strict=True) if counts])).value_counts()
    lengths = np.array([len(cell) for cell in cells])
    row = np.repeat(np.arange(len(cells)), lengths)
    mean = np.bincount(row, crowd.reindex(np.concatenate(cells)).fillna(1).to_numpy(), len(cells)) / lengths
    faint = np.where(ties["start_year"].isna(), 0.55, 1.0) * np.where(ties["place"] == "uncertain", 0.5, 1.0)
    opacity: Floats = np.clip(170 * mean**-0.7 * faint, FAINTEST, 120).round()
    return opacity
