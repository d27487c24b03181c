"""What each city is in the graph of ties and in the networks; computed here, so that no page has to."""

from __future__ import annotations

import random

import igraph
import numpy as np
import pandas as pd

SEED = 20261122


def add(cities: pd.DataFrame, ties: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """The cities with their metrics (columns of `cities` in data/model.py), from certain core ties and memberships."""
    core = ties[ties["core"] & (ties["place"] == "certain")]
    listed = memberships[(memberships["status"] == "listed") & (memberships["place"] == "certain")]
    measures = {"ties": _degrees(core), "partners_abroad": _partners(core),
                "networks": listed.groupby("city_id")["network_id"].nunique(), **centralities(core),
                "connectivity": interlock(listed)}
    columns = {name: cities["city_id"].map(values) for name, values in measures.items()}
    counts = {name: columns[name].fillna(0).astype("Int64") for name in ("ties", "partners_abroad", "networks")}
    return cities.assign(**columns | counts)


def _degrees(core: pd.DataFrame) -> pd.Series:
    degrees: pd.Series = pd.concat([core["city_a"], core["city_b"]]).value_counts()
    return degrees


def _partners(core: pd.DataFrame) -> pd.Series:
    return _degrees(core.drop_duplicates(["city_a", "city_b"]))


def centralities(core: pd.DataFrame) -> dict[str, pd.Series]:
    """Betweenness, eigenvector centrality and Leiden community of each city with a tie.

    Betweenness (Freeman 1977) is the share of the (n - 1)(n - 2) / 2 pairs of other cities whose shortest paths go
    through the city. Eigenvector centrality (Bonacich 1972) of the giant component is scaled to a
    largest value of 1. Communities maximise
    modularity (Leiden algorithm; Traag, Waltman, van Eck 2019) from a fixed seed, numbered by size from 0.
    """
    pairs = core[["city_a", "city_b"]].drop_duplicates()
    graph = igraph.Graph.TupleList(pairs.itertuples(index=False), directed=False)
    names, size = graph.vs["name"], graph.vcount()
    random.seed(SEED)
    igraph.set_random_number_generator(random)
    leiden = graph.community_leiden(objective_function="modularity", n_iterations=20).membership
    order = pd.Series(leiden).value_counts().sort_index().sort_values(ascending=False, kind="stable").index
    number = {community: rank for rank, community in enumerate(order)}
    between = np.array(graph.betweenness()) / max((size - 1) * (size - 2) / 2, 1)
    return {"betweenness": pd.Series(between.round(9), index=names),
            "eigenvector": _eigenvector(graph),
            "community": pd.Series([number[community] for community in leiden], index=names, dtype="Int64")}


def _eigenvector(graph: igraph.Graph) -> pd.Series:
    """Eigenvector centrality in the giant component; elsewhere it has no meaning and is left unknown."""
    giant = graph.connected_components().giant()
    return pd.Series(np.array(giant.eigenvector_centrality()).clip(0).round(9), index=giant.vs["name"])


def interlock(listed: pd.DataFrame) -> pd.Series:
    """Interlocking network connectivity of each city, as a share of the largest.

    City a and city b are linked by every network j that has both: C(a) = sum over j of v(a, j) * sum over b != a of
    v(b, j), with v = 1 for a member and 0 else (Taylor 2001, Geographical Analysis 33, equation 4).
    """
    members = listed.groupby("network_id")["city_id"].transform("nunique")
    total = (members - 1).groupby(listed["city_id"]).sum()
    share: pd.Series = (total / total.max()).round(9)
    return share
