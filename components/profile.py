"""One network on one page: what it is, its members on a map, its growth, where it is strong, and what is near it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from components import choice, downloads, exhibit, filters, screen, theme
from components.charts.profile import balance_chart, growth_curve
from components.landscape import NETWORK, years
from components.maps.camera import height
from components.maps.world import Screen, world_map
from components.overlaps import CITY
from data import lives, overlap, select
from data.gaps import BIG
from data.load import Dataset
from data.phrases import counted, share
from data.portrait import facts, portrait, trust
from data.roster import of_places, roster
from data.view import View

_FULL, _HALF = 1.0, 0.56
_NEARLY = 0.95


def picker(dataset: Dataset) -> None:
    """The choice of the network."""
    networks = filters.current().networks
    choice.network(dataset, "one-network", networks[0] if networks else None, "Choose a network")


def finding(dataset: Dataset, view: View) -> str:
    """The network in one sentence: members, reach, and the network it shares most with."""
    if not view.networks:
        return f"{len(dataset.networks):,} networks: choose one"
    network = view.networks[0]
    members, row = roster(dataset, of_places(view)), facts(dataset, network)
    place = members.place(network)
    if place < 0:
        return f"{row['short_name']} has no member in this view"
    inside = members.rows.loc[members.rows["network_id"] == network, "city_id"]
    countries = dataset.cities_by_id.loc[inside, "country"].nunique()
    near = overlap.closest(members, network)
    told = f"{row['short_name']}: {counted(len(inside), 'member')} in {counted(countries, 'country')}"
    if near.empty:
        return f"{told}; none is in another network"
    top = dataset.networks.set_index("network_id").at[near["network_id"][0], "short_name"]
    return f"{told}; {share(int(near['shared'][0]), len(inside))} of them are also in {top}, the nearest network"


def draw(dataset: Dataset, view: View) -> None:
    """Draw the page of the first network of the view."""
    if not view.networks:
        st.info("Choose a network above, or click one in the chart Lives.", icon=":material/hub:")
        return
    network = view.networks[0]
    one = view.replace(networks=(network,), picture="networks")
    row = facts(dataset, network)
    more = "" if pd.isna(row["website"]) else f" [Website]({row['website']})"
    if pd.isna(row["dissolved"]):
        more += f" · [What would joining it bring a city?](/networks?network={network}&chart=joining)"
    others = len(view.networks) - 1
    shown = len(roster(dataset, one).rows)
    some = "" if shown == row["members_listed"] else f" In this view: {shown:,}."
    st.markdown(portrait(dataset, network) + some + more)
    if others:
        st.caption(f"The link names {counted(others, 'more network')}; this is the first. "
                   "Shared members compares them all.")
    if not shown:
        st.info(select.coverage(dataset, one, "memberships").advice, icon=":material/filter_alt_off:")
        return
    _where(dataset, one, network)
    _near(dataset, view, network)
    _members(dataset, one, network)


def _where(dataset: Dataset, view: View, network: str) -> None:
    """The members on a map, and by region against where cities are."""
    whole, narrow = screen.map_width(), screen.narrow()
    width = int(whole * (_FULL if narrow else _HALF))
    left, right = st.columns([_HALF, 1 - _HALF], gap="medium")
    trusted = _trusted(dataset, network)
    with left:
        near = view.replace(camera=_camera(dataset, view))
        st.pydeck_chart(world_map(near, dataset.version, Screen(width, theme.dark()), 0), height=height(width),
                        key="members-map", alt=f"World map of the members. {finding(dataset, view)}")
        st.caption(f"Larger in more networks; spokes lead to the secretariat. List {trusted}.")
        _growth(dataset, view, facts(dataset, network))
    rows = lives.by_region(dataset, view, network, BIG)
    with right:
        st.header("Members against big cities", anchor=False)
        exhibit.plot(balance_chart(rows), "balance", _balance(rows))
        st.caption(f"{_balance(rows)} Big cities: {BIG:,} inhabitants or more in the Atlas. List {trusted}.")
    headings = ["Region", "Members", "Big cities", "Share of members", "Share of big cities", "Times its share"]
    exhibit.numbers(dataset, f"{network}-regions", lambda: rows.set_axis(headings, axis=1).round(3), {})


def _camera(dataset: Dataset, view: View) -> str:
    """The continent that has nearly all members of the view, as a camera; else the whole Earth."""
    cities = roster(dataset, view).rows["city_id"]
    shares = dataset.cities_by_id.loc[cities, "continent"].value_counts(normalize=True)
    return shares.index[0].lower().replace(" ", "-") if shares.iloc[0] > _NEARLY else "world"


def _balance(rows: pd.DataFrame) -> str:
    """Which region is the most over-represented, and which of those with cities the most under-represented."""
    ranked = rows.dropna(subset="ratio")
    if ranked.empty:
        return "No region has a big city to compare with."
    most = ranked.iloc[0]
    absent = ranked[ranked["members"] == 0].sort_values("cities", ascending=False)
    told = f"Most over-represented: {most['region']}, {most['ratio']:.1f} times its share of the big cities"
    if len(absent):
        return f"{told}; no member in {counted(len(absent), 'region')}, the largest {absent.iloc[0]['region']}."
    least = ranked.iloc[-1]
    return f"{told}; most under-represented: {least['region']}, {least['ratio']:.2f} times."


def _growth(dataset: Dataset, view: View, row: pd.Series) -> None:
    """The growth curve, or why there is none."""
    growth = lives.growth(dataset, view)
    st.header("Growth", anchor=False)
    total = growth.dated + growth.undated
    if growth.peak is None:
        since = "" if pd.isna(row["founded"]) else f" It was founded in {row['founded']}."
        st.caption(f"No year of joining is known for any of its {counted(total, 'membership')}, past ones too.{since}")
        return
    year, joined, _, _ = growth.peak
    rough = f", {growth.rough:,} of them inferred or an upper bound (hollow)" if growth.rough else ""
    said = (f"Most joined in {year}: {joined:,}. {growth.dated:,} of {total:,} memberships, past ones too, have a "
            f"known year{rough}.")
    exhibit.plot(growth_curve(growth.joined), "growth-curve", said)
    st.caption(f"{said} List {trust(row['coverage'], row['as_of'])}.")


def _near(dataset: Dataset, view: View, network: str) -> None:
    """The networks that share most members with it."""
    st.header("Closest networks by shared members", anchor=False)
    near = overlap.closest(roster(dataset, of_places(view)), network)
    if near.empty:
        st.caption("None of its members is in another network of the Atlas.")
        return
    others = dataset.networks.set_index("network_id").loc[near["network_id"]]
    rows = pd.DataFrame({
        "Network": others["short_name"].to_numpy(), "Code": near["network_id"], "Scope": others["scope"].to_numpy(),
        "Shared": near["shared"], "Share of its members": near["of_it"], "Jaccard similarity": near["jaccard"],
        "List": [trust(*pair) for pair in zip(others["coverage"], others["as_of"], strict=True)]})
    exhibit.table(rows, NETWORK, f"Networks closest to {network} by shared members", most=6)


def _members(dataset: Dataset, view: View, network: str) -> None:
    """Every member with its year, and the rows to take away."""
    rows = roster(dataset, view).rows
    cities, country = dataset.cities_by_id, dataset.country_names
    of = cities.loc[rows["city_id"]]
    table = pd.DataFrame({
        "City": of["name"].to_numpy(), "City code": rows["city_id"].to_numpy(),
        "Country": of["country"].map(country).to_numpy(), "Region": of["region"].to_numpy(),
        "Joined": years(rows["joined"]).to_numpy(),
        "Year is": rows["joined_basis"].fillna("unknown").to_numpy(), "Status": rows["status"].to_numpy(),
        "Networks in all": of["networks"].to_numpy()}).sort_values(["Country", "City"], ignore_index=True)
    st.header(f"{counted(len(table), 'member')} :small[:gray[list {_trusted(dataset, network)}]]", anchor=False)
    exhibit.table(table, CITY, "Members with country, year of joining and status")
    with st.expander("The memberships to take away", key="take", on_change="rerun") as box:
        if box.open:
            downloads.offers(dataset, [downloads.Offer(
                f"members-{network}", "Memberships", partial(_rows, dataset, view))], "members")
    st.caption(f"{select.coverage(dataset, view, 'memberships').sentence} {_sources(dataset, network)}")


def _rows(dataset: Dataset, view: View) -> pd.DataFrame:
    return roster(dataset, view).rows


def _sources(dataset: Dataset, network: str) -> str:
    """The sources of the network and its list, with their addresses."""
    named = dataset.sources.set_index("source_id").loc[list(facts(dataset, network)["sources"])]
    links = [row["title"] if pd.isna(row["address"]) else f"[{row['title']}]({row['address']})"
             for _, row in named.iterrows()]
    return f"{'Source' if len(links) == 1 else 'Sources'}: {'; '.join(links)}."


def _trusted(dataset: Dataset, network: str) -> str:
    row = facts(dataset, network)
    return trust(row["coverage"], row["as_of"])
