"""The marginal value of joining: what a network would add to the peers that a city already has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.roster import Roster, everywhere, roster
from data.view import View
from data.words import REGIONS

Bools = npt.NDArray[np.bool_]
_HOME = 0.1


@dataclass(frozen=True, eq=False)
class Standing:
    """Where a city stands: True for the cities that are its peers, its partners, or in the places that it cares about.

    Peers are members of a network, not dissolved, that has the city too; partners have a tie of status active.
    Each of shape (cities,), the city itself False.
    """

    peers: Bools
    partners: Bools
    cared: Bools


def gains(dataset: Dataset, view: View, city: str) -> pd.DataFrame:
    """What each network would add to a city, the most new peers first; those that seem out of its reach at the end.

    The view's issue areas and period choose the networks, and its regions and countries are the places that the city
    cares about. Networks that have ended are left out.

    Returns:
        Columns network_id, inside (the city is a member), near (the network is global, or at least a tenth of its
        members are on the city's continent or, where it is national, in its country), members (without the city),
        new (members that share no network with the city yet), known (the others), cared (new ones in the places of the
        view; empty where it names none) and partners (members that already have a tie with the city).

    Raises:
        ValueError: the city is not in the dataset.
    """
    stands = standing(dataset, view, city)
    offered = roster(dataset, everywhere(view))
    me = _row(offered.cities, city)
    counted = np.column_stack([np.ones(len(stands.peers)), ~stands.peers, stands.peers, ~stands.peers & stands.cared,
                               stands.partners])
    counted[me] = 0
    sums = np.asarray(offered.inside.T @ counted, np.int64)
    rows = pd.DataFrame(sums, columns=["members", "new", "known", "cared", "partners"])
    rows.insert(0, "network_id", offered.networks["network_id"].to_numpy())
    rows.insert(1, "inside", offered.inside[[me]].toarray()[0] > 0)
    rows.insert(2, "near", _near(dataset, offered, me))
    if not view.regions and not view.countries:
        rows["cared"] = pd.NA
    rows = rows[offered.networks["dissolved"].isna().to_numpy()]
    return rows.sort_values(["near", "new", "network_id"], ascending=[False, False, True], ignore_index=True)


def peers(dataset: Dataset, view: View, city: str, network: str) -> pd.DataFrame:
    """The members of a network as a city sees them, new peers first.

    Returns:
        Columns city_id, new, partner, cared (booleans), in the order new, partner, then the alphabet.

    Raises:
        ValueError: the city is not in the dataset.
    """
    stands = standing(dataset, view, city)
    offered = roster(dataset, everywhere(view).replace(issues=()))
    place = offered.place(network)
    members = offered.inside[:, [place]].nonzero()[0] if place >= 0 else np.array([], int)
    members = members[members != _row(offered.cities, city)]
    rows = pd.DataFrame({"city_id": offered.cities[members], "new": ~stands.peers[members],
                         "partner": stands.partners[members], "cared": stands.cared[members]})
    return rows.sort_values(["new", "partner", "city_id"], ascending=[False, False, True], ignore_index=True)


def standing(dataset: Dataset, view: View, city: str) -> Standing:
    """The peers and partners of a city, in the period of the view, whatever its issue areas.

    Raises:
        ValueError: the city is not in the dataset.
    """
    codes = encode(dataset)
    me = _row(codes.city, city)
    now = roster(dataset, everywhere(view).replace(issues=()))
    alive = now.networks["dissolved"].isna().to_numpy()
    mine = (now.inside[[me]].toarray()[0] > 0) & alive
    found = np.asarray(now.inside[:, mine].sum(axis=1)) > 0
    active = (dataset.ties["status"] == "active").to_numpy()
    partners = np.zeros(len(codes.city), bool)
    for here, there in ((codes.tie_a, codes.tie_b), (codes.tie_b, codes.tie_a)):
        partners[there[active & (here == me)]] = True
    found[me] = partners[me] = False
    return Standing(found, partners, _cared(dataset, view))


def _row(cities: pd.Index, city: str) -> int:
    """The row of a city in the table."""
    if city not in cities:
        raise ValueError(f"city: must be a city of the dataset, but {city!r} is not")
    return int(cities.get_indexer(pd.Index([city]))[0])


def _near(dataset: Dataset, offered: Roster, me: int) -> Bools:
    """Which networks are global, or have members where those of a regional or national one must be."""
    scope = offered.networks["scope"].to_numpy()
    reached = {}
    for name, column in (("regional", "continent"), ("national", "country")):
        same = (dataset.cities[column] == dataset.cities[column].iloc[me]).to_numpy(np.int64)
        reached[name] = np.asarray(offered.inside.T @ same) >= _HOME * offered.members
    near: Bools = (scope == "global") | np.where(scope == "national", reached["national"], reached["regional"])
    return near


def _cared(dataset: Dataset, view: View) -> Bools:
    """Which cities are in the regions or countries of the view."""
    cities = dataset.cities
    names = [REGIONS[region] for region in view.regions]
    cared: Bools = (cities["region"].isin(names) | cities["country"].isin(view.countries)).to_numpy(bool)
    return cared
