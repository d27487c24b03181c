from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations, pairwise

import networkx as nx
import pandas as pd
import pytest

from data import paths
from data.load import Dataset, load

SHIPPED = load()
BOTH: paths.Through = "ties and networks"


def with_ties(dataset: Dataset, pairs: Iterable[tuple[str, str]], **columns: list) -> Dataset:
    """The dataset with these ties only; `columns` gives other values of a column, a value a tie."""
    ends = [tuple(sorted(pair)) for pair in pairs]
    rows = pd.concat([dataset.ties[dataset.ties["tie_id"] == "chicago-us/warsaw-pl/sister"]] * len(ends))
    rows = rows.assign(tie_id=[f"{a}/{b}/sister" for a, b in ends], city_a=[a for a, _ in ends],
                       city_b=[b for _, b in ends], start_year=pd.array([None] * len(ends), "Int64"), evidence=1)
    return replace(dataset, ties=rows.assign(**columns).reset_index(drop=True))


def sequences(found: paths.Chains) -> list[list[str]]:
    """The cities along each listed chain."""
    return [[chain[0].start, *(hop.end for hop in chain)] for chain in found.listed]


def graph_of(dataset: Dataset, through: paths.Through) -> nx.Graph:
    """The graph of cities with every pair of members of a network written out."""
    graph = nx.Graph()
    graph.add_nodes_from(dataset.cities["city_id"])
    graph.add_edges_from(paths.standing(dataset)[["city_a", "city_b"]].itertuples(index=False))
    if through == BOTH:
        for _, rows in paths.listed(dataset).groupby("network_id"):
            graph.add_edges_from(combinations(rows["city_id"], 2))
    return graph


def expected(graph: nx.Graph, start: str, end: str) -> list[list[str]]:
    try:
        return list(nx.all_shortest_paths(graph, start, end))
    except nx.NetworkXNoPath:
        return []


def order_of(dataset: Dataset) -> Callable[[list[str]], tuple]:
    """The order of chains over ties that the module promises, from the table itself, as a key to sort by."""
    rows = paths.standing(dataset)
    evidence = rows.groupby(["city_a", "city_b"]).agg(most=("evidence", "max"), years=("start_year", "count"))
    most, years = evidence["most"].to_dict(), evidence["years"].to_dict()
    name = dict(zip(dataset.cities["city_id"], dataset.cities["name"], strict=True))

    def key(chain: list[str]) -> tuple:
        pairs = [tuple(sorted(pair)) for pair in pairwise(chain)]
        return (-sum(most[pair] for pair in pairs), -sum(years[pair] > 0 for pair in pairs),
                [(name[city], city) for city in chain])

    return key


def test_the_chains_over_ties_are_those_of_networkx_best_evidence_first() -> None:
    graph, order = graph_of(SHIPPED, "ties"), order_of(SHIPPED)
    tied = sorted(node for node, degree in graph.degree if degree)
    rng = random.Random(20261122)
    joined = 0
    for _ in range(200):
        start, end = rng.sample(tied, 2)
        found = paths.chains(SHIPPED, start, end)
        known = expected(graph, start, end)
        assert found.total == len(known)
        assert sequences(found) == sorted(known, key=order)[:paths.LISTED]
        joined += bool(known)
    assert 50 < joined < 200


@pytest.mark.parametrize("seed", range(12))
def test_shared_networks_give_the_chains_of_the_graph_with_all_pairs_of_members(small: Dataset, seed: int) -> None:
    rng = random.Random(seed)
    ids = sorted(small.cities["city_id"])
    world = with_ties(small, rng.sample(list(combinations(ids, 2)), 9))
    graph = graph_of(world, BOTH)
    for start, end in rng.sample(list(combinations(ids, 2)), 30):
        found = paths.chains(world, start, end, BOTH)
        known = expected(graph, start, end)
        assert (found.total, sorted(sequences(found))) == (len(known), sorted(known))
        if known:
            walks = nx.all_simple_paths(graph, start, end, cutoff=found.hops + 1)
            assert found.longer == sum(len(walk) == found.hops + 2 for walk in walks)


@pytest.mark.parametrize("through", ["ties", BOTH])
def test_more_chains_than_are_listed_are_counted(small: Dataset, through: paths.Through) -> None:
    extra = [f"extra-{number:02}" for number in range(60)]
    cities = pd.concat([small.cities, *([small.cities.iloc[[0]]] * 60)], ignore_index=True)
    cities["city_id"] = [*small.cities["city_id"], *extra]
    world = with_ties(replace(small, cities=cities), [(city, end) for city in extra for end in ("kyiv-ua", "suva-fj")])
    found = paths.chains(world, "kyiv-ua", "suva-fj", through)
    assert (found.hops, found.total, len(found.listed)) == (2, 60, paths.LISTED)
    assert [chain[0].end for chain in found.listed] == extra[:paths.LISTED]
    assert found.words == "60 chains of 2 hops join Kyiv and Suva. Listed are the 50 with the best evidence."


def test_more_sources_come_first_then_known_years_then_the_alphabet(small: Dataset) -> None:
    middles = ["cologne-de", "kyiv-ua", "mumbai-in", "moscow-ru", "warsaw-pl"]
    pairs = [(middle, end) for middle in middles for end in ("suva-fj", "toledo-us")]
    world = with_ties(small, pairs, evidence=[1, 1, 1, 1, 2, 2, 1, 1, 1, 1],
                      start_year=pd.array([None] * 8 + [1990, None], "Int64"))
    found = paths.chains(world, "suva-fj", "toledo-us")
    assert [chain[0].end for chain in found.listed] == ["mumbai-in", "warsaw-pl", "cologne-de", "kyiv-ua", "moscow-ru"]


def test_a_chain_of_ties_comes_before_a_shared_network_with_more_sources(small: Dataset) -> None:
    pairs = [("cologne-de", "suva-fj"), ("kyiv-ua", "suva-fj"), ("kyiv-ua", "warsaw-pl")]
    found = paths.chains(with_ties(small, pairs, evidence=[5, 1, 1]), "suva-fj", "warsaw-pl", BOTH)
    assert [chain[0].end for chain in found.listed] == ["kyiv-ua", "cologne-de"]
    assert list(found.listed[1][1].networks) == ["eurocities"]


def test_each_hop_carries_its_ties_with_sources_and_years(small: Dataset) -> None:
    found = paths.chains(small, "mexico-city-mx", "warsaw-pl")
    assert sequences(found) == [["mexico-city-mx", "chicago-us", "warsaw-pl"]]
    first, second = found.listed[0]
    assert first.networks == {}
    assert [(tie.kind, tie.start_year) for tie in first.ties] == [("agreement", 2013), ("sister", 1991)]
    assert second.ties == (paths.Tie("chicago-us/warsaw-pl/sister", "sister", 1960, 2, ("list_open", "list_sa")),)


def test_a_shared_network_is_one_hop_with_the_years_of_joining(small: Dataset) -> None:
    found = paths.chains(small, "nairobi-ke", "tokyo-jp", BOTH)
    assert found.listed == ((paths.Hop("nairobi-ke", "tokyo-jp", (), {"c40": (None, 2006)}),),)
    back = paths.chains(small, "tokyo-jp", "nairobi-ke", BOTH)
    assert back.listed[0][0].networks == {"c40": (2006, None)}
    assert found.words == "One hop joins Nairobi and Tokyo; 2 chains of 2 hops do too."


def test_an_upper_bound_is_no_known_year_of_joining(small: Dataset) -> None:
    bound = small.memberships.assign(joined_basis="upper bound")
    found = paths.chains(replace(small, memberships=bound), "nairobi-ke", "tokyo-jp", BOTH)
    assert found.listed[0][0].networks == {"c40": (None, None)}


def test_ties_that_do_not_stand_and_networks_that_are_over_join_nobody(small: Dataset) -> None:
    assert paths.chains(small, "chicago-us", "moscow-ru").words == "No chain: Moscow has no tie abroad that stands."
    past = paths.chains(small, "moscow-ru", "chicago-us", BOTH)
    assert past.words == "No chain: Moscow has no tie abroad that stands and shares no network."
    assert (past.hops, past.total, past.longer, past.listed) == (0, 0, 0, ())
    assert paths.chains(small, "chicago-us", "cologne-de").hops > 1
    only = small.memberships[small.memberships["network_id"] == "100rc"].assign(status="listed")
    assert paths.chains(replace(small, memberships=only, ties=small.ties[:0]), "chicago-us", "mexico-city-mx",
                        BOTH).hops == 0


def test_two_parts_of_the_graph_are_said_with_their_sizes(small: Dataset) -> None:
    found = paths.chains(small, "mumbai-in", "chicago-us")
    assert found.words == "No chain: Mumbai and Chicago lie in separate parts, of 2 and 11 cities."


@pytest.mark.parametrize(("start", "end", "words"), [
    ("atlantis", "tokyo-jp", "start: must be a city of the Atlas, but 'atlantis' is not"),
    ("tokyo-jp", "", "end: must be a city of the Atlas, but '' is not"),
    ("tokyo-jp", "tokyo-jp", "end: must be another city than the start, but both are 'tokyo-jp'"),
])
def test_a_city_that_cannot_be_asked_for_is_named(small: Dataset, start: str, end: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        paths.chains(small, start, end)


def test_a_mode_that_does_not_exist_is_named(small: Dataset) -> None:
    with pytest.raises(ValueError, match="through: must be one of ties, ties and networks, but is 'treaties'"):
        paths.chains(small, "tokyo-jp", "suva-fj", "treaties")  # type: ignore[arg-type]


def test_a_world_without_ties_has_no_chain(small: Dataset) -> None:
    assert paths.chains(replace(small, ties=small.ties[:0]), "tokyo-jp", "suva-fj").total == 0
