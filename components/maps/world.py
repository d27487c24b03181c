"""The world map of a view: what it draws, in which order, seen from where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
import pydeck as pdk

from components.maps import layers
from components.maps.camera import camera
from components.maps.palette import DARK, LIGHT, Palette
from components.maps.records import label_size
from data.view import View

FULL_WIDTH, GAMMA = 1_400, 2.2
MOST_TIES, FEW_TIES = 25_600, 200


class Deck(pdk.Deck):
    """A deck whose JSON has no white space, for it is sent at each filter change."""

    def to_json(self) -> str:
        """The deck as JSON."""
        return orjson.dumps(orjson.loads(super().to_json())).decode()


@dataclass(frozen=True)
class Screen:
    """What the reader has: width of the map in pixels, and the ground.

    `clicks` on sea or land and `picks` of anything else are in the names of what was clicked: a new name ends the
    selection, with which Streamlit would dim all else.
    """

    width: int
    dark: bool
    clicks: int = 0
    picks: int = 0


def strength(count: int, width: int) -> float:
    """Opacity, as deck.gl takes it, of `count` ties on a map `width` pixels wide.

    The records hold the opacity that fits all MOST_TIES of them on a map of FULL_WIDTH: fewer can be stronger, and on
    a smaller map, where more than FEW_TIES lie closer, they are fainter. deck.gl takes an opacity to the power of
    1 / GAMMA.
    """
    alone = min((MOST_TIES / max(count, 1)) ** 0.4, 20.0)
    crowd = min(1.0, width / FULL_WIDTH) if count > FEW_TIES else 1.0
    return float(round((alone * crowd) ** GAMMA, 3))


def world_map(view: View, version: str, screen: Screen, ties: int) -> pdk.Deck:
    """The deck of a view that has so many ties: a camera that filters do not move, so the reader's place is kept."""
    palette = DARK if screen.dark else LIGHT
    base = [layers.ground_layer(view, screen.clicks), layers.land_layer(view, palette)]
    return deck(view, screen, [*base, *_picture(view, version, screen, palette, ties)])


def deck(view: View, screen: Screen, drawn: list[pdk.Layer]) -> pdk.Deck:
    """Layers under the camera of a view."""
    eye = camera(view, screen.width)
    if view.projection == "globe":
        views = [pdk.View(type="_GlobeView", controller=True, resolution=5)]
        state = pdk.ViewState(longitude=eye.x, latitude=eye.y, zoom=eye.zoom, min_zoom=eye.zoom - 1, max_zoom=6)
    else:
        views = [pdk.View(type="OrthographicView", controller=True, flipY=False)]
        state = pdk.ViewState(target=[eye.x, eye.y, 0], zoom=eye.zoom,
                              min_zoom=camera(view.replace(camera="world"), screen.width).zoom - 0.5, max_zoom=3)
    more: dict[str, Any] = {"parameters": {"depthCompare": "always"}} if view.projection == "globe" else {}
    return Deck(layers=drawn, views=views, initial_view_state=state, map_provider=None, tooltip={"text": "{t}"}, **more)


def member_layers(view: View, version: str, screen: Screen) -> list[pdk.Layer]:
    """The members of the view's networks, and spokes to their secretariats, in the view's period."""
    palette, kept = DARK if screen.dark else LIGHT, layers.alive(view, "s")
    timeless = view.replace(from_year=None, to_year=None, undated=True)
    members = layers.place_layer(layers.api("members", timeless, data=version), palette, 1.0, _scale(screen), "members",
                                 kept)
    spokes = layers.thin_layer("spokes", layers.api("spokes", timeless, data=version), palette, palette.tie, kept)
    return [spokes, members] if view.networks else [members]


def _scale(screen: Screen) -> float:
    return max(0.6, min(screen.width / 980, 1.8))


def _picture(view: View, version: str, screen: Screen, palette: Palette, ties: int) -> list[pdk.Layer]:
    pinned = {"data": version}
    scale = _scale(screen)
    crowd = min(1.0, screen.width / 980) ** 3
    dots = layers.dot_layer(view, palette, round((0.5 if view.drawn == "flows" else 0.2) * crowd, 3))
    named = [] if view.projection == "globe" else [layers.name_layer(
        layers.api("names", view, width=str(screen.width), **pinned), palette, label_size(screen.width))]
    if view.drawn == "flows":
        countries = layers.place_layer(layers.api("countries", view, **pinned), palette, 1.0, scale, "countries")
        hairlines = layers.hairline_layer(layers.api("hairlines", view, **pinned), palette)
        strong = layers.flow_layer(layers.api("flows", view, **pinned), palette, scale)
        return [dots, hairlines, strong, countries, *named]
    if view.drawn == "networks":
        return [dots, *member_layers(view, version, screen), *named]
    cities = layers.place_layer(layers.api("cities", view, **pinned), palette, 1.0, scale, f"cities-{screen.picks}")
    if view.drawn == "cities":
        return [cities, *named]
    wide = round(0.8 * min(max((2_500 / max(ties, 1)) ** 0.25, 1.0), 2.2), 1)
    lines = layers.tie_layers(view, palette, strength(ties, screen.width), wide, screen.picks)
    if not (view.cities or view.countries or view.room):
        return [*lines, cities]
    around = [layers.thin_layer("between", layers.api("between", view, **pinned), palette, palette.across, {})]
    return [dots, *(around if len(view.cities) == 2 else []), *lines, cities, *named]
