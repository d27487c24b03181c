"""The lives of networks: founded, dissolved, how many members, where; and how their memberships grew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import encode, first_theme
from data.load import Dataset
from data.roster import Roster, of_places, roster
from data.select import member_sieve
from data.view import View
from data.words import CONTINENT_OF, REGIONS, SORTS, THEMES

_ORDER = list(CONTINENT_OF)


def lives(dataset: Dataset, view: View) -> pd.DataFrame:
    """The networks with a member in the view, in the order that the view asks for.

    Returns:
        Columns network_id, short_name, name, theme (of the first issue area), founded, dissolved, members (in the
        view), dated (those with a year of joining), region (with the most members), share (of its members that are
        there), scope, coverage, as_of.

    Raises:
        ValueError: an order that is not in SORTS.
    """
    members = roster(dataset, view)
    counts = _by_region(dataset, members)
    facts = members.networks
    dated = members.rows.groupby("network_id")["joined"].count()
    rows = facts[["network_id", "short_name", "name", "scope", "founded", "dissolved", "coverage", "as_of"]].assign(
        theme=np.array(list(THEMES))[first_theme(facts["issues"])], members=members.members,
        dated=dated.reindex(facts["network_id"]).to_numpy(int),
        region=np.array(list(REGIONS.values()))[counts.argmax(axis=1)] if len(counts) else "",
        share=counts.max(axis=1, initial=0) / np.maximum(members.members, 1))
    return _sorted(rows, view.sort)


def by_region(dataset: Dataset, view: View, network: str, big: int) -> pd.DataFrame:
    """Where the members of a network are against where cities are.

    Returns:
        One row a region with a member or a city of at least `big` inhabitants: columns region, members, cities (of that
        size in the Atlas), members_share, cities_share (each of all), ratio (of the two shares; empty where no city is
        that large), the most over-represented first.
    """
    members = roster(dataset, of_places(view))
    place = members.place(network)
    counts = _by_region(dataset, members)[place] if place >= 0 else np.zeros(len(REGIONS), np.int64)
    large = (dataset.cities["population"].fillna(0) >= big) & (dataset.cities["level"] == "city")
    cities = np.bincount(encode(dataset).region[large.to_numpy(bool)], minlength=len(REGIONS))
    rows = pd.DataFrame({"region": list(REGIONS.values()), "members": counts, "cities": cities,
                         "members_share": counts / max(counts.sum(), 1), "cities_share": cities / max(cities.sum(), 1)})
    rows = rows[(rows["members"] > 0) | (rows["cities"] > 0)]
    rows["ratio"] = rows["members_share"] / rows["cities_share"].where(rows["cities"] > 0)
    return rows.sort_values(["ratio", "members", "region"], ascending=[False, False, True], na_position="last",
                            ignore_index=True)


@dataclass(frozen=True, eq=False)
class Growth:
    """How memberships began, whatever the period of the view.

    `joined`: columns network_id, theme, year, exact (the year is stated; else it is inferred or an upper bound) and
    cities, in the order of the years. `undated` counts the memberships without a year.
    """

    joined: pd.DataFrame
    undated: int

    @property
    def dated(self) -> int:
        """Memberships of known year."""
        return int(self.joined["cities"].sum())

    @property
    def rough(self) -> int:
        """Those whose year is inferred or an upper bound."""
        return int(self.joined.loc[~self.joined["exact"], "cities"].sum())

    @property
    def peak(self) -> tuple[int, int, str, int] | None:
        """The year in which most cities joined, how many, the network that most joined, and how many joined it."""
        if self.joined.empty:
            return None
        by_year = self.joined.groupby("year")["cities"].sum()
        year = int(by_year.index[int(by_year.to_numpy().argmax())])
        of_year = self.joined[self.joined["year"] == year].groupby("network_id")["cities"].sum()
        return year, int(by_year[year]), str(of_year.idxmax()), int(of_year.max())


def growth(dataset: Dataset, view: View) -> Growth:
    """When the memberships of the view began; its period and its switch for undated ones do not matter here."""
    timeless = view.replace(from_year=None, to_year=None, undated=True, unstated=True)
    taken = member_sieve(dataset, timeless).drawn
    rows = dataset.memberships.loc[taken, ["network_id", "joined", "joined_basis"]]
    issues = dataset.networks.set_index("network_id")["issues"]
    themes = pd.Series(np.array(list(THEMES))[first_theme(issues)], index=issues.index)
    dated = rows[rows["joined"].notna()]
    joined = dated.assign(year=dated["joined"].astype("int64"), exact=dated["joined_basis"] == "stated")
    counts = joined.groupby(["year", "network_id", "exact"]).size().rename("cities").reset_index()
    counts.insert(1, "theme", counts["network_id"].map(themes))
    return Growth(counts, int(rows["joined"].isna().sum()))


def _by_region(dataset: Dataset, members: Roster) -> npt.NDArray[np.int64]:
    """Members by network and region, shape (networks, regions)."""
    region = encode(dataset).region
    member = np.zeros((len(region), len(REGIONS)), np.int64)
    member[np.arange(len(region)), region] = 1
    return np.asarray(members.inside.T @ member, np.int64)


def _sorted(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    """The rows by founding year (unknown last), members, theme, or region; then by members and name."""
    if order not in SORTS:
        raise ValueError(f"sort: must be one of {', '.join(SORTS)}, but is {order!r}")
    first = {"age": rows["founded"].fillna(9_999), "size": -rows["members"],
             "issue": rows["theme"].map(list(THEMES).index), "region": rows["region"].map(_ORDER.index)}[order]
    keyed = rows.assign(first=first, small=-rows["members"])
    return keyed.sort_values(["first", "small", "short_name"], kind="stable", ignore_index=True).drop(
        columns=["first", "small"])
