"""Coverage by continent, counted by hand on the small world."""

from __future__ import annotations

from data.continents import by_continent
from data.load import Dataset


def test_a_tie_counts_once_in_each_continent_it_touches(small: Dataset) -> None:
    counts = by_continent(small, small.ties, small.memberships).set_index("continent")
    assert counts.loc["Oceania", ["cities", "ties", "dated"]].tolist() == [1, 2, 0]
    assert counts.loc["North America", "ties"] == 13
    assert counts.loc["Africa", ["ties", "memberships", "networks"]].tolist() == [1, 1, 1]


def test_the_dated_share_of_no_ties_is_unknown_not_zero(small: Dataset) -> None:
    counts = by_continent(small, small.ties.iloc[:0], small.memberships).set_index("continent")
    assert counts["dated_share"].isna().all()
    assert counts["memberships"].sum() == len(small.memberships)


def test_a_membership_counts_in_one_continent(small: Dataset) -> None:
    counts = by_continent(small, small.ties, small.memberships)
    assert counts["memberships"].sum() == len(small.memberships)
    assert counts["cities"].sum() == len(small.cities)
