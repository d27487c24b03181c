"""Where the camera stands: the whole Earth or a continent, in each projection, on a map of a given size."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from data.projection import projection
from data.view import View

EARTH_WIDTH_KM, EARTH_HEIGHT_KM = 34_488, 16_786
_BOXES: dict[str, tuple[float, float, float, float]] = {
    "africa": (-19.0, -36.0, 53.0, 38.0), "asia": (30.0, -10.0, 147.0, 56.0), "europe": (-19.0, 35.0, 42.0, 66.0),
    "north-america": (-130.0, 8.0, -58.0, 62.0), "oceania": (112.0, -47.0, 179.0, 2.0),
    "south-america": (-82.0, -56.0, -34.0, 13.0)}
_BALL_PIXELS = 256.0


@dataclass(frozen=True)
class Camera:
    """Centre in units of the plane (degrees on the globe), and pixels per unit as deck.gl has it: 2 to the `zoom`."""

    x: float
    y: float
    zoom: float


def height(width: int, globe: bool = False) -> int:
    """Height in pixels of a map that is `width` pixels wide: the whole Earth."""
    flat = round(width * EARTH_HEIGHT_KM / EARTH_WIDTH_KM)
    return min(round(width * 0.95), flat + 120) if globe else flat


def camera(view: View, width: int) -> Camera:
    """The camera of a view on a map of `width` pixels; filters do not move it, so the reader's place is kept."""
    if view.projection == "globe":
        return _above(view, width)
    if view.camera == "world":
        return Camera(0.0, 0.0, round(math.log2(0.99 * width / EARTH_WIDTH_KM), 3))
    west, south, east, north = _BOXES[view.camera]
    longitude, latitude = np.meshgrid(np.linspace(west, east, 9), np.linspace(south, north, 9))
    plane = projection(view.projection).points(longitude.ravel(), latitude.ravel())
    low, high = plane.min(axis=0), plane.max(axis=0)
    scale = min(width / (high[0] - low[0]), height(width) / (high[1] - low[1]))
    x, y = ((low + high) / 2).round().tolist()
    return Camera(x, y, round(math.log2(scale), 3))


def _above(view: View, width: int) -> Camera:
    """The camera of the globe; deck.gl draws a ball of radius 256 * 2^zoom / pi / cos(latitude) pixels."""
    box = _BOXES.get(view.camera)
    x, y = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else (11.0, 30.0)
    radius = height(width, globe=True) * (0.6 if box is None else 0.95)
    zoom = math.log2(radius / _BALL_PIXELS * math.pi * math.cos(math.radians(y)))
    return Camera(x, y, round(zoom, 3))
