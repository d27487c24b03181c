from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import select
from data.load import Dataset, load
from data.settle import settle
from data.view import View
from tests.unit.strategies import views

SHIPPED = load()
_IDS = {"countries": st.sampled_from(SHIPPED.countries["iso3"].tolist()),
        "cities": st.sampled_from(SHIPPED.cities["city_id"].tolist()[:4000]),
        "networks": st.sampled_from(SHIPPED.networks["network_id"].tolist())}
_settings = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def shipped() -> Dataset:
    return SHIPPED


@_settings
@given(views(**_IDS), st.sampled_from(["ties", "memberships"]))
def test_shown_and_unknown_and_left_out_are_all_for_every_view(view: View, what: str) -> None:
    coverage = select.coverage(SHIPPED, view, what)
    assert coverage.shown + coverage.unknown + sum(coverage.left_out.values()) == coverage.all
    rows = select.ties(SHIPPED, view) if what == "ties" else select.memberships(SHIPPED, view)
    assert len(rows) == coverage.drawn
    assert int(rows["certain"].sum()) == coverage.shown
    assert coverage.shown <= coverage.drawn <= coverage.shown + coverage.unknown


@_settings
@given(views(**_IDS))
def test_selecting_twice_gives_the_same_rows(view: View) -> None:
    first, second = select.ties(SHIPPED, view), select.ties(SHIPPED, view)
    assert first["tie_id"].tolist() == second["tie_id"].tolist()
    assert select.cities(SHIPPED, view)["city_id"].tolist() == select.cities(SHIPPED, view)["city_id"].tolist()


@_settings
@given(views(**_IDS))
def test_every_certain_tie_was_alive_in_the_period(view: View) -> None:
    rows = select.ties(SHIPPED, view).query("certain")
    if view.to_year is not None:
        assert (rows["start_year"] <= view.to_year).all()
    if view.from_year is not None:
        assert (rows["end_year"].isna() | (rows["end_year"] >= view.from_year)).all()


@_settings
@given(views(**_IDS))
def test_every_tie_in_view_has_its_issue_kind_and_place(view: View) -> None:
    rows = select.ties(SHIPPED, view)
    country = SHIPPED.cities.set_index("city_id")["country"]
    assert not view.kinds or set(rows["kind"]) <= set(view.kinds)
    assert not view.issues or all(len(issues) == 0 or set(issues) & set(view.issues) for issues in rows["issues"])
    assert not view.cities or (rows["city_a"].isin(view.cities) | rows["city_b"].isin(view.cities)).all()
    assert not view.countries or (country.loc[rows["city_a"]].isin(view.countries).to_numpy()
                                  | country.loc[rows["city_b"]].isin(view.countries).to_numpy()).all()


@_settings
@given(views(**_IDS))
def test_the_headline_is_one_sentence_for_every_view(view: View) -> None:
    finding = view.describe(SHIPPED)
    assert finding.endswith(".")
    assert "nan" not in finding.lower().split()
    assert "\n" not in finding


def test_undated_ties_are_counted_not_dropped(shipped: Dataset) -> None:
    coverage = select.coverage(shipped, View(from_year=1990, to_year=2010))
    hidden = select.coverage(shipped, View(from_year=1990, to_year=2010, undated=False))
    assert coverage.unknown == hidden.unknown > 20_000
    assert coverage.drawn - hidden.drawn == coverage.unknown
    assert "hidden" in hidden.sentence


def test_without_a_question_nothing_is_unknown(shipped: Dataset) -> None:
    assert select.coverage(shipped, View()).unknown == 0


def test_the_default_view_is_the_core(shipped: Dataset) -> None:
    assert select.ties(shipped, View())["tie_id"].tolist() == shipped.ties.query("core")["tie_id"].tolist()


def test_all_switches_on_show_every_tie(shipped: Dataset) -> None:
    assert len(select.ties(shipped, View(domestic=True, districts=True, thin=True))) == len(shipped.ties)


def test_a_network_asks_for_both_ends_among_its_members(shipped: Dataset) -> None:
    rows = select.ties(shipped, View(networks=("c40",)))
    members = set(shipped.memberships.query("network_id == 'c40'")["city_id"])
    assert len(rows) > 100
    assert set(rows["city_a"]) | set(rows["city_b"]) <= members


def test_cities_count_the_ends_of_the_ties_in_view(shipped: Dataset) -> None:
    view = View(countries=("JPN",))
    rows, cities = select.ties(shipped, view), select.cities(shipped, view)
    assert cities["ties_shown"].sum() == 2 * len(rows)
    assert cities["city_id"].is_monotonic_increasing


def test_an_unknown_city_is_said_with_the_nearest_names(shipped: Dataset) -> None:
    view, problems = settle(shipped, View(cities=("chicago-us", "chicagoo-us"), countries=("ZZZ",)))
    assert view == View(cities=("chicago-us",))
    assert any("`city=chicagoo-us`" in problem and "`chicago-us`" in problem for problem in problems)
    assert any("`country=ZZZ`" in problem for problem in problems)


def test_an_empty_view_says_what_to_loosen(shipped: Dataset) -> None:
    coverage = select.coverage(shipped, View(countries=("PRK",), from_year=1400, to_year=1401, undated=False))
    assert coverage.drawn == 0
    assert "switch them on" in coverage.advice
