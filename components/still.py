"""Pictures of a page on paper: the still for print, the preview for a chat, and the picture alone for a slide."""

from __future__ import annotations

import io

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from components.engraving import engrave
from components.maps import key
from components.maps import still as chart
from components.maps.sheet import MARGIN, POINTS_PER_INCH, WIDTH, Sheet
from components.scenes import Scene
from components.shown import FORMS, NAME, Shown
from data.load import Dataset

FULL_WIDTH, PREVIEW_WIDTH, PREVIEW_HEIGHT = 4_000, 1_200, 630
_PACKING = 3
_PRINT_SIZES = ((25, 1), (23, 1), (21, 1), (25, 2), (22, 2), (19, 2), (16, 2), (14, 2), (12, 2))
_PREVIEW_SIZES = ((34, 1), (31, 1), (32, 2), (29, 2), (26, 2), (26, 3), (22, 3), (18, 4))
_SLIDE_HEIGHT, _SLIDE_TEXT = 440.0, 17.0


def still(shown: Shown, form: str, dark: bool, width: int = FULL_WIDTH) -> bytes:
    """A page for print as a file, the same for the same data and view.

    Args:
        shown: what it is of; a globe is drawn flat.
        form: png, svg or pdf.
        dark: whether on the dark ground.
        width: pixels of a PNG.

    Raises:
        ValueError: there is no such form.
    """
    if form not in FORMS:
        raise ValueError(f"form: must be one of {', '.join(FORMS)}, but is {form!r}")
    file, said = io.BytesIO(), shown.scene(dark)
    about = {"Title": said.finding, "Subject" if form == "pdf" else "Description": said.account}
    with chart.PRESS, rc_context(chart.SETTINGS):
        page(shown, dark, own=form != "svg").figure.savefig(
            file, format=form, dpi=POINTS_PER_INCH * width / WIDTH, metadata=about | chart.UNDATED[form])
    return file.getvalue()


def page(shown: Shown, dark: bool, own: bool = True) -> Sheet:
    """The page for print: nothing on it overlaps, and nothing is cut. See `still` and, for `own`, Sheet."""
    sheet, said = Sheet(dark, own), shown.scene(dark)
    sheet.write(NAME, MARGIN, 30, 9, strong=True, color=sheet.colour(sheet.palette.across))
    top = _headline(sheet, said.sentence, 32.0, _PRINT_SIZES)
    bottom = _foot(sheet, shown, said)
    if said.map is not None:
        key.draw(sheet, key.samples(shown.dataset, said.map, sheet.palette), bottom)
        bottom -= 20
    _picture(sheet, shown.dataset, said, (MARGIN, top + 12, WIDTH - 2 * MARGIN, bottom - top - 12), 9.0)
    return sheet


def preview(shown: Shown) -> bytes:
    """The picture of a page beside its link in a chat: a PNG of PREVIEW_WIDTH by PREVIEW_HEIGHT pixels."""
    file, said = io.BytesIO(), shown.scene(True)
    with chart.PRESS, rc_context(chart.SETTINGS):
        sheet = Sheet(dark=True, own=True, height=WIDTH * PREVIEW_HEIGHT / PREVIEW_WIDTH, small=11.0)
        sheet.write(NAME, MARGIN, 36, 14, strong=True, color=sheet.colour(sheet.palette.across))
        top = _headline(sheet, said.sentence, 40.0, _PREVIEW_SIZES)
        sources = f"{len(shown.dataset.sources):,} sources, dataset {shown.dataset.version}"
        sheet.write(sources, MARGIN, sheet.height - 16, 12, alpha=0.75)
        _picture(sheet, shown.dataset, said, (MARGIN, top + 14, WIDTH - 2 * MARGIN, sheet.height - 36 - top - 14), 12.0)
        sheet.figure.set_dpi(POINTS_PER_INCH * PREVIEW_WIDTH / WIDTH)
        canvas = FigureCanvasAgg(sheet.figure)
        canvas.draw()
        Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").save(file, "png", compress_level=_PACKING)
    return file.getvalue()


def alone(shown: Shown, form: str, dark: bool, width: int) -> bytes:
    """The map or chart of a page without words around it, for a slide: png or webp, so many pixels wide."""
    said = shown.scene(dark)
    if said.map is not None:
        return chart.bare(shown.dataset, said.map, width, form, dark, small=_SLIDE_TEXT)
    file = io.BytesIO()
    with chart.PRESS, rc_context(chart.SETTINGS):
        sheet = Sheet(dark, own=True, height=_SLIDE_HEIGHT)
        _picture(sheet, shown.dataset, said, (12, 8, WIDTH - 24, _SLIDE_HEIGHT - 16), _SLIDE_TEXT)
        sheet.figure.savefig(file, format=form, dpi=POINTS_PER_INCH * width / WIDTH, metadata=chart.UNDATED.get(form))
    return file.getvalue()


def _picture(sheet: Sheet, dataset: Dataset, said: Scene, box: tuple[float, float, float, float],
             size: float) -> None:
    """Draw the map or the chart into left, top, width and height, with text of a size, all in points."""
    if said.map is not None:
        chart.draw(sheet, dataset, said.map, box[1], box[1] + box[3])
    elif said.figure is not None:
        engrave(sheet, said.figure, box, size)


def _headline(sheet: Sheet, text: str, y: float, sizes: tuple[tuple[int, int], ...]) -> float:
    """Write the finding in the largest size that needs no more lines than it may, and return where it ends."""
    fitting = [(size, most) for size, most in sizes if len(sheet.wrap(text, size, strong=True)) <= most]
    size, most = (*fitting, sizes[-1])[0]
    even = (share for share in (0.6, 0.7, 0.8, 0.9) if len(sheet.wrap(text, size, True, share)) <= most)
    for line in sheet.wrap(text, size, True, next(even, 1.0)):
        y += 1.2 * size
        sheet.write(line, MARGIN, y, size, strong=True)
    return y


def _foot(sheet: Sheet, shown: Shown, said: Scene) -> float:
    """Write account, sources and link at the foot of the page, and return the baseline above them."""
    data = shown.dataset
    sources = f"{len(data.sources):,} sources; dataset {data.version}, {data.licence}. {chart.OUTLINES}"
    blocks = [(sheet.wrap(text, size), size, more) for text, size, more in (
        (said.account, 8.5, {"alpha": 0.95}), (sources, 7.5, {"alpha": 0.75}),
        (shown.link, 7.0, {"alpha": 0.7, "url": shown.link if shown.address else None}))]
    first = y = sheet.height - 14.0 - sum(1.35 * size * len(lines) + 3.5 for lines, size, _ in blocks)
    for lines, size, more in blocks:
        for line in lines:
            y += 1.35 * size
            sheet.write(line, MARGIN, y, size, **more)
        y += 3.5
    return first - 5.0
