"""Who can introduce us? All shortest chains between two cities, each hop with its evidence, years and sources."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import exhibit, filters, screen
from components.charts.structure import MOST_CHAINS, chains_chart
from components.finder import best_connected
from data import structure
from data.export import FREE
from data.headline import label
from data.load import Dataset
from data.paths import Chains, Hop, Through, Tie, chains
from data.phrases import counted
from data.roster import short_names
from data.search import labels
from data.view import View
from data.words import KINDS

_CARDS, _MOST_SHARED, _MOST_SOURCES = 3, 6, 2
_WAYS: dict[Through, str] = {"ties": "Through ties", "ties and networks": "Through ties and shared networks"}
_BOXES = ("path-from", "path-to")


def ends(view: View) -> tuple[str | None, str | None]:
    """The two cities asked for, in the order of the boxes where these hold the cities of the link."""
    boxes = tuple(st.session_state.get(box) for box in _BOXES)
    asked = (*view.cities[:2], None, None)[:2]
    return boxes if set(boxes) - {None} == set(asked) - {None} else asked


def choices(dataset: Dataset, view: View) -> None:
    """The boxes of the two cities."""
    named, chosen = labels(dataset), ends(view)
    offered = list(dict.fromkeys([*filter(None, chosen), *best_connected(dataset)]))
    for column, box, city, hint in zip(st.columns(2), _BOXES, chosen, ("From", "To"), strict=True):
        st.session_state[box] = city
        column.selectbox(hint, offered, format_func=named.get, key=box, placeholder="Choose a city",
                         filter_mode="contains", on_change=_choose)
    more = len(view.cities) - 2
    left_out = f"The link names {counted(more, 'more city')}, which stand aside. " if more > 0 else ""
    st.caption(f"{left_out}The boxes hold the cities with most ties; the search in the sidebar finds any.")


def _choose() -> None:
    chosen = dict.fromkeys(st.session_state[box] for box in _BOXES if st.session_state[box])
    filters.move(cities=tuple(chosen))


def finding(dataset: Dataset, view: View) -> str:
    """The answer in a sentence, or the question."""
    start, end = ends(view)
    if not start or not end or start == end:
        return "Who can introduce us? The shortest chains between two cities"
    return structure.of_paths(dataset, (start, end), *(chains(dataset, start, end, way) for way in _WAYS))


def draw(dataset: Dataset, view: View) -> None:
    """The chains of both kinds, or what is missing."""
    start, end = ends(view)
    if not start or not end:
        named = [label(dataset, city) for city in (start, end) if city]
        st.info(f"Choose a second city: who can introduce {named[0]} to it?" if named else
                "Choose two cities above, such as [Chicago and Nairobi](/structure?city=chicago-us,nairobi-ke&"
                "shape=paths).", icon=":material/handshake:")
        return
    if start == end:
        st.info(f"{label(dataset, start)} stands in both boxes. Choose another city in one of them.",
                icon=":material/handshake:")
        return
    for way, title in _WAYS.items():
        st.header(f"{title}", anchor=False)
        _answer(dataset, chains(dataset, start, end, way), way)
    st.caption("Ties that stand: across borders between cities, not thinly attested, in force, both places certain. "
               "Networks that live, with members on the newest list. Undated ties count, for most have no known year. "
               "Snapshots of one encyclopaedia are one independent source. First come the chains with more ties, then "
               "with more independent sources, then with more known years. Other filters do not change this.")


def _answer(dataset: Dataset, found: Chains, way: Through) -> None:
    """One kind of chain: how many, a picture, the best with their evidence, and all listed as a table."""
    if not found.hops:
        st.info(found.words, icon=":material/link_off:")
        return
    st.markdown(found.words)
    if found.hops > 1 and not screen.narrow():
        drawn = list(found.listed[:MOST_CHAINS])
        names = {city: label(dataset, city) for chain in drawn for hop in chain for city in (hop.start, hop.end)}
        exhibit.plot(chains_chart(drawn, names), f"chains-{way}", found.words)
        if found.total > len(drawn):
            st.caption(f"Drawn are the {len(drawn)} best attested of {found.total:,}.")
    for chain in found.listed[:_CARDS]:
        with st.container(border=True):
            st.markdown("\n".join([_route(dataset, chain), "", *(f"- {_evidence(dataset, hop)}" for hop in chain)]))
    exhibit.numbers(dataset, f"chains-{way.replace(' ', '-')}", partial(rows, dataset, found), {},
                    lambda made: made["Free to reuse"] == "yes")


def _route(dataset: Dataset, chain: tuple[Hop, ...]) -> str:
    cities = [chain[0].start, *(hop.end for hop in chain)]
    return " → ".join(f"**[{label(dataset, city)}](/city?city={city})**" for city in cities)


def _evidence(dataset: Dataset, hop: Hop) -> str:
    """What joins two cities: each tie with year and sources, and the networks they share."""
    said = [f"{KINDS[tie.kind].lower()}, {_since(tie)}; {counted(tie.evidence, 'independent source')}: "
            f"{_sources(dataset, tie.sources)}" for tie in hop.ties]
    if hop.networks:
        said.append(_shared(dataset, hop))
    return f"{label(dataset, hop.start)} – {label(dataset, hop.end)}: {'; also '.join(said)}."


def _since(tie: Tie) -> str:
    return f"since {tie.start_year}" if tie.start_year else "year unknown"


def _shared(dataset: Dataset, hop: Hop) -> str:
    """The first shared networks, with the year since which both are in."""
    short = short_names(dataset)
    first = [f"[{short[network]}](/networks?chart=network&network={network})"
             f"{f' (both since {max(filter(None, years))})' if all(years) else ''}"
             for network, years in list(hop.networks.items())[:_MOST_SHARED]]
    more = len(hop.networks) - len(first)
    return f"both in {', '.join(first)}" + (f" and {counted(more, 'more network')}" if more > 0 else "")


def _sources(dataset: Dataset, ids: tuple[str, ...]) -> str:
    """The first sources with their addresses, and how many more there are."""
    table = dataset.sources.set_index("source_id").loc[list(ids[:_MOST_SOURCES])]
    said = [title if pd.isna(address) else f"[{title}]({address})"
            for title, address in zip(table["title"], table["address"], strict=True)]
    more = len(ids) - len(said)
    return "; ".join([*said, *([f"{more} more in the table"] if more > 0 else [])])


def rows(dataset: Dataset, found: Chains) -> pd.DataFrame:
    """A row for each tie and each shared network of each hop of the listed chains."""
    sources, short = dataset.sources.set_index("source_id"), short_names(dataset)
    bound, named, made = _bound(dataset), labels(dataset), []
    for number, chain in enumerate(found.listed, 1):
        for step, hop in enumerate(chain, 1):
            where = (number, step, named[hop.start], named[hop.end])
            made += [(*where, KINDS[tie.kind], str(tie.start_year or "unknown"), tie.evidence,
                      "; ".join(sources.loc[list(tie.sources), "title"]),
                      " ".join(sources.loc[list(tie.sources), "address"].dropna()), _free({tie.tie_id}, bound))
                     for tie in hop.ties]
            made += [(*where, f"both in {short[network]}", ", ".join(str(year or "unknown") for year in years), 1,
                      "", "", _free({(network, hop.start), (network, hop.end)}, bound))
                     for network, years in hop.networks.items()]
    return pd.DataFrame(made, columns=["Chain", "Hop", "From", "To", "Joined by", "Since", "Independent sources",
                                       "Sources", "Addresses", "Free to reuse"])


def _free(evidence: set[Any], bound: set[Any]) -> str:
    return "no" if evidence & bound else "yes"


def _bound(dataset: Dataset) -> set[Any]:
    """The ties (by id) and memberships (by network and city) whose sources do not let them be passed on."""
    ties, members = (frame[~frame["reuse"].isin(FREE)] for frame in (dataset.ties, dataset.memberships))
    return {*ties["tie_id"], *zip(members["network_id"], members["city_id"], strict=True)}
