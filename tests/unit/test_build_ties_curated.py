"""The hand-kept tables of the ties hold what the build reads, each row with its reason."""

from __future__ import annotations

import re

import pytest

from data.build import pages, read, years
from data.words import KINDS, LEVELS

TABLES = {
    "tie_clubs.csv": ["club", "name", "country"],
    "tie_corrections.csv": ["city_a", "country_a", "city_b", "country_b", "action"],
    "tie_kinds.csv": ["word", "context", "kind"],
    "tie_levels.csv": ["pattern", "country", "level"],
    "tie_places.csv": ["name", "country", "place"],
    "tie_status.csv": ["city_a", "country_a", "city_b", "country_b", "status"],
    "tie_years.csv": ["city_a", "country_a", "city_b", "country_b", "year", "basis"],
    "page_sources.csv": ["pattern"],
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_filled_and_has_its_reason(name: str) -> None:
    table = read.curated(name, [*TABLES[name], "reason"])
    assert len(table)
    assert table.notna().all(axis=None)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("tie_kinds.csv", ["word", "context"]),
        ("tie_places.csv", ["name", "country"]),
        ("tie_clubs.csv", ["club", "name", "country"]),
        ("tie_status.csv", ["city_a", "country_a", "city_b", "country_b"]),
        ("tie_lists.csv", ["source_id"]),
        ("tie_years.csv", ["city_a", "country_a", "city_b", "country_b", "year"]),
    ],
)
def test_no_row_is_written_twice(name: str, key: list[str]) -> None:
    table = read.curated(name, key)
    assert table.loc[table.duplicated()].empty


@pytest.mark.parametrize(
    ("name", "column", "values"),
    [
        ("tie_kinds.csv", "kind", set(KINDS)),
        ("tie_levels.csv", "level", set(LEVELS)),
        ("tie_places.csv", "level", set(LEVELS)),
        ("tie_status.csv", "status", {"ended", "suspended"}),
        ("tie_years.csv", "basis", set(years.BASES)),
        ("page_sources.csv", "authority", set(pages.AUTHORITY)),
    ],
)
def test_words_are_of_the_vocabulary(name: str, column: str, values: set[str]) -> None:
    assert set(read.curated(name, [column])[column].dropna()) <= values


@pytest.mark.parametrize("name", ["tie_levels.csv", "page_sources.csv"])
def test_patterns_are_regular_expressions(name: str) -> None:
    assert all(re.compile(pattern) for pattern in read.curated(name, ["pattern"])["pattern"])


def test_the_clubs_have_their_28_towns() -> None:
    assert read.curated("tie_clubs.csv", ["club"])["club"].value_counts().to_dict() == {
        "douzelage": 28,
        "rural_charter": 28,
    }
