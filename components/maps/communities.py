"""The communities of cities on the world map: a dot a city, coloured by the largest communities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pydeck as pdk

from components.maps import layers
from components.maps.camera import camera, height
from components.maps.palette import DARK, LIGHT, rgb
from components.maps.records import label_size
from components.maps.world import FULL_WIDTH, Screen, deck
from data.labels import spread
from data.load import Dataset
from data.projection import projection
from data.view import View

ON_DARK = ("#F2A93B", "#56B4E9", "#2FBF8F", "#F5EB6B", "#E86A4A", "#D98BC0", "#7F8CFF", "#FFFFFF")
ON_LIGHT = ("#D98200", "#2E93D1", "#00805E", "#A88F00", "#B83A00", "#B0538A", "#2B3FA8", "#14181F")
"""Okabe and Ito's colours (2008), which the colour-blind tell apart, moved for each ground."""
_SEEN, _GAP = 0.8, 4.0


def colours(dark: bool) -> tuple[str, ...]:
    """Hex colour of each of the largest communities, in their order; all others are grey."""
    return ON_DARK if dark else ON_LIGHT


def communities_map(dataset: Dataset, view: View, screen: Screen, leaders: list[str]) -> pdk.Deck:
    """The deck of the communities, with the names of some cities where they do not touch each other."""
    palette = DARK if screen.dark else LIGHT
    shown = [*map(rgb, colours(screen.dark)), palette.border]
    last = len(shown) - 1
    channels = [" : ".join([*(f"c == {number} ? {colour[channel]}" for number, colour in enumerate(shown[:last])),
                            str(shown[last][channel])]) for channel in range(3)]
    dots = pdk.Layer(
        "ScatterplotLayer", data=layers.asset("communities", view), id="communities", get_position="[x, y]",
        get_radius="r", radius_units="'pixels'", radius_scale=max(0.6, min(screen.width / FULL_WIDTH * 1.5, 1.8)),
        get_fill_color=f"[{', '.join(channels)}, {round(255 * _SEEN)}]", pickable=True, auto_highlight=True)
    names = [] if view.projection == "globe" else [
        layers.name_layer(_names(dataset, view, screen.width, leaders), palette, label_size(screen.width))]
    return deck(view, screen, [layers.land_layer(view, palette), dots, *names])


def _names(dataset: Dataset, view: View, width: int, leaders: list[str]) -> list[dict[str, Any]]:
    """Names of cities as `components.maps.layers.name_layer` takes them, the first ones first."""
    plane, eye = projection(view.projection), camera(view, width)
    cities = dataset.cities_by_id.loc[leaders]
    points = plane.points(cities.geometry.x.to_numpy(), cities.geometry.y.to_numpy())
    pixels = (points - [eye.x, eye.y]) * np.array([1, -1]) * 2.0**eye.zoom
    half = (width / 2, height(width) / 2)
    seen = np.flatnonzero((np.abs(pixels) < half).all(axis=1))
    placed = spread(pixels[seen], cities["name"].iloc[seen].tolist(), label_size(width), np.full(len(seen), _GAP),
                    (-half[0], -half[1], *half), len(seen))
    offset = {"start": (1, 0), "end": (-1, 0), "bottom": (0, -1), "top": (0, 1)}
    records = []
    for name in placed:
        x, y = offset.get(name.anchor) or offset[name.baseline]
        east, north = plane.rounded(points)[seen[name.row]].tolist()
        records.append({"n": cities["name"].iloc[seen[name.row]], "x": east, "y": north, "a": name.anchor,
                        "b": name.baseline, "g": [x * (_GAP + 3), y * (_GAP + 3)]})
    return records
