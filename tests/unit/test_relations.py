"""Ties between regions and countries against chance: by hand, and by brute force from the shipped tables."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from data import relations
from data.load import Dataset, load
from data.model import TABLES_DIR
from data.view import View

SHIPPED = load()
WIDE = View(domestic=True, districts=True, thin=True)


def test_expected_counts_of_a_small_graph_by_hand() -> None:
    """Three groups with 3, 2 and 1 ends: m = 3, so 2m - 1 = 5."""
    matrix = relations.expected(np.array([3, 2, 1]))
    by_hand = [[3 * 2 / 10, 3 * 2 / 5, 3 * 1 / 5], [3 * 2 / 5, 2 * 1 / 10, 2 * 1 / 5], [3 * 1 / 5, 2 * 1 / 5, 0]]
    assert matrix == pytest.approx(np.array(by_hand))


def test_expected_counts_are_the_mean_over_all_pairings_of_the_ends() -> None:
    """The 15 ways to pair the six ends of the same graph."""
    ends = "aaabbc"

    def pairings(rest: list[int]) -> list[list[tuple[int, int]]]:
        if not rest:
            return [[]]
        first, *others = rest
        return [[(first, other), *more] for other in others for more in pairings([o for o in others if o != other])]

    ways = pairings(list(range(6)))
    counts = Counter("".join(sorted(ends[a] + ends[b])) for way in ways for a, b in way)
    matrix = relations.expected(np.array([3, 2, 1]))
    assert len(ways) == 15
    for a in range(3):
        for b in range(a, 3):
            assert matrix[a, b] == pytest.approx(counts["abc"[a] + "abc"[b]] / 15)


def test_where_no_tie_stays_within_a_group_chance_puts_none_there_by_hand() -> None:
    """Four groups of equal totals: every two of them get a sixth of the ties."""
    matrix = relations.expected_apart(np.array([6, 6, 6, 6]))
    assert matrix == pytest.approx(2 * (1 - np.eye(4)), abs=1e-6)


@pytest.mark.parametrize("totals", [[5, 4, 3, 2], [9, 5, 5, 3, 1, 1], [2, 2], [0, 3, 2, 1]])
def test_the_rows_of_chance_add_up_to_the_totals(totals: list[int]) -> None:
    ends = np.array(totals)
    whole, apart = relations.expected(ends), relations.expected_apart(ends)
    assert whole.sum(axis=1) + whole.diagonal() == pytest.approx(ends)
    assert apart.sum(axis=1) == pytest.approx(ends, abs=0.02)
    assert (whole == whole.T).all()
    assert (apart == apart.T).all()


def test_no_tie_at_all_is_expected_to_give_none() -> None:
    assert not relations.expected(np.zeros(3, int)).any()
    assert not relations.expected_apart(np.zeros(3, int)).any()


@pytest.mark.parametrize(("kind", "column"), [("countries", "country"), ("regions", "region")])
@pytest.mark.parametrize("view", [View(), WIDE], ids=["core", "all rows"])
def test_rows_and_columns_add_up_to_the_ends_in_the_table(kind: str, column: str, view: View) -> None:
    ties, place = pd.read_parquet(TABLES_DIR / "ties.parquet"), pd.read_parquet(
        TABLES_DIR / "cities.parquet").set_index("city_id")[column]
    ties = ties if view == WIDE else ties[ties["core"]]
    ends = pd.concat([ties["city_a"], ties["city_b"]]).map(place).value_counts()
    pairs = Counter(tuple(sorted((place[a], place[b]))) for a, b in zip(ties["city_a"], ties["city_b"], strict=True))
    found = getattr(relations, kind)(SHIPPED, view)
    totals = pd.Series(found.totals, index=found.names)
    assert totals[totals > 0].to_dict() == ends.to_dict()
    assert (found.observed == found.observed.T).all()
    drawn = found.pairs[found.pairs["observed"] > 0]
    assert {tuple(sorted((row.a, row.b))): row.observed for row in drawn.itertuples()} == dict(pairs)
    assert found.expected.sum(axis=1) + found.expected.diagonal() == pytest.approx(found.totals, abs=1e-3)


def test_places_choose_rows_and_leave_chance_as_it_is() -> None:
    here, everywhere = View(countries=("KEN",)), View()
    chance = relations.countries(SHIPPED, everywhere).expected
    assert relations.countries(SHIPPED, here).expected == pytest.approx(chance)
    assert relations.chosen(SHIPPED, here, "region") == ["Eastern Africa"]
    assert relations.chosen(SHIPPED, View(cities=("lagos-ng",)), "country") == ["NGA"]
    assert relations.chosen(SHIPPED, everywhere, "country") == []


def test_the_ratio_is_not_a_number_where_no_tie_can_be(small: Dataset) -> None:
    found = relations.countries(small, View())
    assert np.isnan(found.ratio.diagonal()).all()
    assert set(found.pairs.columns) == {"a", "b", "observed", "expected", "ratio"}
