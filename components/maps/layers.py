"""The layers of the world map: land, flows, tie paths filtered on the graphics card, cities, members, names."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import pydeck as pdk

from components.maps.palette import Colour, Palette
from data.model import ASSETS_DIR
from data.view import View
from data.words import KINDS

FOREVER = 99_999
PLACE_KEYS = ("issue", "region", "country", "city", "network", "room")
PATH_KEYS = (*PLACE_KEYS, "across", "close", "cut", "to")
_GLOW = {"blendColorOperation": "add", "blendColorSrcFactor": "src-alpha", "blendColorDstFactor": "one"}
_END = "e || 99999"


@lru_cache
def assets() -> dict[str, str]:
    """File names of `data/assets/` by subject."""
    names: dict[str, str] = json.loads((ASSETS_DIR / "assets.json").read_text(encoding="utf-8"))
    return names


def asset(subject: str, view: View) -> str:
    """The address of a static file in the projection of the view."""
    return f"/assets/{assets()[f'{subject}-{view.projection}']}"


def api(what: str, view: View, **more: Any) -> str:
    """The address of what the server makes for a view, in its projection."""
    return f"/api/{what}/{view.projection}.json?{urlencode(view.to_query() | more, safe=',')}"


def land_layer(view: View, palette: Palette) -> pdk.Layer:
    """The outline of the map, graticule and countries."""
    fill = f"properties.k == 'land' ? {_rgba(palette.land)} : {_rgba(palette.sea)}"
    line = f"properties.k == 'graticule' ? {_rgba(palette.graticule)} : {_rgba(palette.border)}"
    return pdk.Layer("GeoJsonLayer", data=asset("land", view), id="land", get_fill_color=fill, get_line_color=line,
                     line_width_units="'pixels'", get_line_width=0.6)


def ground_layer(view: View, touched: int) -> pdk.Layer:
    """Sea and countries again, unseen under the land, to be clicked."""
    return pdk.Layer("GeoJsonLayer", data=asset("land", view), id=f"ground-{touched}", stroked=False,
                     pickable=True)


def dot_layer(view: View, palette: Palette, strength: float) -> pdk.Layer:
    """All cities with a tie as faint lights."""
    return pdk.Layer("ScatterplotLayer", data=asset("dots", view), id="dots", get_position="-", opacity=strength,
                     get_radius=0.6, radius_units="'pixels'", radius_min_pixels=0.5,
                     get_fill_color=_rgba(palette.city, 70))


def flow_layer(address: str, palette: Palette, scale: float) -> pdk.Layer:
    """Flows between countries: width by ties, one colour within a continent and one between continents."""
    channels = ", ".join(f"k ? {within} : {across}"
                         for within, across in zip(palette.tie, palette.across, strict=True))
    return pdk.Layer("PathLayer", data=address, id="flows", get_path="p", position_format="'XY'", get_width="w",
                     width_units="'pixels'", width_scale=scale, width_min_pixels=0.4, get_color=f"[{channels}, o]",
                     pickable=True, auto_highlight=True,
                     highlight_color=_highlight(palette), parameters=_GLOW if palette.glow else {})


def hairline_layer(address: str, palette: Palette) -> pdk.Layer:
    """The many small flows, too thin to be pointed at."""
    return pdk.Layer("PathLayer", data=address, id="hairlines", get_path="p", position_format="'XY'", get_width=0.5,
                     width_units="'pixels'", get_color=_rgba(palette.across, 12 if palette.glow else 16),
                     parameters=_GLOW if palette.glow else {})


def tie_layers(view: View, palette: Palette, strength: float, width: float = 0.8, picks: int = 0) -> list[pdk.Layer]:
    """The tie paths of the view: what a period, kinds and switches leave out is hidden by the graphics card."""
    parts = ["near", "core"] if view.unstated else []
    if view.unstated and (view.domestic or view.districts or view.thin):
        parts.append("more")
    return [_tie_layer(part, view, palette, strength, width, picks) for part in [*parts, "stated"]]


def _tie_layer(part: str, view: View, palette: Palette, strength: float, width: float, picks: int) -> pdk.Layer:
    """One part of the ties; near ones are straight lines, which are cheaper to draw than paths."""
    stated, near = part == "stated", part == "near"
    shape = ({"get_source_position": "[p[0], p[1]]", "get_target_position": "[p[2], p[3]]"} if near
             else {"get_path": "p", "position_format": "'XY'"})
    colour = _by_theme(palette) if stated else f"[{', '.join(map(str, palette.tie))}, o]"
    return pdk.Layer(
        "LineLayer" if near else "PathLayer", data=path_address(part, view), id=f"ties-{part}-{picks}",
        opacity=strength, **shape, get_color=colour, width_units="'pixels'", get_width=width * 1.7 if stated else width,
        pickable=True, auto_highlight=True, highlight_color=_highlight(palette), **_sorted(view),
        parameters=_GLOW if palette.glow else {})


def alive(view: View, start: str = "y") -> dict[str, Any]:
    """How the graphics card keeps what is in force at some time of the period; records have years `start` and `e`."""
    first = 0 if view.undated else 1
    return {"extensions": [{"@@type": "DataFilterExtension", "filterSize": 2}],
            "get_filter_value": f"[{start}, {_END}]",
            "filter_range": [[first, view.to_year or FOREVER], [view.from_year or 0, FOREVER]]}


def _sorted(view: View) -> dict[str, Any]:
    """How the graphics card keeps the ties of a view's period, kinds and switches."""
    return alive(view) | {"extensions": [{"@@type": "DataFilterExtension", "filterSize": 2, "categorySize": 1}],
                          "get_filter_category": "c", "filter_categories": categories(view)}


def film_layer(view: View, palette: Palette, since: int, year: int, fresh: bool) -> pdk.Layer:
    """The ties of known year that began from `since` to `year` and are in the view; `fresh` ones are bold."""
    ends = [year if view.from_year else 0, FOREVER]
    return pdk.Layer(
        "PathLayer", data=path_address("dated", view), id="film-fresh" if fresh else "film", get_path="p",
        position_format="'XY'", get_width=2.4 if fresh else 1.0, width_units="'pixels'", pickable=True,
        get_color=_rgba(palette.across if fresh else palette.tie, 210 if fresh else 55),
        parameters=_GLOW if palette.glow else {}, **_sorted(view) | {"filter_range": [[since, year], ends]})


def path_address(part: str, view: View) -> str:
    """Where the paths of a part are: the static file, or the route that trims it to what the graphics card cannot."""
    keys = PATH_KEYS if view.across else PLACE_KEYS
    query = {key: value for key, value in view.to_query().items() if key in keys}
    if part not in ("stated", "dated"):
        query.pop("issue", None)
    name = assets()[f"{part}-{view.projection}"]
    return f"/api/paths/{name}?{urlencode(query, safe=',')}" if query else f"/assets/{name}"


def categories(view: View) -> list[int]:
    """The category codes (see data/build/drawing.py) that the kinds and switches of a view let through."""
    kinds = [number for number, kind in enumerate(KINDS) if not view.kinds or kind in view.kinds]
    hidden = sum(bit for bit, shown in ((1, view.domestic), (2, view.districts), (4, view.thin)) if not shown)
    return [kind * 16 + undated * 8 + scope for kind in kinds for undated in range(1 + view.undated)
            for scope in range(8) if not scope & hidden]


def place_layer(address: str, palette: Palette, strength: float, scale: float, name: str,
                kept: dict[str, Any] | None = None) -> pdk.Layer:
    """Cities, countries or members as dots of radius `r` pixels; those in focus (`f`) in the other colour."""
    channels = ", ".join(f"f ? {focus} : {plain}" for focus, plain in zip(palette.across, palette.city, strict=True))
    return pdk.Layer(
        "ScatterplotLayer", data=address, id=name, opacity=strength, get_position="[x, y]", get_radius="r",
        radius_scale=scale, radius_units="'pixels'", radius_min_pixels=0.5, radius_max_pixels=16, pickable=True,
        get_fill_color=f"[{channels}, o]", auto_highlight=True, highlight_color=_highlight(palette),
        **(kept or {}))


def thin_layer(name: str, address: str, palette: Palette, colour: Colour, kept: dict[str, Any]) -> pdk.Layer:
    """Great circles of one colour: spokes to a secretariat, ties between two neighbourhoods."""
    return pdk.Layer("PathLayer", data=address, id=name, get_path="p", position_format="'XY'", get_width=1,
                     width_units="'pixels'", get_color=_rgba(colour, 110 if palette.glow else 90),
                     parameters=_GLOW if palette.glow else {}, **kept)


def name_layer(data: str | list[dict[str, Any]], palette: Palette, size: int, name: str = "names") -> pdk.Layer:
    """Names beside their points, with a halo in the colour of the sea."""
    return pdk.Layer(
        "TextLayer", data=data, id=name, get_position="[x, y]", get_text="n", get_size=size, size_units="'pixels'",
        get_color=_rgba(palette.text, 235), get_text_anchor="a", get_alignment_baseline="b",
        get_pixel_offset="g", font_family="'Source Sans, sans-serif'", font_weight=600,
        character_set="'auto'", outline_width=3, outline_color=[*palette.sea, 255],
        font_settings={"sdf": True})


def _highlight(palette: Palette) -> list[int]:
    return [255, 255, 255, 230] if palette.glow else [0, 0, 0, 230]


def _rgba(colour: Colour, alpha: int = 255) -> str:
    return f"[{', '.join(map(str, colour))}, {alpha}]"


def _by_theme(palette: Palette) -> str:
    """The expression of a tie's colour by its theme number `h`."""
    channels = [list(channel) for channel in zip(*palette.themes, strict=True)]
    picks = [" : ".join([*(f"h == {number} ? {value}" for number, value in enumerate(channel[:-1])), str(channel[-1])])
             for channel in channels]
    return f"[{', '.join(picks)}, o * 2]"
