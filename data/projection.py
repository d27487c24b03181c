"""The house projection: Equal Earth (Šavrič, Patterson, Jenny 2018), cut at the meridian opposite its centre."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

Floats = npt.NDArray[np.float64]
CENTRES: dict[str, float] = {"atlantic": 11.0, "pacific": 160.0}
EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True)
class Projection:
    """Equal Earth around a central meridian; planar coordinates in km, x to the east, y to the north."""

    name: str
    centre: float

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

    def outline(self) -> shapely.Polygon:
        """The edge of the map, in km."""
        latitude = np.linspace(-90, 90, 91)
        east = self.plane(np.full(91, 180.0), latitude)
        west = self.plane(np.full(91, -180.0), latitude[::-1])
        return shapely.Polygon(np.vstack([east, west]))


@lru_cache
def _transformer() -> Transformer:
    sphere = f"+proj=eqearth +R={EARTH_RADIUS_KM}"
    return Transformer.from_pipeline(f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step {sphere}")


def projection(name: str) -> Projection:
    """The projection of that name, a key of CENTRES."""
    return Projection(name, CENTRES[name])


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
