"""Figures drawn on a sheet for the tests of engraving, and what can be read off it."""

from __future__ import annotations

import itertools

import plotly.graph_objects as go
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from plotly.subplots import make_subplots

from components.engraving import engrave
from components.maps.sheet import POINTS_PER_INCH, Sheet
from components.maps.still import SETTINGS

BOX = (36.0, 90.0, 888.0, 380.0)
RED, BLUE = "#aa1100", "#0033aa"
NAMES = [f"Network number {number}" for number in range(60)]


def engraved(figure: go.Figure, size: float = 9.0, own: bool = True, dark: bool = False) -> Sheet:
    with rc_context(SETTINGS):
        sheet = Sheet(dark, own)
        engrave(sheet, figure, BOX, size)
    return sheet


def words_of(sheet: Sheet) -> list[str]:
    return [text.get_text() for text in sheet.figure.texts]


def text_of(sheet: Sheet, words: str) -> Text:
    return next(text for text in sheet.figure.texts if text.get_text() == words)


def boxes_of(sheet: Sheet, upright: bool = False) -> list[Bbox]:
    """Where text is on the sheet when it is printed, in points from its lower left corner; or only what is level."""
    with rc_context(SETTINGS):
        sheet.figure.set_dpi(4 * POINTS_PER_INCH)
        renderer = FigureCanvasAgg(sheet.figure).get_renderer()
        return [Bbox(text.get_window_extent(renderer).get_points() / 4) for text in sheet.figure.texts
                if not upright or text.get_rotation() == 0]


def marks_of(sheet: Sheet, kind: type) -> list:
    return [artist for axes in sheet.figure.axes for artist in axes.get_children() if isinstance(artist, kind)]


def bars_of(sheet: Sheet) -> list[list[Bbox]]:
    """The bars of each trace, in numbers of the figure."""
    return [[path.get_extents() for path in bars.get_paths()] for bars in marks_of(sheet, PolyCollection) if
            len(bars.get_paths())]


def long_list(count: int) -> go.Figure:
    figure = go.Figure(go.Bar(orientation="h", x=list(range(count, 0, -1)), y=NAMES[:count], marker_color=RED))
    return figure.update_yaxes(autorange="reversed").update_xaxes(side="top")


def crowd() -> go.Figure:
    """Names at the very edges, beside each other and on each other."""
    figure = go.Figure(go.Scatter(
        x=[0, 1, 1, 1, 0.5], y=[0, 1, 0.99, 0, 0.5], mode="markers+text", textposition="middle right",
        text=["lower left corner", "upper right corner", "just below it", "lower right corner", "in the middle"],
        marker={"size": 30, "color": RED}))
    for number in range(40):
        figure.add_annotation(x=0.5 + number / 400, y=0.5, text=f"Place {number}", showarrow=False)
    return figure.update_xaxes(range=[0, 1], visible=False).update_yaxes(range=[0, 1], visible=False)


def matrix() -> go.Figure:
    names = [f"A region of the world, {number}" for number in range(25)]
    z = [[row * column for column in range(25)] for row in range(25)]
    figure = go.Figure(go.Heatmap(z=z, x=names, y=names, text=z, texttemplate="%{text:,}", xgap=1,
                                  colorscale=[(0, "#ffffff"), (1, BLUE)]))
    figure.update_layout(meta=("no tie", "many ties"))
    return figure.update_xaxes(side="top", tickangle=-60).update_yaxes(autorange="reversed")


def flows() -> go.Figure:
    values = [400, 300, *[1] * 30]
    return go.Figure(go.Sankey(
        node={"label": [*(f"Source {number}" for number in range(32)), "Target of all that flows"], "color": RED},
        link={"source": list(range(32)), "target": [32] * 32, "value": values, "color": "rgba(0,51,170,0.4)"}))


def panels() -> go.Figure:
    figure = make_subplots(rows=3, cols=2, shared_xaxes=True, vertical_spacing=0.02, horizontal_spacing=0.01)
    for row, column in itertools.product((1, 2, 3), (1, 2)):
        figure.add_bar(x=list(range(1990, 2020)), y=[1234] * 30, marker_color=BLUE, name="a long name of a thing " * 3,
                       row=row, col=column)
        figure.add_annotation(text="<b>Culture</b>: a heading", x=0, y=1, xref="x domain", yref="y domain",
                              xanchor="left", yanchor="bottom", showarrow=False)
    figure.add_scatter(x=[2000], y=[1], name="another long name of a thing " * 3, marker={"color": RED}, row=1, col=1)
    return figure
