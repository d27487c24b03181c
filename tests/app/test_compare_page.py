"""The page of several cities without a browser: their choice, the link, and what stands there for little or nothing."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from components.overlaps import CITY
from data.view import View

Start = Callable[..., AppTest]


def _view(test: AppTest) -> View:
    assert not test.exception, test.exception[0].message
    view: View = test.session_state["_view"]
    return view


def _captions(test: AppTest) -> str:
    return " ".join(caption.value for caption in test.main.caption)


def test_without_a_city_the_page_asks_for_two_and_gives_an_example(app: Start) -> None:
    test = app("compare")
    assert _view(test).cities == ()
    assert test.main.title[0].value == "Two to four cities side by side"
    assert "/compare?city=" in test.main.info[0].value


def test_one_city_or_the_same_twice_asks_for_another(app: Start) -> None:
    for city in ("chicago-us", "chicago-us,chicago-us"):
        test = app("compare", city=city)
        assert _view(test).cities == ("chicago-us",)
        assert test.main.title[0].value == "Chicago, beside which city?"


def test_two_cities_stand_side_by_side(app: Start) -> None:
    test = app("compare", city="tokyo-jp,chicago-us")
    assert _view(test).cities == ("chicago-us", "tokyo-jp")
    assert test.main.title[0].value.startswith("Chicago and Tokyo share 2 partner cities and 1 network;")
    address = CITY["City"][1]
    partners = test.main.dataframe[0].value
    assert partners["City"].tolist()[:2] == [f"{address}cologne-de#Cologne", f"{address}suva-fj#Suva"]
    assert partners["Tokyo"].tolist()[:2] == ["● 1836 (inferred)", "● undated"]
    assert "Chicago: no known year for 3 of 7 ties and 1 of 1 membership; 1 more tie is left out" in _captions(test)


def test_the_cities_are_chosen_on_the_page_and_in_the_sidebar_alike(app: Start) -> None:
    test = app("compare", city="chicago-us")
    test.multiselect(key="beside").set_value(["chicago-us", "kyiv-ua"]).run()
    assert _view(test).cities == ("chicago-us", "kyiv-ua")
    assert test.query_params["city"] in ("chicago-us,kyiv-ua", ["chicago-us,kyiv-ua"])
    test.multiselect(key="city").set_value(["chicago-us", "kyiv-ua", "tokyo-jp"]).run()
    assert test.multiselect(key="beside").value == ["chicago-us", "kyiv-ua", "tokyo-jp"]
    assert test.main.title[0].value.startswith("Chicago, Kyiv and Tokyo share")


def test_a_fifth_city_is_said_to_be_left_out(app: Start) -> None:
    test = app("compare", city="chicago-us,cologne-de,kyiv-ua,mumbai-in,tokyo-jp")
    assert len(_view(test).cities) == 5
    assert "names 5 cities" in _captions(test)
    assert "left out: Tokyo." in _captions(test)


def test_cities_without_a_tie_with_undated_ties_and_in_no_network_have_a_page(app: Start) -> None:
    test = app("compare", city="ehrenfeld-de,suva-fj")
    assert _view(test).cities == ("ehrenfeld-de", "suva-fj")
    assert test.main.title[0].value.endswith("Ehrenfeld has no tie in this view")
    assert "None of them is in a network of this view." in _captions(test)
    assert "Ehrenfeld: no tie; Suva: no year of signing known." in _captions(test)


def test_a_view_that_leaves_no_tie_says_what_to_loosen(app: Start) -> None:
    test = app("compare", city="suva-fj,mumbai-in", undated="0")
    assert _view(test).undated is False
    assert test.main.title[0].value.endswith("Mumbai and Suva have no tie in this view")
    assert "switch them on" in _captions(test)


def test_a_filter_is_obeyed_and_kept(app: Start) -> None:
    test = app("compare", city="chicago-us,tokyo-jp")
    test.toggle(key="undated").set_value(False).run()
    assert _view(test) == View(cities=("chicago-us", "tokyo-jp"), undated=False)
    assert test.main.title[0].value.startswith("Chicago and Tokyo share no partner city")


def test_every_chart_has_its_numbers(app: Start) -> None:
    test = app("compare", city="chicago-us,tokyo-jp")
    for what in ("figures", "partners", "networks", "themes", "years"):
        test.session_state[f"numbers-compare-{what}"] = True
    test.run()
    _view(test)
    frames = [frame.value for frame in test.main.dataframe]
    assert [len(frame) for frame in frames] == [2, 8, 8, 1, 14, 11]
    assert frames[-1]["Signed"].tolist().count("unknown") == 5
