"""What a still of a view is made of: great circles, dots and names, with sizes in points, before any canvas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from components.maps.palette import Colour, Palette
from data import between, flows, select
from data.load import Dataset
from data.projection import COARSE_KM, FINE_KM, Floats, distance_km, paths, projection
from data.view import View
from data.words import THEME_OF, THEMES

SCREEN_WIDTH = 980.0
MANY_TIES, MANY_CITIES, FEW = 25_600, 16_300, 500
CELL_KM = 150.0


@dataclass(frozen=True)
class Lines:
    """One layer of great circles, the one on top last.

    `paths` holds for each line its pieces of shape (m, 2) in km, two where it is cut at the edge of the map; `colours`
    has shape (n, 4), RGBA of 0 to 1; `widths` are in points.
    """

    name: str
    paths: list[list[Floats]]
    colours: Floats
    widths: Floats


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

    The first `focus` of them are of what the view is about; at most `most` are written.
    """

    texts: list[str]
    points: Floats
    radius: Floats
    focus: int
    most: int


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


def themes(ties: pd.DataFrame) -> Floats:
    """For each tie the number of the theme of its first stated issue area, in the order of THEMES, or -1."""
    order = list(THEMES)
    return ties["issues"].map(lambda cell: order.index(THEME_OF[cell[0]]) if len(cell) else -1).to_numpy(int)


def opacities(ties: pd.DataFrame, drawn: list[list[Floats]]) -> Floats:
    """Opacity 0 to 1 of each tie of a selection: less in a crowd, so that Europe does not burn out; more where few are.

    The crowd at a tie is the mean number of ties in the cells of CELL_KM that it visits. Ties undated, of one source,
    of uncertain place, or in the view only as far as is known, are fainter.
    """
    if not drawn:
        return np.empty(0)
    cells = [np.unique((np.vstack(pieces) // CELL_KM).astype(int) @ [1000, 1]) for pieces in drawn]
    visited, row = np.concatenate(cells), np.repeat(np.arange(len(cells)), [len(cell) for cell in cells])
    _, place, counts = np.unique(visited, return_inverse=True, return_counts=True)
    crowd = np.bincount(row, counts[place], len(cells)) / np.bincount(row, minlength=len(cells))
    doubts = {0.6: ties["start_year"].isna(), 0.8: ties["evidence"] == 1, 0.5: ties["place"] == "uncertain",
              0.45: ~ties["certain"]}
    faint = np.prod([np.where(doubt, factor, 1.0) for factor, doubt in doubts.items()], axis=0)
    alone = min((MANY_TIES / len(ties)) ** 0.4, 12.0)
    return np.clip(0.67 * alone * crowd**-0.7, 0.01, 0.95) * faint


def _flows(dataset: Dataset, view: View, palette: Palette, scale: float) -> Plate:
    rows = flows.flows(dataset, view)
    weak, strong = rows.query("not strong and country_a != country_b"), rows.query("strong").iloc[::-1]
    ends = flows.ends(dataset, strong)
    near = _ink(palette.tie, 0.62 * np.clip(distance_km(ends) / 2_500, 0.4, 1.0))
    colours = np.where(strong[["within"]].to_numpy(bool), near, _ink(palette.across, 0.46, len(strong)))
    lines = Lines("flows", paths(ends, projection(view.projection), FINE_KM), colours,
                  0.23 * scale * np.sqrt(strong["ties"].to_numpy(float)))
    hairlines = _even("hairlines", flows.ends(dataset, weak), view, _ink(palette.across, 0.1, len(weak)), 0.25)
    found = flows.countries(dataset, rows)
    focus = found["country"].isin(view.countries).to_numpy()
    found = found.iloc[np.argsort(~focus, kind="stable")]
    points = _points(view, found["longitude"], found["latitude"])
    radius = (0.8 + 0.045 * np.sqrt(found["ties"].to_numpy(float))) * scale
    dots = _dots("countries", points, radius, palette, np.full(len(found), 0.95), np.sort(focus)[::-1])
    return Plate((_lights(dataset, view, palette, 0.2), hairlines, lines, dots),
                 Names(found["name"].tolist(), points, radius, int(focus.sum()), 44))


def _ties(dataset: Dataset, view: View, palette: Palette, scale: float) -> Plate:
    ties = select.ties(dataset, view)
    ties = ties.iloc[np.lexsort([themes(ties) >= 0, ties["certain"]])]
    ends, theme = _ends(dataset, ties, "city_a", "city_b"), themes(ties)
    drawn = paths(ends, projection(view.projection), FINE_KM if len(ties) < 4_000 else COARSE_KM)
    stated = np.where(theme >= 0, 1.5, 1.0)
    colours = np.array([palette.tie, *palette.themes])[theme + 1] / 255
    lit = np.clip(opacities(ties, drawn) * stated, 0.0, 0.95)
    widths = 0.45 * (MANY_TIES / max(len(ties), 1)) ** 0.12 * stated
    layers = [Lines("ties", drawn, np.column_stack([colours, lit]), widths)]
    if palette.glow and len(ties) < FEW:
        layers.insert(0, Lines("glow", drawn, np.column_stack([colours, 0.13 * lit]), widths * 6))
    if len(view.cities) == 2:
        layers.insert(0, _between(dataset, view, palette))
    around = [_lights(dataset, view, palette, 0.08)] if view.cities or view.countries else []
    shown = _ranked(dataset, view)
    return Plate((*around, *layers, _city_dots(shown, view, palette, scale)), _city_names(shown, view, scale))


def _cities(dataset: Dataset, view: View, palette: Palette, scale: float) -> Plate:
    shown = _ranked(dataset, view)
    return Plate((_city_dots(shown, view, palette, scale),), _city_names(shown, view, scale))


def _networks(dataset: Dataset, view: View, palette: Palette, scale: float) -> Plate:
    members = select.memberships(dataset, view)
    hubs = dataset.networks.set_index("network_id").loc[list(view.networks), "hub_city"].dropna()
    joined = members.groupby("city_id")["network_id"].nunique()
    shown = dataset.cities[dataset.cities["city_id"].isin(joined.index)]
    shown = shown.assign(joined=shown["city_id"].map(joined), first=shown["city_id"].isin(hubs))
    shown = shown.sort_values(["first", "joined", "population"], ascending=False, na_position="last")
    count = shown["joined"].to_numpy(float)
    radius = (np.full(len(shown), 2.4) if len(view.networks) == 1 else 0.1 + 0.6 * np.sqrt(count)) * scale
    points, focus = _points(view, shown.geometry.x, shown.geometry.y), shown["first"].to_numpy(bool)
    dots = _dots("members", points, radius, palette, _lit(0.2 + 0.1 * count), focus)
    spokes = members.assign(hub=members["network_id"].map(hubs)).dropna(subset="hub").query("city_id != hub")
    lit = 0.42 * min((200 / max(len(spokes), 1)) ** 0.4, 1.0)
    lines = _even("spokes", _ends(dataset, spokes, "city_id", "hub"), view, _ink(palette.tie, lit, len(spokes)), 0.7)
    return Plate((_lights(dataset, view, palette, 0.08), lines, dots),
                 Names(shown["name"].tolist()[:400], points[:400], radius[:400], int(focus.sum()), 40))


def _between(dataset: Dataset, view: View, palette: Palette) -> Lines:
    """The ties between the neighbourhoods of two cities, without the two cities' own."""
    rows = between.ties_between(dataset, view)
    rows = rows[~(rows["city_a"].isin(view.cities) | rows["city_b"].isin(view.cities))]
    return _even("between", _ends(dataset, rows, "city_a", "city_b"), view, _ink(palette.across, 0.35, len(rows)), 0.6)


def _ranked(dataset: Dataset, view: View) -> pd.DataFrame:
    """The cities of the view with a tie in it: those that it names, then by ties, or around a city by population."""
    shown = select.cities(dataset, view).query("ties_shown > 0")
    by = ["population", "ties_shown"] if view.cities else ["ties_shown", "population"]
    ranked: pd.DataFrame = shown.assign(first=shown["city_id"].isin(view.cities)).sort_values(
        ["first", *by], ascending=False, na_position="last")
    return ranked


def _city_dots(shown: pd.DataFrame, view: View, palette: Palette, scale: float) -> Dots:
    lit = _lit(0.2 + 0.1 * np.sqrt(shown["ties_shown"].to_numpy(float)))
    points = _points(view, shown.geometry.x, shown.geometry.y)
    return _dots("cities", points, _radius(shown, scale), palette, lit, shown["first"].to_numpy(bool))


def _city_names(shown: pd.DataFrame, view: View, scale: float) -> Names:
    top = shown.head(400)
    points = _points(view, top.geometry.x, top.geometry.y)
    return Names(top["name"].tolist(), points, _radius(shown, scale)[:400], int(top["first"].sum()),
                 70 if view.cities else 40)


def _lit(opacity: Floats) -> Floats:
    """Opacity of dots, within bounds, and nearly full where they are few."""
    return np.clip(opacity, 0.9 if len(opacity) < FEW else 0.3, 0.95)


def _radius(shown: pd.DataFrame, scale: float) -> Floats:
    """Radius of the dots of cities: area by ties, larger where few are shown."""
    alone = np.clip((MANY_CITIES / max(len(shown), 1)) ** 0.2, 1.0, 3.0)
    radius: Floats = np.minimum((np.sqrt(shown["ties_shown"].to_numpy(float)) * 0.3 + 0.25) * alone, 5.0) * scale
    return radius


def _lights(dataset: Dataset, view: View, palette: Palette, lit: float) -> Dots:
    """All cities with a tie as faint lights."""
    tied = dataset.cities[dataset.cities["ties"] > 0].geometry
    return Dots("lights", _points(view, tied.x, tied.y), np.full(len(tied), 0.4), _ink(palette.city, lit, len(tied)))


def _dots(name: str, points: Floats, radius: Floats, palette: Palette, lit: Floats, focus: Floats) -> Dots:
    """Dots of which those in focus are in the other colour, and full; the first is on top."""
    colours = np.where(focus[:, None], _ink(palette.across, 1.0, len(points)), _ink(palette.city, lit))
    return Dots(name, points[::-1], radius[::-1], colours[::-1])


def _even(name: str, ends: Floats, view: View, colours: Floats, width: float) -> Lines:
    """Great circles of one width."""
    return Lines(name, paths(ends, projection(view.projection), FINE_KM), colours, np.full(len(ends), width))


def _points(view: View, longitude: pd.Series, latitude: pd.Series) -> Floats:
    return projection(view.projection).points(longitude.to_numpy(float), latitude.to_numpy(float))


def _ends(dataset: Dataset, rows: pd.DataFrame, one: str, other: str) -> Floats:
    """Longitude and latitude of the cities in two columns, shape (n, 4)."""
    place = dataset.cities.set_index("city_id").geometry
    a, b = place.loc[rows[one]], place.loc[rows[other]]
    return np.column_stack([a.x, a.y, b.x, b.y])


def _ink(colour: Colour, lit: Floats | float, count: int | None = None) -> Floats:
    """RGBA of 0 to 1 of one colour, shape (n, 4): `lit` is the opacity of each, or of all `count`."""
    opacity = np.asarray(lit, float) if count is None else np.full(count, lit)
    return np.column_stack([np.tile(np.array(colour) / 255, (len(opacity), 1)), opacity])
