"""Issue areas by region: how many of a region's cities are in a network on an issue area, so that gaps show."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.roster import Roster, of_places, roster
from data.view import View
from data.words import CONTINENT_OF, ISSUES, REGIONS

BIG = 100_000


def gaps(dataset: Dataset, view: View) -> pd.DataFrame:
    """Members of networks by region and issue area.

    A share over all cities of the Atlas would flatter regions whose small towns are in it because of a network; so the
    share is one of the cities of at least BIG inhabitants, and the members of any size are counted beside it.

    Returns:
        One row for each region with a city in the view's places and each issue area of the view (all areas where it
        names none). Columns continent, region, issue, networks (with a member anywhere that are on the issue),
        members (cities in at least one of them), cities (of the region in the Atlas), big_members, big_cities, share
        (big_members / big_cities; empty without a big city).
    """
    members, codes = roster(dataset, of_places(view)), encode(dataset)
    place = _in_places(dataset, view)
    big = (dataset.cities["population"].fillna(0) >= BIG).to_numpy(bool)
    issues = [issue for issue in ISSUES if not view.issues or issue in view.issues]
    size = len(REGIONS)
    total, large = (np.bincount(codes.region[place & kind], minlength=size) for kind in (place | True, big))
    held = members.inside @ _on(members, issues) > 0
    rows = []
    for number, issue in enumerate(issues):
        joined = held[:, number] & place
        rows.append(pd.DataFrame({
            "region": list(REGIONS.values()), "issue": issue, "networks": _networks(dataset, issue),
            "members": np.bincount(codes.region[joined], minlength=size), "cities": total,
            "big_members": np.bincount(codes.region[joined & big], minlength=size), "big_cities": large}))
    found = pd.concat(rows, ignore_index=True)
    found = found[found["cities"] > 0]
    found.insert(0, "continent", found["region"].map(CONTINENT_OF))
    share = found["big_members"] / found["big_cities"].where(found["big_cities"] > 0)
    return found.assign(share=share).sort_values(["continent", "region"], kind="stable", ignore_index=True)


def by_continent(rows: pd.DataFrame) -> pd.DataFrame:
    """The same counts by continent and issue area: the columns of `gaps` without the region."""
    sums = ["members", "cities", "big_members", "big_cities"]
    found = rows.groupby(["continent", "issue"], sort=False).agg(
        networks=("networks", "first"), **{name: (name, "sum") for name in sums}).reset_index()
    share = found["big_members"] / found["big_cities"].where(found["big_cities"] > 0)
    return found.assign(share=share)


def by_issue(rows: pd.DataFrame) -> pd.DataFrame:
    """The counts of all regions together, fewest members first: columns issue, networks, members, regions."""
    sums = rows.groupby("issue", sort=False).agg(
        networks=("networks", "first"), members=("members", "sum"), regions=("members", lambda cell: (cell > 0).sum()))
    return sums.sort_values("members", kind="stable").reset_index()


def _on(members: Roster, issues: list[str]) -> np.ndarray:
    """Which network is on which issue area, shape (networks, issues)."""
    return np.array([[issue in cell for issue in issues] for cell in members.networks["issues"]], np.int64).reshape(
        len(members.networks), len(issues))


def _networks(dataset: Dataset, issue: str) -> int:
    return sum(issue in cell for cell in dataset.networks["issues"])


def _in_places(dataset: Dataset, view: View) -> np.ndarray:
    """Which cities are of the view's regions, countries, cities and levels."""
    cities = dataset.cities
    inside = np.ones(len(cities), bool) if view.districts else (cities["level"] == "city").to_numpy(bool)
    for column, wanted in (("region", [REGIONS[region] for region in view.regions]), ("country", view.countries),
                           ("city_id", view.cities)):
        if wanted:
            inside = inside & cities[column].isin(wanted).to_numpy(bool)
    return inside
