"""The numbers of a graph, against networkx and against examples worked out by hand."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from data import graph, lengths
from data.projection import EARTH_RADIUS_KM

ROOT = Path(__file__).resolve().parents[2]
# A triangle a, b, c with a tail d; apart from it the path e, f, g.
EXAMPLE = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "f"), ("f", "g")]
DEGREE_KM = EARTH_RADIUS_KM * math.pi / 180


def _random_edges(seed: int) -> list[tuple[int, int]]:
    """One of five kinds of graph; a fifth of its edges a second time, most of these turned round, and some loops."""
    size = 40 + 15 * seed
    made = (nx.gnm_random_graph(size, size, seed=seed), nx.gnp_random_graph(size, 0.4, seed=seed),
            nx.barabasi_albert_graph(size, 2, seed=seed), nx.connected_watts_strogatz_graph(size, 4, 0.1, seed=seed),
            nx.random_labeled_tree(size, seed=seed))[seed % 5]
    edges, random = list(made.edges), np.random.default_rng(seed)
    again = [edges[place] for place in random.integers(0, len(edges), len(edges) // 5)]
    loops = [(node, node) for node in random.integers(0, size, seed).tolist()]
    mixed = edges + [(b, a) if place % 3 else (a, b) for place, (a, b) in enumerate(again)] + loops
    return [mixed[place] for place in random.permutation(len(mixed))]


def _by_networkx(edges: list[tuple[Any, Any]]) -> dict[str, int | float | None]:
    whole = nx.Graph(edges)
    whole.remove_edges_from(list(nx.selfloop_edges(whole)))
    giant = whole.subgraph(max(nx.connected_components(whole), key=len))
    paths = [length for _, reached in nx.all_pairs_shortest_path_length(giant) for length in reached.values() if length]
    ends = [degree for _, degree in whole.degree if degree]
    loops = sum(a == b for a, b in edges)
    return {"loops_dropped": loops, "duplicates_dropped": len(edges) - loops - whole.number_of_edges(),
            "incomplete_dropped": 0, "nodes": len(whole), "edges": whole.number_of_edges(),
            "components": nx.number_connected_components(whole), "giant_nodes": len(giant),
            "giant_share": len(giant) / len(whole), "mean_degree": sum(ends) / len(whole),
            "global_clustering": nx.transitivity(whole), "average_local_clustering": nx.average_clustering(whole),
            "degree_assortativity": nx.degree_assortativity_coefficient(whole),
            "mean_shortest_path": float(np.mean(paths)), "diameter": max(paths), "path_sources": len(giant)}


def _same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    assert {name for name in expected if found[name] is None} == {name for name in expected if expected[name] is None}
    known = {name: value for name, value in expected.items() if value is not None}
    assert {name: found[name] for name in known} == pytest.approx(known, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_the_summary_of_a_random_graph_is_that_of_networkx(seed: int) -> None:
    edges = _random_edges(seed)
    _same(graph.summary(edges), _by_networkx(edges))


@pytest.mark.parametrize("make", [nx.karate_club_graph, nx.les_miserables_graph, nx.florentine_families_graph])
def test_the_summary_of_a_real_graph_is_that_of_networkx(make: Any) -> None:
    edges = list(make().edges)
    _same(graph.summary(edges), _by_networkx(edges))


def test_more_nodes_than_one_sweep_holds_have_the_paths_of_networkx() -> None:
    edges = list(nx.barabasi_albert_graph(1100, 2, seed=1).edges)
    _same(graph.summary(edges), _by_networkx(edges))


def test_long_chains_have_the_paths_of_networkx() -> None:
    edges = [*nx.path_graph(400).edges, (100, 180), (7, 1000)]
    _same(graph.summary(edges), _by_networkx(edges))


def test_every_number_of_a_small_graph_is_the_one_worked_out_by_hand() -> None:
    _same(graph.summary(EXAMPLE), {
        "loops_dropped": 0, "duplicates_dropped": 0, "incomplete_dropped": 0, "nodes": 7, "edges": 6, "components": 2,
        "giant_nodes": 4, "giant_share": 4 / 7, "mean_degree": 12 / 7,
        "global_clustering": 3 * 1 / 6,  # connected triples: one around a, b and f each, three around c
        "average_local_clustering": (1 + 1 + 1 / 3) / 7,
        "degree_assortativity": (23 / 6 - 2**2) / (27 / 6 - 2**2),
        "mean_shortest_path": 8 / 6, "diameter": 2, "path_sources": 4,
        "distance_mean_km": None, "distance_median_km": None, "distance_longest_km": None, "distance_unknown": 6})


def test_distances_are_great_circles_over_the_date_line_and_unplaced_edges_are_counted() -> None:
    places = pd.DataFrame({"longitude": [0.0, 10.0, -179.0, 170.0, None], "latitude": 0.0}, index=list("abcde"))
    _same(graph.summary(EXAMPLE, places), {
        "distance_mean_km": (10 + 171 + 179 + 11) / 4 * DEGREE_KM, "distance_median_km": (11 + 171) / 2 * DEGREE_KM,
        "distance_longest_km": 179 * DEGREE_KM, "distance_unknown": 2})


def test_places_that_name_a_node_twice_are_refused_by_name() -> None:
    places = pd.DataFrame({"longitude": 0.0, "latitude": 0.0}, index=["a", "b", "b"])
    with pytest.raises(ValueError, match=r"places: must name each node once, but name \['b'\]"):
        graph.summary(EXAMPLE, places)


def test_loops_and_duplicate_edges_are_dropped_and_counted() -> None:
    found, dropped = graph.simple([("a", "b"), ("b", "a"), ("a", "b"), ("a", "a"), ("z", "z"), ("b", "c")])
    assert dropped == {"loops_dropped": 2, "duplicates_dropped": 2, "incomplete_dropped": 0}
    assert found.vs["name"] == ["a", "b", "z", "c"]
    assert found.get_edgelist() == [(0, 1), (1, 3)]


def test_rows_with_an_empty_end_are_dropped_and_counted_and_name_no_node() -> None:
    found, dropped = graph.simple([("a", None), ("", "a"), (np.nan, "b"), ("  ", None), ("c", "d"), ("e", pd.NA)])
    assert dropped == {"loops_dropped": 0, "duplicates_dropped": 0, "incomplete_dropped": 4 + 1}
    assert found.vs["name"] == ["c", "d"]


@pytest.mark.parametrize("edges", [
    pd.DataFrame({"from": [1, 2, 3], "to": [2, 3, 1], "weight": [9, 9, 9]}), np.array([[1, 2], [2, 3], [3, 1]]),
    iter([(1, 2), (2, 3), (3, 1)]), {(1, 2): "x", (2, 3): "y", (3, 1): "z"}, [[1, 2, "x"], [2, 3, "y"], [3, 1, "z"]]])
def test_frames_arrays_and_iterables_of_pairs_are_edge_lists(edges: Any) -> None:
    found = graph.summary(edges)
    assert (found["nodes"], found["edges"], found["global_clustering"]) == (3, 3, 1.0)


@pytest.mark.parametrize("edges", [["a", "b"], pd.DataFrame({"a": [1]}), np.arange(4)])
def test_edges_of_one_column_are_refused(edges: Any) -> None:
    with pytest.raises(ValueError, match="edges: must have two columns"):
        graph.summary(edges)


def test_a_million_rows_are_counted() -> None:
    found = graph.summary(np.random.default_rng(1).integers(0, 200, (1_000_000, 2)))
    assert (found["nodes"], found["edges"]) == (200, 200 * 199 / 2)
    assert found["loops_dropped"] + found["duplicates_dropped"] + found["edges"] == 1_000_000


@pytest.mark.parametrize("edges", [[], pd.DataFrame(), pd.DataFrame({"a": [], "b": []}), [("", "")]])
def test_an_empty_graph_has_no_shares_and_no_means(edges: Any) -> None:
    found = graph.summary(edges)
    assert found.pop("incomplete_dropped") == len(edges)
    assert {name for name, value in found.items() if value == 0} == {
        "loops_dropped", "duplicates_dropped", "nodes", "edges", "components", "giant_nodes", "path_sources",
        "distance_unknown"}
    assert sum(value is None for value in found.values()) == len(found) - 8


def test_one_edge_has_a_path_but_no_triple_and_no_correlation() -> None:
    _same(graph.summary([("a", "b")]), {
        "nodes": 2, "edges": 1, "components": 1, "giant_share": 1.0, "mean_degree": 1.0, "global_clustering": None,
        "average_local_clustering": 0.0, "degree_assortativity": None, "mean_shortest_path": 1.0, "diameter": 1})


def test_a_graph_of_loops_only_has_nodes_without_paths() -> None:
    _same(graph.summary([(1, 1), (2, 2)]), {
        "loops_dropped": 2, "nodes": 2, "edges": 0, "components": 2, "giant_nodes": 1, "mean_degree": 0.0,
        "mean_shortest_path": None, "diameter": None, "path_sources": 0})


@pytest.mark.parametrize("make", [nx.cycle_graph, nx.complete_graph])
@pytest.mark.parametrize("size", [3, 7, 11])
def test_degrees_that_do_not_vary_have_no_correlation(make: Any, size: int) -> None:
    assert graph.summary(make(size).edges)["degree_assortativity"] is None


def test_paths_of_a_graph_too_large_for_all_are_estimated_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = list(nx.barabasi_albert_graph(500, 2, seed=1).edges)
    exact = graph.summary(edges)
    monkeypatch.setattr(lengths, "EXACT", 1000)
    found = graph.summary(edges)
    assert (found["path_sources"], found["diameter"]) == (lengths.SAMPLED, None)
    assert found["mean_shortest_path"] != exact["mean_shortest_path"]
    assert found["mean_shortest_path"] == pytest.approx(exact["mean_shortest_path"], rel=0.05)
    assert graph.summary(edges) == found


@pytest.mark.parametrize("seed", [0, 2, 13])
def test_the_metrics_of_nodes_are_those_of_networkx(seed: int) -> None:
    edges = _random_edges(seed)
    whole = nx.Graph([(a, b) for a, b in edges if a != b])
    whole.add_nodes_from(a for a, _ in edges)
    giant = whole.subgraph(max(nx.connected_components(whole), key=len))
    vector = nx.eigenvector_centrality_numpy(giant)
    expected = pd.DataFrame({
        "degree": dict(whole.degree), "betweenness": nx.betweenness_centrality(whole),
        "eigenvector": pd.Series(vector) / max(vector.values()), "core": nx.core_number(whole)})
    found = graph.metrics(graph.simple(edges)[0])
    pd.testing.assert_frame_equal(found, expected.loc[found.index], check_names=False, check_dtype=False, atol=1e-6)


def test_the_metrics_of_a_small_graph_are_those_worked_out_by_hand() -> None:
    found = graph.metrics(graph.simple(EXAMPLE)[0])
    assert found["degree"].to_dict() == {"a": 2, "b": 2, "c": 3, "d": 1, "e": 1, "f": 2, "g": 1}
    assert found["core"].to_dict() == {"a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "g": 1}
    assert found["betweenness"].to_dict() == pytest.approx(
        {"a": 0, "b": 0, "c": 2 / 15, "d": 0, "e": 0, "f": 1 / 15, "g": 0})
    assert found["eigenvector"].isna().tolist() == [False] * 4 + [True] * 3
    value = 2.1700864866  # the largest root of x^3 - x^2 - 3 x + 1, where c = 1, d = 1 / x, a = b = 1 / (x - 1)
    assert found["eigenvector"].iloc[:4].tolist() == pytest.approx([1 / (value - 1)] * 2 + [1, 1 / value])


def test_communities_are_numbered_by_size_and_a_clear_partition_is_stable() -> None:
    groups = [range(10, 14), range(4), range(20, 26)]
    edges = [pair for group in groups for pair in combinations(group, 2)] + [(0, 10), (10, 20)]
    found = graph.communities(graph.simple(edges)[0], seed=1)
    assert {node: found.number[node] for node in (10, 0, 20)} == {10: 1, 0: 2, 20: 0}
    assert found.number.value_counts().to_dict() == {0: 6, 1: 4, 2: 4}
    assert found.stability == 1.0
    assert found.modularity == pytest.approx(nx.community.modularity(nx.Graph(edges), groups))


def _adjusted_rand(one: pd.Series, other: pd.Series) -> float:
    def pairs(cells: Any) -> int:
        return sum(math.comb(count, 2) for count in Counter(cells).values())
    both, a, b, total = pairs(zip(one, other, strict=True)), pairs(one), pairs(other), math.comb(len(one), 2)
    return (both - a * b / total) / ((a + b) / 2 - a * b / total)


def test_stability_is_the_mean_adjusted_rand_index_with_ten_other_seeds() -> None:
    made = graph.simple(nx.gnm_random_graph(150, 300, seed=1).edges)[0]
    found = graph.communities(made, seed=5)
    others = [graph.communities(made, seed).number for seed in range(6, 16)]
    assert 0 < found.stability < 1
    assert found.stability == pytest.approx(np.mean([_adjusted_rand(found.number, other) for other in others]))


def test_one_community_is_stable_and_none_has_no_modularity() -> None:
    whole = graph.communities(graph.simple(combinations("abcd", 2))[0], seed=1)
    assert (whole.number.to_dict(), whole.modularity, whole.stability) == (dict.fromkeys("abcd", 0), 0.0, 1.0)
    for edges, count in (([], 0), ([("a", "a"), ("b", "b")], 2)):
        number, modularity, stability = graph.communities(graph.simple(edges)[0], seed=1)
        assert (sorted(number), modularity, stability) == (list(range(count)), None, None)


def test_the_same_seed_gives_the_same_communities_and_draws_whatever_came_before() -> None:
    made = graph.simple(nx.gnm_random_graph(150, 300, seed=1).edges)[0]
    first, drawn = graph.communities(made, 3), graph.small_world(made, 4, 3)
    igraph.Graph.Erdos_Renyi(50, 0.1)
    again = graph.communities(made, 3)
    assert again.number.equals(first.number)
    assert again[1:] == first[1:]
    assert graph.small_world(made, 4, 3) == drawn
    assert graph.small_world(made, 4, 4) != drawn


def test_the_degree_distribution_counts_nodes_and_adds_up_from_above() -> None:
    found = graph.degree_distribution(graph.simple(EXAMPLE)[0])
    assert found.to_dict("list") == {"degree": [1, 2, 3], "nodes": [3, 3, 1],
                                     "share_at_least": pytest.approx([1.0, 4 / 7, 1 / 7])}
    assert graph.degree_distribution(graph.simple([])[0]).empty


def test_a_rewired_lattice_is_a_small_world() -> None:
    lattice = nx.connected_watts_strogatz_graph(200, 6, 0.1, seed=1)
    found = graph.small_world(graph.simple([*lattice.edges, ("far", "away")])[0], draws=20, seed=1)
    assert found["draws"] == 20
    assert found["clustering"] == pytest.approx(nx.transitivity(lattice))
    assert found["path"] == pytest.approx(nx.average_shortest_path_length(lattice))
    for name in ("clustering", "path"):
        assert found[f"{name}_low"] < found[f"{name}_random"] < found[f"{name}_high"]
        assert found[name] > found[f"{name}_high"]
    assert found["sigma"] == pytest.approx(
        found["clustering"] / found["clustering_random"] / (found["path"] / found["path_random"]))
    assert found["sigma"] > 1


@pytest.mark.filterwarnings("ignore:Cannot shuffle graph")
def test_a_star_equals_its_random_graphs_and_has_no_sigma() -> None:
    found = graph.small_world(graph.simple([(0, leaf) for leaf in range(1, 6)])[0], draws=3, seed=1)
    assert found["path"] == found["path_random"] == found["path_low"] == found["path_high"] == pytest.approx(10 / 6)
    assert (found["clustering"], found["clustering_random"], found["sigma"]) == (0, 0, None)


@pytest.mark.filterwarnings("ignore:Cannot shuffle graph")
@pytest.mark.parametrize(("edges", "path"), [([], None), ([(1, 1)], None), ([(1, 2)], 1.0)])
def test_a_graph_without_triples_has_no_clustering_to_compare(edges: Any, path: float | None) -> None:
    found = graph.small_world(graph.simple(edges)[0], draws=3, seed=1)
    assert (found["clustering"], found["clustering_random"], found["sigma"]) == (None, None, None)
    assert found["path"] == found["path_random"] == path


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "data.graph", *map(str, arguments)], cwd=ROOT, text=True,
                          encoding="utf-8", capture_output=True, check=False)


def test_the_command_prints_the_summary_as_json(tmp_path: Path) -> None:
    file = tmp_path / "edges.csv"
    file.write_text("\ufeffone,other,kind\n" + "".join(f"{a}, {b} ,x\n" for a, b in EXAMPLE) + "NA,NA,\nÅ\n\n",
                    encoding="utf-8")
    ran = _run(file)
    assert ran.returncode == 0
    assert json.loads(ran.stdout) == graph.summary([*EXAMPLE, ("NA", "NA"), ("Å", "")])
    assert ran.stdout.startswith('{\n "loops_dropped": 1,\n "duplicates_dropped": 0,\n "incomplete_dropped": 1,\n')
    assert ran.stderr == f"{file}: the first line (one, other) is read as a header; with --no-header it is an edge.\n"


@pytest.mark.parametrize(("text", "options", "edges"), [
    ("a,b\nb,c\n", [], 2), ("a,b\nc,d\n", [], 1), ("a,b\nc,d\n", ["--no-header"], 2), ("from,to\n", [], 0)])
def test_the_first_line_is_a_header_unless_it_shares_a_name_or_is_said_to_be_an_edge(
        tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], edges: int) -> None:
    file = tmp_path / "edges.csv"
    file.write_text(text)
    assert graph.main([str(file), *options]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["edges"] == edges
    assert ("is read as a header" in printed.err) == (edges < text.count("\n"))


@pytest.mark.parametrize(("content", "sentence"), [
    (None, "must exist, but is missing. Check the name and the folder."),
    (b"", "must hold edges, but is empty. Write one edge a line: two names with a comma between them."),
    (b"\n , \n", "must hold edges, but is empty. Write one edge a line: two names with a comma between them."),
    (b"a;b\nb;c\n", "must have two columns, but has one, such as `a;b`. "
                    "Write one edge a line: two names with a comma between them."),
    ("Malmö,Århus\n".encode("latin-1"), "must be UTF-8, but has the byte 0xf6. Save it as CSV in UTF-8."),
    (b'a,"b\nc,d\n', "must be CSV, but: unexpected end of data. Close every quotation mark. "
                     "Write one edge a line: two names with a comma between them."),
])
def test_a_file_that_is_no_list_of_edges_is_refused_by_name(
        tmp_path: Path, content: bytes | None, sentence: str) -> None:
    file = tmp_path / "edges.csv"
    if content is not None:
        file.write_bytes(content)
    ran = _run(file)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", f"{file}: {sentence}\n")


def test_a_folder_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert graph.main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path}: must be a file to read, but: ")
