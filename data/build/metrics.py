"""What each city is in the graph of ties and in the networks; computed here, so that no page has to."""

from __future__ import annotations

import pandas as pd

from data import graph

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
    """Betweenness, eigenvector centrality, core number and community of each city with a tie; see `data.graph`."""
    whole, _ = graph.simple(core[["city_a", "city_b"]])
    found = graph.metrics(whole)
    return {"betweenness": found["betweenness"].round(9), "eigenvector": found["eigenvector"].round(9),
            "coreness": found["core"].astype("Int64"),
            "community": graph.communities(whole, SEED).number.astype("Int64")}


def interlock(listed: pd.DataFrame) -> pd.Series:
    """Interlocking network connectivity of each city, as a share of the largest.

    City a and city b are linked by every network j that has both: C(a) = sum over j of v(a, j) * sum over b != a of
    v(b, j), with v = 1 for a member and 0 else (Taylor 2001, Geographical Analysis 33, equation 4).
    """
    members = listed.groupby("network_id")["city_id"].transform("nunique")
    total = (members - 1).groupby(listed["city_id"]).sum()
    share: pd.Series = (total / total.max()).round(9)
    return share
