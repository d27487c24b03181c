"""The page of the room: the list of its cities, what was found of it, what joins them, and who has no tie yet."""

from __future__ import annotations

import re
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from components import exhibit, filters, screen, store, theme
from components.finder import best_connected
from components.landscape import NETWORK
from components.maps.camera import height
from components.maps.world import Screen, world_map
from components.overlaps import CITY
from data import pasted, room, select
from data import report as reports
from data.export import FREE
from data.grammar import MOST_SEATS
from data.headline import label
from data.load import Dataset
from data.phrases import counted, listing, plural
from data.report import Entry, Report
from data.room import Room
from data.search import labels
from data.view import View

FIRST, EXAMPLE, ASKED = 10, 20, 20
_PLACEHOLDER = "Köln\nSão Paulo, Brazil\nNairobi\n東京\nالقاهرة"


def ask(dataset: Dataset, view: View) -> None:
    """What stands there without a room: the place for a list, and an example."""
    if st.session_state.pop("_report", None):
        st.session_state["_remarks"] = []
    _list()
    _remarks()
    link = view.replace(room=tuple(best_connected(dataset)[:EXAMPLE])).link("room")
    st.caption(f"For example [the {EXAMPLE} cities with most ties]({link}). The list becomes part of the address of "
               "the page, which can be shared; it is not stored.")


def draw(dataset: Dataset, view: View, found: Room) -> None:
    """Draw a room below its headline."""
    report = _report(dataset, view)
    st.markdown(f"**{report.sentence}**")
    _remarks()
    _questions(dataset, report)
    _listed(dataset, report)
    _map(dataset, view, found)
    left, right = st.columns(2, gap="large")
    with left:
        _networks(dataset, found)
    with right:
        _cities(dataset, found)
    _pairs(dataset, view, found)


def _report(dataset: Dataset, view: View) -> Report:
    """The report of the list as it was entered, while the room is that of the list; else that of the link."""
    kept: Report | None = st.session_state.get("_report")
    if kept is None or kept.seats != view.room:
        kept = reports.report(dataset, view)
        _keep(kept, [])
    return kept


def _keep(report: Report, remarks: list[str]) -> None:
    """Keep a report; the field of the list gets another key, so that it shows what is in the room now."""
    st.session_state.update(_report=report, _remarks=remarks, _lists=st.session_state.get("_lists", 0) + 1)


def _list(text: str = "") -> None:
    """The field of the list, with what is in the room."""
    key = f"guests-{st.session_state.get('_lists', 0)}"
    with st.form("room", border=False):
        st.text_area("Cities, one a line", text, key=key, height=180, placeholder=_PLACEHOLDER,
                     help=f"In any script or spelling, up to {MOST_SEATS}; add a country where the name is not unique.")
        st.form_submit_button("Find them", type="primary", on_click=_find, args=(key,))


def _find(key: str) -> None:
    """Read the list into the room of the view."""
    dataset = store.seen(filters.current())
    names, remarks = pasted.lines(dataset, st.session_state[key])
    if not names:
        st.session_state["_remarks"] = ["No name was found in the list: write one city a line."]
        return
    report = reports.match(dataset, names)
    filters.move(room=report.seats)
    _keep(report, remarks)


def _remarks() -> None:
    """What was not plain about the list; names in it as they were typed."""
    for remark in st.session_state.get("_remarks", []):
        st.html(f"<p>{escape(remark)}</p>")


def _typed(name: str) -> str:
    """A name as it was typed, in Markdown: code, in which nothing else has a meaning."""
    fence = "`" * (1 + max(map(len, re.findall("`+", name)), default=0))
    return f"{fence} {name} {fence}"


def _questions(dataset: Dataset, report: Report) -> None:
    """The names that are not settled, each with the cities it may mean."""
    asked = [entry for entry in report.entries if entry.standing in ("open", "unknown")]
    for entry in asked[:ASKED]:
        _question(dataset, entry, "Which city?" if entry.standing == "open" else
                  "Not in the Atlas; near it:" if entry.choices else "Not in the Atlas.")
    if len(asked) > ASKED:
        st.caption(f"{len(asked) - ASKED:,} more names are asked for once these are settled.")


def _question(dataset: Dataset, entry: Entry, words: str) -> None:
    """A name with the cities to choose from; another spelling can be typed instead."""
    named = _places(dataset, entry.choices)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{_typed(entry.typed)} {words}", width=360)
        st.selectbox(f"City meant by {entry.typed}", list(named), index=None,
                     format_func=lambda city: named.get(city, city), key=f"seat-{entry.typed}",
                     placeholder="Choose, or type it again", accept_new_options=True, label_visibility="collapsed",
                     on_change=_settle, args=(entry.typed,), width=420)
        st.button("Take out", key=f"out-{entry.typed}", type="tertiary", on_click=_settle, args=(entry.typed, True),
                  help=f"Leave {_typed(entry.typed)} out of the room")


def _places(dataset: Dataset, cities: tuple[str, ...]) -> dict[str, str]:
    """The cities with label and number of inhabitants."""
    people, named = dataset.cities_by_id["population"], labels(dataset)
    return {city: f"{named[city]} · " + ("size unknown" if pd.isna(people[city]) else f"{people[city]:,}")
            for city in cities}


def _settle(typed: str, out: bool = False) -> None:
    """Put into the room what was chosen or typed for a name, or take the name out of it."""
    answer = "" if out else st.session_state[f"seat-{typed}"]
    if answer is None:
        return
    view = filters.current()
    dataset = store.seen(view)
    report = _report(dataset, view).settle(dataset, typed, answer)
    filters.move(room=report.seats)
    _keep(report, [])


def _listed(dataset: Dataset, report: Report) -> None:
    """The list to change it, and what each name was taken for."""
    with st.expander("The list", key="room-list", on_change="rerun") as box:
        if not box.open:
            return
        named = labels(dataset)
        _list("\n".join(named.get(entry.city, entry.typed) for entry in report.entries
                        if entry.standing != "repeated"))
        words = {"found": "found", "open": "to choose", "unknown": "unknown", "repeated": "named before"}
        exhibit.table(pd.DataFrame({
            "As typed": [entry.typed for entry in report.entries],
            "City": [named.get(entry.city, "") for entry in report.entries],
            "Matched by": [entry.spelling for entry in report.entries],
            "Standing": [words[entry.standing] for entry in report.entries],
            "Others of that name": [listing([named[city] for city in entry.choices], 5) if entry.city else ""
                                    for entry in report.entries]}), {}, "What each name of the list was taken for")
        for entry in [entry for entry in report.of("found") if entry.choices][:ASKED]:
            _question(dataset, entry, f"Taken as {named[entry.city]}; or:")


def _map(dataset: Dataset, view: View, found: Room) -> None:
    """The map of the ties among the cities of the room, and the room in numbers."""
    shown, width = room.own(view), screen.map_width()
    coverage = select.coverage(dataset, shown)
    said = f"{counted(len(found.ties))} among {counted(len(found.cities), 'city')} of the room"
    st.pydeck_chart(world_map(shown, dataset.version, Screen(width, theme.dark()), len(found.ties)),
                    height=height(width, view.projection == "globe"), key="room-map", alt=f"World map: {said}.")
    numbers = (("city", len(found.cities), "in the room"), ("tie", len(found.ties), "among them"),
               ("tie", len(found.ties) - coverage.undated, "of known year"),
               ("network", len(found.networks), "of two or more"), ("pair", found.apart, "without a tie in force"))
    figures = " &emsp; ".join(f"**{count:,}** {plural(what, count)} {more}" for what, count, more in numbers)
    st.markdown(f"{figures}  \n:small[:gray[{coverage.sentence}]]")


def _networks(dataset: Dataset, found: Room) -> None:
    st.header("Networks we share", anchor=False)
    if found.networks.empty:
        st.caption("No network on the lists of the Atlas joins two of these cities in this view.")
        return
    rows = _network_rows(dataset, found)
    exhibit.table(rows, NETWORK, "Networks with two or more cities of the room")
    exhibit.numbers(dataset, "room-networks", lambda: rows, NETWORK, partial(_free, dataset, found))


def _network_rows(dataset: Dataset, found: Room) -> pd.DataFrame:
    names = dataset.cities_by_id["name"]
    return pd.DataFrame({
        "Network": found.networks["short_name"], "Code": found.networks["network_id"],
        "In this room": found.networks["number"],
        "Cities": [", ".join(names[cities]) for cities in found.networks["cities"]]})


def _free(dataset: Dataset, found: Room, rows: pd.DataFrame) -> pd.Series:
    """Which networks stand in the room on memberships that may all be passed on."""
    members = dataset.memberships
    bound = members[members["city_id"].isin(found.cities["city_id"]) & ~members["reuse"].isin(FREE)]
    return ~rows["Code"].isin(bound["network_id"])


def _cities(dataset: Dataset, found: Room) -> None:
    st.header("Best connected here", anchor=False)
    names = labels(dataset)
    rows = pd.DataFrame({
        "City": found.cities["city_id"].map(names), "City code": found.cities["city_id"],
        "Partners here": found.cities["partners"], "Ties here": found.cities["ties"],
        "Networks shared": found.cities["networks"]})
    exhibit.table(rows, CITY, "The cities of the room, best connected first")
    alone = found.cities.loc[found.cities["ties"] == 0, "city_id"]
    if len(alone):
        st.caption(f"Without a tie in this room: {listing([label(dataset, city) for city in alone.head(12)], 12)}"
                   f"{f' and {len(alone) - 12:,} more' if len(alone) > 12 else ''}.")
    exhibit.numbers(dataset, "room-cities", lambda: rows, CITY)


def _pairs(dataset: Dataset, view: View, found: Room) -> None:
    st.header("Who has no tie yet", anchor=False)
    of = "" if view.domestic else " of two countries"
    if found.pairs.empty:
        st.caption(f"No two cities{of} in this room are without a tie in force.")
        return
    named = labels(dataset)
    for number, pair in enumerate(found.pairs.head(FIRST).itertuples(), 1):
        past = f" :orange[**{pair.past}**]" if pair.past else ""
        said = "; ".join(pair.reasons) or "nothing in common that the Atlas knows"
        both = " and ".join(f"[{named[city]}](/city?city={city})" for city in (pair.city_a, pair.city_b))
        st.markdown(f"**{number}. {both}**{past}  \n{said[:1].upper()}{said[1:]}.")
    first = f"The first {FIRST} of " if found.apart > FIRST else ""
    st.caption(f"{first}{counted(found.apart, 'pair')} of cities{of} without a tie in force, whatever the filters. "
               f"{room.SCORE} It is a question to ask, not advice.")
    exhibit.numbers(dataset, "room-pairs", lambda: pd.DataFrame({
        "City": found.pairs["city_a"].map(named), "City code": found.pairs["city_a"],
        "And": found.pairs["city_b"].map(named), "Its code": found.pairs["city_b"], "Points": found.pairs["score"],
        "Reasons": found.pairs["reasons"].map("; ".join), "Earlier tie": found.pairs["past"]}),
        {**CITY, "And": ("Its code", CITY["City"][1])})
