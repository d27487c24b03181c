from __future__ import annotations

import pytest

from data import between, select
from data.load import Dataset, load
from data.view import View

SHIPPED = load()


@pytest.mark.parametrize("pair", [("chicago-us", "tokyo-jp"), ("nairobi-ke", "mumbai-in")])
def test_ties_between_neighbourhoods_join_a_neighbour_of_each(pair: tuple[str, str]) -> None:
    everything = select.ties(SHIPPED, View())
    around = []
    for city in pair:
        own = everything[(everything["city_a"] == city) | (everything["city_b"] == city)]
        around.append({city} | set(own["city_a"]) | set(own["city_b"]))
    expected = {row.tie_id for row in everything.itertuples()
                if (row.city_a in around[0] and row.city_b in around[1])
                or (row.city_a in around[1] and row.city_b in around[0])}
    assert set(between.ties_between(SHIPPED, View(cities=pair))["tie_id"]) == expected
    assert between.shared(SHIPPED, View(cities=pair)) == around[0] & around[1] - set(pair)


def test_the_words_say_whether_the_two_are_tied(small: Dataset) -> None:
    tied = between.words(small, View(cities=("chicago-us", "warsaw-pl")))
    assert tied == "Chicago and Warsaw are tied to each other and share 1 partner; 9 ties join their neighbourhoods."
    apart = between.words(small, View(cities=("mumbai-in", "suva-fj")))
    assert apart == "Mumbai and Suva have no tie of their own and share 0 partners; 0 ties join their neighbourhoods."
