"""A still of a view for print: headline, map, key, account, sources and link on one page, as PNG, SVG or PDF."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from threading import Lock

import geopandas as gpd
import numpy as np
import shapely
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from components.maps import key
from components.maps.camera import EARTH_HEIGHT_KM, EARTH_WIDTH_KM, Camera, camera
from components.maps.palette import Colour, Palette
from components.maps.plate import Dots, Lines, Names, flat, plate
from components.maps.sheet import HEIGHT, MARGIN, POINTS_PER_INCH, WIDTH, Sheet
from data import flows, select
from data.labels import LETTER, Label, spread
from data.load import Dataset
from data.projection import projection
from data.view import View

FORMS: dict[str, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
FULL_WIDTH, NAME_SIZE = 4_000, 7.6
OUTLINES = "Outlines of countries follow Natural Earth, one policy for every map, and take no position on any territory."
_SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "atlas", "pdf.fonttype": 42, "text.hinting": "no_hinting"}
_UNDATED = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
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
    file = io.BytesIO()
    with _PRESS, rc_context(_SETTINGS):
        page(dataset, view, dark, address, own=form != "svg").figure.savefig(
            file, format=form, dpi=POINTS_PER_INCH * width / WIDTH,
            metadata={"Title": view.describe(dataset)} | _UNDATED[form])
    return file.getvalue()


def page(dataset: Dataset, view: View, dark: bool, address: str = "", own: bool = True) -> Sheet:
    """The page of a view: nothing on it overlaps, and nothing is cut. See `still` and, for `own`, Sheet."""
    sheet = Sheet(dark, own)
    top = _headline(sheet, view.describe(dataset))
    bottom = _foot(sheet, dataset, view, address)
    key.draw(sheet, key.samples(dataset, view, sheet.palette), bottom)
    _map(sheet, dataset, view, top + 12, bottom - 20)
    return sheet


def _headline(sheet: Sheet, text: str) -> float:
    """Write the finding on at most two lines, and return where it ends."""
    size = next((size for size in (25, 22, 19, 16, 14) if len(sheet.wrap(text, size, strong=True)) <= 2), 12)
    sheet.write("Atlas of City Alliances", MARGIN, 30, 9, strong=True, color=_css(sheet.palette.across))
    y = 32.0
    for line in sheet.wrap(text, size, strong=True):
        y += 1.2 * size
        sheet.write(line, MARGIN, y, size, strong=True)
    return y


def _foot(sheet: Sheet, dataset: Dataset, view: View, address: str) -> float:
    """Write account, sources and link from the bottom up, and return the baseline above them."""
    link = address + view.link("atlas", pinned=dataset.version)
    sources = (f"{len(dataset.sources):,} sources; dataset {dataset.version}, "
               f"{_licences(dataset)}. {OUTLINES}")
    y = HEIGHT - 20.0
    for text, size, alpha, url in ((link, 7.0, 0.7, link if address else None), (sources, 7.5, 0.75, None),
                                   (account(dataset, view), 8.5, 0.95, None)):
        for line in reversed(sheet.wrap(text, size)):
            sheet.write(line, MARGIN, y, size, alpha=alpha, url=url)
            y -= 1.35 * size
        y -= 3.5
    return y - 3.0


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


def _licences(dataset: Dataset) -> str:
    return " and ".join(re.sub(r"-(?=BY|[\d.]+$)", " ", licence["name"]) for licence in dataset.package["licenses"])


def _map(sheet: Sheet, dataset: Dataset, view: View, top: float, bottom: float) -> None:
    """Draw the map as large as fits between top and bottom, in points."""
    ratio = EARTH_WIDTH_KM / EARTH_HEIGHT_KM
    width = int(min(WIDTH - 2 * MARGIN, (bottom - top) * ratio))
    high, eye = width / ratio, camera(flat(view), width)
    middle = (top + bottom) / 2
    axes = sheet.figure.add_axes(((WIDTH - width) / 2 / WIDTH, 1 - (middle + high / 2) / HEIGHT,
                                  width / WIDTH, high / HEIGHT))
    axes.set_axis_off()
    axes.set_autoscale_on(False)
    half = width / 2 / 2**eye.zoom, high / 2 / 2**eye.zoom
    axes.set(xlim=(eye.x - half[0], eye.x + half[0]), ylim=(eye.y - half[1], eye.y + half[1]))
    _ground(axes, dataset, view, sheet.palette)
    drawn = plate(dataset, view, sheet.palette, width)
    for order, layer in enumerate(drawn.layers):
        draw = _stroke if isinstance(layer, Lines) else _dot
        draw(axes, layer, 1 + order)
    _name(axes, sheet, drawn.names, eye, (width, high))


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
    axes.scatter(*dots.points.T, s=(2 * dots.radius) ** 2, c=dots.colours, linewidths=0, gid=dots.name,
                 zorder=order)


def _name(axes: Axes, sheet: Sheet, names: Names, eye: Camera, size: tuple[float, float]) -> None:
    """Write the names that find a place without touching another."""
    scale = 2**eye.zoom
    pixels = (names.points - [eye.x, eye.y]) * [scale, -scale]
    frame = (-size[0] / 2, -size[1] / 2, size[0] / 2, size[1] / 2)
    seen = np.flatnonzero((np.abs(pixels) < np.array(size) / 2).all(axis=1))
    texts = [names.texts[row] for row in seen]
    letter = max((sheet.measure(text, NAME_SIZE, strong=True) / len(text) for text in texts), default=0.0)
    for label in spread(pixels[seen], texts, max(letter / LETTER, NAME_SIZE), names.radius[seen], frame, names.most):
        focus = seen[label.row] < names.focus
        x, y = _anchor(label)
        axes.text(eye.x + x / scale, eye.y - y / scale, texts[label.row], parse_math=False, zorder=10, va="center",
                  ha={"start": "left", "end": "right", "middle": "center"}[label.anchor],
                  fontproperties=sheet.face(NAME_SIZE, strong=focus),
                  color=_css(sheet.palette.across) if focus else sheet.ink,
                  path_effects=[withStroke(linewidth=2.2, foreground=_css(sheet.palette.sea))])


def _anchor(label: Label) -> tuple[float, float]:
    left, top, right, bottom = label.box
    return {"start": left, "end": right, "middle": (left + right) / 2}[label.anchor], (top + bottom) / 2


def _css(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
