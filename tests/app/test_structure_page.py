"""The page of structure without a browser: its parts, its link, the measures, and who can introduce whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data.view import View
from data.words import RANKS, SHAPES

Start = Callable[..., AppTest]


def _view(test: AppTest) -> View:
    assert not test.exception, test.exception[0].message
    view: View = test.session_state["_view"]
    return view


def _infos(test: AppTest) -> str:
    return " ".join(box.value for box in test.main.info)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_part_has_its_own_link_and_says_something(app: Start, shape: str) -> None:
    test = app("structure", shape=shape)
    assert _view(test).shape == shape
    assert test.main.title[0].value
    assert not test.main.warning


@pytest.mark.parametrize("rank", RANKS)
def test_every_measure_has_its_own_ranking(app: Start, rank: str) -> None:
    test = app("structure", shape="ranking", rank=rank)
    assert _view(test).rank == rank
    assert "lead" in test.main.title[0].value


def test_the_parts_and_measures_write_the_link_and_a_filter_keeps_them(app: Start) -> None:
    test = app("structure")
    test.segmented_control(key="shape").set_value("ranking").run()
    test.segmented_control(key="rank").set_value("coreness").run()
    assert _view(test).to_query() == {"shape": "ranking", "rank": "coreness"}
    test.toggle(key="thin").set_value(True).run()
    assert _view(test) == View(shape="ranking", rank="coreness", thin=True)
    test.button(key="reset").click().run()
    assert _view(test) == View(shape="ranking", rank="coreness")


def test_the_summary_is_a_table_with_a_meaning_for_each_number(app: Start) -> None:
    test = app("structure")
    table = next(text.value for text in test.main.markdown if "| Measure |" in text.value)
    assert "| Global clustering |" in table
    assert "| Average local clustering |" in table
    assert "handshakes apart on average" in test.main.title[0].value


def test_the_numbers_are_a_table_with_links_to_the_cities(app: Start) -> None:
    test = app("structure", shape="ranking", country="JPN", from_="1900")
    test.session_state["numbers-structure-degree"] = True
    test.run()
    rows = test.main.dataframe[0].value
    assert rows["City"].tolist() == ["/city?city=tokyo-jp#Tokyo"]
    assert rows["Rank by dated ties, 1960"].tolist() == [1]


def test_connectivity_has_no_history_and_says_why(app: Start) -> None:
    test = app("structure", shape="ranking", rank="connectivity")
    assert any("no ranks by decade" in caption.value for caption in test.main.caption)


def test_communities_say_how_far_they_can_be_trusted(app: Start) -> None:
    test = app("structure", shape="communities")
    assert any("Modularity" in caption.value and "Stability" in caption.value for caption in test.main.caption)


def test_paths_ask_for_two_cities_and_then_show_the_chains_with_evidence(app: Start) -> None:
    test = app("structure", shape="paths")
    assert "Choose two cities" in _infos(test)
    test.selectbox(key="path-from").set_value("warsaw-pl").run()
    assert "Choose a second city: who can introduce Warsaw" in _infos(test)
    test.selectbox(key="path-to").set_value("mexico-city-mx").run()
    assert _view(test).cities == ("mexico-city-mx", "warsaw-pl")
    assert test.main.title[0].value == "Chicago can introduce Warsaw and Mexico City"
    assert test.selectbox(key="path-from").value == "warsaw-pl"
    evidence = " ".join(text.value for text in test.main.markdown)
    assert "Warsaw – Chicago: sister city or twin town, since 1960; 2 independent sources" in evidence
    assert "(https://www.example.org/list_open)" in evidence


def test_one_city_twice_is_pointed_out(app: Start) -> None:
    test = app("structure", shape="paths", city="chicago-us,warsaw-pl")
    test.selectbox(key="path-to").set_value("chicago-us").run()
    assert "Chicago stands in both boxes" in _infos(test)
    assert _view(test).cities == ("chicago-us",)


def test_partners_are_said_to_be_partners(app: Start) -> None:
    test = app("structure", shape="paths", city="chicago-us,warsaw-pl")
    assert test.main.title[0].value == "Chicago and Warsaw are partners already, since 1960"


def test_no_path_is_said_plainly_in_both_ways(app: Start) -> None:
    test = app("structure", shape="paths", city="chicago-us,moscow-ru")
    assert test.main.title[0].value == "No chain of ties or networks joins Chicago and Moscow"
    assert "Moscow has no tie abroad that stands." in _infos(test)
    assert "shares no network" in _infos(test)


def test_an_unknown_city_is_named_and_the_other_stays(app: Start) -> None:
    assert "atlantis-xx" in app(shape="paths", city="chicago-us,atlantis-xx").main.warning[0].value
    test = app("structure", shape="paths", city="chicago-us,atlantis-xx")
    assert "Choose a second city" in _infos(test)


def test_more_than_two_cities_in_the_link_are_not_dropped_in_silence(app: Start) -> None:
    test = app("structure", shape="paths", city="chicago-us,warsaw-pl,kyiv-ua")
    assert any("names 1 more city" in caption.value for caption in test.main.caption)


def test_the_chains_are_a_table_and_a_file(app: Start) -> None:
    test = app("structure", shape="paths", city="mexico-city-mx,warsaw-pl")
    test.session_state["numbers-chains-ties"] = True
    test.run()
    rows = test.main.dataframe[0].value
    assert rows["Hop"].tolist() == [1, 1, 2]
    assert rows["Since"].tolist() == ["2013", "1991", "1960"]
