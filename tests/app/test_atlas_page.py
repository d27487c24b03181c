"""The world map's page without a browser: the toolbar, the focus, the film, the panel."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.years import MAP_FIRST
from data.view import View

Start = Callable[..., AppTest]


def _view(test: AppTest) -> View:
    assert not test.exception, test.exception[0].message
    view: View = test.session_state["_view"]
    return view


def _choose(test: AppTest, key: str, value: str) -> None:
    (test.segmented_control if key == "map" else test.selectbox)(key=key).set_value(value).run()


@pytest.mark.parametrize(("key", "value"), [("map", "cities"), ("proj", "globe"), ("camera", "africa")])
def test_the_toolbar_writes_the_link(app: Start, key: str, value: str) -> None:
    test = app("atlas")
    _choose(test, key, value)
    assert _view(test).to_query() == {key: value}
    assert test.query_params[key] in (value, [value])


@pytest.mark.parametrize(("query", "drawn"), [
    ({}, "flows"), ({"city": "chicago-us"}, "ties"), ({"network": "c40"}, "networks"), ({"map": "cities"}, "cities")])
def test_the_toolbar_shows_the_picture_that_suits_the_view(app: Start, query: dict[str, str], drawn: str) -> None:
    assert app("atlas", **query).segmented_control(key="map").value == drawn


def test_a_picture_stays_when_a_filter_changes(app: Start) -> None:
    test = app("atlas", map="cities", proj="pacific")
    test.toggle(key="thin").set_value(True).run()
    assert _view(test).to_query() == {"thin": "1", "map": "cities", "proj": "pacific"}


def test_release_lets_the_focus_go_and_keeps_the_filters(app: Start) -> None:
    test = app("atlas", city="chicago-us", issue="climate", map="ties")
    test.button(key="release").click().run()
    assert _view(test) == View(issues=("climate",))
    assert "release" not in [button.key for button in test.button]


def _year(test: AppTest) -> str:
    assert not test.exception, test.exception[0].message
    return next(caption.value[2:6] for caption in test.main.caption if "ties of known year" in caption.value)


def test_the_film_begins_where_the_view_begins_and_a_filter_does_not_move_it_on(app: Start) -> None:
    test = app("atlas", from_="1988")
    test.button(key="play").click().run()
    assert _year(test) == "1988"
    test.toggle(key="thin").set_value(True).run()
    assert _year(test) == "1988"


@pytest.mark.parametrize(("mode", "query"), [("sum", {"to": "1988"}), ("year", {"from": "1988", "to": "1988"})])
def test_where_the_film_stops_the_link_names_the_year(app: Start, mode: str, query: dict[str, str]) -> None:
    test = app("atlas", from_="1988")
    test.session_state["film-mode"] = mode
    test.button(key="play").click().run()
    test.button(key="stop").click().run()
    assert test.button(key="play")
    assert _view(test).to_query() == query


def test_the_film_shows_the_ties_of_known_year_that_the_view_has(app: Start) -> None:
    test = app("atlas", from_="1960", to="1960")
    test.button(key="play").click().run()
    caption = next(caption.value for caption in test.main.caption if "ties of known year" in caption.value)
    assert caption.startswith("**1960**: 4 ties of known year so far, 2 signed in this year")


def test_the_film_of_a_network_shows_its_members_of_known_year(app: Start) -> None:
    test = app("atlas", network="c40", from_="2006", to="2006")
    test.button(key="play").click().run()
    caption = next(caption.value for caption in test.main.caption if "memberships of known year" in caption.value)
    assert caption.startswith("**2006**: 1 memberships of known year so far, 1 from this year.")


def test_the_legend_filters_by_theme(app: Start) -> None:
    test = app("atlas")
    test.pills(key="legend").set_value(["Peace and rights"]).run()
    assert _view(test).issues == ("peace", "rights")
    test.pills(key="legend").set_value([]).run()
    assert _view(test) == View()


def test_the_legend_keeps_an_area_that_was_chosen_by_itself(app: Start) -> None:
    test = app("atlas", issue="climate")
    test.pills(key="legend").set_value(["Peace and rights"]).run()
    assert _view(test).issues == ("climate", "peace", "rights")
    test.pills(key="legend").set_value([]).run()
    assert _view(test).issues == ("climate",)


@pytest.mark.parametrize(("query", "heading", "columns"), [
    ({"city": "chicago-us"}, "Chicago: 7 ties", ["Country", "City", "Since", "Kind", "Status"]),
    ({"country": "POL"}, "Poland: partner countries", ["Country", "Ties", "Of known year"]),
    ({"network": "c40"}, "C40: 3 listed members", ["Country", "City", "Since", "Status"]),
    ({"city": "chicago-us,tokyo-jp"}, "Chicago and Tokyo: 11 ties", ["Country", "City"]),
])
def test_the_panel_lists_what_is_in_focus(
        app: Start, query: dict[str, str], heading: str, columns: list[str]) -> None:
    test = app("atlas", **query)
    assert any(text.value.startswith(heading) for text in test.main.header)
    assert columns == test.dataframe[0].value.columns.tolist()[:len(columns)]


def test_an_unknown_year_is_said_in_the_panel(app: Start) -> None:
    panel = app("atlas", city="chicago-us").dataframe[0].value.set_index("City")
    assert panel.loc["/city?city=kyiv-ua#Kyiv", "Since"] == "unknown"
    assert panel.loc["/city?city=moscow-ru#Moscow", "Status"] == "suspended 2022"


def test_a_view_without_a_known_year_says_so_instead_of_empty_bars(app: Start) -> None:
    test = app("atlas", network="mayors_for_peace")
    assert "No memberships of known year; 2 of unknown year." in [caption.value for caption in test.main.caption]
    assert not test.get("plotly_chart")
    assert app("atlas", network="c40").get("plotly_chart")


def test_the_bars_come_after_the_map(app: Start) -> None:
    test = app("atlas")
    test.session_state["_came"] = time.monotonic()
    assert not test.run().get("plotly_chart")
    test.session_state["_came"] = time.monotonic() - MAP_FIRST
    assert test.run().get("plotly_chart")


def test_a_view_without_ties_keeps_the_map_and_says_what_to_widen(app: Start) -> None:
    test = app("atlas", country="FJI", to="1800", undated="0")
    assert not test.exception
    assert "Widen" in test.info[0].value or "switch them on" in test.info[0].value
