"""The layers of the world map: land, tie paths filtered on the graphics card, and cities."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

import pydeck as pdk

from data.model import ASSETS_DIR
from data.view import View
from data.words import KINDS

Colour = tuple[int, int, int]
FOREVER = 99_999
PLACE_KEYS = ("issue", "region", "country", "city", "network")


@dataclass(frozen=True)
class Palette:
    """The colours of the map on one ground; `themes` in the order of data.words.THEMES."""

    land: Colour
    border: Colour
    graticule: Colour
    tie: Colour
    city: Colour
    themes: tuple[Colour, ...]
    glow: bool


def rgb(colour: str) -> Colour:
    """Red, green and blue, 0 to 255, of a colour such as #1D4F91."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache
def assets() -> dict[str, str]:
    """File names of `data/assets/` by subject."""
    names: dict[str, str] = json.loads((ASSETS_DIR / "assets.json").read_text(encoding="utf-8"))
    return names


def land_layer(view: View, palette: Palette) -> pdk.Layer:
    """The edge of the map, graticule and countries; the sea is the ground of the page."""
    fill = f"properties.k == 'land' ? {_rgba(palette.land)} : [0, 0, 0, 0]"
    line = f"properties.k == 'land' ? {_rgba(palette.border)} : {_rgba(palette.graticule)}"
    return pdk.Layer("GeoJsonLayer", data=f"/assets/{assets()[f'land-{view.projection}']}", id="land", filled=True,
                     stroked=True, get_fill_color=fill, get_line_color=line, line_width_units="'pixels'",
                     get_line_width=0.6, line_width_min_pixels=0.6, pickable=False)


def tie_layers(view: View, palette: Palette, strength: float) -> list[pdk.Layer]:
    """The tie paths of the view: what a period, kinds and switches leave out is hidden by the graphics card."""
    parts = ["near", "core"] if view.unstated else []
    if view.unstated and (view.domestic or view.districts or view.thin):
        parts.append("more")
    return [_tie_layer(part, view, palette, strength) for part in [*parts, "stated"]]


def _tie_layer(part: str, view: View, palette: Palette, strength: float) -> pdk.Layer:
    """One part of the ties; near ones are straight lines, which are cheaper to draw than paths."""
    stated, near = part == "stated", part == "near"
    shape = {"get_source_position": "p[0]", "get_target_position": "p[1]"} if near else {"get_path": "p"}
    colour = _by_theme(palette) if stated else f"[{', '.join(map(str, palette.tie))}, o]"
    blend = {"blendColorOperation": "add", "blendColorSrcFactor": "src-alpha", "blendColorDstFactor": "one"}
    return pdk.Layer(
        "LineLayer" if near else "PathLayer", data=path_address(part, view), id=f"ties-{part}", opacity=strength,
        **shape, get_color=colour, width_units="'common'", get_width=12 if stated else 7,
        width_min_pixels=1.2 if stated else 0.7, width_max_pixels=3, pickable=True, auto_highlight=True,
        highlight_color=[255, 255, 255, 220] if palette.glow else [0, 0, 0, 220],
        extensions=[{"@@type": "DataFilterExtension", "filterSize": 2, "categorySize": 1}],
        get_filter_value="[y, e]", get_filter_category="c",
        filter_range=[[0, view.to_year or FOREVER], [view.from_year or 0, FOREVER]],
        filter_categories=categories(view), parameters=blend if palette.glow else {})


def path_address(part: str, view: View) -> str:
    """Where the paths of a part are: the static file, or the route that trims it to places, networks and issues."""
    query = {key: value for key, value in view.to_query().items() if key in PLACE_KEYS}
    if part != "stated":
        query.pop("issue", None)
    if not query:
        return f"/assets/{assets()[f'{part}-{view.projection}']}"
    return f"/api/paths/{assets()[f'{part}-{view.projection}']}?{urlencode(query, safe=',')}"


def categories(view: View) -> list[int]:
    """The category codes (see data/build/drawing.py) that the kinds and switches of a view let through."""
    kinds = [number for number, kind in enumerate(KINDS) if not view.kinds or kind in view.kinds]
    hidden = sum(bit for bit, shown in ((1, view.domestic), (2, view.districts), (4, view.thin)) if not shown)
    return [kind * 16 + undated * 8 + scope for kind in kinds for undated in range(1 + view.undated)
            for scope in range(8) if not scope & hidden]


def city_layer(address: str, palette: Palette, strength: float, scale: float) -> pdk.Layer:
    """Cities as lights, the area of the dot by the number of ties in the view."""
    return pdk.Layer(
        "ScatterplotLayer", data=address, id="cities", opacity=strength, get_position="[x, y]", get_radius="r",
        radius_scale=scale, radius_units="'common'", radius_min_pixels=0.4, radius_max_pixels=9, pickable=True,
        get_fill_color=f"[{', '.join(map(str, palette.city))}, o]",
        auto_highlight=True, highlight_color=[255, 255, 255, 255] if palette.glow else [0, 0, 0, 255])


def _rgba(colour: Colour, alpha: int = 255) -> str:
    return f"[{', '.join(map(str, colour))}, {alpha}]"


def _by_theme(palette: Palette) -> str:
    """The expression of a tie's colour by its theme number `h`."""
    channels = [list(channel) for channel in zip(*palette.themes, strict=True)]
    picks = [" : ".join([*(f"h == {number} ? {value}" for number, value in enumerate(channel[:-1])), str(channel[-1])])
             for channel in channels]
    return f"[{', '.join(picks)}, o * 2]"
