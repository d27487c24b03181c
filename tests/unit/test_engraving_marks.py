"""Marks and axes of figures drawn for print: bars, lines, dots, cells and flows are where their numbers say."""

from __future__ import annotations

import itertools

import numpy as np
import plotly.graph_objects as go
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.colors import to_hex
from plotly.subplots import make_subplots

from tests.unit.engraved import BLUE, BOX, RED, bars_of, engraved, marks_of, matrix, text_of, words_of


def test_a_missing_cell_is_not_coloured() -> None:
    figure = go.Figure(go.Heatmap(z=[[1.0, None], [3.0, 4.0]], x=["a", "b"], y=["c", "d"], colorscale=[
        (0, RED), (1, BLUE)], texttemplate="%{z}"))
    sheet = engraved(figure)
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    pixels, axes = np.asarray(canvas.buffer_rgba()), sheet.figure.axes[0]
    seen = {}
    for x, y in itertools.product((0, 1), repeat=2):
        left, up = axes.transData.transform((x - 0.4, y - 0.4))
        seen[x, y] = to_hex(pixels[int(pixels.shape[0] - up), int(left)] / 255)
    assert seen[0, 0] == RED
    assert seen[1, 1] == BLUE
    assert seen[1, 0] == to_hex(sheet.figure.get_facecolor())
    assert [word for word in words_of(sheet) if word.isdigit()] == ["1", "3", "4"]


def test_a_middle_of_the_scale_lies_between_its_ends() -> None:
    figure = go.Figure(go.Heatmap(z=[[-1.0, 0.0, 3.0]], x=["a", "b", "c"], y=["d"], zmid=0, colorscale=[
        (0, RED), (0.5, "#ffffff"), (1, BLUE)]))
    mesh = marks_of(engraved(figure), QuadMesh)[0]
    assert (mesh.norm.vmin, mesh.norm.vmax) == (-3.0, 3.0)


def test_numbers_of_cells_are_all_written_or_none() -> None:
    figure = matrix()
    small, large = (words_of(engraved(figure, size)) for size in (9.0, 14.0))
    assert "24" in small
    figure.data[0].text = [["1,000,000,000" if row == column == 0 else "7" for column in range(25)]
                           for row in range(25)]
    assert "7" not in words_of(engraved(figure))
    assert len(large) < len(small)


def test_bars_stack() -> None:
    figure = go.Figure([go.Bar(x=["a", "b"], y=[1, 2], marker_color=RED),
                        go.Bar(x=["a", "b"], y=[10, 20], marker_color=BLUE)]).update_layout(barmode="stack")
    lower, upper = bars_of(engraved(figure))
    assert [(bar.y0, bar.y1) for bar in lower] == [(0, 1), (0, 2)]
    assert [(bar.y0, bar.y1) for bar in upper] == [(1, 11), (2, 22)]


def test_bars_of_a_group_stand_beside_each_other_and_alone_have_all_the_room() -> None:
    shared = go.Figure([go.Bar(x=["a"], y=[1], marker_color=RED), go.Bar(x=["a"], y=[2], marker_color=BLUE)])
    (one,), (other,) = bars_of(engraved(shared))
    assert one.x1 == pytest.approx(other.x0)
    apart = go.Figure([go.Bar(x=["a"], y=[1], marker_color=RED), go.Bar(x=["b"], y=[2], marker_color=BLUE)])
    (one,), (other,) = bars_of(engraved(apart))
    assert (one.width, other.width) == pytest.approx((0.8, 0.8))
    assert (one.x0 + one.x1, other.x0 + other.x1) == pytest.approx((0, 2))


def test_bars_over_each_other_begin_at_their_base_and_have_their_own_width_and_colour() -> None:
    figure = go.Figure(go.Bar(orientation="h", y=[0, -1], x=[30, 20], base=[1990, 2000], width=[0.5, 0.2],
                              marker={"color": [RED, BLUE]})).update_layout(barmode="overlay")
    sheet = engraved(figure)
    (bars,) = bars_of(sheet)
    assert [(bar.x0, bar.x1) for bar in bars] == [(1990, 2020), (2000, 2020)]
    assert [bar.height for bar in bars] == pytest.approx([0.5, 0.2])
    assert [to_hex(colour) for colour in marks_of(sheet, PolyCollection)[0].get_facecolor()] == [RED, BLUE]


def test_a_pattern_is_hatched_and_not_filled() -> None:
    figure = go.Figure(go.Bar(x=[1, 2], y=[1, 1], marker={"color": RED, "pattern": {"shape": ["", "/"]}}))
    plain, hatched = marks_of(engraved(figure), PolyCollection)
    assert (plain.get_hatch(), len(plain.get_paths())) == (None, 1)
    assert hatched.get_hatch()
    assert len(hatched.get_facecolor()) == 0


def test_the_text_of_a_bar_stands_beyond_its_end_or_inside_where_there_is_no_room() -> None:
    figure = go.Figure(go.Bar(orientation="h", x=[10, 5], y=["a", "b"], text=["ten of them", "five of them"],
                              textposition="outside", marker_color=RED)).update_xaxes(range=[0, 10.01])
    sheet = engraved(figure)
    ends = {words: sheet.figure.axes[0].transData.transform((x, 0))[0] for words, x in (
        ("ten of them", 10), ("five of them", 5))}
    five, ten = (text_of(sheet, words).get_window_extent() for words in ("five of them", "ten of them"))
    assert five.x0 > ends["five of them"]
    assert ten.x1 < ends["ten of them"]
    assert to_hex(text_of(sheet, "ten of them").get_color()) == to_hex(sheet.figure.get_facecolor())


def test_years_given_by_a_start_and_a_step_are_where_they_belong() -> None:
    (bars,) = bars_of(engraved(go.Figure(go.Bar(x0=1990, dx=1, y=[1, 2, 3], marker_color=RED))))
    assert [(bar.x0 + bar.x1) / 2 for bar in bars] == pytest.approx([1990, 1991, 1992])


def test_lines_keep_their_gaps_dashes_and_steps() -> None:
    figure = go.Figure(go.Scatter(x=[1, 2, None, 4], y=[1, 2, None, 4], mode="lines", line={
        "color": RED, "dash": "dot", "shape": "hv", "width": 3}))
    (line,) = (axes.lines[0] for axes in engraved(figure).figure.axes)
    assert np.isnan(line.get_xdata()[2])
    assert (line.get_drawstyle(), to_hex(line.get_color())) == ("steps-post", RED)
    assert line.is_dashed()


def test_an_area_reaches_down_to_zero() -> None:
    figure = go.Figure(go.Scatter(x=[1, 2], y=[3, 4], fill="tozeroy", line={"color": RED}))
    (area,) = marks_of(engraved(figure), PolyCollection)
    assert area.get_paths()[0].get_extents().y0 == 0
    assert 0 < area.get_facecolor()[0][3] < 1


def test_dots_have_their_own_size_colour_and_symbol() -> None:
    figure = go.Figure(go.Scatter(x=[1, 2, 3], y=[1, 2, 3], mode="markers", marker={
        "size": [6, 12, 12], "color": [RED, BLUE, BLUE], "symbol": ["circle", "circle", "circle-open"]}))
    full, hollow = marks_of(engraved(figure, 12.0), PathCollection)
    assert full.get_sizes().tolist() == [36, 144]
    assert [to_hex(colour) for colour in full.get_facecolor()] == [RED, BLUE]
    assert len(hollow.get_facecolor()) == 0
    assert to_hex(hollow.get_edgecolor()[0]) == BLUE


def test_a_dot_outside_the_range_is_not_drawn_and_one_at_its_end_is_whole_and_in_the_box() -> None:
    figure = go.Figure(go.Scatter(x=[0, 1, 5], y=[0, 1, 5], mode="markers", marker={"size": 40, "color": RED}))
    figure.update_xaxes(range=[0, 1], visible=False).update_yaxes(range=[0, 1], visible=False)
    sheet = engraved(figure)
    (dots,) = marks_of(sheet, PathCollection)
    assert dots.get_offsets().tolist() == [[0, 0], [1, 1]]
    assert not dots.get_clip_on()
    edge = sheet.figure.axes[0].transData.transform((0, 0))[0]
    assert edge - 40 * 9 / 12 / 2 == pytest.approx(BOX[0])


def test_error_bars_reach_from_end_to_end() -> None:
    figure = go.Figure(go.Scatter(x=[5], y=["a"], mode="markers", marker={"color": RED}, error_x={
        "array": [2], "arrayminus": [1], "symmetric": False, "color": BLUE}))
    bars = [found for found in marks_of(engraved(figure), LineCollection) if to_hex(found.get_color()[0]) == BLUE]
    assert bars[0].get_segments()[0].tolist() == [[4, 0], [7, 0]]


def test_a_trace_that_is_not_visible_is_not_drawn() -> None:
    figure = go.Figure([go.Bar(x=[1], y=[1], marker_color=RED), go.Bar(x=[1], y=[9], marker_color=BLUE, visible=False)])
    sheet = engraved(figure)
    assert len(bars_of(sheet)) == 1
    assert sheet.figure.axes[0].get_ylim()[1] < 2


def test_shapes_stand_at_the_values_of_their_axes() -> None:
    figure = go.Figure(go.Scatter(x=[0.1, 10], y=[0, 1], mode="markers", marker={"color": RED}))
    figure.add_vline(x=1, line={"color": BLUE, "width": 2}).update_xaxes(type="log", range=[-1, 1])
    axes = engraved(figure).figure.axes[0]
    assert axes.lines[0].get_xdata() == pytest.approx([0.5, 0.5])
    assert axes.lines[0].get_ydata() == pytest.approx([0, 1])
    boxed = go.Figure(go.Heatmap(z=[[1, 2]], x=["a", "b"], y=["c"], colorscale=[(0, RED), (1, BLUE)]))
    boxed.add_shape(type="rect", x0=0.5, x1=1.5, y0=-0.5, y1=0.5, line={"color": RED, "width": 2})
    (patch,) = engraved(boxed).figure.axes[0].patches
    assert (patch.get_x(), patch.get_width(), patch.get_height()) == pytest.approx((0.5, 0.5, 1.0))


def test_the_bands_of_a_flow_are_as_thick_as_what_flows() -> None:
    figure = go.Figure(go.Sankey(
        node={"label": ["a", "b", "c"], "color": [RED, RED, BLUE]},
        link={"source": [0, 1], "target": [2, 2], "value": [10, 30], "color": BLUE}))
    patches = engraved(figure).figure.axes[0].patches
    bands = [patch.get_path().get_extents() for patch in patches if to_hex(patch.get_facecolor()) == BLUE][:2]
    nodes = sorted(patch.get_height() for patch in patches if hasattr(patch, "get_height"))
    assert nodes[1] / nodes[0] == pytest.approx(3)
    assert nodes[2] == pytest.approx(nodes[0] + nodes[1])
    assert bands[0].x1 == pytest.approx(bands[1].x1)


def test_flows_that_go_round_are_refused() -> None:
    figure = go.Figure(go.Sankey(node={"label": ["a", "b"], "color": RED}, link={
        "source": [0, 1], "target": [1, 0], "value": [1, 1], "color": BLUE}))
    with pytest.raises(ValueError, match="links: must lead from column to column, but 2 nodes lie on a circle"):
        engraved(figure)


def test_a_logarithmic_axis_has_equal_steps_for_equal_ratios() -> None:
    figure = go.Figure(go.Scatter(x=[1, 10, 100], y=[1, 1, 1], mode="markers", marker={"color": RED}))
    figure.update_xaxes(type="log", range=[-0.1, 2.1], tickvals=[1, 10, 100], ticktext=["one", "ten", "hundred"])
    sheet = engraved(figure)
    places = [text_of(sheet, word).get_window_extent() for word in ("one", "ten", "hundred")]
    one, ten, hundred = ((place.x0 + place.x1) / 2 for place in places)
    assert hundred - ten == pytest.approx(ten - one, abs=0.5)
    assert marks_of(sheet, PathCollection)[0].get_offsets()[:, 0].tolist() == [0, 1, 2]


def test_an_axis_follows_its_range_its_direction_and_its_order() -> None:
    figure = go.Figure(go.Bar(orientation="h", x=[1, 2, 3], y=["a", "b", "c"], marker_color=RED))
    figure.update_yaxes(categoryorder="array", categoryarray=["b", "c", "a"]).update_xaxes(range=[0, 6])
    sheet = engraved(figure)
    heights = {word: -text_of(sheet, word).get_position()[1] for word in "abc"}
    assert heights["b"] < heights["c"] < heights["a"]
    assert sheet.figure.axes[0].get_xlim() == (0, 6)
    turned = engraved(figure.update_yaxes(autorange="reversed"))
    assert -text_of(turned, "b").get_position()[1] > -text_of(turned, "a").get_position()[1]


def test_a_second_axis_on_the_right_has_its_own_numbers_and_the_colour_of_its_marks() -> None:
    figure = make_subplots(specs=[[{"secondary_y": True}]])
    figure.add_bar(x=[1, 2], y=[3, 4], marker_color=RED)
    figure.add_scatter(x=[1, 2], y=[3000, 5000], line={"color": BLUE}, secondary_y=True)
    sheet = engraved(figure.update_yaxes(tickfont_color=BLUE, tickformat=",", secondary_y=True))
    right = [text for text in sheet.figure.texts if to_hex(text.get_color()) == BLUE]
    assert "4,000" in [text.get_text() for text in right]
    assert all(text.get_window_extent().x0 > BOX[0] + BOX[2] / 2 for text in right)
    bars, line = sheet.figure.axes
    assert bars.get_position().bounds == line.get_position().bounds
    assert bars.get_ylim()[1] < 10 < line.get_ylim()[1]
