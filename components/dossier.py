"""The page of one city: what there is to say, its map, its time, its partners and networks, and its peers."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from components import downloads, exhibit, screen, theme
from components.charts.dossier import MOST_ROWS, peers_chart, profile_chart, spells_chart
from components.landscape import NETWORK, years
from components.maps.camera import height
from components.maps.world import Screen, world_map
from components.overlaps import CITY
from data import peers
from data.dossier import STANDS, Dossier
from data.model import MEMBERSHIPS, TIES
from data.peers import MEASURES
from data.phrases import counted, share
from data.portrait import trust
from data.view import View
from data.words import ISSUES, KINDS

_HALF = 0.6


def draw(found: Dossier) -> None:
    """Draw all of a city's page below its headline."""
    _links(found)
    _opening(found)
    _time(found)
    _partners(found)
    _networks(found)
    _peers(found)
    _away(found)
    _sources(found)


def _links(found: Dossier) -> None:
    query = urlencode(found.view.to_query(), safe=",")
    pages = [f"[Briefing to print](/api/briefing.pdf?{query}) ([HTML](/api/briefing.html?{query}))",
             f"[Compare it](/compare?city={found.city})", f"[New partners](/partners?city={found.city})",
             f"[Who can introduce it?](/structure?shape=paths&city={found.city})",
             f"[What would joining a network bring?](/networks?chart=joining&city={found.city})"]
    st.markdown(" · ".join(pages))


def _opening(found: Dossier) -> None:
    """The map and the sentences, side by side where there is room."""
    whole = screen.map_width()
    width = whole if screen.narrow() else int(whole * _HALF)
    left, right = st.columns([_HALF, 1 - _HALF], gap="medium")
    with left:
        view = found.view.replace(picture="ties")
        st.pydeck_chart(world_map(view, found.dataset.version, Screen(width, theme.dark()), len(found.ties)),
                        height=height(width), key="city-map", alt=f"Map. {found.sentences['Ties']}")
    with right:
        for subject, sentence in found.sentences.items():
            st.markdown(f"**{subject}.** {sentence}")


def _time(found: Dossier) -> None:
    """The timeline of what has a known year."""
    st.header("Through time", anchor=False)
    rows = spells(found)
    known, whole = len(rows), len(found.ties) + len(found.memberships)
    if rows.empty:
        st.caption("None of its ties and memberships has a known year." if whole else "Nothing to show in this view.")
        return
    shown = rows.head(MOST_ROWS)
    said = f"{known:,} of {whole:,} ties and memberships have a known year; the others are in the tables below."
    exhibit.plot(spells_chart(shown), "city-time", said)
    more = f" The first {MOST_ROWS} are drawn." if known > MOST_ROWS else ""
    st.caption(f"{said}{more} A cross: ended, suspended or no longer listed. Hollow: the year is inferred, disputed or "
               "an upper bound.")


def spells(found: Dossier) -> pd.DataFrame:
    """The ties and memberships of known year, ties first, each from the oldest: rows of `spells_chart`."""
    ties = found.ties[found.ties["start_year"].notna()]
    members = found.memberships[found.memberships["joined"].notna()]
    kind = ties["kind"].map({"sister": "", "friendship": " (friendship)", "agreement": " (agreement)"})
    ended = members["left"].fillna(members["dissolved"])
    rows = pd.concat([
        pd.DataFrame({"name": ties["name"] + kind, "what": "tie", "start": ties["start_year"], "end": ties["end_year"],
                      "past": ~ties["status"].isin(STANDS), "exact": ties["start_basis"] == "stated"}),
        pd.DataFrame({"name": members["short_name"], "what": "membership", "start": members["joined"], "end": ended,
                      "past": ended.notna() | (members["status"] != "listed"),
                      "exact": members["joined_basis"] == "stated"})], ignore_index=True)
    same = rows.groupby("name").cumcount()
    return rows.assign(name=rows["name"].where(same == 0, rows["name"] + " " + (same + 1).astype(str)))


def _partners(found: Dossier) -> None:
    ties = found.ties
    st.header(f"{counted(len(ties))} by country", anchor=False)
    if ties.empty:
        st.caption("No tie in this view.")
        return
    until = (" " + ties["end_year"].astype("str")).where(ties["end_year"].notna(), "")
    rows = pd.DataFrame({
        "Country": ties["country"], "City": ties["name"], "City code": ties["partner"],
        "Since": years(ties["start_year"]), "Kind": ties["kind"].map(KINDS), "Status": ties["status"] + until,
        "Issue areas": ties["issues"].map(lambda cell: ", ".join(ISSUES[issue] for issue in cell)),
        "Distance (km)": ties["distance_km"].round().astype("Int64"), "Independent sources": ties["evidence"],
        "Place": ties["place"], "Sources": ties["sources"].map(found.numbers)})
    rows = rows.sort_values(["Country", "Since", "City"], ignore_index=True)
    exhibit.table(rows, CITY, f"Ties of {found.name} by country with years, kind, status and sources")


def _networks(found: Dossier) -> None:
    members = found.memberships
    st.header(f"{counted(len(members), 'network')}", anchor=False)
    if members.empty:
        st.caption("On no list of a network that the Atlas has in this view.")
        return
    rows = pd.DataFrame({
        "Network": members["short_name"], "Code": members["network_id"], "Full name": members["full_name"],
        "Since": years(members["joined"]), "Year is": members["joined_basis"].fillna("unknown"),
        "Status": members["status"].where(members["dissolved"].isna(), "ended " + members["dissolved"].astype("str")),
        "Issue areas": members["issues"].map(lambda cell: ", ".join(ISSUES[issue] for issue in cell)),
        "List": [trust(*row) for row in zip(members["coverage"], members["as_of"], strict=True)],
        "Sources": members["sources"].map(found.numbers)})
    exhibit.table(rows, NETWORK, f"Networks of {found.name} with years and sources")


def _peers(found: Dossier) -> None:
    rows = peers.against(found.dataset, found.city)
    st.header("Among its peers", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        if rows.empty or rows["value"].isna().all():
            st.caption("It has no peers to be measured against: its region has no other city with a tie.")
        else:
            said = _standing(rows)
            exhibit.plot(peers_chart(rows.dropna(subset="below")), "city-peers", said)
            st.caption(f"{said} Whatever the filters: all ties between cities that are not thinly attested. Peers are "
                       f"cities with a tie; of similar size from half to {peers.TIMES} times its inhabitants.")
    with right:
        profile = peers.issue_profile(found.dataset, found.view, found.city)
        said = _subjects(profile, found.name)
        exhibit.plot(profile_chart(profile), "city-issues", said)
        st.caption(f"{said} A network on several themes counts in each. Few ties state an issue area, so this is of "
                   "networks.")
    headings = ["Measure", "This city", "Peers", "How many", "Their median", "Share of them below"]
    exhibit.numbers(found.dataset, f"peers-{found.city}", lambda: rows.assign(
        measure=rows["measure"].map(MEASURES)).round(2).set_axis(headings, axis=1), {})


def _standing(rows: pd.DataFrame) -> str:
    """Where the city stands highest, in words."""
    top = rows.dropna(subset="below").sort_values("below", ascending=False).iloc[0]
    return (f"It stands highest by {MEASURES[top['measure']]}: above {share(round(1000 * top['below']), 1000)} of "
            f"{int(top['peers']):,} {top['group']}.")


def _subjects(profile: pd.DataFrame, name: str) -> str:
    top = profile.sort_values("networks", ascending=False, kind="stable").iloc[0]
    if not top["networks"]:
        return f"{name} is in no network of this view."
    return f"Most of its networks are on {top['theme']}: {int(top['networks']):,}."


def _away(found: Dossier) -> None:
    """The rows to take away, as far as their sources allow it."""
    tables = {"ties": (found.ties, TIES.columns), "memberships": (found.memberships, MEMBERSHIPS.columns)}
    with st.expander("The ties and memberships to take away", key="city-away", on_change="rerun") as box:
        if box.open:
            downloads.offers(found.dataset, [
                downloads.Offer(f"{what}-{found.city}", what.capitalize(), partial(rows.get, columns))
                for what, (rows, columns) in tables.items()], "city")


def _sources(found: Dossier) -> None:
    rows = found.sources
    with st.expander(f"{counted(len(rows), 'source')}, numbered as in the tables", key="city-sources",
                     on_change="rerun") as box:
        if box.open:
            st.markdown("\n".join(
                f"{number}. {row['title']}, {row['publisher']}"
                + ("" if pd.isna(row["address"]) else f", [address]({row['address']})")
                + f" ({row['licence']})" for number, row in rows.iterrows()))


def own(view: View) -> View:
    """The view of the city's page: the ties of its first city, wherever they lead."""
    return view.replace(regions=(), countries=(), networks=(), room=(), cities=view.cities[:1], picture="ties")
