"""What a still of a view is made of: great circles, dots and names, with sizes in points, before any canvas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from components.maps.palette import Colour, Palette
from components.maps.strand import Lines, circles, strands
from data import between, flows, select
from data.load import Dataset
from data.projection import Floats, city_ends, distance_km, projection
from data.view import View

SCREEN_WIDTH = 980.0
MANY_CITIES, FEW_CITIES = 16_300, 500
_NEAR, _FAR = (0.0,), (0.0, 6.0, 12.0, 20.0, 30.0)
_NAMED = 400


@dataclass(frozen=True)
class Dots:
    """Places: `points` of shape (n, 2) in km, `radius` in points, `colours` of shape (n, 4), RGBA of 0 to 1."""

    name: str
    points: Floats
    radius: Floats
    colours: Floats


@dataclass(frozen=True)
class Names:
    """Names to be placed, the most important first, at `points` in km with a dot of `radius` in points.

    The first `focus` of them are of what the view is about; at most `most` are written, as near to their dots as
    `reach` says, in points beyond the radius: the first distance for all, then the next for those without a place.
    """

    texts: list[str]
    points: Floats
    radius: Floats
    focus: int
    most: int
    reach: tuple[float, ...] = _NEAR


@dataclass(frozen=True)
class Plate:
    """The picture of a view: layers, the one on top last, under names."""

    layers: tuple[Lines | Dots, ...]
    names: Names


def flat(view: View) -> View:
    """The view on a map that can be printed: the globe is unrolled."""
    return view.replace(projection="atlantic") if view.projection == "globe" else view


def plate(dataset: Dataset, view: View, palette: Palette, width: float) -> Plate:
    """What is drawn for a view on a flat map `width` points wide."""
    pictures: dict[str, Callable[[Dataset, View, Palette, float], Plate]] = {
        "flows": _flows, "ties": _ties, "cities": _cities, "networks": _networks}
    return pictures[view.drawn](dataset, flat(view), palette, width / SCREEN_WIDTH)


def _flows(dataset: Dataset, view: View, palette: Palette, scale: float) -> Plate:
    rows = flows.flows(dataset, view)
    weak, strong = rows.query("not strong and country_a != country_b"), rows.query("strong").iloc[::-1]
    ends = flows.ends(dataset, strong)
    near = _ink(palette.tie, 0.62 * np.clip(distance_km(ends) / 2_500, 0.4, 1.0))
    colours = np.where(strong[["within"]].to_numpy(bool), near, _ink(palette.across, 0.46, len(strong)))
    lines = circles("flows", ends, view, colours, 0.23 * scale * np.sqrt(strong["ties"].to_numpy(float)))
    hairlines = _even("hairlines", flows.ends(dataset, weak), view, palette.across, 0.1, 0.25)
    found = flows.countries(dataset, rows)
    focus = found["country"].isin(view.countries).to_numpy()
    found = found.iloc[np.argsort(~focus, kind="stable")]
    points = _points(view, found["longitude"], found["latitude"])
    radius = (0.8 + 0.045 * np.sqrt(found["ties"].to_numpy(float))) * scale
    dots = _dots("countries", points, radius, palette, np.full(len(found), 0.95), np.sort(focus)[::-1])
    return Plate((_lights(dataset, view, palette, 0.2), hairlines, lines, dots),
                 Names(found["name"].tolist(), points, radius, int(focus.sum()), 44))


def _ties(dataset: Dataset, view: View, palette: Palette, scale: float) -> Plate:
    layers: list[Lines | Dots] = list(strands(dataset, view, palette))
    if len(view.cities) == 2:
        rows = between.ties_between(dataset, view)
        rows = rows[~(rows["city_a"].isin(view.cities) | rows["city_b"].isin(view.cities))]
        ends = city_ends(dataset.cities, rows["city_a"], rows["city_b"])
        layers.insert(0, _even("between", ends, view, palette.across, 0.35, 0.6))
    if view.cities or view.countries or view.room:
        layers.insert(0, _lights(dataset, view, palette, 0.08))
    cities = _cities(dataset, view, palette, scale if view.cities or view.room else 0.7 * scale)
    return Plate((*layers, *cities.layers), cities.names)


def _cities(dataset: Dataset, view: View, palette: Palette, scale: float) -> Plate:
    shown, focus = select.cities(dataset, view), view.cities or select.seats(view)
    shown = shown[(shown["ties_shown"] > 0) | shown["city_id"].isin(focus)]
    by = ["population", "ties_shown"] if view.cities else ["ties_shown", "population"]
    shown = _ranked(shown, shown["city_id"].isin(focus), select.certain(dataset, view).loc[shown.index], by)
    ties = shown["ties_shown"].to_numpy(float)
    alone = np.clip((MANY_CITIES / max(len(shown), 1)) ** 0.25, 1.0, 4.0)
    radius = np.minimum((np.sqrt(ties) * 0.25 + 0.06) * alone, 5.0) * scale
    return _placed("cities", shown, view, palette, radius, 0.2 + 0.1 * np.sqrt(ties), 70 if focus else 44)


def _networks(dataset: Dataset, view: View, palette: Palette, scale: float) -> Plate:
    members = select.memberships(dataset, view)
    hubs = dataset.networks.set_index("network_id").loc[list(view.networks), "hub_city"].dropna()
    joined = members.groupby("city_id")["network_id"].nunique()
    shown = dataset.cities[dataset.cities["city_id"].isin(joined.index)]
    shown = shown.assign(joined=shown["city_id"].map(joined))
    focus = shown["city_id"].isin(hubs)
    shown = _ranked(shown, focus, focus, ["joined", "population"])
    count = shown["joined"].to_numpy(float)
    alone = np.clip((MANY_CITIES / max(len(shown), 1)) ** 0.25, 1.0, 4.0)
    radius = np.minimum((np.sqrt(count) * 0.3 + 0.1) * alone, 4.0 if len(view.networks) != 1 else 1.8) * scale
    placed = _placed("members", shown, view, palette, radius, 0.2 + 0.1 * count, 80 if view.networks else 44)
    spokes = members.assign(hub=members["network_id"].map(hubs)).dropna(subset="hub").query("city_id != hub")
    lit = 0.42 * min((200 / max(len(spokes), 1)) ** 0.4, 1.0)
    lines = _even("spokes", city_ends(dataset.cities, spokes["city_id"], spokes["hub"]), view, palette.tie, lit, 0.7)
    return Plate((_lights(dataset, view, palette, 0.08), lines, *placed.layers), placed.names)


def _ranked(shown: pd.DataFrame, focus: pd.Series, stated: pd.Series, by: list[str]) -> pd.DataFrame:
    """Cities in the order in which they are named.

    First those in `focus`; where they are few, those `stated` to belong to the view; the first of each region; the rest
    by rank.
    """
    ranked = shown.assign(focus=focus, stated=stated & (stated.sum() < FEW_CITIES)).sort_values(
        ["focus", "stated", *by], ascending=False, na_position="last")
    leading = ranked["focus"] | ranked["stated"] | ~ranked.duplicated("region")
    return pd.concat([ranked[leading], ranked[~leading]])


def _placed(name: str, shown: pd.DataFrame, view: View, palette: Palette, radius: Floats, lit: Floats,
            most: int) -> Plate:
    """Ranked cities as dots with names; dots are nearly full where they are few."""
    points, focus = _points(view, shown.geometry.x, shown.geometry.y), shown["focus"].to_numpy(bool)
    lit = np.clip(lit, 0.9 if len(shown) < FEW_CITIES else 0.24, 0.95)
    return Plate((_dots(name, points, radius, palette, lit, focus),),
                 Names(shown["name"].tolist()[:_NAMED], points[:_NAMED], radius[:_NAMED], int(focus.sum()), most,
                       _FAR if view.cities or view.networks or view.room else _NEAR))


def _lights(dataset: Dataset, view: View, palette: Palette, lit: float) -> Dots:
    """All cities with a tie as faint lights."""
    tied = dataset.cities[dataset.cities["ties"] > 0].geometry
    return Dots("lights", _points(view, tied.x, tied.y), np.full(len(tied), 0.4), _ink(palette.city, lit, len(tied)))


def _dots(name: str, points: Floats, radius: Floats, palette: Palette, lit: Floats, focus: Floats) -> Dots:
    """Dots of which those in focus are in the other colour, and full; the first is on top."""
    colours = np.where(focus[:, None], _ink(palette.across, 1.0, len(points)), _ink(palette.city, lit))
    return Dots(name, points[::-1], radius[::-1], colours[::-1])


def _even(name: str, ends: Floats, view: View, colour: Colour, lit: float, width: float) -> Lines:
    """Great circles of one colour and width."""
    return circles(name, ends, view, _ink(colour, lit, len(ends)), np.full(len(ends), width))


def _points(view: View, longitude: pd.Series, latitude: pd.Series) -> Floats:
    return projection(view.projection).points(longitude.to_numpy(float), latitude.to_numpy(float))


def _ink(colour: Colour, lit: Floats | float, count: int | None = None) -> Floats:
    """RGBA of 0 to 1 of one colour, shape (n, 4): `lit` is the opacity of each, or of all `count`."""
    opacity = np.asarray(lit, float) if count is None else np.full(count, lit)
    return np.column_stack([np.tile(np.array(colour) / 255, (len(opacity), 1)), opacity])
