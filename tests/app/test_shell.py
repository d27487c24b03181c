"""The frame of every page, driven without a browser: address to filters and back, problems aloud, search, reset."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.view import View

Start = Callable[..., AppTest]


def _view(test: AppTest) -> View:
    assert not test.exception, test.exception[0].message
    view: View = test.session_state["_view"]
    return view


def _query(test: AppTest) -> dict[str, str]:
    return {key: values if isinstance(values, str) else values[-1] for key, values in test.query_params.items()}


def test_a_bare_address_shows_everything_and_stays_bare(app: Start) -> None:
    test = app()
    assert _view(test) == View()
    assert _query(test) == {}


def test_the_address_sets_every_filter(app: Start) -> None:
    asked = {"issue": "climate,peace", "from": "1990", "to": "2010", "undated": "0", "unstated": "0", "domestic": "1",
             "districts": "1", "thin": "1", "kind": "agreement", "region": "eastern-europe", "country": "POL,USA",
             "city": "chicago-us", "network": "c40", "proj": "pacific"}
    test = app(**asked)
    assert _view(test).to_query() == asked
    assert _query(test) == asked
    assert test.slider(key="period").value == (1990, 2010)
    assert test.multiselect(key="country").value == ["POL", "USA"]
    assert not test.toggle(key="undated").value


def test_a_filter_writes_the_address(app: Start) -> None:
    test = app()
    test.slider(key="period").set_value((1990, 2010)).run()
    test.toggle(key="undated").set_value(False).run()
    test.multiselect(key="network").set_value(["c40"]).run()
    assert _query(test) == {"from": "1990", "to": "2010", "undated": "0", "network": "c40"}


def test_years_off_the_scale_survive_until_their_end_is_moved(app: Start) -> None:
    test = app(from_="1836", to="1850")
    assert _query(test) == {"from": "1836", "to": "1850"}
    test.toggle(key="thin").set_value(True).run()
    assert _query(test) == {"from": "1836", "to": "1850", "thin": "1"}
    test.slider(key="period").set_value((1900, 1950)).run()
    assert _query(test) == {"from": "1836", "to": "1950", "thin": "1"}


def test_a_page_switch_keeps_the_filter(app: Start) -> None:
    test = app(issue="climate", country="POL")
    test.switch_page("../pages/data.py").run()
    assert _query(test) == {"issue": "climate", "country": "POL"}
    assert _view(test).countries == ("POL",)


def test_a_closed_box_keeps_its_filters_and_shows_them_when_opened_again(app: Start) -> None:
    test = app(country="POL", thin="1", proj="pacific")
    test.multiselect(key="country").set_value(["POL", "USA"]).run()
    for is_open in (False, False, True):
        test.session_state["box"] = is_open
        test.run()
        assert _query(test) == {"thin": "1", "country": "POL,USA", "proj": "pacific"}
    assert test.multiselect(key="country").value == ["POL", "USA"]
    assert test.toggle(key="thin").value


def test_reset_empties_a_closed_box(app: Start) -> None:
    test = app(country="POL", thin="1")
    test.session_state["box"] = False
    test.run()
    test.button(key="reset").click().run()
    test.session_state["box"] = True
    test.run()
    assert _view(test) == View()
    assert test.multiselect(key="country").value == []


def test_reset_shows_everything_again(app: Start) -> None:
    test = app(issue="climate", from_="1850", city="chicago-us")
    test.button(key="reset").click().run()
    assert _view(test) == View()
    assert _query(test) == {}


def test_reset_is_offered_only_where_there_is_something_to_reset(app: Start) -> None:
    assert app().button(key="reset").disabled
    assert not app(thin="1").button(key="reset").disabled


@pytest.mark.parametrize(("query", "said", "left"), [
    ({"issue": "climat"}, "did you mean `climate`", {}),
    ({"nonsense": "1"}, "nonsense", {}),
    ({"from": "abc"}, "from=abc", {}),
    ({"from": "2010", "to": "1990"}, "exchanged", {"from": "1990", "to": "2010"}),
    ({"city": "chicago-uss"}, "chicago-us", {}),
    ({"network": "c400,c40"}, "c400", {"network": "c40"}),
    ({"undated": "maybe"}, "undated=maybe", {}),
    ({"issue": "x" * 10_000}, "issue=xxx", {}),
    ({"city": "\x00\x1b\u202e"}, "city", {}),
    ({"issue": "climate,climate", "proj": "mars"}, "proj=mars", {"issue": "climate"}),
])
def test_what_a_link_says_wrong_is_said_aloud(
        app: Start, query: dict[str, str], said: str, left: dict[str, str]) -> None:
    test = app(**query)
    assert any(said in warning.value for warning in test.warning), [warning.value for warning in test.warning]
    assert _query(test) == left


def test_a_repeated_key_is_said_aloud(app: Start) -> None:
    test = app(**{"from": ["1990", "2000"]})  # type: ignore[arg-type]
    assert "2 times" in test.warning[0].value
    assert _view(test).from_year == 2000


def test_a_problem_is_said_until_the_reader_changes_the_view(app: Start) -> None:
    test = app(issue="climat")
    test.run()
    assert len(test.warning) == 1
    test.toggle(key="thin").set_value(True).run()
    assert not test.warning


def test_an_edited_address_wins_over_the_filters(app: Start) -> None:
    test = app(issue="climate")
    test.toggle(key="thin").set_value(True).run()
    test.query_params.clear()
    test.query_params["country"] = "POL"
    test.run()
    assert _view(test) == View(countries=("POL",))


def test_a_browser_that_lags_behind_does_not_undo_a_filter(app: Start) -> None:
    test = app()
    test.toggle(key="thin").set_value(True).run()
    test.query_params.clear()
    test.toggle(key="domestic").set_value(True).run()
    assert _query(test) == {"thin": "1", "domestic": "1"}


def test_an_earlier_address_comes_back_with_its_filter(app: Start) -> None:
    test = app(country="POL")
    test.toggle(key="thin").set_value(True).run()
    test.query_params.pop("thin")
    test.run()
    assert _view(test) == View(countries=("POL",))
    assert not test.toggle(key="thin").value


@pytest.mark.parametrize(("typed", "city"), [
    ("Köln", "cologne-de"), ("koln", "cologne-de"), ("Kiev", "kyiv-ua"), ("Bombay", "mumbai-in"),
    ("Sao Paulo", "sao-paulo-br"), ("東京", "tokyo-jp"), ("Toledo, Ohio", "toledo-us"), ("Toledo Spain", "toledo-es")])
def test_the_city_search_takes_any_spelling(app: Start, typed: str, city: str) -> None:
    test = app()
    test.multiselect(key="city").set_value([typed]).run()
    assert _view(test).cities == (city,)
    assert _query(test) == {"city": city}


def test_an_ambiguous_name_asks_which_city_is_meant(app: Start) -> None:
    test = app(city="chicago-us")
    test.multiselect(key="city").set_value(["chicago-us", "Springfield"]).run()
    assert _view(test).cities == ("chicago-us",)
    test.button(key="choose-springfield-us").click().run()
    assert _view(test).cities == ("chicago-us", "springfield-us")
    assert not [button for button in test.button if (button.key or "").startswith("choose-")]


def test_an_unknown_name_is_said_with_the_nearest(app: Start) -> None:
    test = app()
    test.multiselect(key="city").set_value(["Warzawa"]).run()
    assert any("“Warzawa” is not in the Atlas" in caption.value for caption in test.sidebar.caption)
    assert test.button(key="choose-warsaw-pl").label == "Warsaw, Poland"
    assert _view(test).cities == ()


def test_a_name_near_nothing_is_said_so(app: Start) -> None:
    test = app()
    test.multiselect(key="city").set_value(["\x00" + "q" * 10_000]).run()
    assert any("nor a name near it" in caption.value for caption in test.sidebar.caption)
    test.button(key="choose-none").click().run()
    assert not any("not in the Atlas" in caption.value for caption in test.sidebar.caption)


def test_the_footer_names_sources_version_and_border_policy(app: Start) -> None:
    footer = app("data").main.caption[-1].value
    assert "4 sources" in footer
    assert "2026.11.0, CC BY-SA 4.0" in footer
    assert "Crimea in Ukraine" in footer


def test_a_broken_table_is_named_without_a_traceback(
        app: Start, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in tables.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "ties.parquet").write_bytes((tables / "ties.parquet").read_bytes()[:100])
    monkeypatch.setenv("ATLAS_TABLES", str(tmp_path))
    test = app()
    assert "ties.parquet" in test.error[0].value
    assert "make data" in test.error[0].value
    assert not test.exception
    assert not test.title


def test_a_page_that_fails_says_a_number_that_the_log_knows(
        app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("components.footer.draw", lambda dataset: 1 / 0)
    with caplog.at_level("ERROR", "atlas"):
        test = app("data")
    assert not test.exception
    said = test.error[0].value
    assert caplog.records[-1].facts["number"] in said  # type: ignore[attr-defined]
    assert "division" not in said
    assert "ZeroDivisionError" in caplog.text


def test_each_view_is_one_line_without_the_list_of_a_room(
        app: Callable[..., AppTest], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "atlas"):
        app("atlas", **View(issues=("climate",), room=("chicago-us", "nairobi-ke")).to_query())
    facts = caplog.records[-1].facts  # type: ignore[attr-defined]
    assert facts["page"] == "atlas"
    assert facts["filters"] == {"issue": "climate", "room": "2"}
    assert facts["ms"] > 0
