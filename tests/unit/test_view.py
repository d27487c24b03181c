from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.grammar import KEYS, MOST_VALUES
from data.view import View
from data.words import ISSUES, KINDS
from tests.unit.strategies import views


@given(views())
def test_a_view_comes_back_from_its_link_as_it_went(view: View) -> None:
    assert View.from_query(view.to_query()) == (view, [])


@given(views())
def test_a_pinned_link_says_every_key_and_means_the_same(view: View) -> None:
    query = view.to_query(pinned="2026.11.0")
    assert tuple(query) == tuple(key for key in KEYS if key != "as")
    assert View.from_query(query) == (view.replace(data="2026.11.0", edition="now"), [])


@given(st.dictionaries(st.one_of(st.text(max_size=20), st.sampled_from(KEYS)),
                       st.one_of(st.text(max_size=300), st.lists(st.text(max_size=80), max_size=4)), max_size=8))
def test_no_text_in_a_link_raises(query: dict[str, str | list[str]]) -> None:
    view, problems = View.from_query(query)
    assert View.from_query(view.to_query()) == (view, [])
    assert all(len(problem) < 400 and problem.isprintable() for problem in problems)


def test_the_default_view_has_an_empty_link() -> None:
    assert View().to_query() == {}
    assert View().link("atlas") == "/atlas"


def test_lists_are_sorted_and_each_value_once() -> None:
    view = View(countries=("USA", "MEX", "USA"), issues=("trade", "climate"))
    assert view == View(countries=("MEX", "USA"), issues=("climate", "trade"))
    assert view.link("atlas") == "/atlas?issue=climate,trade&country=MEX,USA"


def test_a_link_of_a_view_made_by_hand_is_short() -> None:
    view = View(issues=tuple(ISSUES), kinds=tuple(KINDS), from_year=1990, to_year=2015, undated=False, unstated=False,
                countries=("USA", "MEX", "DEU", "FRA"), cities=("chicago-us", "toronto-ca"), networks=("c40", "uccn"),
                projection="pacific")
    assert len(view.link("atlas", pinned="2026.11.0")) <= 500


@pytest.mark.parametrize(("query", "said"), [
    ({"issue": "climat"}, "`issue=climat` is not an issue area and was ignored; did you mean `climate`?"),
    ({"proj": "pacifc"}, "did you mean `pacific`?"),
    ({"isue": "climate"}, "did you mean `issue`?"),
    ({"from": "199"}, "`from=199` is not a year from 1000 to"),
    ({"from": "٢٠٠٠"}, "is not a year"),
    ({"undated": "maybe"}, "`undated=maybe` must be 0 or 1"),
    ({"country": "GERMANY"}, "a country code of three letters"),
    ({"city": "<script>"}, "`city=<script>` is not a city"),
    ({"data": "newest"}, "is not a version of the dataset"),
    ({"from": "2010", "to": "1990"}, "`from=2010` is after `to=1990`; the two were exchanged."),
    ({"undated": ["1", "0"]}, "stands 2 times"),
])
def test_what_a_link_says_wrongly_is_said_aloud(query: dict[str, str], said: str) -> None:
    _, problems = View.from_query(query)
    assert len(problems) == 1
    assert said in problems[0]


def test_exchanged_years_are_put_in_order() -> None:
    view, _ = View.from_query({"from": "2010", "to": "1990"})
    assert (view.from_year, view.to_year) == (1990, 2010)


def test_a_country_in_small_letters_is_understood() -> None:
    assert View.from_query({"country": "usa"}) == (View(countries=("USA",)), [])


def test_ten_thousand_characters_give_a_few_short_sentences() -> None:
    view, problems = View.from_query({"city": ",".join(f"city-{n}-xx" for n in range(1000)), "issue": "x" * 10_000})
    assert len(view.cities) == MOST_VALUES
    assert len(problems) == 2
    assert max(map(len, problems)) < 200


def test_control_characters_never_reach_the_page() -> None:
    _, problems = View.from_query({"issue": "cli\x00mate\x1b[31m", "\x07key": "1"})
    assert all(problem.isprintable() for problem in problems)


def test_repeated_list_keys_add_up() -> None:
    assert View.from_query({"issue": ["climate", "trade,climate"]})[0].issues == ("climate", "trade")


@pytest.mark.parametrize("wrong", [{"issues": ("climat",)}, {"from_year": 2010, "to_year": 1990}, {"from_year": 12},
                                   {"projection": "mercator"}, {"language": "xx"}, {"data": "new"}])
def test_a_view_refuses_what_no_link_could_say(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must be"):
        View(**wrong)  # type: ignore[arg-type]
