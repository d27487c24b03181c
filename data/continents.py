"""How much of the world a selection covers: one row a continent, so that gaps in the sources show as gaps."""

from __future__ import annotations

import pandas as pd

from data.load import Dataset


def by_continent(dataset: Dataset, ties: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Counts of a selection by continent, most ties first.

    Args:
        dataset: the dataset that the rows are of.
        ties: rows of the table of ties; a tie counts once in each continent that it touches.
        memberships: rows of the table of memberships.

    Returns:
        Columns continent, cities (that stand in a tie or membership), ties, dated (ties with a year), dated_share
        (per cent of ties, empty without ties), memberships, networks (with a member there).
    """
    place = dataset.cities_by_id["continent"]
    continents = pd.Index(sorted(place.unique()), name="continent")
    ends = pd.concat([ties.assign(city_id=ties[end]) for end in ("city_a", "city_b")])
    ends["continent"] = ends["city_id"].map(place)
    members = memberships.assign(continent=memberships["city_id"].map(place))
    touched = ends.drop_duplicates(["tie_id", "continent"])
    everyone = pd.concat([ends, members])[["continent", "city_id"]].drop_duplicates()
    counts = pd.DataFrame({
        "cities": everyone["continent"].value_counts(),
        "ties": touched["continent"].value_counts(),
        "dated": touched.loc[touched["start_year"].notna(), "continent"].value_counts(),
        "memberships": members["continent"].value_counts(),
        "networks": members.groupby("continent")["network_id"].nunique(),
    }, index=continents).fillna(0).astype("int64")
    counts.insert(3, "dated_share", (100 * counts["dated"] / counts["ties"]).where(counts["ties"] > 0))
    return counts.sort_values("ties", ascending=False, kind="stable").reset_index()
