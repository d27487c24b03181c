"""The pages of one city and of new partners, without a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data.dossier import dossier
from data.load import Dataset
from data.view import View

Start = Callable[..., AppTest]


def _texts(test: AppTest) -> list[str]:
    assert not test.exception, test.exception[0].message
    return [text.value for text in test.main.markdown]


def test_the_page_of_a_city_says_what_its_dossier_says(app: Start, small: Dataset) -> None:
    test = app("city", city="chicago-us")
    assert test.main.title[0].value.startswith("Chicago’s 7 ties reach 6 countries")
    for subject, sentence in dossier(small, View(cities=("chicago-us",))).sentences.items():
        assert f"**{subject}.** {sentence}" in _texts(test)


def test_the_page_without_a_city_asks_for_one(app: Start) -> None:
    test = app("city")
    assert test.main.title[0].value == "Which city?"
    test.selectbox(key="one-city").set_value("tokyo-jp").run()
    assert test.main.title[0].value.startswith("Tokyo’s")
    assert test.session_state["_view"] == View(cities=("tokyo-jp",))


@pytest.mark.parametrize(("city", "words"), [
    ("springfield-us", "has no tie in this view"),
    ("suva-fj", "Suva’s 2 ties"),
    ("mumbai-in", "Mumbai’s 1 tie"),
    ("moscow-ru", "Moscow’s 1 tie")])
def test_a_city_with_little_has_a_designed_page(app: Start, city: str, words: str) -> None:
    test = app("city", city=city)
    assert words in test.main.title[0].value
    assert "**Coverage.**" in " ".join(_texts(test))


def test_the_link_to_the_briefing_carries_the_view(app: Start) -> None:
    assert any("/api/briefing.pdf?to=2000&city=chicago-us" in text for text in _texts(app("city", city="chicago-us",
                                                                                         to="2000")))


def test_several_cities_in_the_link_are_said_and_lead_to_compare(app: Start) -> None:
    test = app("city", city="chicago-us,tokyo-jp")
    assert any("/compare?city=chicago-us,tokyo-jp" in caption.value for caption in test.main.caption)


def test_an_unknown_city_is_named_with_those_it_may_mean(app: Start) -> None:
    test = app(city="toledo")
    assert "Toledo, Spain (`toledo-es`)" in test.main.warning[0].value
    assert "Toledo, OH, United States (`toledo-us`)" in test.main.warning[0].value


def test_partners_are_listed_with_year_status_and_the_numbers_of_their_sources(app: Start) -> None:
    test = app("city", city="chicago-us")
    rows = next(frame.value for frame in test.main.dataframe if "Distance (km)" in frame.value)
    moscow = rows[rows["City"].str.endswith("#Moscow")].iloc[0]
    assert (moscow["Since"], moscow["Status"], moscow["Sources"]) == ("1997", "suspended 2022", "1")
    assert rows["City"].str.startswith("/city?city=").all()
    assert "unknown" in set(rows["Since"])


def test_new_partners_are_suggested_with_reasons_and_a_past_tie_is_said(app: Start) -> None:
    test = app("partners", city="chicago-us")
    texts = _texts(test)
    assert any(text.startswith("**1. [") for text in texts)
    past = [text for text in texts if "Moscow" in text and text.startswith("**")]
    assert past
    assert "had a tie (sister): suspended in 2022" in past[0]


def test_new_partners_ask_for_a_city_and_say_how_far_to_trust_them(app: Start) -> None:
    assert "Choose a city here" in app("partners").main.info[0].value
    test = app("partners", city="chicago-us")
    assert test.main.header[0].value == "How far to trust it"
    assert test.main.table[0].value.index.tolist()[0] == "this score"


def test_filters_that_do_not_matter_for_suggestions_are_said(app: Start) -> None:
    captions = [caption.value for caption in app("partners", city="chicago-us", country="JPN").main.caption]
    assert any("the others in the link are not used" in caption for caption in captions)
