"""A still of a view for print: headline, map, key, account, sources and link on one page, as PNG, SVG or PDF."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path

from components import theme
from components.maps.camera import camera, height
from components.maps.key import Sample, samples
from components.maps.palette import DARK, LIGHT, Colour, Palette
from components.maps.plate import Dots, Lines, Names, flat, plate
from data import flows, select
from data.labels import spread
from data.load import Dataset
from data.projection import projection
from data.view import View

FORMS: dict[str, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 960.0, 540.0, 36.0
FULL_WIDTH = 4_000
NAME_SIZE = 7.5
OUTLINES = "Outlines of countries: Natural Earth, one policy for every map; they take no position on any territory."
_SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "atlas", "pdf.fonttype": 42, "path.simplify": False}
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
        sheet = page(dataset, view, dark, address)
        sheet.savefig(file, format=form, dpi=72 * width / PAGE_WIDTH,
                      metadata={"Title": view.describe(dataset)} | _UNDATED[form])
    return file.getvalue()


def page(dataset: Dataset, view: View, dark: bool, address: str = "") -> Figure:
    """The page of a view, PAGE_WIDTH by PAGE_HEIGHT points: nothing on it overlaps, and nothing is cut."""
    palette = DARK if dark else LIGHT
    sheet = Figure(figsize=(PAGE_WIDTH / 72, PAGE_HEIGHT / 72), dpi=72,
                   facecolor=theme.DARK_GROUND if dark else theme.LIGHT_GROUND)
    top = _headline(sheet, view.describe(dataset), palette)
    bottom = _foot(sheet, dataset, view, palette, address)
    bottom = _key(sheet, samples(dataset, view, palette), palette, bottom)
    PASS
    return sheet
