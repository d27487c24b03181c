"""Pairs of countries by decade, themes between regions, and the graph of the strongest relations."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pandas as pd
import pytest

from components.charts import relations as chart
from data import decades, relations, subjects, web
from data.load import Dataset, load
from data.model import TABLES_DIR
from data.view import View
from data.words import THEME_OF

SHIPPED = load()
TIES = pd.read_parquet(TABLES_DIR / "ties.parquet").query("core")
PLACE = pd.read_parquet(TABLES_DIR / "cities.parquet").set_index("city_id")[["country", "region"]]


def test_decades_count_the_dated_ties_of_each_pair_by_brute_force() -> None:
    rows = decades.decades(SHIPPED, View())
    dated = TIES[TIES["start_year"].notna()]
    counts = Counter((*sorted((PLACE.at[tie.city_a, "country"], PLACE.at[tie.city_b, "country"])),
                      max(tie.start_year // 10 * 10, 1940)) for tie in dated.itertuples())
    assert {(*sorted((row.country_a, row.country_b)), row.decade): row.ties for row in rows.itertuples()} == counts
    assert (rows[rows["decade"] == 1940]["before"] == 0).all()
    assert rows.groupby("decade")["rank"].min().eq(1).all()


def test_ties_before_a_decade_are_those_of_the_earlier_ones() -> None:
    rows = decades.decades(SHIPPED, View()).query("country_a == 'JPN' and country_b == 'USA'").sort_values("decade")
    assert rows["before"].tolist() == [0, *rows["ties"].cumsum().tolist()[:-1]]


def test_leaders_keep_all_decades_of_a_pair_that_led_in_one() -> None:
    rows = decades.decades(SHIPPED, View())
    top = decades.leaders(rows)
    led = top.groupby(["country_a", "country_b"])["rank"].min()
    assert led.max() <= 3
    assert len(top) > len(top[top["rank"] <= 3])


def test_a_view_without_dated_ties_has_no_decades(small: Dataset) -> None:
    assert decades.leaders(decades.decades(small, View(cities=("suva-fj",)))).empty


def test_themes_count_each_stated_tie_once_by_brute_force() -> None:
    rows, unstated = subjects.subjects(SHIPPED, View())
    stated = TIES[TIES["issues"].map(len) > 0]
    counts = Counter((*sorted((PLACE.at[tie.city_a, "region"], PLACE.at[tie.city_b, "region"])),
                      THEME_OF[tie.issues[0]]) for tie in stated.itertuples())
    found = Counter()
    for row in rows.itertuples():
        found[(*sorted((row.region_a, row.region_b)), row.theme)] += row.ties
    assert found == counts
    assert unstated == len(TIES) - len(stated)


def test_the_picture_of_themes_has_as_many_ties_on_either_side() -> None:
    rows, _ = subjects.subjects(SHIPPED, View())
    figure = chart.themes_chart(rows)
    link, middle = figure.data[0].link, [name in set(THEME_OF.values()) for name in figure.data[0].node.label]
    into = sum(value for value, target in zip(link.value, link.target, strict=True) if middle[target])
    out = sum(value for value, source in zip(link.value, link.source, strict=True) if middle[source])
    assert into == out == rows["ties"].sum()


def test_the_graph_keeps_the_relations_above_chance_and_places_every_country() -> None:
    found = web.web(SHIPPED, View())
    assert len(found.edges) == web.MOST_EDGES
    assert (found.edges["ratio"] > 1).all()
    assert set(found.nodes["country"]) == set(found.edges["a"]) | set(found.edges["b"])
    assert found.nodes[["x", "y"]].min().min() >= 0
    assert found.nodes[["x", "y"]].max().max() <= 1


def test_the_modularity_of_the_communities_is_that_of_networkx() -> None:
    found = web.web(SHIPPED, View())
    pairs = relations.countries(SHIPPED, View()).pairs
    graph = nx.Graph()
    graph.add_weighted_edges_from(pairs.loc[pairs["observed"] > 0, ["a", "b", "observed"]].itertuples(index=False))
    louvain = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    assert found.modularity == pytest.approx(louvain, abs=0.01)
    assert sorted(found.nodes["community"].unique()) == list(range(len(found.leaders)))


def test_the_graph_is_drawn_the_same_each_time() -> None:
    first = web.web(SHIPPED, View())
    web.web.cache_clear()
    pd.testing.assert_frame_equal(first.nodes, web.web(SHIPPED, View()).nodes)


def test_a_country_s_graph_is_of_its_own_relations_and_an_empty_view_has_none(small: Dataset) -> None:
    edges = web.web(SHIPPED, View(countries=("KEN",))).edges
    assert ((edges["a"] == "KEN") | (edges["b"] == "KEN")).all()
    nothing = web.web(small, View(issues=("food",), unstated=False))
    assert nothing.nodes.empty
    assert nothing.modularity == 0


def test_names_in_the_graph_do_not_lie_on_each_other() -> None:
    names = SHIPPED.countries.set_index("iso3")["name"]
    figure = chart.web_chart(web.web(SHIPPED, View()), names, 980)
    assert len(figure.layout.annotations) > 60
    places = {(note.x, note.y, note.xshift, note.yshift) for note in figure.layout.annotations}
    assert len(places) == len(figure.layout.annotations)


def test_cells_of_few_ties_have_the_colour_of_the_expected() -> None:
    observed = pd.DataFrame([[0, 4], [4, 80]], index=["a", "b"], columns=["a", "b"])
    expected = pd.DataFrame([[0.0, 1.0], [1.0, 10.0]], index=["a", "b"], columns=["a", "b"])
    cells = chart.matrix_chart(observed, expected, numbers=True).data[0]
    assert cells.z[0][1] == 0
    assert cells.z[1][1] == 3
    assert cells.text[0][0] == "–"
    assert pd.isna(cells.z[0][0])
