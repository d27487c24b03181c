"""What is said of the shape of the whole: numbers, rankings, communities and degrees, as sentences and as frames.

The graph is that of the certain core ties and does not follow the filters; its numbers were computed in the build.
Places in the filters only choose which cities are listed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.headline import label
from data.load import Dataset
from data.paths import Chains
from data.phrases import counted, listing, share
from data.view import View
from data.words import REGIONS

TOP, LARGEST, LEADERS = 30, 8, 4
COLUMNS: dict[str, str] = {"degree": "partners_abroad", "betweenness": "betweenness", "eigenvector": "eigenvector",
                           "coreness": "coreness", "connectivity": "connectivity"}
WORDS: dict[str, str] = {"degree": "partners abroad", "betweenness": "betweenness", "coreness": "core number",
                         "eigenvector": "eigenvector centrality", "connectivity": "connectivity through networks"}
MEANINGS: dict[str, str] = {
    "degree": "different partner cities abroad",
    "betweenness": "the share of the shortest chains between two other cities that pass through (Freeman 1977)",
    "eigenvector": "high where partners have many partners themselves; largest = 1, giant component only (Bonacich "
                   "1972)",
    "coreness": "the largest k such that the city is one of a set with k partners or more in the set (Seidman 1983)",
    "connectivity": "members of the networks of a city, one by one and network by network; largest = 1 (interlocking "
                    "network model, Taylor 2001). The largest networks weigh most"}
NAMES: dict[str, str] = {
    "nodes": "Cities", "edges": "Tied pairs", "mean_degree": "Mean degree", "components": "Components",
    "giant_nodes": "Cities in the giant component", "giant_share": "Share in the giant component",
    "mean_shortest_path": "Mean shortest path", "diameter": "Diameter", "global_clustering": "Global clustering",
    "average_local_clustering": "Average local clustering", "degree_assortativity": "Degree assortativity",
    "distance_mean_km": "Mean distance, km", "distance_median_km": "Median distance, km",
    "distance_longest_km": "Longest distance, km", "distance_unknown": "Distance unknown",
    "path_sources": "Chains measured from", "duplicates_dropped": "Repeated ties dropped",
    "loops_dropped": "Loops dropped", "incomplete_dropped": "Incomplete ties dropped",
    "clustering": "Clustering, observed", "clustering_random": "Clustering, by chance",
    "path": "Mean shortest path, observed", "path_random": "Mean shortest path, by chance",
    "sigma": "Small-world index σ", "draws": "Random graphs", "communities": "Communities",
    "modularity": "Modularity", "modularity_random": "Modularity, by chance", "stability": "Stability"}


def measures(dataset: Dataset, *groups: str) -> pd.DataFrame:
    """The rows of some groups of the table of measures, indexed by measure, in the order of NAMES, with a `name`."""
    table = dataset.table("measures")
    rows = table[table["group"].isin(groups)].set_index("measure")
    rows = rows.loc[[measure for measure in NAMES if measure in rows.index]]
    return rows.assign(name=[NAMES[measure] for measure in rows.index])


def written(value: float) -> str:
    """A number as a table shows it: whole numbers without decimals, others with three significant digits or more."""
    if pd.isna(value):
        return "not defined"
    if value == round(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:#.3g}" if abs(value) < 1 else f"{value:.2f}"


def account(dataset: Dataset) -> str:
    """Which ties the graph is made of, and that the filters leave it alone."""
    core = _core(dataset)
    past = int((core["status"] != "active").sum())
    no_longer = f", {past:,} of them ended, suspended or no longer listed" if past else ""
    return (f"The graph: ties across borders between cities, not thinly attested, both places certain, of any year; "
            f"{len(core):,} of {len(dataset.ties):,} ties{no_longer}. The filters do not change it.")


def of_summary(dataset: Dataset) -> str:
    """The mean chain and the clustering against chance, in a sentence."""
    value = measures(dataset, "summary", "small world")["value"]
    if pd.isna(value["path"]):
        return "No two cities have a tie"
    apart = f"Two of {value['giant_nodes']:,.0f} cities are {value['path']:.1f} handshakes apart on average"
    if pd.isna(value["sigma"]):
        return apart
    times = value["clustering"] / value["clustering_random"]
    return f"{apart}; clustering is {times:.0f} times that of chance"


def ranking(dataset: Dataset, view: View) -> pd.DataFrame:
    """The cities in the view's places by the view's measure (`rank`), best first, then in the order of the alphabet.

    Columns: city_id, name, country (ISO code), value, rank (in the world; equals share the best), chosen (named by the
    view). A city that the view names is listed wherever it is. Ties and memberships of uncertain place do not count.
    """
    cities = dataset.cities[dataset.cities["level"] == "city"]
    rows = pd.DataFrame({"city_id": cities["city_id"], "name": cities["name"], "country": cities["country"],
                         "value": cities[COLUMNS[view.rank]].astype(float)})
    rows = rows[rows["value"] > 0]
    rows["rank"] = rows["value"].rank(method="min", ascending=False).astype(int)
    rows["chosen"] = rows["city_id"].isin(view.cities)
    here = inside(dataset, view).reindex(rows.index)
    rows = rows[here | rows["chosen"]]
    best: pd.DataFrame = rows.sort_values(["value", "name", "city_id"], ascending=[False, True, True],
                                          ignore_index=True)
    return best


def inside(dataset: Dataset, view: View) -> pd.Series:
    """Whether each city is in the view's regions and countries, indexed as the table of cities."""
    cities = dataset.cities
    here = pd.Series(True, index=cities.index)
    if view.regions:
        here &= cities["region"].isin([REGIONS[region] for region in view.regions])
    if view.countries:
        here &= cities["country"].isin(view.countries)
    return here


def top(rows: pd.DataFrame) -> pd.DataFrame:
    """The first TOP of a ranking, and the chosen cities after them where they come later."""
    first: pd.DataFrame = rows[(np.arange(len(rows)) < TOP) | rows["chosen"]]
    return first


def of_ranking(dataset: Dataset, view: View, rows: pd.DataFrame) -> str:
    """Who leads, or where a chosen city stands."""
    words = WORDS[view.rank]
    chosen = rows[rows["chosen"]]
    if len(view.cities) and chosen.empty:
        return f"{listing([label(dataset, city) for city in view.cities])}: no {words} is known"
    if rows.empty:
        return f"No city in these places has a known rank by {words}"
    if len(chosen):
        first = chosen.iloc[0]
        size = len(ranking(dataset, View(rank=view.rank)))
        return f"{label(dataset, first['city_id'])} ranks {first['rank']:,} of {size:,} cities by {words}"
    best = rows[rows["value"] == rows["value"].iloc[0]]
    world, value = best["rank"].iloc[0], best["value"].iloc[0]
    here = "these places" if view.regions or view.countries else "the world"
    amount = {"degree": f", with {value:.0f}", "coreness": f", {value:.0f}",
              "betweenness": f": {100 * value:.1f} % of the shortest chains of others pass through "
                             f"{'it' if len(best) == 1 else 'each'}"}.get(view.rank, "")
    names = listing([label(dataset, city) for city in best["city_id"]])
    return (f"{names} {'leads' if len(best) == 1 else 'lead'} {here} by {words}{amount}"
            + (f"; rank {world:,} in the world" if world > 1 else ""))


def history(dataset: Dataset, cities: pd.Series) -> pd.DataFrame:
    """Rank of cities by partners of known year at the end of each decade: a row a city in order, a column a year."""
    table = dataset.table("history")
    ranks: pd.DataFrame = table.pivot(index="city_id", columns="year", values="rank").reindex(cities)
    return ranks


def dated(dataset: Dataset) -> str:
    """How many ties the ranks by decade rest on."""
    core, pairs = _core(dataset), dataset.table("history").groupby("year")["degree"].sum() // 2
    if pairs.empty:
        return "No tie has a known year, so there are no ranks by decade."
    known = int(core["start_year"].notna().sum())
    return (f"The columns of years are ranks by partners through ties of known year in force at the end of that year. "
            f"Only {known:,} of {len(core):,} ties have one: {pairs.iloc[0]:,} pairs of cities in {pairs.index[0]}, "
            f"{pairs.iloc[-1]:,} in {pairs.index[-1]}. Some countries’ lists give years and others do not.")


def communities(dataset: Dataset) -> pd.DataFrame:
    """The LARGEST communities in order: community (from 0), cities, leaders (most partners) and countries, as lists."""
    tied = dataset.cities[dataset.cities["community"] < LARGEST]
    tied = tied.sort_values(["partners_abroad", "city_id"], ascending=[False, True])
    country = tied["country"].map(dataset.country_names)
    groups = tied.assign(country=country).groupby("community")
    return pd.DataFrame({
        "cities": groups.size(), "leaders": groups["city_id"].agg(lambda ids: ids.head(LEADERS).tolist()),
        "countries": groups["country"].agg(lambda names: names.value_counts().head(3).index.tolist())}).reset_index()


def members(dataset: Dataset, view: View) -> pd.DataFrame:
    """The cities of the graph in the view's places, or those that it names: rows of the table."""
    tied = dataset.cities["community"].notna()
    asked = dataset.cities["city_id"].isin(view.cities) if view.cities else inside(dataset, view)
    rows: pd.DataFrame = dataset.cities[tied & asked].sort_values(["community", "partners_abroad", "city_id"],
                                                                  ascending=[True, False, True])
    return rows


def of_communities(dataset: Dataset) -> str:
    """How much of the graph the largest communities hold."""
    found, member = communities(dataset), dataset.cities["community"].dropna()
    if found.empty:
        return "No two cities have a tie, so there are no communities"
    names = listing([label(dataset, city) for city in found["leaders"].iloc[0][:3]])
    part = share(int(found["cities"].sum()), len(member))
    return (f"The largest of {counted(member.nunique(), 'community')} of cities has {found['cities'].iloc[0]:,} of "
            f"them, around {names}; the {len(found)} largest hold {part} of all")


def trust(dataset: Dataset) -> str:
    """Modularity and stability, said plainly."""
    rows = measures(dataset, "communities")
    value, chance = rows["value"], rows.loc["modularity_random"]
    if pd.isna(value["modularity"]):
        return ""
    said = f"Modularity {value['modularity']:.3f}"
    if pd.notna(chance["value"]):
        said += (f": random graphs of the same degrees come to {chance['value']:.3f} ({chance['low']:.3f} to "
                 f"{chance['high']:.3f}), for any sparse graph can be cut well")
    steady = value["stability"]
    moved = "few" if steady >= 0.9 else "some" if steady >= 0.7 else "many"
    return (f"{said}. Stability {steady:.2f}, where 1 is the same each time and 0 no more alike than chance: another "
            f"run puts {moved} cities elsewhere.")


def degrees(dataset: Dataset) -> pd.DataFrame:
    """How many cities (`nodes`) have each `degree`, and the share of cities with as many partners or more."""
    partners = dataset.cities["partners_abroad"]
    counts = partners[partners > 0].value_counts().sort_index()
    return pd.DataFrame({"degree": counts.index, "nodes": counts.to_numpy(),
                         "share_at_least": (counts[::-1].cumsum()[::-1] / counts.sum()).to_numpy(float)})


def of_degrees(dataset: Dataset) -> str:
    """The share of cities with one partner, and the most connected city."""
    counts = degrees(dataset)
    if counts.empty:
        return "No city has a partner abroad"
    one = int(counts.loc[counts["degree"] == 1, "nodes"].sum())
    most = ranking(dataset, View()).iloc[0]
    return (f"{share(one, int(counts['nodes'].sum()))} of {counts['nodes'].sum():,} cities have one partner abroad; "
            f"{label(dataset, most['city_id'])} has the most, {most['value']:.0f}")


def of_paths(dataset: Dataset, ends: tuple[str, str], direct: Chains, wide: Chains) -> str:
    """How far apart two cities are and who can introduce them: through ties (`direct`), or else networks (`wide`)."""
    a, b = (label(dataset, city) for city in ends)
    if direct.hops == 1:
        years = [tie.start_year for tie in direct.listed[0][0].ties if tie.start_year]
        return f"{a} and {b} are partners already{f', since {min(years)}' if years else ''}"
    if direct.hops == 2:
        names = [label(dataset, chain[0].end) for chain in direct.listed]
        more = direct.total - len(names)
        who = listing(names) if not more else f"{', '.join(names[:2])} and {direct.total - 2:,} more"
        return f"{who} can introduce {a} and {b}"
    if direct.hops:
        return f"{a} and {b} are {direct.hops} handshakes apart, by {counted(direct.total, 'shortest chain')}"
    if wide.hops:
        return f"No chain of ties joins {a} and {b}; with shared networks {counted(wide.hops, 'hop')} will do"
    return f"No chain of ties or networks joins {a} and {b}"


def _core(dataset: Dataset) -> pd.DataFrame:
    ties = dataset.ties
    return ties[ties["core"] & (ties["place"] == "certain")]
