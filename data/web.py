"""The strongest relations between countries as a graph: who stands near whom, and which communities they form."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

import igraph
import numpy as np
import pandas as pd

from data.load import Dataset
from data.relations import chosen, countries
from data.view import View

SEED = 20261122
MOST_EDGES = 220
LEAST_TIES = 3
_ROUNDS = 2_000


@dataclass(frozen=True, eq=False)
class Web:
    """A drawn graph of countries.

    `nodes`: columns country (ISO 3166-1 alpha-3), x, y (place in the drawing, each from 0 to 1), ties (of the country,
    in the whole graph), community (0 = most ties). `edges`: columns a, b, ties, expected, ratio; the strongest first.
    `leaders`: for each community of the whole graph its two countries of most ties.
    `modularity` is that of the communities over all ties between countries; they are found before any edge is left out.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    leaders: list[tuple[str, ...]]
    modularity: float


@lru_cache(maxsize=16)
def web(dataset: Dataset, view: View) -> Web:
    """The graph of the MOST_EDGES strongest relations of the view, laid out by springs (Kamada and Kawai 1989).

    Strong are pairs of countries with more ties than chance (see `data.relations`) and at least LEAST_TIES, ordered by
    the log-likelihood ratio of a Poisson count, O ln(O / E) - (O - E) (Dunning 1993, Computational Linguistics 19).
    Where the view names places, or has no more pairs than MOST_EDGES, all pairs with one of them are drawn.
    Communities maximise the modularity of all ties between two countries (Leiden; Traag, Waltman, van Eck 2019) from a
    fixed seed.
    """
    pairs = countries(dataset, view).pairs
    pairs = pairs[(pairs["a"] != pairs["b"]) & (pairs["observed"] > 0)].rename(columns={"observed": "ties"})
    ties = pairs.groupby("a")["ties"].sum().add(pairs.groupby("b")["ties"].sum(), fill_value=0).astype("int64")
    communities, modularity = _communities(pairs, ties)
    near = chosen(dataset, view, "country")
    if near:
        pairs = pairs[pairs["a"].isin(near) | pairs["b"].isin(near)]
    surplus = pairs["ties"] * np.log(pairs["ratio"]) - (pairs["ties"] - pairs["expected"])
    few = bool(near) or len(pairs) <= MOST_EDGES
    strong = (pairs["ties"] >= LEAST_TIES) & (pairs["ratio"] > 1) | few
    edges = pairs[strong].assign(surplus=surplus).sort_values(["surplus", "a", "b"], ascending=[False, True, True])
    edges = edges.head(MOST_EDGES).drop(columns="surplus").reset_index(drop=True)
    order = ties.sort_values(ascending=False, kind="stable").index
    leaders = [tuple(order[communities[order] == number][:2]) for number in range(communities.nunique())]
    return Web(_placed(edges, ties, communities), edges, leaders, modularity)


def _seed() -> None:
    """Make igraph draw the same numbers each time."""
    igraph.set_random_number_generator(random.Random(SEED))


def _communities(pairs: pd.DataFrame, ties: pd.Series) -> tuple[pd.Series, float]:
    """The community of each country, numbered by ties from 0, and the modularity of them all."""
    if pairs.empty:
        return pd.Series(dtype="int64"), 0.0
    graph = igraph.Graph.TupleList(pairs[["a", "b", "ties"]].itertuples(index=False), weights=True)
    _seed()
    found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=20)
    member = pd.Series(found.membership, index=graph.vs["name"])
    order = ties.groupby(member).sum().sort_values(ascending=False, kind="stable").index
    return member.map({community: number for number, community in enumerate(order)}), float(found.modularity)


def _placed(edges: pd.DataFrame, ties: pd.Series, communities: pd.Series) -> pd.DataFrame:
    """The ends of the edges with their place, ties and community, most ties first."""
    graph = igraph.Graph.TupleList(edges[["a", "b", "ties"]].itertuples(index=False), weights=True)
    if edges.empty:
        return pd.DataFrame({"country": [], "x": [], "y": [], "ties": [], "community": []})
    layout = graph.layout_kamada_kawai(maxiter=_ROUNDS)
    layout.fit_into((0, 0, 1, 1), keep_aspect_ratio=False)
    x, y = np.array(layout.coords).T
    names = graph.vs["name"]
    nodes = pd.DataFrame({"country": names, "x": x, "y": y, "ties": ties.loc[names].to_numpy(int),
                          "community": communities.loc[names].to_numpy(int)})
    return nodes.sort_values(["ties", "country"], ascending=[False, True], ignore_index=True)
