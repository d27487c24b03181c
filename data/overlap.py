"""Which members networks share: counts, Jaccard similarity, an order that puts like beside like, and combinations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import squareform

from data.roster import Roster

Counts = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]


def shared(roster: Roster) -> Counts:
    """How many members each two networks share, shape (networks, networks); a network shares all with itself."""
    return np.asarray((roster.inside.T @ roster.inside).todense(), np.int64)


def jaccard(counts: Counts) -> Shares:
    """The shared members as a share of the members of either: |A and B| / |A or B| (Jaccard 1901), 0 to 1."""
    members = counts.diagonal()
    either = members[:, None] + members[None, :] - counts
    similarity: Shares = counts / np.maximum(either, 1)
    return similarity


def order(similarity: Shares) -> Counts:
    """The places of the networks in an order that puts like beside like, shape (networks,).

    Average linkage of the distance 1 - similarity, its leaves in the order of the least sum of distances between
    neighbours (Bar-Joseph, Gifford, Jaakkola 2001).
    """
    if len(similarity) < 3:
        return np.arange(len(similarity))
    distance = squareform(1 - similarity, checks=False)
    return np.asarray(leaves_list(optimal_leaf_ordering(linkage(distance, "average"), distance)), np.int64)


def pairs(roster: Roster) -> pd.DataFrame:
    """Every two networks that share a member, the most alike first.

    Returns:
        Columns network_a, network_b (in the order of the alphabet), shared, jaccard.
    """
    counts = shared(roster)
    similarity, ids = jaccard(counts), roster.networks["network_id"].to_numpy()
    a, b = np.nonzero(np.triu(counts, 1))
    rows = pd.DataFrame({"network_a": ids[a], "network_b": ids[b], "shared": counts[a, b],
                         "jaccard": similarity[a, b]})
    return rows.sort_values(["jaccard", "shared", "network_a", "network_b"], ascending=[False, False, True, True],
                            ignore_index=True)


def closest(roster: Roster, network: str) -> pd.DataFrame:
    """The networks that share a member with one, the most alike first.

    Returns:
        Columns network_id, shared, of_it (share of the one's members that are in the other too), jaccard.
    """
    place = roster.place(network)
    if place < 0:
        return pd.DataFrame({"network_id": [], "shared": [], "of_it": [], "jaccard": []})
    counts = shared(roster)
    rows = pd.DataFrame({"network_id": roster.networks["network_id"].to_numpy(), "shared": counts[place],
                         "of_it": counts[place] / counts[place, place], "jaccard": jaccard(counts)[place]})
    rows = rows[(rows["shared"] > 0) & (rows["network_id"] != network)]
    return rows.sort_values(["jaccard", "shared", "network_id"], ascending=[False, False, True], ignore_index=True)


def combinations(roster: Roster) -> pd.DataFrame:
    """The sets of two or more networks that cities are in, each city in the one set of all its networks.

    Returns:
        Columns networks (tuple of ids in the order of the alphabet), size (networks in it), cities; most cities first.
    """
    ids = roster.networks["network_id"].to_numpy()
    dense = roster.inside.toarray().astype(bool)
    sets, counts = np.unique(np.packbits(dense[dense.sum(axis=1) > 1], axis=1), axis=0, return_counts=True)
    names = [tuple(ids[row]) for row in np.unpackbits(sets, axis=1, count=len(ids)).astype(bool)]
    found = pd.DataFrame({"networks": names, "size": list(map(len, names)), "cities": counts})
    return found.sort_values(["cities", "size", "networks"], ascending=[False, True, True], ignore_index=True)
