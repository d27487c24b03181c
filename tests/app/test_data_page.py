"""The page of data and sources, on the small world, without a browser."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from data.model import TABLES

Start = Callable[..., AppTest]


def _lines(test: AppTest) -> str:
    return "\n".join(line.value for line in test.main.markdown)


def test_every_source_is_listed_with_licence_and_address(app: Start) -> None:
    sources = app("data").dataframe[1].value
    assert set(sources["title"]) >= {"A list under CC0", "A register"}
    assert sources["licence"].notna().all()
    assert sources["address"].str.startswith("https://").all()


def test_the_source_search_finds_by_any_word(app: Start) -> None:
    test = app("data")
    test.text_input(key="sources-search").set_value("MINISTRY none").run()
    assert test.dataframe[1].value["title"].tolist() == ["A register"]


def test_a_source_search_without_a_hit_is_an_empty_table_not_an_error(app: Start) -> None:
    test = app("data")
    test.text_input(key="sources-search").set_value("zebra [(*").run()
    assert not test.exception
    assert test.dataframe[1].value.empty


def test_the_dictionary_explains_every_column_of_every_table(app: Start) -> None:
    explained = [set(table.value.index) for table in app("data").table]
    assert explained == [{f"`{column}`" for column in table.columns} for table in TABLES.values()]


def test_every_table_is_offered_with_its_number_of_rows(app: Start) -> None:
    lines = _lines(app("data"))
    for title, rows in {"Cities": 17, "Sources": 4, "Country pairs": 1, "Blocs": 1, "Memberships": 9}.items():
        assert f"**{title}**  \n:small[:gray[{rows} rows]]" in lines


def test_coverage_counts_the_view_by_continent(app: Start) -> None:
    counts = app("data", country="FJI").dataframe[0].value.set_index("continent")
    assert counts.loc["Oceania", "ties"] == 2
    assert counts.loc["Europe", "ties"] == 0


def test_restricted_rows_are_left_out_until_asked_for_and_their_sources_named(app: Start) -> None:
    test = app("data")
    assert "**Ties**  \n:small[:gray[18 rows]]" in _lines(test)
    assert "Left out: rows that rest only on 2 sources" in [box.label for box in test.main.expander][-1]
    test.toggle(key="restricted-table").set_value(True).run()
    assert "**Ties**  \n:small[:gray[20 rows]]" in _lines(test)
    assert "Included: rows that rest only on 2 sources" in [box.label for box in test.main.expander][-1]
