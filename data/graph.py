"""Network science on plain edge lists: undirected, unweighted graphs of named nodes, on igraph."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from threading import Lock
from typing import Any, NamedTuple

import igraph
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.edges import EdgesError, headed, read
from data.lengths import lengths
from data.projection import distance_km

Edges = pd.DataFrame | npt.NDArray[Any] | Iterable[Any]
Numbers = dict[str, int | float | None]
OTHER_SEEDS = 10
_turn = Lock()


class Communities(NamedTuple):
    """Community `number` of each node, 0 = largest; `modularity` and `stability` are at most 1, None without edges."""

    number: pd.Series
    modularity: float | None
    stability: float | None


def simple(edges: Edges) -> tuple[igraph.Graph, dict[str, int]]:
    """The graph of an edge list, its nodes (vertex attribute `name`) and edges in the order of the list.

    `edges` has shape (m, 2 or more): a frame, an array or an iterable of pairs; the first two columns are the ends.
    Rows with an empty end (missing, or blank text), then loops, then repetitions of an edge in either direction are
    dropped and counted in this order, each row once. A node that only loops name stays, without an edge.

    Raises:
        ValueError: the edges have one column.
    """
    frame = pd.DataFrame(edges if isinstance(edges, pd.DataFrame | np.ndarray) else list(edges))
    if frame.shape != (0, 0) and frame.shape[1] < 2:
        raise ValueError(f"edges: must have two columns, the ends of each edge, but have {frame.shape[1]}")
    codes, names = pd.factorize(frame.iloc[:, :2].to_numpy().reshape(-1))
    empty = np.array([isinstance(name, str) and not name.strip() for name in names] + [True])  # the last: missing
    rows = codes.reshape(-1, 2)
    whole = rows[~empty[rows].any(axis=1)]
    numbers, nodes = pd.factorize(whole.reshape(-1))
    pairs = numbers.reshape(-1, 2)
    ends = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    distinct = pd.DataFrame(ends).drop_duplicates().to_numpy()
    graph = igraph.Graph(n=len(nodes), edges=distinct, vertex_attrs={"name": names[nodes].tolist()})
    return graph, {"loops_dropped": len(whole) - len(ends), "duplicates_dropped": len(ends) - len(distinct),
                   "incomplete_dropped": len(rows) - len(whole)}


def summary(edges: Edges, places: pd.DataFrame | None = None) -> Numbers:
    """The numbers of the graph of an edge list (see `simple`), None where one is not defined.

    Args:
        edges: shape (m, 2 or more).
        places: indexed by node, with `longitude` and `latitude` in degrees.

    Returns:
        What was dropped; nodes, edges, components, and of the giant (largest) component its nodes and their share.
        `mean_degree`: 2 m / n. `global_clustering`: 3 x triangles / connected triples (transitivity; Newman 2003, SIAM
        Review 45, equation 3). `average_local_clustering`: mean over nodes of the share of pairs of neighbours that
        are tied (Watts & Strogatz 1998), where a node of degree below 2 counts as 0. `degree_assortativity`:
        correlation of the degrees at the ends of an edge (Newman 2002, Physical Review Letters 89, equation 4).
        `mean_shortest_path` and `diameter`: mean and longest of the shortest paths between two nodes of the giant
        component, in edges, from `path_sources` nodes: all of them, so both are exact; but where nodes x edges
        exceed EXACT (data/lengths.py), a seeded sample, so the mean is an estimate and the diameter None.
        `distance_..._km`: mean, median and longest great circle of the edges, mean Earth radius 6371.0088 km;
        `distance_unknown` counts the edges left out of it, of which an end has no place.

    Raises:
        ValueError: the edges have one column, or the places name a node twice.
    """
    graph, dropped = simple(edges)
    nodes, giant = graph.vcount(), _giant(graph)
    some, varied = nodes > 0, len(set(graph.degree()) - {0}) > 1
    return {**dropped, "nodes": nodes, "edges": graph.ecount(), "components": len(graph.connected_components()),
            "giant_nodes": giant.vcount(), "giant_share": giant.vcount() / nodes if some else None,
            "mean_degree": 2 * graph.ecount() / nodes if some else None,
            "global_clustering": _clustering(graph),
            "average_local_clustering": graph.transitivity_avglocal_undirected(mode="zero") if some else None,
            "degree_assortativity": graph.assortativity_degree(directed=False) if varied else None,
            **_paths(giant), **_distances(graph, places)}


def metrics(graph: igraph.Graph) -> pd.DataFrame:
    """What each node is in a graph of `simple`; a row a node, indexed by name.

    `degree`: its edges. `betweenness`: the share of the (n - 1)(n - 2) / 2 pairs of other nodes whose shortest paths go
    through it; where a pair has several shortest paths, the share of these (Freeman 1977, Sociometry 40).
    `eigenvector`: its entry in the leading eigenvector of the adjacency matrix of the giant component, scaled to a
    largest value of 1 (Bonacich 1972, Journal of Mathematical Sociology 2); missing elsewhere, where it has no meaning.
    `core`: the largest k such that it is in a subgraph of nodes of degree >= k (Seidman 1983, Social Networks 5).
    """
    names, size, giant = graph.vs["name"], graph.vcount(), _giant(graph)
    central = giant.eigenvector_centrality() if giant.ecount() else [np.nan] * giant.vcount()
    between = np.array(graph.betweenness(directed=False), dtype=float) / max((size - 1) * (size - 2) / 2, 1)
    eigenvector = pd.Series(np.clip(central, 0, None), index=giant.vs["name"], dtype=float).reindex(names)
    columns = {"degree": graph.degree(), "betweenness": between, "eigenvector": eigenvector.to_numpy(),
               "core": graph.coreness()}
    return pd.DataFrame(columns, index=pd.Index(names, name="node"))


def communities(graph: igraph.Graph, seed: int) -> Communities:
    """Communities of most modularity by the Leiden algorithm (Traag, Waltman, van Eck 2019, Scientific Reports 9).

    Modularity: the share of edges within communities less the share expected from the degrees alone (Newman & Girvan
    2004). Stability: mean adjusted Rand index (Hubert & Arabie 1985) of the partition and those of the next OTHER_SEEDS
    seeds; 1 where all agree, 0 where they agree no better than by chance.
    """
    member = _leiden(graph, seed)
    order = pd.Series(member).value_counts().sort_index().sort_values(ascending=False, kind="stable").index
    rank = {community: number for number, community in enumerate(order)}
    number = pd.Series([rank[community] for community in member], index=graph.vs["name"], dtype=int, name="community")
    if not graph.ecount():
        return Communities(number, None, None)
    others = [_leiden(graph, seed + step) for step in range(1, OTHER_SEEDS + 1)]
    alike = [igraph.compare_communities(member, other, method="adjusted_rand") for other in others]
    agreed = np.nan_to_num(alike, nan=1.0).tolist()  # 0 / 0 where both find a single community
    return Communities(number, graph.modularity(member), fmean(agreed))


def degree_distribution(graph: igraph.Graph) -> pd.DataFrame:
    """How many `nodes` have each `degree` that occurs, and the share of nodes with that degree or more."""
    degree, nodes = np.unique(np.array(graph.degree(), dtype=int), return_counts=True)
    return pd.DataFrame({"degree": degree, "nodes": nodes, "share_at_least": nodes[::-1].cumsum()[::-1] / nodes.sum()})


def small_world(graph: igraph.Graph, draws: int, seed: int) -> Numbers:
    """Clustering C and mean shortest path L of the giant component against random graphs of the same degrees.

    The random graphs are simple and connected, and each node keeps its degree (Viger & Latapy 2005, COCOON).
    sigma = (C / C random) / (L / L random), with the transitivity for C and the means of the draws, is above 1 in a
    small world (Humphries & Gurney 2008, PLoS ONE 3, e0002051, who compare with graphs of as many nodes and edges).

    Returns:
        `draws`; `clustering` and `path` (in edges), each also as `..._random` (mean of the draws), `..._low` and
        `..._high` (their 2.5 and 97.5 percentiles); and `sigma`. None where not defined.
    """
    giant = _giant(graph)
    with _seeded(seed):
        random_graphs = [igraph.Graph.Degree_Sequence(giant.degree(), method="vl")
                         for _ in range(draws if giant.ecount() else 0)]
    found: Numbers = {"draws": draws}
    ratio: dict[str, float | None] = {}
    for name, measure in (("clustering", _clustering), ("path", _mean_path)):
        value, drawn = measure(giant), [number for number in map(measure, random_graphs) if number is not None]
        mean, low, high = [fmean(drawn), *np.percentile(drawn, [2.5, 97.5]).tolist()] if drawn else [None] * 3
        found |= {name: value, f"{name}_random": mean, f"{name}_low": low, f"{name}_high": high}
        ratio[name] = value / mean if value is not None and mean else None
    clustering, path = ratio["clustering"], ratio["path"]
    return found | {"sigma": clustering / path if clustering is not None and path else None}


def _giant(graph: igraph.Graph) -> igraph.Graph:
    """The largest component, of equals the one with the first node; an empty graph is its own."""
    return graph.connected_components().giant() if graph.vcount() else graph


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """The random numbers of igraph, which are one stream for all threads, from a seed; then as they were."""
    with _turn:
        igraph.set_random_number_generator(random.Random(seed))
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)


def _leiden(graph: igraph.Graph, seed: int) -> list[int]:
    with _seeded(seed):
        return list(graph.community_leiden(objective_function="modularity", n_iterations=20).membership)


def _clustering(graph: igraph.Graph) -> float | None:
    """Transitivity; None without a node of two neighbours."""
    return graph.transitivity_undirected() if max(graph.degree(), default=0) > 1 else None


def _mean_path(giant: igraph.Graph) -> float | None:
    return _paths(giant)["mean_shortest_path"]


def _paths(giant: igraph.Graph) -> Numbers:
    if not giant.ecount():
        return {"mean_shortest_path": None, "diameter": None, "path_sources": 0}
    counts, sources = lengths(giant)
    mean = sum(length * count for length, count in enumerate(counts, 1)) / sum(counts)
    longest = len(counts) if sources == giant.vcount() else None
    return {"mean_shortest_path": mean, "diameter": longest, "path_sources": sources}


def _distances(graph: igraph.Graph, places: pd.DataFrame | None) -> Numbers:
    place = pd.DataFrame(columns=["longitude", "latitude"]) if places is None else places[["longitude", "latitude"]]
    if not place.index.is_unique:
        twice = place.index[place.index.duplicated()].unique().tolist()
        raise ValueError(f"places: must name each node once, but name {twice[:5]} more often")
    degrees = place.reindex(graph.vs["name"]).to_numpy(dtype=float)
    ends = np.array(graph.get_edgelist(), dtype=int).reshape(-1, 2)
    km = distance_km(degrees[ends].reshape(-1, 4))
    known = km[~np.isnan(km)]
    mean, median, longest = [float(of(known)) for of in (np.mean, np.median, np.max)] if known.size else [None] * 3
    return {"distance_mean_km": mean, "distance_median_km": median, "distance_longest_km": longest,
            "distance_unknown": len(km) - len(known)}


def main(arguments: list[str]) -> int:
    """Print the summary of a file of edges as JSON; 0, or 2 after one sentence on stderr if that cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m data.graph", description="The numbers of a graph, as JSON.")
    parser.add_argument("edges", type=Path, help="CSV file in UTF-8; the first two columns are the ends of an edge. "
                        "Its first line is a header unless one of the two names in it is an end of a later edge.")
    parser.add_argument("--no-header", action="store_true", help="the first line is an edge in any case")
    given = parser.parse_args(arguments)
    try:
        rows = read(given.edges)
    except EdgesError as error:
        print(error, file=sys.stderr)
        return 2
    header = not given.no_header and headed(rows)
    if header:
        print(f"{given.edges}: the first line ({', '.join(rows[0])}) is read as a header; with --no-header it is an "
              "edge.", file=sys.stderr)
    print(json.dumps(summary(rows[1:] if header else rows), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
