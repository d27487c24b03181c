"""The exhibits of overlap: shared members, sets of networks, and what joining a network would bring a city."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from components import choice, filters, screen
from components.charts.overlaps import (
    combinations_chart,
    gains_chart,
    memberships_chart,
    overlap_chart,
    peers_chart,
)
from components.exhibit import Exhibit
from components.landscape import NETWORK, account, advice
from data import findings, gain, overlap
from data.export import FREE
from data.headline import label
from data.load import Dataset
from data.phrases import listing
from data.portrait import trust
from data.roster import Roster, everywhere, of_places, roster, short_names
from data.search import labels
from data.view import View
from data.words import REGIONS

CITY = {"City": ("City code", "/city?city=")}
_FEW, _SETS, _SETS_NARROW = 20, 15, 8


def of_overlap(dataset: Dataset, view: View) -> Exhibit:
    """The matrix of shared members: of all networks, or of the one in the view and those nearest to it."""
    members = roster(dataset, of_places(view))
    asked, note = _asked(members, view)
    finding = findings.of_overlap(dataset, asked)
    if len(asked.networks) < 2 or overlap.pairs(asked).empty:
        return Exhibit(finding, None, advice(dataset, of_places(view)))
    words = (f"Brighter: more of the members of either are in both (Jaccard similarity); like stands beside like "
             f"(average linkage), columns in the order of the rows. {note}{account(dataset, of_places(view))}")
    return Exhibit(finding, overlap_chart(asked, screen.narrow()), words,
                   partial(_pairs, dataset, members), NETWORK)


def _pairs(dataset: Dataset, members: Roster) -> pd.DataFrame:
    pairs, names, facts = overlap.pairs(members), short_names(dataset), dataset.networks.set_index("network_id")
    lists = {code: trust(facts.at[code, "coverage"], facts.at[code, "as_of"]) for code in facts.index}
    return pd.DataFrame({
        "Network": pairs["network_a"].map(names), "Code": pairs["network_a"], "List": pairs["network_a"].map(lists),
        "And": pairs["network_b"].map(names), "Its list": pairs["network_b"].map(lists),
        "Shared members": pairs["shared"], "Jaccard similarity": pairs["jaccard"]})


def _asked(members: Roster, view: View) -> tuple[Roster, str]:
    """The networks to draw: those of the view; of one, the nearest; on a narrow screen the largest of all."""
    if len(view.networks) > 1:
        return members.only(list(view.networks)), ""
    if view.networks:
        near = overlap.closest(members, view.networks[0])["network_id"].head(_FEW - 1)
        return members.only([*view.networks, *near]), "The network chosen and those that share most with it. "
    if screen.narrow() and len(members.networks) > _FEW:
        largest = members.networks["network_id"].to_numpy()[(-members.members).argsort(kind="stable")[:_FEW]]
        return members.only(list(largest)), f"On a narrow screen the {_FEW} largest; the table has all. "
    return members, ""


def of_combinations(dataset: Dataset, view: View) -> Exhibit:
    """The sets of networks that cities are in; where the view names cities, their networks side by side."""
    if view.cities:
        return _of_cities(dataset, view)
    members = roster(dataset, of_places(view))
    members = members.only(list(view.networks)) if len(view.networks) > 1 else members
    sets = overlap.combinations(members)
    finding = findings.of_combinations(dataset, members, sets)
    if sets.empty:
        return Exhibit(finding, None, advice(dataset, of_places(view)))
    names = short_names(dataset)
    top = sets.head(_SETS_NARROW if screen.narrow() else _SETS)
    sizes = pd.Series(members.members, index=members.networks["network_id"])
    note = (f"Each city counts once, in the set of all its networks; the {len(top)} commonest of "
            f"{len(sets):,} sets of two or more. Beside a network its members. {account(dataset, of_places(view))}")
    return Exhibit(finding, combinations_chart(top, sizes, names), note, partial(_sets, sets, names))


def _sets(sets: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"Networks": [", ".join(names[network] for network in cell) for cell in sets["networks"]],
                         "Networks in the set": sets["size"], "Cities": sets["cities"]})


def _of_cities(dataset: Dataset, view: View) -> Exhibit:
    whole = everywhere(view)
    members, named = roster(dataset, whole), labels(dataset)
    finding = findings.of_memberships(dataset, view, members)
    place = members.cities.get_indexer(pd.Index(view.cities))
    inside = pd.DataFrame(members.inside[place].toarray().T > 0, index=members.networks["network_id"],
                          columns=[named[city] for city in view.cities])
    inside = inside[inside.any(axis=1)]
    inside = inside.loc[inside.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    if inside.empty:
        return Exhibit(finding, None, "It may still be in a network whose list the Atlas does not have, or of "
                                      "which the list is incomplete. Joining shows what a network would bring.")
    drawn = inside.set_axis(short_names(dataset)[inside.index], axis=0)
    note = f"A dot is a membership; small dots are none on the lists of the Atlas. {account(dataset, view)}"
    return Exhibit(finding, memberships_chart(drawn), note, partial(_inside, dataset, inside), NETWORK,
                   free=lambda rows: ~rows["Code"].isin(_bound(dataset, "network_id", city_id=list(view.cities))))


def _inside(dataset: Dataset, inside: pd.DataFrame) -> pd.DataFrame:
    facts = dataset.networks.set_index("network_id").loc[inside.index]
    table = pd.DataFrame({"Network": facts["short_name"], "Code": inside.index, "Full name": facts["name"],
                          "List": [trust(*row) for row in zip(facts["coverage"], facts["as_of"], strict=True)]})
    return table.join(inside.replace({True: "member", False: ""}).astype("str")).reset_index(drop=True)


def of_joining(dataset: Dataset, view: View) -> Exhibit:
    """What networks, or one, would bring the first city of the view."""
    if not view.cities:
        return Exhibit("What would joining a network bring a city?", None,
                       "Choose a city above: the chart shows for each network the peers it would gain.")
    city = view.cities[0]
    return _of_one(dataset, view, city) if len(view.networks) == 1 else _of_all(dataset, view, city)


def _of_all(dataset: Dataset, view: View, city: str) -> Exhibit:
    rows = gain.gains(dataset, view, city)
    finding = findings.of_gains(dataset, view, city, rows)
    rows = rows[~rows["inside"] & (rows["members"] > 0)]
    if not rows["near"].any():
        return Exhibit(finding, None, advice(dataset, everywhere(view)))
    note = ("A peer is a city that shares a network with it; a new one shares none yet. Regional and national networks "
            "with few members near the city, and networks that have ended, are left out of the picture. "
            f"{_counted(dataset, view)}")
    return Exhibit(finding, gains_chart(rows[rows["near"]], short_names(dataset), _cared(dataset, view)), note,
                   partial(_gains, dataset, view, rows),
                   {"Network": ("Code", f"/networks?chart=joining&city={city}&network=")})


def _gains(dataset: Dataset, view: View, rows: pd.DataFrame) -> pd.DataFrame:
    facts = dataset.networks.set_index("network_id").loc[rows["network_id"]]
    table = pd.DataFrame({
        "Network": facts["short_name"].to_numpy(), "Code": rows["network_id"].to_numpy(),
        "Scope": facts["scope"].to_numpy(),
        "Within reach": rows["near"].map({True: "yes", False: "members elsewhere"}).to_numpy(),
        "Members": rows["members"].to_numpy(), "New peers": rows["new"].to_numpy(),
        "Peers already": rows["known"].to_numpy(), "New in chosen places": rows["cared"].to_numpy(),
        "Partners inside": rows["partners"].to_numpy(),
        "List": [trust(*row) for row in zip(facts["coverage"], facts["as_of"], strict=True)]})
    return table if view.regions or view.countries else table.drop(columns="New in chosen places")


def _of_one(dataset: Dataset, view: View, city: str) -> Exhibit:
    network = view.networks[0]
    rows = gain.peers(dataset, view, city, network)
    finding = findings.of_gain(dataset, view, city, network)
    if rows.empty:
        return Exhibit(finding, None, advice(dataset, view.replace(cities=())))
    region = dataset.cities_by_id["region"]
    facts = dataset.networks.set_index("network_id").loc[network]
    note = (f"The list of {facts['short_name']}: {trust(facts['coverage'], facts['as_of'])}. "
            f"A new peer shares no network with {label(dataset, city)} yet. {_counted(dataset, view)}")
    return Exhibit(finding, peers_chart(rows.assign(region=rows["city_id"].map(region))), note,
                   partial(_peers, dataset, view, rows), CITY,
                   free=lambda rows: ~rows["City code"].isin(_bound(dataset, "city_id", network_id=[network])))


def _peers(dataset: Dataset, view: View, rows: pd.DataFrame) -> pd.DataFrame:
    cities = dataset.cities_by_id.loc[rows["city_id"]]
    country, said = dataset.country_names, {True: "yes", False: ""}
    table = pd.DataFrame({
        "City": cities["name"].to_numpy(), "City code": rows["city_id"],
        "Country": cities["country"].map(country).to_numpy(), "Region": cities["region"].to_numpy(),
        "New peer": rows["new"].map(said), "Partner already": rows["partner"].map(said),
        "In chosen places": rows["cared"].map(said)})
    return table if view.regions or view.countries else table.drop(columns="In chosen places")


def _bound(dataset: Dataset, column: str, **wanted: list[str]) -> pd.Series:
    """The cities or networks of the memberships asked for whose sources do not let them be passed on."""
    rows = dataset.memberships
    for key, values in wanted.items():
        rows = rows[rows[key].isin(values)]
    return rows.loc[~rows["reuse"].isin(FREE), column]


def _counted(dataset: Dataset, view: View) -> str:
    place = "Regions and countries in the filters are the places it cares about. "
    return f"{'' if view.regions or view.countries else place}{roster(dataset, everywhere(view)).dates}"


def _cared(dataset: Dataset, view: View) -> str:
    """The regions and countries of the view in words."""
    countries = dataset.country_names
    return listing([*(REGIONS[region] for region in view.regions), *(countries[code] for code in view.countries)])


def choices(dataset: Dataset) -> None:
    """The choice of the city and the network for Joining."""
    networks = filters.current().networks
    left, right = st.columns(2)
    with left:
        choice.city(dataset)
    with right:
        choice.network(dataset, "join-network", networks[0] if len(networks) == 1 else None,
                       "All networks it could join")
