"""Who stands in which network, in a view: the members as a table and as a matrix of cities and networks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from data.codes import encode
from data.load import Dataset
from data.select import Bools, member_sieve
from data.view import View

INCOMPLETE = ("partial", "one region only")


@dataclass(frozen=True, eq=False)
class Roster:
    """Members of networks.

    `networks` are the rows of the table of networks that have a member, in its order, and `cities` the ids of all
    cities of the dataset. `inside`, sparse and of shape (cities, networks), holds 1 where the city is a member.
    `taken` says which of all `memberships` these are.
    """

    networks: pd.DataFrame
    cities: pd.Index
    inside: sparse.csc_array
    memberships: pd.DataFrame
    taken: Bools

    @property
    def rows(self) -> pd.DataFrame:
        """The memberships as a table; not kept, for it is large and a roster is."""
        rows: pd.DataFrame = self.memberships[self.taken]
        return rows

    @property
    def members(self) -> npt.NDArray[np.int64]:
        """The number of members of each network."""
        return np.asarray(self.inside.sum(axis=0), np.int64)

    @property
    def dates(self) -> str:
        """Of when the lists are, and how many of them are incomplete; to stand beside any sum over them."""
        if self.networks.empty:
            return ""
        first, last = self.networks["as_of"].min(), self.networks["as_of"].max()
        partial = int(self.networks["coverage"].isin(INCOMPLETE).sum())
        if len(self.networks) == 1:
            return f"The member list is of {first}{' and incomplete' if partial else ''}."
        span = f"of {first}" if first == last else f"of different dates, {first} to {last}"
        return (f"The {len(self.networks):,} member lists are {span}; "
                f"{f'{partial:,} of them are' if partial else 'none of them is known to be'} incomplete.")

    def only(self, networks: list[str]) -> Roster:
        """The members of some of the networks."""
        kept = self.networks["network_id"].isin(networks).to_numpy()
        return Roster(self.networks[kept], self.cities, self.inside[:, kept], self.memberships,
                      self.taken & self.memberships["network_id"].isin(networks).to_numpy(bool))

    def place(self, network: str) -> int:
        """The column of a network, or -1 where it has no member in the view."""
        found = np.flatnonzero(self.networks["network_id"].to_numpy() == network)
        return int(found[0]) if len(found) else -1


@lru_cache(maxsize=32)
def roster(dataset: Dataset, view: View) -> Roster:
    """The members of the networks in the view.

    Without a period these are the cities on each network's newest list; with one, all that were members at some time
    in it, those that have left among them.
    """
    codes, memberships = encode(dataset), dataset.memberships
    stands = (memberships["status"] == "listed").to_numpy(bool)
    if view.from_year is not None or view.to_year is not None:
        stands = stands | memberships["left"].notna().to_numpy(bool)
    taken = member_sieve(dataset, view).drawn & stands
    columns, place = np.unique(codes.member_network[taken], return_inverse=True)
    inside = sparse.csc_array((np.ones(len(place), np.int64), (codes.member_city[taken], place)),
                              shape=(len(codes.city), len(columns)))
    return Roster(dataset.networks.iloc[columns], codes.city, inside, memberships, taken)


def short_names(dataset: Dataset) -> pd.Series:
    """The short name of each network, by its id."""
    names: pd.Series = dataset.networks.set_index("network_id")["short_name"]
    return names


def of_places(view: View) -> View:
    """The view without its networks: for what compares one of them with the others."""
    return view.replace(networks=())


def everywhere(view: View) -> View:
    """The view without its networks and places, for what compares a place with the others."""
    return view.replace(networks=(), room=(), regions=(), countries=(), cities=())
