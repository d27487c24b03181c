from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

from components.charts import years as chart
from data import select, years
from data.load import Dataset, load
from data.view import View
from data.words import THEME_OF
from tests.unit.strategies import views

SHIPPED = load()


@settings(max_examples=25, deadline=None)
@given(views())
def test_every_row_of_the_view_is_counted_once_whatever_its_period_and_switches(view: View) -> None:
    wide = view.replace(from_year=None, to_year=None, undated=True, unstated=True)
    for counted, rows, year in ((years.of_ties(SHIPPED, view), select.ties(SHIPPED, wide), "start_year"),
                                (years.of_memberships(SHIPPED, view), select.memberships(SHIPPED, wide), "joined")):
        assert counted.began.to_numpy().sum() == rows[year].notna().sum()
        assert counted.undated == rows[year].isna().sum()


def test_a_year_s_bar_is_the_ties_that_began_in_it_by_theme() -> None:
    rows = select.ties(SHIPPED, View())
    signed = rows[rows["start_year"] == 1991]
    first = signed["issues"].map(lambda cell: THEME_OF[cell[0]] if len(cell) else "Unstated")
    bar = years.of_ties(SHIPPED, View(from_year=2000)).began.loc[1991]
    assert bar[bar > 0].to_dict() == first.value_counts().to_dict()


def test_years_that_are_not_exact_are_counted_apart(small: Dataset) -> None:
    assert years.of_ties(small, View()).rough == 2
    assert years.of_memberships(small, View()).rough == 1


def test_the_sentence_names_the_best_ten_years() -> None:
    began = pd.DataFrame(0, index=range(1950, 2026), columns=list(years.GROUPS))
    began.loc[[1989, 1998], "People"] = 40
    began.loc[1970, "Unstated"] = 20
    counted = years.Years("ties", began, undated=300, rough=0)
    assert counted.sentence == "100 of 400 ties have a known year; 80 % of these began 1989–1998."


def test_a_single_year_is_no_span() -> None:
    began = pd.DataFrame(0, index=range(1975, 2026), columns=list(years.GROUPS))
    began.loc[[1975, 2024], "People"] = 1
    assert years.Years("ties", began, undated=5, rough=0).sentence.endswith("50 % of these began in 1975.")


@pytest.mark.parametrize(("query", "sentence"), [
    ({"city": "mumbai-in"}, "No ties of known year; 1 of unknown year."), ({"country": "BRA", "kind": "sister"}, "")])
def test_a_view_without_a_year_is_said_so(small: Dataset, query: dict[str, str], sentence: str) -> None:
    view = View.from_query(query)[0]
    assert years.of_ties(small, view).sentence == sentence
    chart.years_chart(years.of_ties(small, view))
    chart.years_chart(years.of_memberships(small, view))


def test_years_before_the_scale_stand_in_its_first_bar(small: Dataset) -> None:
    figure = chart.years_chart(years.of_ties(small, View()))
    unstated = next(bar for bar in figure.data if bar.name == "Unstated" and bar.xaxis == "x2")
    assert unstated.x0 == chart.FIRST
    assert unstated.y[0] == 1


def test_the_period_stands_over_its_years() -> None:
    low, high = chart.span(View(), 2026)
    assert low == pytest.approx(chart.years_chart(years.of_ties(SHIPPED, View())).layout.xaxis2.domain[0])
    assert high == pytest.approx(1.0)
    part = chart.span(View(from_year=1963, to_year=1963), 2026)
    assert (part[0] - low) / (high - low) == pytest.approx(63 / 127)
    assert (part[1] - low) / (high - low) == pytest.approx(64 / 127)
    assert chart.span(View(from_year=1000, to_year=1850), 2026)[0] == pytest.approx(low)


@pytest.mark.parametrize(("selection", "span"), [
    ({"box": [{"xref": "x2", "x": [1959.7, 1990.2]}], "points": [{"x": 1960}]}, (1960, 1990)),
    ({"box": [{"xref": "x2", "x": [2010.1, 1850]}], "points": []}, (1900, 2010)),
    ({"box": [], "points": [{"x": 1975}]}, (1975, 1975)),
    ({"box": [{"xref": "x", "x": [-1, 1]}], "points": []}, None),
    ({"box": [], "points": [{"x": 0}]}, None),
    ({}, None),
])
def test_a_brush_is_a_span_of_years(selection: dict, span: tuple[int, int] | None) -> None:
    assert chart.brushed(selection) == span


def test_a_click_on_the_bar_without_a_year_is_told_apart() -> None:
    assert chart.without_year({"box": [], "points": [{"x": 0}]})
    assert not chart.without_year({"box": [{"xref": "x2", "x": [1, 2]}], "points": [{"x": 0}]})
    assert not chart.without_year({"box": [], "points": [{"x": 1975}]})
