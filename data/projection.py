"""The house projection: Equal Earth (Šavrič, Patterson, Jenny 2018), cut opposite its centre; and a globe."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer

Floats = npt.NDArray[np.float64]
CENTRES: dict[str, float] = {"atlantic": 11.0, "pacific": 160.0}
EARTH_RADIUS_KM = 6371.0088
SPACING_KM, TOLERANCE_KM, FINE_KM, COARSE_KM = 300.0, 90.0, 12.0, 20.0


@dataclass(frozen=True)
class Projection:
    """Equal Earth around a central meridian; planar coordinates in km, x to the east, y to the north."""

    name: str
    centre: float
    km_per_unit: float = 1.0

    def turned(self, longitude: Floats) -> Floats:
        """Longitudes counted from the centre, in [-180, 180)."""
        return (longitude - self.centre + 180.0) % 360.0 - 180.0

    def plane(self, turned: Floats, latitude: Floats) -> Floats:
        """Coordinates in km, shape (n, 2), of longitudes counted from the centre."""
        x, y = _transformer().transform(turned, latitude)
        return np.column_stack([x, y])

    def points(self, longitude: Floats, latitude: Floats) -> Floats:
        """Coordinates in km, shape (n, 2), of geographic points in degrees."""
        return self.plane(self.turned(longitude), latitude)

    def shapes(self, shapes: gpd.GeoSeries, step: float = 2.0) -> gpd.GeoSeries:
        """Polygons or lines (EPSG:4326) cut at the edge of the map, made dense every `step` degrees, in km."""
        turned = [_cut(shape, self.centre) for shape in shapes]
        dense = shapely.segmentize(np.array(turned, dtype=object), step)
        plane = shapely.transform(dense, lambda xy: self.plane(xy[:, 0], xy[:, 1]))
        return gpd.GeoSeries(plane, index=shapes.index)

    def rounded(self, plane: Floats) -> npt.NDArray[Any]:
        """Coordinates as they are sent: whole km."""
        return plane.round().astype(int)

    def path(self, arc: Floats, tolerance: float) -> list[npt.NDArray[Any]]:
        """A great circle of degrees, shape (n, 2), as it is drawn: cut at the edge of the map, only needed points.

        `tolerance` is in km. Points between the ends are rounded to COARSE_KM, which packs better.
        """
        turned = np.column_stack([self.turned(arc[:, 0]), arc[:, 1]])
        pieces = []
        for piece in split(turned):
            line = shapely.LineString(self.plane(piece[:, 0], piece[:, 1])).simplify(tolerance)
            points = self.rounded(shapely.get_coordinates(line))
            points[1:-1] = (points[1:-1] / COARSE_KM).round() * COARSE_KM
            pieces.append(points)
        return pieces

    def outline(self) -> shapely.Polygon:
        """The edge of the map, in km."""
        latitude = np.linspace(-90, 90, 91)
        east = self.plane(np.full(91, 180.0), latitude)
        west = self.plane(np.full(91, -180.0), latitude[::-1])
        return shapely.Polygon(np.vstack([east, west]))


class Globe(Projection):
    """The Earth as a ball: coordinates stay longitude and latitude in degrees, and nothing is cut."""

    def turned(self, longitude: Floats) -> Floats:
        """Longitudes in [-180, 180)."""
        return (longitude + 180.0) % 360.0 - 180.0

    def plane(self, turned: Floats, latitude: Floats) -> Floats:
        """Degrees, shape (n, 2)."""
        return np.column_stack([turned, latitude])

    def rounded(self, plane: Floats) -> npt.NDArray[Any]:
        """Coordinates as they are sent: hundredths of a degree, about a km."""
        return plane.round(2)

    def path(self, arc: Floats, tolerance: float) -> list[npt.NDArray[Any]]:
        """A great circle of degrees, shape (n, 2), with every second point: chords of at most 600 km.

        Longitudes go on beyond ±180, for a jump would be drawn round the ball. Points between the ends are rounded to
        a tenth of a degree.
        """
        smooth = np.column_stack([np.unwrap(arc[:, 0], period=360), arc[:, 1]])
        points = self.rounded(np.vstack([smooth[:-1:2], smooth[-1:]]))
        points[1:-1] = points[1:-1].round(1)
        return [points]

    def outline(self) -> shapely.Polygon:
        """The whole ball, in degrees."""
        return shapely.segmentize(shapely.box(-180, -90, 180, 90), 5.0)


@lru_cache
def _transformer() -> Transformer:
    sphere = f"+proj=eqearth +R={EARTH_RADIUS_KM}"
    return Transformer.from_pipeline(f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step {sphere}")


def projection(name: str) -> Projection:
    """The projection of that name, a key of PROJECTIONS in data/words.py."""
    return Globe(name, 0.0, 111.2) if name == "globe" else Projection(name, CENTRES[name])


def city_ends(cities: gpd.GeoDataFrame, one: pd.Series, other: pd.Series) -> Floats:
    """Longitude and latitude in degrees of two series of city ids, shape (n, 4)."""
    place = cities.set_index("city_id").geometry
    a, b = place.loc[one], place.loc[other]
    return np.column_stack([a.x, a.y, b.x, b.y])


def paths(ends: Floats, plane: Projection, tolerance: float = TOLERANCE_KM) -> list[list[npt.NDArray[Any]]]:
    """For each pair of ends its great circle as it is drawn, in one piece, or two where it leaves the map.

    `ends` has shape (n, 4): longitude and latitude of both ends in degrees; a piece has shape (m, 2) and keeps within
    `tolerance` km of the great circle.
    """
    points = (distance_km(ends.reshape(-1, 4)) // SPACING_KM + 2).astype(int)
    drawn: list[list[npt.NDArray[Any]]] = [[]] * len(ends)
    for count in np.unique(points):
        rows = np.flatnonzero(points == count)
        for row, arc in zip(rows, great_circles(ends[rows], int(count)), strict=True):
            drawn[row] = plane.path(arc, tolerance)
    return drawn


def _cut(shape: shapely.Geometry, centre: float) -> shapely.Geometry:
    """The shape with longitudes counted from the centre, in parts on either side of the cut."""
    parts = []
    for shift in (-360.0, 0.0, 360.0):
        moved = shapely.transform(shape, lambda xy, by=shift: xy + np.array([by - centre, 0.0]))
        part = shapely.clip_by_rect(moved, -180.0, -90.0, 180.0, 90.0)
        if not part.is_empty:
            parts.append(part)
    return shapely.union_all([shapely.make_valid(part) for part in parts])


def great_circles(ends: Floats, points: int) -> Floats:
    """Points along great circles.

    `ends` has shape (n, 4): longitude and latitude of both ends in degrees; the result has shape (n, points, 2).
    Spherical linear interpolation (Shoemake 1985); antipodes go over an arbitrary meridian.
    """
    longitude, latitude = np.radians(ends[:, ::2]), np.radians(ends[:, 1::2])
    xyz = np.stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], -1)
    angle = np.arccos(np.clip((xyz[:, 0] * xyz[:, 1]).sum(-1), -1, 1))[:, None, None]
    along = np.linspace(0, 1, points)[None, :, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        first, second = np.sin((1 - along) * angle) / np.sin(angle), np.sin(along * angle) / np.sin(angle)
    near = angle < 1e-9
    first, second = np.where(near, 1 - along, first), np.where(near, along, second)
    path = first * xyz[:, :1] + second * xyz[:, 1:]
    turned = [np.arctan2(path[..., 1], path[..., 0]), np.arcsin(np.clip(path[..., 2], -1, 1))]
    degrees: Floats = np.degrees(np.stack(turned, -1))
    return degrees


def distance_km(ends: Floats) -> Floats:
    """Great-circle distances in km of ends with shape (n, 4), by the haversine formula (Sinnott 1984)."""
    lon_a, lat_a, lon_b, lat_b = np.radians(ends).T
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distance


def split(path: Floats) -> list[Floats]:
    """A path of turned longitudes and latitudes, shape (n, 2), cut where it leaves the map at ±180 degrees."""
    jumps = np.flatnonzero(np.abs(np.diff(path[:, 0])) > 180.0).tolist()
    parts, start = [], 0
    rest = path
    for jump in jumps:
        before, after = rest[jump - start], rest[jump - start + 1]
        edge = np.copysign(180.0, before[0])
        beyond = after[0] + 2 * edge
        share = (edge - before[0]) / (beyond - before[0]) if beyond != before[0] else 0.0
        latitude = before[1] + share * (after[1] - before[1])
        parts.append(np.vstack([rest[: jump - start + 1], [edge, latitude]]))
        rest = np.vstack([[-edge, latitude], rest[jump - start + 1:]])
        start = jump
    return [*parts, rest]
