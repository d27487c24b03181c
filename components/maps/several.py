"""The map of several cities: the ties of each in a colour of its own, and all their partners as dots."""

from __future__ import annotations

from dataclasses import replace

import pydeck as pdk

from components.maps import layers
from components.maps.palette import DARK, LIGHT, Palette, rgb
from components.maps.records import label_size
from components.maps.world import Screen, deck, strength
from data.load import Dataset
from data.projection import projection
from data.view import View

_WIDTH, _RADIUS = 1.6, 7


def several_map(dataset: Dataset, view: View, screen: Screen, colours: dict[str, str], ties: int) -> pdk.Deck:
    """The deck of the cities in `colours` (code -> hex), which have so many ties in the view."""
    palette = DARK if screen.dark else LIGHT
    some = view.replace(cities=tuple(colours), picture="ties")
    pinned = {"data": dataset.version}
    lines = [layer for number, (city, colour) in enumerate(colours.items())
             for layer in layers.tie_layers(some.replace(cities=(city,)), _in_one(palette, colour),
                                            strength(ties, screen.width), _WIDTH, number)]
    for layer in lines:
        layer.parameters = {}  # light added to light would turn the colour of one city into that of another
    partners = layers.place_layer(layers.api("cities", some, **pinned), palette, 1.0, 1.0, "cities")
    named = [] if view.projection == "globe" else [layers.name_layer(
        layers.api("names", some, width=str(screen.width), **pinned), palette, label_size(screen.width))]
    return deck(some, screen, [layers.land_layer(some, palette), *lines, partners, _homes(dataset, some, colours),
                               *named])


def _in_one(palette: Palette, colour: str) -> Palette:
    """The palette with ties in one colour, whatever their theme."""
    one = rgb(colour)
    return replace(palette, tie=one, themes=(one,) * len(palette.themes))


def _homes(dataset: Dataset, view: View, colours: dict[str, str]) -> pdk.Layer:
    """The cities themselves, each in its colour."""
    cities = dataset.cities_by_id.loc[list(colours)]
    plane = projection(view.projection)
    points = plane.rounded(plane.points(cities.geometry.x.to_numpy(), cities.geometry.y.to_numpy())).tolist()
    records = [{"p": point, "c": list(rgb(colour)), "t": name}
               for point, colour, name in zip(points, colours.values(), cities["name"], strict=True)]
    return pdk.Layer("ScatterplotLayer", data=records, id="homes", get_position="p", get_radius=_RADIUS,
                     radius_units="'pixels'", get_fill_color="c", pickable=True)
