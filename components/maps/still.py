"""A still of a view for print: headline, map, key, account, sources and link on one page, as PNG, SVG or PDF."""

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

from components.maps import caption, key
from components.maps.camera import EARTH_HEIGHT_KM, EARTH_WIDTH_KM, camera
from components.maps.palette import Colour, Palette
from components.maps.plate import Dots, flat, plate
from components.maps.sheet import HEIGHT, MARGIN, POINTS_PER_INCH, WIDTH, Sheet
from components.maps.strand import Lines
from data import flows, select
from data.load import Dataset
from data.projection import projection
from data.view import View

FORMS: dict[str, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
FULL_WIDTH = 4_000
OUTLINES = "Outlines of countries: Natural Earth, one policy for every map; they take no position on any territory."
_HEADLINES = ((25, 1), (23, 1), (21, 1), (25, 2), (22, 2), (19, 2), (16, 2), (14, 2), (12, 2))
SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "atlas", "pdf.fonttype": 42, "text.hinting": "no_hinting"}
_UNDATED: dict[str, dict[str, None]] = {
    "png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
_PRESS = Lock()


def still(dataset: Dataset, view: View, form: str, dark: bool, address: str = "", width: int = FULL_WIDTH) -> bytes:
    """The picture of a view as a file, the same for the same data and view.

    Args:
        dataset: the data.
        view: what is shown; a globe is drawn flat.
        form: png, svg or pdf.
        dark: whether on the dark ground.
        address: scheme and host of the server, such as https://example.org, for the link under the picture.
        width: pixels of a PNG.

    Raises:
        ValueError: there is no such form.
    """
    if form not in FORMS:
        raise ValueError(f"form: must be one of {', '.join(FORMS)}, but is {form!r}")
    file, about = io.BytesIO(), "Subject" if form == "pdf" else "Description"
    with _PRESS, rc_context(SETTINGS):
        page(dataset, view, dark, address, own=form != "svg").figure.savefig(
            file, format=form, dpi=POINTS_PER_INCH * width / WIDTH,
            metadata={"Title": view.describe(dataset), about: account(dataset, view)} | _UNDATED[form])
    return file.getvalue()


def bare(dataset: Dataset, view: View, width: int) -> bytes:
    """The map of a view alone, on the light ground, as a PNG so many pixels wide."""
    file = io.BytesIO()
    with _PRESS, rc_context(SETTINGS):
        sheet = Sheet(dark=False, own=True)
        _map(sheet, dataset, view, 0, HEIGHT)
        inches = sheet.figure.transFigure - sheet.figure.dpi_scale_trans
        inside = sheet.figure.axes[0].get_position().transformed(inches)
        sheet.figure.savefig(file, format="png", dpi=width / inside.width, bbox_inches=inside,
                             metadata=_UNDATED["png"])
    return file.getvalue()


def page(dataset: Dataset, view: View, dark: bool, address: str = "", own: bool = True) -> Sheet:
    """The page of a view: nothing on it overlaps, and nothing is cut. See `still` and, for `own`, Sheet."""
    sheet = Sheet(dark, own)
    sheet.write("Atlas of City Alliances", MARGIN, 30, 9, strong=True, color=sheet.colour(sheet.palette.across))
    top = _headline(sheet, view.describe(dataset))
    bottom = _foot(sheet, dataset, view, address)
    key.draw(sheet, key.samples(dataset, view, sheet.palette), bottom)
    _map(sheet, dataset, view, top + 12, bottom - 20)
    return sheet


def _headline(sheet: Sheet, text: str) -> float:
    """Write the finding on one line, or on two of about the same length, and return where it ends."""
    fitting = [(size, most) for size, most in _HEADLINES if len(sheet.wrap(text, size, strong=True)) <= most]
    size, most = (*fitting, _HEADLINES[-1])[0]
    even = (share for share in (0.6, 0.7, 0.8, 0.9) if len(sheet.wrap(text, size, True, share)) <= most)
    y = 32.0
    for line in sheet.wrap(text, size, True, next(even, 1.0)):
        y += 1.2 * size
        sheet.write(line, MARGIN, y, size, strong=True)
    return y


def _foot(sheet: Sheet, dataset: Dataset, view: View, address: str) -> float:
    """Write account, sources and link at the foot of the page, and return the baseline above them."""
    link = address + view.link("atlas", pinned=dataset.version)
    sources = f"{len(dataset.sources):,} sources; dataset {dataset.version}, {dataset.licence}. {OUTLINES}"
    blocks = [(sheet.wrap(text, size), size, more) for text, size, more in (
        (account(dataset, view), 8.5, {"alpha": 0.95}), (sources, 7.5, {"alpha": 0.75}),
        (link, 7.0, {"alpha": 0.7, "url": link if address else None}))]
    first = y = HEIGHT - 14.0 - sum(1.35 * size * len(lines) + 3.5 for lines, size, _ in blocks)
    for lines, size, more in blocks:
        for line in lines:
            y += 1.35 * size
            sheet.write(line, MARGIN, y, size, **more)
        y += 3.5
    return first - 5.0


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


def _map(sheet: Sheet, dataset: Dataset, view: View, top: float, bottom: float) -> None:
    """Draw the map as large as fits between top and bottom, in points."""
    ratio = EARTH_WIDTH_KM / EARTH_HEIGHT_KM
    width = int(min(WIDTH - 2 * MARGIN, (bottom - top) * ratio))
    size, middle = (width, width / ratio), (WIDTH / 2, (top + bottom) / 2)
    axes = sheet.figure.add_axes(((middle[0] - size[0] / 2) / WIDTH, 1 - (middle[1] + size[1] / 2) / HEIGHT,
                                  size[0] / WIDTH, size[1] / HEIGHT))
    axes.set_axis_off()
    axes.set_autoscale_on(False)
    eye = camera(flat(view), width)
    scale = 2**eye.zoom
    half = size[0] / 2 / scale, size[1] / 2 / scale
    axes.set(xlim=(eye.x - half[0], eye.x + half[0]), ylim=(eye.y - half[1], eye.y + half[1]))
    _ground(axes, dataset, view, sheet.palette)
    drawn = plate(dataset, view, sheet.palette, width)
    for order, layer in enumerate(drawn.layers):
        draw = _stroke if isinstance(layer, Lines) else _dot
        draw(axes, layer, 1 + order)
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
    """Draw great circles; one that is cut at the edge of the map stays one line, with a gap."""
    gap = np.full((1, 2), np.nan)
    whole = [np.vstack([part for piece in pieces for part in (gap, piece)][1:]) for pieces in lines.paths]
    axes.add_collection(LineCollection(whole, colors=lines.colours, linewidths=lines.widths, capstyle="round",
                                       joinstyle="round", gid=lines.name, zorder=order), autolim=False)


def _dot(axes: Axes, dots: Dots, order: int) -> None:
    """Draw places, the large ones on top; those alike are one marker, which keeps SVG and PDF small."""
    kinds, place = np.unique(np.column_stack([dots.radius, dots.colours]), axis=0, return_inverse=True)
    for number, (radius, *colour) in enumerate(kinds):
        axes.scatter(*dots.points[place == number].T, s=(2 * radius) ** 2, color=[colour], linewidths=0,
                     gid=f"{dots.name}-{number}", zorder=order)


def _css(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
