"""The page of networks and relations without a browser: the choice of charts, the link, one network, joining."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data.view import View
from data.words import CHART_NAMES

Start = Callable[..., AppTest]


def _view(test: AppTest) -> View:
    assert not test.exception, test.exception[0].message
    view: View = test.session_state["_view"]
    return view


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_every_chart_has_its_own_link_and_says_something(app: Start, chart: str) -> None:
    test = app("networks", chart=chart)
    assert _view(test).chart == chart
    assert test.main.title[0].value
    assert not test.main.warning


def test_the_parts_and_charts_write_the_link(app: Start) -> None:
    test = app("networks")
    test.segmented_control(key="part").set_value("Relations").run()
    assert _view(test).to_query() == {"chart": "regions"}
    test.segmented_control(key="chart").set_value("web").run()
    assert test.query_params["chart"] in ("web", ["web"])


def test_the_order_of_the_lives_is_in_the_link(app: Start) -> None:
    test = app("networks")
    test.segmented_control(key="sort").set_value("size").run()
    assert _view(test).to_query() == {"sort": "size"}


def test_a_filter_keeps_the_chart_and_reset_keeps_it_too(app: Start) -> None:
    test = app("networks", chart="gaps")
    test.toggle(key="thin").set_value(True).run()
    assert _view(test) == View(chart="gaps", thin=True)
    test.button(key="reset").click().run()
    assert _view(test) == View(chart="gaps")


def test_a_network_is_chosen_from_the_list(app: Start) -> None:
    test = app("networks", chart="network")
    assert "Choose a network" in test.main.info[0].value
    test.selectbox(key="one-network").set_value("eurocities").run()
    assert _view(test).networks == ("eurocities",)
    assert test.main.title[0].value.startswith("Eurocities: 2 members in 2 countries")
    assert any("regional network of cities on governance" in text.value for text in test.main.markdown)


def test_members_are_listed_with_their_year_or_unknown(app: Start) -> None:
    test = app("networks", chart="network", network="c40")
    members = next(frame.value for frame in test.main.dataframe if "Joined" in frame.value)
    assert members["Joined"].tolist() == ["2006", "unknown", "unknown"] or set(members["Joined"]) == {"2006", "unknown"}
    assert members["City"].str.startswith("/city?city=").all()


def test_a_network_with_one_member_and_no_dates_has_a_page(app: Start) -> None:
    test = app("networks", chart="network", network="c40", country="KEN")
    assert test.main.title[0].value == "C40: 1 member in 1 country; none is in another network"
    assert any("No year of joining is known" in caption.value for caption in test.main.caption)


def test_a_dissolved_network_has_a_page_of_the_time_when_it_lived(app: Start) -> None:
    test = app("networks", chart="network", network="100rc")
    assert test.main.title[0].value == "100RC has no member in this view"
    assert any("ended in 2019" in text.value for text in test.main.markdown)
    test = app("networks", chart="network", network="100rc", from_="2014", to="2018")
    assert test.main.title[0].value.startswith("100RC: 2 members in 2 countries")


def test_several_networks_in_the_link_are_not_dropped_in_silence(app: Start) -> None:
    test = app("networks", chart="network", network="c40,eurocities")
    assert any("names 1 more network" in caption.value for caption in test.main.caption)


def test_joining_asks_for_a_city_and_then_ranks_networks(app: Start) -> None:
    test = app("networks", chart="joining")
    assert "Choose a city above" in test.main.info[0].value
    test.selectbox(key="one-city").set_value("toledo-us").run()
    assert _view(test).cities == ("toledo-us",)
    assert "would bring it the most new peers, 3" in test.main.title[0].value
    test.selectbox(key="join-network").set_value("eurocities").run()
    assert _view(test).to_query() == {"city": "toledo-us", "network": "eurocities", "chart": "joining"}
    assert "2 new peers among its 2 members" in test.main.title[0].value


def test_the_numbers_are_a_table_and_a_file(app: Start) -> None:
    test = app("networks", chart="overlap", from_="1900")
    test.session_state["numbers-overlap"] = True
    test.run()
    assert test.main.dataframe[0].value["Shared members"].tolist() == [1]


def test_a_mangled_chart_is_said_aloud_and_the_first_is_shown(app: Start) -> None:
    test = app(chart="livse")
    assert "did you mean `lives`?" in test.main.warning[0].value
    assert _view(test).chart == "lives"
