"""The histogram of time: counts on the small world by hand, and on the shipped tables against the selection."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings

from components import theme
from components.charts.timeline import FIRST, LAST, brushed, timeline_chart
from data import select
from data.load import Dataset, load
from data.timeline import UNSTATED, by_year, standing, words
from data.view import View
from tests.unit.strategies import views

SHIPPED = load()
ROWS = ["theme", "year", "approximate", "count"]


def _rows(years: pd.DataFrame, what: str) -> set[tuple]:
    known = years[(years["what"] == what) & years["year"].notna()]
    return set(known[ROWS].itertuples(index=False, name=None))


def _bars(figure: go.Figure, axis: str = "x2") -> dict[str, go.Bar]:
    return {bar.name: bar for bar in figure.data if bar.xaxis == axis and bar.name}


def _few(*counts: tuple[int | None, int], what: str = "ties", rough: bool = False) -> pd.DataFrame:
    years = pd.array([year for year, _ in counts], dtype="Int64")
    return pd.DataFrame({"what": what, "theme": UNSTATED, "year": years, "approximate": rough,
                         "count": [count for _, count in counts]})


@settings(max_examples=25, deadline=None)
@given(views())
def test_every_row_of_the_view_is_counted_once_whatever_its_period(view: View) -> None:
    wide, years = view.replace(from_year=None, to_year=None, undated=True), by_year(SHIPPED, view)
    for what, rows in (("ties", select.ties(SHIPPED, wide)), ("memberships", select.memberships(SHIPPED, wide))):
        counted = years[years["what"] == what]
        assert counted["count"].sum() == len(rows)
        assert counted.loc[counted["year"].isna(), "count"].sum() == standing(SHIPPED, view, what)[0]


def test_a_tie_stands_under_its_year_and_the_theme_of_its_first_issue(small: Dataset) -> None:
    rows = _rows(by_year(small, View()), "ties")
    assert ("Planet", 2013, False, 1) in rows
    assert (UNSTATED, 1960, False, 2) in rows
    assert (UNSTATED, 1836, True, 1) in rows


def test_a_membership_has_the_theme_of_its_network(small: Dataset) -> None:
    assert _rows(by_year(small, View()), "memberships") == {
        ("Planet", 2006, False, 1), ("Planet", 2014, False, 1), ("Planet", 2013, True, 1)}


def test_what_is_undated_is_not_approximate(small: Dataset) -> None:
    years = by_year(small, View(undated=False))
    undated = years[years["year"].isna()]
    assert set(undated["what"]) == {"ties", "memberships"}
    assert not undated["approximate"].any()


def test_chicago_has_a_tie_that_began_in_1960() -> None:
    years = by_year(SHIPPED, View(cities=("chicago-us",), from_year=2000))
    assert years.loc[(years["what"] == "ties") & (years["year"] == 1960), "count"].sum() >= 1


@pytest.mark.parametrize("year", [1836, 1959, 1960, 1994, 1999, 2000, 2022, 2023, LAST])
def test_what_stood_in_a_year_is_what_the_selection_gives(small: Dataset, year: int) -> None:
    _stood(small, View(), year)


@pytest.mark.parametrize("year", [1960, 1995, 2020])
def test_what_stood_in_a_year_is_what_the_selection_gives_on_the_shipped_tables(year: int) -> None:
    _stood(SHIPPED, View(), year)


@settings(max_examples=15, deadline=None)
@given(views())
def test_what_stood_last_year_is_what_the_selection_gives_in_any_view(view: View) -> None:
    _stood(SHIPPED, view, LAST - 1)


def _stood(dataset: Dataset, view: View, year: int) -> None:
    narrow = view.replace(from_year=year, to_year=year, undated=False)
    for what, rows in (("ties", select.ties(dataset, narrow)), ("memberships", select.memberships(dataset, narrow))):
        assert standing(dataset, view, what)[1].get(year, 0) == len(rows)


def test_a_view_without_a_year_stands_in_none(small: Dataset) -> None:
    undated, stood = standing(small, View(cities=("mumbai-in",)))
    assert (undated, len(stood)) == (1, 0)


@pytest.mark.parametrize(("years", "sentence"), [
    (_few(), "No tie is in this view."),
    (_few((None, 1)), "The only tie has no known year."),
    (_few((None, 1200)), "None of 1,200 ties has a known year."),
    (_few((1960, 1)), "The only tie has a known year; it was signed in 1960."),
    (_few((1960, 1), (None, 1)), "1 of 2 ties has a known year; it was signed in 1960; 1 is undated."),
    (_few((1960, 4)), "All 4 ties have a known year; all of these were signed in 1960."),
    (_few((1960, 1), (1990, 1), (None, 3)),
     "2 of 5 ties have a known year; these were signed between 1960 and 1990; 3 are undated."),
    (_few((1970, 20), (1989, 40), (1998, 40), (None, 300)),
     "100 of 400 ties have a known year; most of these (80 %) were signed in 1989–1998; 300 are undated."),
    (_few((1900, 2), (1950, 3), (2000, 2)), "All 7 ties have a known year; 43 % of these were signed in 1950."),
    (_few((2000, 2), (2003, 3), rough=True),
     "All 5 ties have a known year (5 approximate); all of these were signed in 2000–2003."),
])
def test_the_sentence_says_the_strongest_ten_years(years: pd.DataFrame, sentence: str) -> None:
    assert words(years, "ties") == sentence


def test_memberships_have_a_sentence_of_their_own() -> None:
    years = _few((2005, 2), (None, 1), what="memberships")
    assert words(years, "memberships") == ("2 of 3 memberships have a known year; all of these began in 2005; "
                                           "1 is undated.")
    assert words(years, "ties") == "No tie is in this view."


def test_years_before_1900_are_gathered_in_the_first_bar_and_labelled_so(small: Dataset) -> None:
    figure = timeline_chart(by_year(small, View()), View(), "ties")
    first = _bars(figure)[UNSTATED]
    assert (first.x[0], first.y[0]) == (FIRST, 1)
    assert first.hovertext[0] == "1900 or earlier: 1 tie, no stated issue (1 of approximate year)"
    assert figure.layout.xaxis2.ticktext[0] == "≤1900"


def test_a_bar_says_its_year_count_and_theme_in_its_colour(small: Dataset) -> None:
    bar = _bars(timeline_chart(by_year(small, View()), View(), "ties"))["Planet"]
    assert list(bar.hovertext) == ["2013: 1 tie, Planet"]
    assert bar.marker.color == theme.colours()["Planet"]


def test_the_undated_stand_in_a_bar_of_their_own_on_an_axis_of_their_own(small: Dataset) -> None:
    years = by_year(small, View())
    undated = int(years.loc[(years["what"] == "ties") & years["year"].isna(), "count"].sum())
    bar = _bars(timeline_chart(years, View(), "ties"), "x")["undated"]
    assert (bar.y[0], bar.text[0], bar.yaxis) == (undated, str(undated), "y")


@pytest.mark.parametrize(("view", "inside"), [
    (View(), {1900, 1931, 1960, 1994, 1997}),
    (View(from_year=1950, to_year=1995), {1960, 1994}),
    (View(from_year=1994), {1994, 1997}),
    (View(from_year=1850, to_year=1890), {1900}),
])
def test_bars_outside_the_period_are_fainter(small: Dataset, view: View, inside: set[int]) -> None:
    bar = _bars(timeline_chart(by_year(small, view), view, "ties"))[UNSTATED]
    assert {year for year, opacity in zip(bar.x, bar.marker.opacity, strict=True) if opacity == 1} == inside


def test_the_undated_are_fainter_while_their_switch_is_off(small: Dataset) -> None:
    shown, hidden = (_bars(timeline_chart(by_year(small, view), view, "ties"), "x")["undated"].marker.opacity
                     for view in (View(), View(undated=False)))
    assert hidden < shown


@pytest.mark.parametrize(("playing", "place"), [(1994, 1994), (1850, FIRST), (LAST + 5, LAST)])
def test_the_year_that_plays_is_a_line_with_its_number(small: Dataset, playing: int, place: int) -> None:
    figure = timeline_chart(by_year(small, View()), View(), "ties", playing)
    assert [(line.x0, line.x1) for line in figure.layout.shapes] == [(place, place)]
    assert [note.text for note in figure.layout.annotations] == [f"<b>{playing}</b>"]


@pytest.mark.parametrize("years", [_few(), _few((None, 3)), _few((LAST, 1)), _few((1850, 2))])
def test_a_chart_of_little_or_nothing_has_its_scale_and_the_undated(years: pd.DataFrame) -> None:
    figure = timeline_chart(years, View(), "ties")
    low, high = figure.layout.xaxis2.range
    assert high - low > 10
    assert len(figure.layout.xaxis2.tickvals) >= 2
    assert "undated" in _bars(figure, "x")


@pytest.mark.parametrize(("top", "levels"), [(1, (0, 1)), (4, (0, 2, 4)), (90, (0, 50)), (1500, (0, 1000))])
def test_the_scale_of_counts_has_two_or_three_round_numbers(top: int, levels: tuple[int, ...]) -> None:
    assert timeline_chart(_few((2000, top)), View(), "ties").layout.yaxis2.tickvals == levels


def _event(*boxes: tuple[str, list[float]]) -> dict[str, Any]:
    return {"selection": {"points": [], "box": [{"xref": axis, "yref": "y", "x": x, "y": [0, 1]} for axis, x in boxes]}}


@pytest.mark.parametrize(("event", "years"), [
    (_event(("x2", [1959.7, 1990.2])), (1960, 1990)),
    (_event(("x2", [2010.1, 1989.6])), (1990, 2010)),
    (_event(("x2", [1850, LAST + 3.2])), (FIRST, LAST)),
    (_event(("x", [-0.4, 0.4])), None),
    (_event(("x", [-0.4, 0.4]), ("x2", [1975.1, 1975.3])), (1975, 1975)),
    (_event(), None),
    ({}, None),
])
def test_a_brush_is_a_span_of_whole_years(event: dict[str, Any], years: tuple[int, int] | None) -> None:
    assert brushed(event) == years
