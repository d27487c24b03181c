"""Great circles of a still: the ties of a view with their colours, widths and faintness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from components.maps.camera import camera
from components.maps.palette import Palette
from data import select
from data.codes import first_theme
from data.load import Dataset
from data.projection import Floats, city_ends, distance_km, great_circles, projection, split
from data.view import View

ALL_TIES, MANY, FEW = 25_600, 4_000, 500
CELL_KM = 150.0
_SPACING_KM = {True: 200.0, False: 450.0}
_POSSIBLE = 0.45


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


def circles(name: str, ends: Floats, view: View, colours: Floats, widths: Floats) -> Lines:
    """Great circles between ends, longitude and latitude of both in degrees, shape (n, 4), as smooth as print needs."""
    plane, points = projection(view.projection), (distance_km(ends) // _SPACING_KM[len(ends) < MANY] + 2).astype(int)
    drawn: list[list[Floats]] = [[]] * len(ends)
    for count in np.unique(points):
        rows = np.flatnonzero(points == count)
        arcs = great_circles(ends[rows], int(count))
        arcs = np.stack([plane.turned(arcs[..., 0]), arcs[..., 1]], axis=-1)
        flat = plane.plane(*arcs.reshape(-1, 2).T).reshape(arcs.shape)
        cut = (np.abs(np.diff(arcs[..., 0])) > 180.0).any(axis=1)
        for row, arc, whole, parted in zip(rows, arcs, flat, cut, strict=True):
            drawn[row] = [plane.plane(*piece.T) for piece in split(arc)] if parted else [whole]
    return Lines(name, drawn, colours, widths)


def strands(dataset: Dataset, view: View, palette: Palette) -> list[Lines]:
    """The ties of the view: `possible` as far as is known, `ties` for certain, with a `glow` where these are few."""
    ties = select.ties(dataset, view)
    possible = _strands("possible", dataset, ties[~ties["certain"]], view, palette)
    certain = _strands("ties", dataset, ties[ties["certain"]], view, palette)
    possible.colours[:, 3] *= _POSSIBLE
    if not palette.glow or len(certain.paths) >= FEW:
        return [possible, certain]
    return [possible, Lines("glow", certain.paths, certain.colours * [1, 1, 1, 0.13], certain.widths * 5), certain]


def _strands(name: str, dataset: Dataset, ties: pd.DataFrame, view: View, palette: Palette) -> Lines:
    theme = first_theme(ties["issues"])
    order = np.argsort(theme >= 0, kind="stable")
    ties, theme = ties.iloc[order], theme[order]
    stated = np.where(theme >= 0, 1.3, 1.0)
    colours = np.array([palette.tie, *palette.themes])[theme + 1] / 255
    widths = min(0.45 * (ALL_TIES / max(len(ties), 1)) ** 0.12, 1.0) * stated
    lines = circles(name, city_ends(dataset.cities, ties["city_a"], ties["city_b"]), view, np.empty(0), widths)
    closer = 2.0 ** (camera(view, 1_000).zoom - camera(view.replace(camera="world"), 1_000).zoom)
    lit = np.clip(opacities(ties, lines.paths, closer) * stated, 0.0, 0.95)
    return Lines(name, lines.paths, np.column_stack([colours, lit]), widths)


def opacities(ties: pd.DataFrame, drawn: list[list[Floats]], closer: float = 1.0) -> Floats:
    """Opacity 0 to 1 of each tie of a selection: less in a crowd, so that Europe does not burn out; more where few are.

    The crowd at a tie is the mean number of ties that enter the cells of CELL_KM on its way, less on a map that is
    `closer` than that of the world by so many times. Ties undated, of one source, or of uncertain place are fainter.
    """
    if not drawn:
        return np.empty(0)
    tie = np.repeat(np.arange(len(drawn)), [sum(map(len, pieces)) for pieces in drawn])
    cell = (np.concatenate([piece for pieces in drawn for piece in pieces]) // CELL_KM).astype(int) @ [1000, 1]
    enters = np.flatnonzero(np.diff(tie, prepend=-1) | np.diff(cell, prepend=0))
    tie, cell = tie[enters], cell[enters] - cell.min()
    crowd = np.bincount(tie, np.bincount(cell)[cell], len(drawn)) / np.bincount(tie, minlength=len(drawn))
    doubts = {0.6: ties["start_year"].isna(), 0.8: ties["evidence"] == 1, 0.5: ties["place"] == "uncertain"}
    faint = np.prod([np.where(doubt, factor, 1.0) for factor, doubt in doubts.items()], axis=0)
    alone = min((ALL_TIES / len(ties)) ** 0.33, 10.0)
    return np.clip(0.85 * alone * np.maximum(crowd / closer**0.6, 1.0) ** -0.7, 0.01, 0.95) * faint
