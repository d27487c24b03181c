"""City connectivity by the interlocking network model, by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from data.build import metrics

MEMBERS = {"A": "abc", "B": "ab", "C": "cd", "D": "acde"}
LISTED = pd.DataFrame([(network, city) for network, cities in MEMBERS.items() for city in cities],
                      columns=["network_id", "city_id"])


def test_connectivity_of_five_cities_in_four_networks_by_hand() -> None:
    """Peers, one by one and network by network: a 2 + 1 + 3, b 2 + 1, c 2 + 1 + 3, d 1 + 3, e 3."""
    assert metrics.interlock(LISTED).to_dict() == pytest.approx(
        {"a": 1, "b": 3 / 6, "c": 1, "d": 4 / 6, "e": 3 / 6}, abs=1e-9)


def test_connectivity_is_the_double_sum_over_networks_and_other_cities() -> None:
    value = {(city, network): int(city in cities) for network, cities in MEMBERS.items() for city in "abcde"}
    total = {a: sum(value[a, network] * value[b, network] for network in MEMBERS for b in "abcde" if b != a)
             for a in "abcde"}
    assert metrics.interlock(LISTED).to_dict() == pytest.approx(
        {city: count / max(total.values()) for city, count in total.items()}, abs=1e-9)
