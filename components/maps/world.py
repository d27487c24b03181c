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


class Deck(pdk.Deck):
    """A deck whose JSON has no white space, for it is sent at each filter change."""

    def to_json(self) -> str:
        """The deck as JSON."""
        return orjson.dumps(orjson.loads(super().to_json())).decode()


def height(width: int) -> int:
    """Height in pixels of a map that is `width` pixels wide; Antarctica, which has no city, is cut."""
    return round(width * 0.9 * EARTH_HEIGHT_KM / EARTH_WIDTH_KM)


def world_map(view: View, version: str, dark: bool, width: int) -> pdk.Deck:
    """The deck of a view: layers with fixed ids and a camera that filters do not move, so the reader's place is kept.

    The camera shows the whole Earth in `width` pixels. On a smaller map lines and dots lie closer, so they are fainter
    by as much (deck.gl takes an opacity to the power of 1 / GAMMA).
    """
    palette = DARK if dark else LIGHT
    query = urlencode(view.to_query() | {"data": version}, safe=",")
    strength = round(min(1.0, width / FULL_WIDTH) ** GAMMA, 3)
    zoom = round(math.log2(width / EARTH_WIDTH_KM), 3)
    cities = f"/api/cities/{view.projection}.json?{query}"
    return Deck(
        layers=[land_layer(view, palette), *tie_layers(view, palette, strength), city_layer(cities, palette, strength)],
        views=[pdk.View(type="OrthographicView", controller=True, flipY=False)],
        initial_view_state=pdk.ViewState(target=[0, 800, 0], zoom=zoom, min_zoom=zoom - 0.5, max_zoom=3),
        map_provider=None, tooltip={"text": "{t}"})
