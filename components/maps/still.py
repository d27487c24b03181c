"""The map of a view drawn for print: on a page of its own, or as large as fits between two lines of one."""

from __future__ import annotations

import io
from functools import lru_cache
from threading import Lock

import geopandas as gpd
import numpy as np
import shapely
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from components.leaf import Frame
from components.maps import caption
from components.maps.camera import EARTH_HEIGHT_KM, EARTH_WIDTH_KM, camera
from components.maps.palette import Colour, Palette
from components.maps.plate import Dots, flat, plate
from components.maps.sheet import HEIGHT, MARGIN, WIDTH, Sheet
from components.maps.strand import MANY, Lines
from data import flows, select
from data.load import Dataset
from data.projection import projection
from data.view import View

OUTLINES = "Outlines of countries: Natural Earth, one policy for every map; they take no position on any territory."
SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "atlas", "pdf.fonttype": 42, "text.hinting": "no_hinting"}
PRESS = Lock()
UNDATED: dict[str, dict[str, None]] = {
    "png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}


def bare(dataset: Dataset, view: View, width: int, form: str = "png", dark: bool = False,
         small: float = 7.6) -> bytes:
    """The map of a view alone, so many pixels wide, as png or webp; names of size `small` on a sheet of WIDTH."""
    file = io.BytesIO()
    with PRESS, rc_context(SETTINGS):
        sheet = Sheet(dark, own=True, small=small)
        draw(sheet, dataset, view, 0, HEIGHT)
        inches = sheet.figure.transFigure - sheet.figure.dpi_scale_trans
        inside = sheet.figure.axes[0].get_position().transformed(inches)
        sheet.figure.savefig(file, format=form, dpi=width / inside.width, bbox_inches=inside,
                             metadata=UNDATED.get(form))
    return file.getvalue()


def frame(view: View) -> Frame:
    """The part of the plane that the map of a view shows."""
    width = 1_000
    eye = camera(flat(view), width)
    half = width / 2 / 2**eye.zoom, width / 2 / 2**eye.zoom * EARTH_HEIGHT_KM / EARTH_WIDTH_KM
    return Frame(flat(view).projection, eye.x - half[0], eye.y - half[1], eye.x + half[0], eye.y + half[1])


def account(dataset: Dataset, view: View) -> str:
    """What of the dataset the picture holds, in words, as on the page; and that a globe was unrolled."""
    said = [select.coverage(dataset, view).sentence]
    if view.drawn == "flows":
        said.append(flows.account(flows.flows(dataset, view)))
    if view.drawn == "networks":
        said.append(select.coverage(dataset, view, "memberships").sentence)
    if view.projection == "globe":
        said.append("The globe is drawn flat for print.")
    return " ".join(filter(None, said))


def draw(sheet: Sheet, dataset: Dataset, view: View, top: float, bottom: float) -> None:
    """Draw the map as large as fits between top and bottom, in points."""
    ratio = EARTH_WIDTH_KM / EARTH_HEIGHT_KM
    width = int(min(WIDTH - 2 * MARGIN, (bottom - top) * ratio))
    size, middle = (width, width / ratio), (WIDTH / 2, (top + bottom) / 2)
    axes = sheet.figure.add_axes(((middle[0] - size[0] / 2) / WIDTH, 1 - (middle[1] + size[1] / 2) / sheet.height,
                                  size[0] / WIDTH, size[1] / sheet.height))
    axes.set_axis_off()
    axes.set_autoscale_on(False)
    eye = camera(flat(view), width)
    scale = 2**eye.zoom
    half = size[0] / 2 / scale, size[1] / 2 / scale
    axes.set(xlim=(eye.x - half[0], eye.x + half[0]), ylim=(eye.y - half[1], eye.y + half[1]))
    _ground(axes, dataset, view, sheet.palette)
    drawn = plate(dataset, view, sheet.palette, width)
    for order, layer in enumerate(drawn.layers):
        stroke = _stroke if isinstance(layer, Lines) else _dot
        stroke(axes, layer, 1 + order)
    caption.write(sheet, drawn.names, (drawn.names.points - [eye.x, eye.y]) * [scale, -scale], middle, size)


def _ground(axes: Axes, dataset: Dataset, view: View, palette: Palette) -> None:
    sea, graticule, land = _shapes(dataset, flat(view).projection)
    sea.plot(ax=axes, aspect=None, color=_css(palette.sea), gid="sea", zorder=0)
    graticule.plot(ax=axes, aspect=None, color=_css(palette.graticule), lw=0.4, gid="graticule", zorder=0.1)
    land.plot(ax=axes, aspect=None, color=_css(palette.land), edgecolor=_css(palette.border), lw=0.3, gid="land",
              zorder=0.2)
    sea.plot(ax=axes, aspect=None, facecolor="none", edgecolor=_css(palette.border), lw=0.5, gid="outline", zorder=9)
    if view.camera != "world":
        axes.add_patch(Rectangle((0, 0), 1, 1, transform=axes.transAxes, fill=False, ec=_css(palette.border), lw=0.8,
                                 zorder=9))


@lru_cache(maxsize=4)
def _shapes(dataset: Dataset, name: str) -> tuple[gpd.GeoSeries, gpd.GeoSeries, gpd.GeoSeries]:
    """Outline of the map, graticule of 30 degrees, and countries, in km."""
    plane = projection(name)
    meridians = [[(x, -90), (x, 90)] for x in range(-180, 180, 30)]
    parallels = [[(-180, y), (180, y)] for y in range(-60, 61, 30)]
    return (gpd.GeoSeries([plane.outline()]), plane.shapes(gpd.GeoSeries([shapely.MultiLineString(
        [*meridians, *parallels])])), plane.shapes(dataset.countries.geometry.dropna()))


def _stroke(axes: Axes, lines: Lines, order: int) -> None:
    """Draw great circles, more than MANY as one picture; one cut at the edge of the map stays one line, with a gap."""
    gap = np.full((1, 2), np.nan)
    whole = [pieces[0] if len(pieces) == 1 else np.vstack([part for piece in pieces for part in (gap, piece)][1:])
             for pieces in lines.paths]
    axes.add_collection(LineCollection(
        whole, colors=lines.colours, linewidths=lines.widths, capstyle="round", joinstyle="round", gid=lines.name,
        zorder=order, rasterized=len(whole) > MANY), autolim=False)


def _dot(axes: Axes, dots: Dots, order: int) -> None:
    """Draw places, the large ones on top; those alike are one marker, which keeps SVG and PDF small."""
    kinds, place = np.unique(np.column_stack([dots.radius, dots.colours]), axis=0, return_inverse=True)
    for number, (radius, *colour) in enumerate(kinds):
        axes.scatter(*dots.points[place == number].T, s=(2 * radius) ** 2, color=[colour], linewidths=0,
                     gid=f"{dots.name}-{number}", zorder=order)


def _css(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
