"""The science of the build against brute force on small graphs: core numbers, ranks by decade, and chance."""

from __future__ import annotations

import json
import random

import geopandas as gpd
import igraph
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point

from data import graph
from data.build import metrics, science
from data.load import Dataset
from data.projection import projection
from data.structure import LARGEST


def _ties(*rows: tuple[str, str, int | None, int | None]) -> pd.DataFrame:
    ties = pd.DataFrame(rows, columns=["city_a", "city_b", "start_year", "end_year"])
    return ties.astype({"start_year": "Int64", "end_year": "Int64"}).assign(core=True, place="certain")


def _drawn(seed: int, nodes: int = 16, edges: int = 34) -> pd.DataFrame:
    rng = random.Random(seed)
    names = [f"c{number:02}" for number in range(nodes)]
    years = [None, *range(1955, 2020, 3)]
    rows = []
    for _ in range(edges):
        start = rng.choice(years)
        rows.append((*sorted(rng.sample(names, 2)), start, start + rng.randint(0, 30) if start and rng.random() < 0.3
                     else None))
    return _ties(*rows)


def _cities(ties: pd.DataFrame) -> gpd.GeoDataFrame:
    names = sorted({*ties["city_a"], *ties["city_b"]})
    return gpd.GeoDataFrame({"city_id": names}, geometry=[Point(5 * number, 10) for number in range(len(names))],
                            crs="EPSG:4326")


def _core_number(neighbours: dict[str, set[str]], city: str) -> int:
    """The largest k for which the city is left when all with fewer than k partners are taken out again and again."""
    best = 0
    for k in range(1, len(neighbours)):
        left = set(neighbours)
        while weak := {one for one in left if len(neighbours[one] & left) < k}:
            left -= weak
        best = k if city in left else best
    return best


@pytest.mark.parametrize("seed", range(6))
def test_core_numbers_equal_those_found_by_taking_cities_out(seed: int) -> None:
    ties = _drawn(seed)
    neighbours: dict[str, set[str]] = {}
    for a, b in zip(ties["city_a"], ties["city_b"], strict=True):
        neighbours.setdefault(a, set()).add(b)
        neighbours.setdefault(b, set()).add(a)
    found = metrics.centralities(ties)["coreness"]
    assert found.to_dict() == {city: _core_number(neighbours, city) for city in neighbours}


@pytest.mark.parametrize("seed", range(6))
def test_ranks_by_decade_equal_a_count_by_hand(seed: int) -> None:
    ties = _drawn(seed)
    expected = []
    for year in science.YEARS:
        partners: dict[str, set[str]] = {}
        for row in ties.itertuples():
            if row.start_year is pd.NA or row.start_year > year or (row.end_year is not pd.NA and row.end_year <= year):
                continue
            partners.setdefault(row.city_a, set()).add(row.city_b)
            partners.setdefault(row.city_b, set()).add(row.city_a)
        degree = {city: len(others) for city, others in partners.items()}
        expected += [(city, year, own, 1 + sum(other > own for other in degree.values()))
                     for city, own in degree.items()]
    found = science.history(ties)
    assert sorted(found.itertuples(index=False, name=None)) == sorted(expected)


def test_a_tie_that_ended_within_the_year_is_not_in_force_at_its_end_and_an_undated_one_never_is() -> None:
    found = science.history(_ties(("a", "b", 1950, 1960), ("a", "c", 1950, 1961), ("a", "d", None, None)))
    assert found[found["year"] == 1960][["city_id", "degree"]].to_numpy().tolist() == [["a", 1], ["c", 1]]
    assert found[found["year"] == 1970].empty


def test_ties_that_are_not_core_or_of_uncertain_place_do_not_count() -> None:
    ties = _ties(("a", "b", 1950, None), ("a", "c", 1950, None), ("a", "d", 1950, None))
    ties.loc[1, "core"], ties.loc[2, "place"] = False, "uncertain"
    made = science.science(_cities(ties), ties, draws=1)
    assert set(made["history"]["city_id"]) == {"a", "b"}
    value = made["measures"].set_index(["group", "measure"])["value"]
    assert value["summary", "edges"] == 1


def test_every_number_of_the_summary_and_the_small_world_is_a_measure_with_its_meaning() -> None:
    ties = _drawn(1)
    found = science.measures(_cities(ties), ties, draws=4)
    whole = graph.simple(ties[["city_a", "city_b"]])[0]
    small = graph.small_world(whole, 4, metrics.SEED)
    value = found.set_index(["group", "measure"])["value"]
    summary = graph.summary(ties[["city_a", "city_b"]])
    assert set(value["summary"].index) == set(summary)
    assert set(value["small world"].index) == {name for name in small if not name.endswith(("_low", "_high"))}
    assert value["summary", "global_clustering"] == pytest.approx(summary["global_clustering"])
    assert value["small world", "sigma"] == pytest.approx(small["sigma"])
    chance = found.set_index("measure").loc["clustering_random"]
    assert (chance["low"], chance["high"]) == pytest.approx((small["clustering_low"], small["clustering_high"]))
    assert set(found["measure"]) == set(science.MEANINGS)
    assert found["meaning"].str.endswith(".").all()


def test_only_what_is_random_has_an_interval_and_the_mean_lies_in_it() -> None:
    ties = _drawn(2)
    found = science.measures(_cities(ties), ties, draws=20)
    random_ones = found["measure"].str.endswith("_random")
    assert (found["low"].notna() == random_ones).all()
    rows = found[random_ones]
    assert ((rows["low"] <= rows["value"]) & (rows["value"] <= rows["high"])).all()


def test_the_same_ties_give_the_same_numbers() -> None:
    ties = _drawn(3)
    pd.testing.assert_frame_equal(*(science.measures(_cities(ties), ties, draws=5) for _ in range(2)))


def test_random_modularity_of_a_graph_that_has_only_one_form_is_its_own() -> None:
    star = igraph.Graph.Star(6)
    found = science.random_modularity(star, draws=3)
    assert found == {"modularity_random": 0, "modularity_low": 0, "modularity_high": 0}


def test_two_cities_with_one_tie_have_no_chance_to_be_compared_with() -> None:
    ties = _ties(("a", "b", None, None))
    made = science.science(_cities(ties), ties, draws=2)
    value = made["measures"].set_index(["group", "measure"])["value"]
    assert np.isnan(value["small world", "sigma"])
    assert np.isnan(value["communities", "modularity_random"])
    assert made["history"].empty


def test_the_dots_of_communities_are_the_cities_of_the_graph_with_the_small_on_top(small: Dataset) -> None:
    records = json.loads(science.dots(small.cities, small.countries, projection("atlantic")))
    tied = small.cities[small.cities["community"].notna()]
    assert len(records) == len(tied)
    assert {record["c"] for record in records} == set(tied["community"].clip(upper=LARGEST))
    radii = [record["r"] for record in records if record["c"] < LARGEST]
    assert radii == sorted(radii, reverse=True)
    assert any(record["t"].startswith("Tokyo, Japan\ncommunity ") for record in records)
