"""Figures of Plotly drawn for print: nothing lost in silence, nothing cut, nothing on another."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import pytest
from matplotlib import rc_context
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex
from plotly.subplots import make_subplots

from components import gallery, structure
from components.engraving import engrave
from components.maps.sheet import POINTS_PER_INCH, Sheet
from components.maps.still import SETTINGS
from data.load import load
from data.view import View
from tests.unit.engraved import (
    BLUE,
    BOX,
    NAMES,
    RED,
    boxes_of,
    crowd,
    engraved,
    flows,
    long_list,
    marks_of,
    matrix,
    panels,
    text_of,
    words_of,
)

SHIPPED = load()


@pytest.mark.parametrize("size", [9.0, 14.0])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("made", [lambda: long_list(60), crowd, matrix, flows, panels])
def test_no_text_leaves_the_box_or_touches_another(made: Callable[[], go.Figure], own: bool, size: float) -> None:
    sheet = engraved(made(), size, own)
    assert len(sheet.figure.texts) > 4
    top = sheet.figure.get_figheight() * POINTS_PER_INCH - BOX[1]
    for box in boxes_of(sheet):
        assert BOX[0] - 1 <= box.x0 < box.x1 <= BOX[0] + BOX[2] + 1
        assert top - BOX[3] - 1 <= box.y0 < box.y1 <= top + 1
    for one, other in itertools.combinations(boxes_of(sheet, upright=True), 2):
        assert min(one.x1, other.x1) <= max(one.x0, other.x0) + 0.5 or (
            min(one.y1, other.y1) <= max(one.y0, other.y0) + 1.5)


@pytest.mark.parametrize("size", [9.0, 14.0])
@pytest.mark.parametrize("chart", [*gallery.EXHIBITS, *structure.EXHIBITS])
def test_every_chart_of_the_atlas_is_drawn_within_its_box(chart: str, size: float) -> None:
    made = gallery.EXHIBITS.get(chart) or structure.EXHIBITS[chart]
    figure = made(SHIPPED, View(shape=chart) if chart in structure.EXHIBITS else View(
        chart=chart, cities=("chicago-us",) if chart == "joining" else ())).figure
    if figure is None:
        assert chart == "communities"
        return
    sheet = engraved(figure, size)
    assert len(sheet.figure.texts) > 8
    assert {text.get_fontsize() for text in sheet.figure.texts} == {size}
    top = sheet.figure.get_figheight() * POINTS_PER_INCH - BOX[1]
    assert all(BOX[0] - 1 <= box.x0 and box.x1 <= BOX[0] + BOX[2] + 1 and top - BOX[3] - 1 <= box.y0
               and box.y1 <= top + 1 for box in boxes_of(sheet))


@pytest.mark.parametrize("size", [9.0, 14.0])
def test_rows_that_do_not_fit_are_counted_not_dropped(size: float) -> None:
    sheet = engraved(long_list(60), size)
    words = words_of(sheet)
    shown = [name for name in NAMES if name in words]
    (more,) = (int(found[1]) for word in words if (found := re.fullmatch(r"and (\d+) more", word)))
    assert shown == NAMES[:len(shown)]
    assert len(shown) + more == 60
    assert len(shown) > 10
    assert text_of(sheet, f"and {more} more").get_window_extent().y1 < sheet.figure.axes[0].get_window_extent().y0


def test_larger_text_means_fewer_rows() -> None:
    small, large = (len(set(NAMES) & set(words_of(engraved(long_list(60), size)))) for size in (9.0, 14.0))
    assert small > large > 10


def test_rows_that_fit_are_all_there_in_their_order_and_nothing_is_said_of_more() -> None:
    sheet = engraved(long_list(12), 14.0)
    heights = [text_of(sheet, name).get_position()[1] for name in NAMES[:12]]
    assert heights == sorted(heights)
    assert not any("more" in word for word in words_of(sheet))


def test_rows_of_a_panel_that_would_not_fit_take_room_from_the_others() -> None:
    figure = make_subplots(rows=2, row_heights=[0.6, 0.4])
    figure.add_scatter(x=[0, 1], y=[0, 1], marker={"color": RED}, row=1, col=1)
    figure.add_bar(orientation="h", x=[1] * 15, y=NAMES[:15], marker_color=RED, row=2, col=1)
    words = words_of(engraved(figure))
    assert set(NAMES[:15]) <= set(words)
    assert not any("more" in word for word in words)


def test_a_heat_map_without_texts_keeps_all_rows_and_thins_their_names_evenly() -> None:
    count = 120
    names = [f"N{number}" for number in range(count)]
    figure = go.Figure(go.Heatmap(z=np.eye(count), x=names, y=names, colorscale=[(0, "#ffffff"), (1, BLUE)]))
    sheet = engraved(figure.update_xaxes(showticklabels=False))
    shown = [names.index(word) for word in words_of(sheet)]
    assert len(set(np.diff(shown))) == 1
    assert len(shown) < count
    assert marks_of(sheet, QuadMesh)[0].get_array().shape == (count, count)


def test_many_categories_below_are_thinned_evenly() -> None:
    names = [f"{year} and after" if year % 70 else f"{year}" for year in range(1000, 2000, 10)]
    sheet = engraved(go.Figure(go.Bar(x=names, y=[1] * 100, marker_color=RED)).update_yaxes(visible=False))
    shown = [names.index(word) for word in words_of(sheet)]
    assert 5 < len(shown) < 100
    assert len(set(np.diff(shown))) == 1


def test_a_long_category_is_cut_with_an_ellipsis() -> None:
    names = [f"{letter} city with a very long name, in a country with a longer one" for letter in "ABCD"]
    figure = go.Figure(go.Bar(x=names, y=[1] * 4, marker_color=RED)).update_yaxes(visible=False)
    shown = words_of(engraved(figure, 14.0))
    assert len(shown) == 4
    assert all(word.endswith("…") and name.startswith(word[:-1]) for word, name in zip(shown, names, strict=True))


def test_tags_become_bold_or_plain_and_a_dollar_stays_a_dollar() -> None:
    figure = go.Figure(go.Bar(orientation="h", x=[1], marker_color=RED, y=[
        "<b>Fees</b> &amp; more<br><a href='/x' style='color:red'>$5 to $6</a> <i>each</i>"]))
    sheet = engraved(figure.update_xaxes(visible=False))
    assert words_of(sheet) == ["Fees", " & more", "$5 to $6", " ", "each"]
    assert "Semibold" in text_of(sheet, "Fees").get_fontfamily()[0]
    assert "Semibold" not in text_of(sheet, " & more").get_fontfamily()[0]
    assert not text_of(sheet, "$5 to $6").get_parse_math()


def test_the_legend_names_each_colour_once() -> None:
    figure = go.Figure([go.Bar(x=[1], y=[2], name="known", marker_color=RED),
                        go.Bar(x=[1], y=[2], name="unknown", marker_color=BLUE),
                        go.Bar(x=[1], y=[2], name="unknown", marker_color=BLUE),
                        go.Bar(x=[1], y=[2], name="aside", marker_color=BLUE, showlegend=False)])
    sheet = engraved(figure.update_xaxes(visible=False).update_yaxes(visible=False))
    assert words_of(sheet) == ["known", "unknown"]
    assert [to_hex(mark.get_color()) for mark in sheet.figure.artists] == [RED, BLUE]


def test_one_name_needs_no_legend() -> None:
    figure = go.Figure(go.Bar(x=[1], y=[2], name="known", marker_color=RED))
    assert words_of(engraved(figure.update_xaxes(visible=False).update_yaxes(visible=False))) == []


def test_a_ramp_of_colours_has_words_at_both_ends() -> None:
    sheet = engraved(matrix())
    assert words_of(sheet)[:2] == ["no tie", "many ties"]
    ramp = sheet.figure.axes[0].get_images()[0]
    assert [to_hex(ramp.cmap(end)) for end in (0.0, 1.0)] == ["#ffffff", BLUE]


def test_another_kind_of_trace_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="figure: must be made of bar, heatmap, sankey, scatter, but has pie"):
        engraved(go.Figure([go.Pie(values=[1]), go.Bar(x=[1], y=[1])]))


@pytest.mark.parametrize("dark", [True, False])
def test_text_has_the_colour_of_the_sheet(dark: bool) -> None:
    sheet = engraved(long_list(3), dark=dark)
    ink = to_hex(sheet.colour(sheet.palette.text))
    assert {to_hex(text.get_color()) for text in sheet.figure.texts} == {ink}


def test_a_sheet_of_another_shape_has_the_figure_at_the_same_points() -> None:
    sheet = engraved(long_list(3))
    tall = Sheet(False, True)
    tall.figure.set_size_inches(10, 10)
    engrave(tall, long_list(3), BOX, 9.0)
    for page in (sheet, tall):
        wide, high = page.figure.get_size_inches() * POINTS_PER_INCH
        place = page.figure.axes[0].get_position()
        assert place.x1 * wide == pytest.approx(sheet.figure.axes[0].get_position().x1 * 960)
        assert (1 - place.y1) * high == pytest.approx((1 - sheet.figure.axes[0].get_position().y1) * 540)


def test_the_same_figure_gives_the_same_file() -> None:
    def printed() -> bytes:
        file = io.BytesIO()
        with rc_context(SETTINGS):
            engraved(panels()).figure.savefig(file, format="pdf", metadata={"CreationDate": None})
        return file.getvalue()

    assert printed() == printed()



def test_ticks_have_the_format_and_the_unit_of_the_figure() -> None:
    figure = go.Figure(go.Bar(orientation="h", x=[20_000], y=["a"], marker_color=RED))
    assert "20,000 %" in words_of(engraved(figure.update_xaxes(ticksuffix=" %", tickformat=",")))
    years = go.Figure(go.Scatter(x=[1990, 2020], y=[1, 1], line={"color": RED})).update_xaxes(dtick=10)
    assert {"1990", "2000", "2010", "2020"} <= set(words_of(engraved(years)))



def test_panels_lie_apart_in_the_proportions_of_their_domains() -> None:
    figure = make_subplots(rows=2, row_heights=[0.75, 0.25])
    for row in (1, 2):
        figure.add_bar(x=[1], y=[1], marker_color=RED, row=row, col=1)
    upper, lower = (axes.get_position() for axes in engraved(figure).figure.axes)
    assert upper.y0 > lower.y1
    assert upper.height / lower.height == pytest.approx(3, rel=0.01)


def test_a_heading_stands_above_its_own_panel() -> None:
    figure = make_subplots(rows=2)
    for row, axis in ((1, ""), (2, "2")):
        figure.add_bar(x=[1], y=[1], marker_color=RED, row=row, col=1)
        figure.add_annotation(text=f"heading {row}", x=0, y=1, xref=f"x{axis} domain", yref=f"y{axis} domain",
                              xanchor="left", yanchor="bottom", showarrow=False)
    sheet = engraved(figure)
    for number, axes in enumerate(sheet.figure.axes, 1):
        box = text_of(sheet, f"heading {number}").get_window_extent()
        assert 0 <= box.y0 - axes.get_window_extent().y1 < 9


def test_the_name_of_a_dot_stands_where_it_hides_no_other_dot_and_touches_no_other_name() -> None:
    figure = go.Figure(go.Scatter(x=[0.5, 0.52, 0.48], y=[0.5, 0.5, 0.5], mode="markers", marker={
        "size": 12, "color": RED}))
    for name in ("first", "second"):
        figure.add_annotation(x=0.5, y=0.5, text=name, showarrow=False, xshift=20)
    sheet = engraved(figure.update_xaxes(range=[0, 1], visible=False).update_yaxes(range=[0, 1], visible=False))
    middle = sheet.figure.axes[0].transData.transform((0.5, 0.5))
    boxes = [text_of(sheet, name).get_window_extent() for name in ("first", "second")]
    assert [box.x0 < middle[0] < box.x1 for box in boxes] == [True, True]
    assert sorted(box.y0 > middle[1] for box in boxes) == [False, True]


def test_names_of_small_nodes_give_way_to_those_of_large_ones() -> None:
    words = words_of(engraved(flows(), 14.0))
    assert {"Source 0", "Source 1", "Target of all that flows"} <= set(words)
    assert len(words) < 33
