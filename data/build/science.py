"""The numbers of the whole graph of city ties, against chance and through time; computed here, as they take minutes."""

from __future__ import annotations

import json
import random
from statistics import fmean

import geopandas as gpd
import igraph
import numpy as np
import pandas as pd

from data import graph
from data.build.metrics import SEED
from data.projection import Projection
from data.structure import LARGEST

DRAWS = 40
YEARS = range(1960, 2021, 10)
MEANINGS: dict[str, str] = {
    "nodes": "Cities with at least one tie.",
    "edges": "Pairs of cities with a tie; several ties of two cities count once.",
    "components": "Separate parts: no chain of ties leads from one to another.",
    "giant_nodes": "Cities of the largest part.",
    "giant_share": "Share of all cities in the largest part.",
    "mean_degree": "Partners of a city, on average: 2 × pairs / cities.",
    "global_clustering": "Of all pairs of ties that meet in a city, the share whose far ends are tied too: "
                         "3 × triangles / connected triples (transitivity; Newman 2003).",
    "average_local_clustering": "The same share taken city by city, then averaged over cities; 0 for a city with "
                                "fewer than two partners (Watts and Strogatz 1998).",
    "degree_assortativity": "Correlation of the numbers of partners at the two ends of a tie: above 0, cities with "
                            "many partners pair with their like (Newman 2002).",
    "mean_shortest_path": "Ties in the shortest chain between two cities of the largest part, on average.",
    "diameter": "Ties in the longest of these shortest chains.",
    "path_sources": "Cities from which chains were measured; where these are all of the largest part, mean and "
                    "diameter are exact.",
    "distance_mean_km": "Great-circle distance of two partners, on average (mean Earth radius 6371.0088 km).",
    "distance_median_km": "Half of the partners are nearer to each other than this.",
    "distance_longest_km": "The two partners farthest apart.",
    "distance_unknown": "Pairs without a known distance.",
    "duplicates_dropped": "Further ties of two cities that have one already, such as an agreement beside a sister "
                          "city.",
    "loops_dropped": "Ties of a city with itself.",
    "incomplete_dropped": "Ties with an end missing.",
    "draws": "Random graphs drawn.",
    "clustering": "Global clustering of the largest part.",
    "clustering_random": "The same in random graphs in which every city keeps its number of partners; mean, and the "
                         "interval that holds 95 % of them.",
    "path": "Ties in the shortest chain between two cities of the largest part, on average.",
    "path_random": "The same in the random graphs.",
    "sigma": "Small-world index: clustering against chance, divided by length of chains against chance; above 1 in a "
             "small world (Humphries and Gurney 2008).",
    "communities": "Communities of the Leiden algorithm (Traag, Waltman, van Eck 2019).",
    "modularity": "Share of pairs within communities, less what the numbers of partners alone would give (Newman and "
                  "Girvan 2004); at most 1.",
    "modularity_random": "The modularity found the same way in random graphs in which every city keeps its number of "
                         "partners; mean, and the interval that holds 95 % of them.",
    "stability": "How alike the communities of other runs are: mean adjusted Rand index against 10 other seeds (Hubert "
                 "and Arabie 1985); 1 the same, 0 no more than by chance.",
}


def science(cities: gpd.GeoDataFrame, ties: pd.DataFrame, draws: int = DRAWS) -> dict[str, pd.DataFrame]:
    """The tables `measures` and `history` of data/model.py, from the certain core ties.

    Several ties of two cities count once; `draws` is how many random graphs stand for chance.
    """
    core = ties[ties["core"] & (ties["place"] == "certain")]
    return {"measures": measures(cities, core, draws), "history": history(core)}


def measures(cities: gpd.GeoDataFrame, core: pd.DataFrame, draws: int) -> pd.DataFrame:
    """One row a number: group, measure, value, low and high (the 95 % interval of what is random), meaning."""
    pairs = core[["city_a", "city_b"]]
    places = pd.DataFrame({"longitude": cities.geometry.x, "latitude": cities.geometry.y}).set_index(cities["city_id"])
    whole, _ = graph.simple(pairs)
    found = graph.communities(whole, SEED)
    groups: dict[str, graph.Numbers] = {
        "summary": graph.summary(pairs, places), "small world": graph.small_world(whole, draws, SEED),
        "communities": {"communities": found.number.nunique(), "modularity": found.modularity,
                        "stability": found.stability} | random_modularity(whole, draws)}
    rows = [(group, name, value, *_interval(numbers, name), MEANINGS[name]) for group, numbers in groups.items()
            for name, value in numbers.items() if name in MEANINGS]
    table = pd.DataFrame(rows, columns=["group", "measure", "value", "low", "high", "meaning"])
    return table.astype({"value": float, "low": float, "high": float})


def _interval(numbers: graph.Numbers, name: str) -> tuple[int | float | None, int | float | None]:
    """The interval of a mean over random graphs; nothing for what was measured once."""
    stem = name.removesuffix("_random")
    return (numbers[f"{stem}_low"], numbers[f"{stem}_high"]) if stem != name else (None, None)


def random_modularity(whole: igraph.Graph, draws: int) -> graph.Numbers:
    """Modularity that the Leiden algorithm finds in random simple graphs of the same degrees, with its 95 % interval.

    Sparse random graphs have a high modularity too (Guimerà, Sales-Pardo, Amaral 2004, Physical Review E 70, 025101),
    so the observed one says something only beside it. The draws come from 10 rewirings an edge, which keep each degree.
    """
    random.seed(SEED)
    igraph.set_random_number_generator(random)
    drawn = []
    for _ in range(draws if whole.ecount() > 1 else 0):
        chance = whole.copy()
        chance.rewire(n=10 * whole.ecount())
        drawn.append(chance.community_leiden(objective_function="modularity", n_iterations=20).modularity)
    mean, low, high = [fmean(drawn), *np.percentile(drawn, [2.5, 97.5]).tolist()] if drawn else [None] * 3
    return {"modularity_random": mean, "modularity_low": low, "modularity_high": high}


def history(core: pd.DataFrame) -> pd.DataFrame:
    """City, year, degree and rank: partners by ties of known year in force at the end of each year of YEARS.

    A tie without an end year counts as in force from its start. Equal degrees share the best rank, from 1; a city
    without such a tie has no row.
    """
    parts = []
    for year in YEARS:
        alive = core[(core["start_year"] <= year).fillna(False) & ~(core["end_year"] <= year).fillna(False)]
        pairs = alive[["city_a", "city_b"]].drop_duplicates()
        degree = pd.concat([pairs["city_a"], pairs["city_b"]]).value_counts()
        parts.append(pd.DataFrame({"city_id": degree.index, "year": year, "degree": degree.to_numpy(),
                                   "rank": degree.rank(method="min", ascending=False).to_numpy(int)}))
    return pd.concat(parts, ignore_index=True)


def dots(cities: gpd.GeoDataFrame, countries: gpd.GeoDataFrame, plane: Projection) -> str:
    """The cities of the graph as JSON records: `x`, `y`, radius `r` in pixels, community `c` from 0, words `t`.

    `c` is LARGEST for all smaller communities. Those lie at the bottom, and of the others the small dots on top.
    """
    tied = cities[cities["community"].notna()]
    tied = tied.assign(c=tied["community"].clip(upper=LARGEST).astype(int))
    tied = tied.assign(grey=tied["c"] == LARGEST).sort_values(["grey", "partners_abroad", "city_id"],
                                                            ascending=[False, False, True])
    points = plane.rounded(plane.points(tied.geometry.x.to_numpy(), tied.geometry.y.to_numpy())).tolist()
    radius = (0.9 + 0.35 * np.sqrt(tied["partners_abroad"].to_numpy(float))).round(1).tolist()
    where = tied["name"] + ", " + tied["country"].map(countries.set_index("iso3")["name"])
    words = where + "\ncommunity " + (tied["community"] + 1).astype("str")
    return json.dumps([{"x": x, "y": y, "r": r, "c": c, "t": t} for (x, y), r, c, t in
                       zip(points, radius, tied["c"].tolist(), words, strict=True)],
                      ensure_ascii=False, separators=(",", ":"))
