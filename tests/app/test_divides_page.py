"""The page of cities and nations without a browser: the parts, the choices, the designed states."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data.view import View
from data.words import DIVIDES

Start = Callable[..., AppTest]


def _view(test: AppTest) -> View:
    assert not test.exception, test.exception[0].message
    view: View = test.session_state["_view"]
    return view


@pytest.mark.parametrize("part", DIVIDES)
def test_every_part_has_its_own_link_and_says_something(app: Start, part: str) -> None:
    test = app("divides", divide=part)
    assert _view(test).divide == part
    assert test.main.title[0].value


def test_the_parts_and_the_measure_write_the_link(app: Start) -> None:
    test = app("divides")
    test.selectbox(key="close").set_value("votes").run()
    test.selectbox(key="cut").set_value("half").run()
    assert _view(test).to_query() == {"close": "votes", "cut": "half"}
    test.segmented_control(key="divide").set_value("bridges").run()
    assert _view(test).to_query() == {"divide": "bridges", "close": "votes", "cut": "half"}


@pytest.mark.parametrize("part", ["question", "time", "bridges"])
def test_a_view_that_leaves_nothing_has_a_designed_state(app: Start, part: str) -> None:
    test = app("divides", divide=part, country="JPN", from_="1400", to="1401", undated="0")
    assert not test.exception
    assert test.main.info


def test_the_map_of_the_ties_across_is_linked(app: Start) -> None:
    texts = [text.value for text in app("divides", divide="bridges", cut="third").main.markdown]
    assert any("(/atlas?map=ties&across=far&cut=third)" in text for text in texts)


def test_two_countries_without_a_tie_and_the_same_twice_are_designed_states(app: Start) -> None:
    test = app("divides", divide="pair", country="FJI,KEN")
    assert not test.exception
    assert "Fiji" in test.main.title[0].value


def test_one_country_is_asked_for_and_then_set_side_by_side(app: Start) -> None:
    test = app("divides", divide="country", country="POL")
    assert not test.exception
    assert "Poland" in test.main.title[0].value
