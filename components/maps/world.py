"""The world map of a view: Equal Earth, great-circle ties, cities as lights."""

from __future__ import annotations

import math
from urllib.parse import urlencode

import orjson
import pydeck as pdk

from components import theme
from components.maps.layers import Palette, city_layer, land_layer, rgb, tie_layers
from data.view import View

DARK = Palette(land=(22, 31, 50), border=(48, 62, 92), graticule=(20, 28, 46),
               tie=(110, 178, 255), city=(255, 236, 190), glow=True, themes=tuple(map(rgb, theme.DARK.values())))
LIGHT = Palette(land=(232, 226, 213), border=(206, 198, 180), graticule=(237, 232, 221),
                tie=(24, 74, 140), city=(120, 30, 50), glow=False, themes=tuple(map(rgb, theme.LIGHT.values())))
EARTH_WIDTH_KM, EARTH_HEIGHT_KM = 34_488, 16_786
FULL_WIDTH, GAMMA = 1_400, 2.2
MOST_TIES, MOST_CITIES = 25_600, 16_300


class Deck(pdk.Deck):
    """A deck whose JSON has no white space, for it is sent at each filter change."""

    def to_json(self) -> str:
        """The deck as JSON."""
        return orjson.dumps(orjson.loads(super().to_json())).decode()


def height(width: int) -> int:
    """Height in pixels of a map that is `width` pixels wide; Antarctica, which has no city, is cut."""
    return round(width * 0.9 * EARTH_HEIGHT_KM / EARTH_WIDTH_KM)


def strength(count: int, most: int, width: int) -> float:
    """Opacity, as deck.gl takes it, of `count` ties or cities on a map `width` pixels wide.

    The records hold the opacity that fits all `most` of them on a map of FULL_WIDTH: fewer can be stronger, and on a
    smaller map, where they lie closer, they are fainter. deck.gl takes an opacity to the power of 1 / GAMMA.
    """
    alone = min((most / max(count, 1)) ** 0.4, 12.0)
    return float(round((alone * min(1.0, width / FULL_WIDTH)) ** GAMMA, 3))


def world_map(view: View, version: str, dark: bool, width: int, ties: int, cities: int) -> pdk.Deck:
    """The deck of a view: layers with fixed ids and a camera that filters do not move, so the reader's place is kept.

    The camera shows the whole Earth in `width` pixels. `ties` and `cities` are how many the view has: the fewer, the
    stronger the lines and the larger the dots.
    """
    palette = DARK if dark else LIGHT
    query = urlencode(view.to_query() | {"data": version}, safe=",")
    dots = min((MOST_CITIES / max(cities, 1)) ** 0.25, 4.0)
    zoom = round(math.log2(width / EARTH_WIDTH_KM), 3)
    address = f"/api/cities/{view.projection}.json?{query}"
    return Deck(
        layers=[land_layer(view, palette), *tie_layers(view, palette, strength(ties, MOST_TIES, width)),
                city_layer(address, palette, strength(cities, MOST_CITIES, width), round(dots, 2))],
        views=[pdk.View(type="OrthographicView", controller=True, flipY=False)],
        initial_view_state=pdk.ViewState(target=[0, 800, 0], zoom=zoom, min_zoom=zoom - 0.5, max_zoom=3),
        map_provider=None, tooltip={"text": "{t}"})
