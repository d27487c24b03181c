"""The page of divides: the question in numbers, through time, and who bridges; each with its account."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from components import diplomacy, exhibit, filters, headline, screen
from components.charts.divides import (
    MOST_BARS,
    blocs_chart,
    bridges_chart,
    divide_chart,
    endings_chart,
    signing_chart,
)
from components.landscape import NETWORK
from components.listing import tie_listing
from components.overlaps import CITY
from data import diplomacy as diplomacy_facts
from data import divides, ruptures, select
from data.headline import label
from data.load import Dataset
from data.nations import year_of
from data.phrases import counted, share
from data.view import View
from data.words import CLOSENESS, CUTS, DIVIDES

LIMITS = f"{diplomacy_facts.LIMITS} Countries’ lists of ties are of very different length."


def choose() -> None:
    """Draw the line of parts, and how nations are told close or far."""
    view = filters.current()
    st.session_state.update({"divide": view.divide, "close": view.closeness, "cut": view.cut})
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control("Part", list(DIVIDES), format_func=DIVIDES.get, key="divide", required=True,
                             label_visibility="collapsed",
                             on_change=lambda: filters.move(divide=st.session_state["divide"]))
        if view.divide in ("question", "bridges"):
            st.selectbox("Close or far by", list(CLOSENESS), format_func=CLOSENESS.get, key="close", width=250,
                         label_visibility="collapsed",
                         on_change=lambda: filters.move(closeness=st.session_state["close"]))
            st.selectbox("Far apart are", list(CUTS), format_func=lambda cut: f"far: {CUTS[cut]}", key="cut", width=200,
                         label_visibility="collapsed", on_change=lambda: filters.move(cut=st.session_state["cut"]))


def draw_question(dataset: Dataset, view: View) -> None:
    """The answer in numbers, and the blocs."""
    with st.spinner(f"Drawing {divides.DRAWS} pairings by chance …"):
        found = divides.divide(dataset, view)
    said = divides.finding(found)
    headline.say(said)
    choose()
    if not found.known:
        st.info(select.coverage(dataset, view).advice, icon=":material/filter_alt_off:")
        return
    exhibit.plot(divide_chart(found), "divide-chart", said)
    st.markdown(f"**{divides.even_words(found)}** The numbers show where ties are, not why: neighbours, languages and "
                "migration join cities and nations alike.")
    st.caption(_method(found, view) + f" {LIMITS} {select.coverage(dataset, view).sentence}")
    exhibit.numbers(dataset, "divide", lambda: _classes(found), {})
    rows = divides.blocs(dataset, view)
    st.header("Inside blocs", anchor=False)
    words = _bloc_words(rows)
    exhibit.plot(blocs_chart(rows, screen.narrow()), "blocs", words)
    st.caption(f"{words} Beside a bloc the ties between two of its countries in {found.year}; the line is chance. "
               "Blocs are small or regional, and near cities tie more, so most are above it.")
    exhibit.numbers(dataset, "blocs", lambda: rows.round(2).set_axis(
        ["Bloc", "Members", "Ties inside", "By chance", "Times chance", "Ties with one end inside"], axis=1), {})


def _method(found: divides.Divide, view: View) -> str:
    far = f"far apart are pairs of a UN distance of {found.cut:.2f} or more, {CUTS[view.cut]} of all pairs of nations"
    return (f"Of {found.known + found.unknown:,} ties across borders, {found.unknown:,} are of a nation without data. "
            f"Nations as in {found.year}: {far}{_apart(view)}. "
            f"Chance: the same cities with as many ties, partners drawn at random abroad; the mark is its expectation, "
            f"with the interval of 95 % of {divides.DRAWS} seeded draws.")


def _apart(view: View) -> str:
    return ", the allied apart" if view.closeness == "allies" else ""


def _classes(found: divides.Divide) -> pd.DataFrame:
    rows = pd.DataFrame({
        "Nations": found.names, "Ties": found.observed, "Share of ties": found.observed / max(found.known, 1),
        "By chance": found.expected.round(), "95 % from": found.low, "95 % to": found.high,
        "Times chance": found.ratio.round(3), "Times chance, countries alike": found.even.round(3)})
    return pd.concat([rows, pd.DataFrame({"Nations": ["no data"], "Ties": [found.unknown]})], ignore_index=True)


def _bloc_words(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "No bloc has a tie in this view."
    top = rows[rows["inside"] >= 20].sort_values("ratio", ascending=False)
    largest = rows.iloc[0]
    told = f"Most ties are inside the {largest['bloc']}: {largest['inside']:,}, {largest['ratio']:.1f} times chance"
    if top.empty:
        return f"{told}."
    return f"{told}; most beyond chance inside {top.iloc[0]['bloc']}: {top.iloc[0]['ratio']:.0f} times."


def draw_time(dataset: Dataset, view: View) -> None:
    """Distance at signing by decade, the Cold War line, and the ends of ties."""
    rows = ruptures.at_signing(dataset, view)
    wall, over = ruptures.across_the_wall(dataset, view), ruptures.endings(dataset, view)
    name = dataset.country_names
    headline.say(time_words(rows, len(wall)))
    choose()
    dated = int(rows["ties"].sum())
    if not dated:
        st.info("No tie of known year since 1946 is in this view. Widen the filters.", icon=":material/filter_alt_off:")
        return
    exhibit.plot(signing_chart(rows), "signing", time_words(rows, len(wall)))
    st.caption("Mean distance of two nations in UN votes in the year in which their cities signed. Only "
               f"{dated:,} ties of known year, of nations with data, which are no random sample; "
               f"{int(rows['unknown'].sum()):,} more are of a nation without data in that year. {LIMITS}")
    exhibit.numbers(dataset, "signing", lambda: rows.round(3).set_axis(
        ["Decade", "Ties", "Without data", "Mean distance", "By chance", "All pairs"], axis=1), {})
    st.header(f"{counted(len(wall))} signed across the Cold War line by {ruptures.WALL}", anchor=False)
    st.caption("One nation in NATO, the other in the Warsaw Pact in the year of signing. Places count for the country "
               "that they are in today, so cities of the former East Germany stand with Germany.")
    with st.expander("These ties, with their sources", key="wall", on_change="rerun") as box:
        if box.open:
            tie_listing(dataset, wall)
    st.header("Ties ended or suspended, by year", anchor=False)
    if over.empty:
        st.caption("No tie with a known year of ending or suspension is in this view.")
        return
    words = _endings_words(over, name)
    exhibit.plot(endings_chart(over, name), "endings", words)
    st.caption(f"{words} {_outlived(dataset, view)} Whatever the period. Many ends are on no list, so these are the "
               "least.")
    exhibit.numbers(dataset, "endings", lambda: over.assign(country=over["country"].map(name)).set_axis(
        ["Year", "Country most concerned", "Ties ended or suspended", "Of it"], axis=1), {})


def time_words(rows: pd.DataFrame, wall: int) -> str:
    """How far apart the nations were, and how many ties crossed the Cold War line, in one sentence."""
    known = rows[rows["ties"] >= 20]
    if known.empty:
        return "Too few ties of known year to say how far apart their nations were"
    nearer = known[known["distance"] < known["chance"]]
    return (f"In {len(nearer)} of {counted(len(known), 'decade')} cities signed with nations nearer in UN votes than "
            f"chance would give; {counted(wall)} crossed the Cold War line by {ruptures.WALL}")


def _endings_words(over: pd.DataFrame, name: pd.Series) -> str:
    top = over.sort_values("ties").iloc[-1]
    return (f"Most in {top['year']}: {top['ties']:,}, {share(int(top['touching']), int(top['ties']))} of them with a "
            f"city of {name[top['country']]}.")


def _outlived(dataset: Dataset, view: View) -> str:
    """What became of the ties of Russian cities with those of NATO countries."""
    counts = ruptures.outlived(dataset, view, "RUS", "NATO")
    total = sum(counts.values())
    if not total:
        return ""
    stand = counts.get("active", 0)
    return (f"Of {total:,} ties of cities of Russia with cities of today’s NATO countries, {stand:,} stand on the "
            f"lists as in force, {counts.get('suspended', 0):,} are suspended, {counts.get('ended', 0):,} ended and "
            f"{counts.get('delisted', 0):,} no longer listed.")


def draw_bridges(dataset: Dataset, view: View) -> None:
    """The cities and networks with most across a divide, and the map of those ties."""
    rows, networks = ruptures.bridges(dataset, view), ruptures.network_bridges(dataset, view)
    headline.say(bridge_words(dataset, rows))
    choose()
    across = view.replace(across="far", picture="ties", divide="question", cities=(), chart="lives")
    st.markdown(f"[The map of the ties across a divide]({_address(across)}), with its own link to share.")
    if rows.empty:
        st.info(select.coverage(dataset, view).advice, icon=":material/filter_alt_off:")
        return
    top = rows.head(MOST_BARS)
    exhibit.plot(bridges_chart(top, [label(dataset, city) for city in top["city_id"]]), "bridges",
                 bridge_words(dataset, rows))
    st.caption(f"The {len(top)} of {len(rows):,} cities with most ties with nations far apart in {year_of(view)}: "
               f"{CUTS[view.cut]} of all pairs{', not allied' if view.closeness == 'allies' else ''}. {LIMITS} "
               f"{select.coverage(dataset, view).sentence}")
    cities = dataset.cities_by_id.loc[rows["city_id"]]
    country = dataset.country_names
    exhibit.numbers(dataset, "bridges", lambda: pd.DataFrame({
        "City": cities["name"].to_numpy(), "City code": rows["city_id"],
        "Country": cities["country"].map(country).to_numpy(), "Ties across": rows["far"],
        "Ties of nations with data": rows["known"], "Share of them across": rows["share"],
        "Countries across": rows["countries"]}), CITY)
    st.header("Networks whose members come from nations far apart", anchor=False)
    facts = dataset.networks.set_index("network_id").loc[networks["network_id"]]
    exhibit.table(pd.DataFrame({
        "Network": facts["short_name"].to_numpy(), "Code": networks["network_id"],
        "Full name": facts["name"].to_numpy(), "Countries": networks["countries"],
        "Pairs of countries far apart": networks["far"], "Share of pairs": networks["share"]}), NETWORK,
        "Networks by pairs of member countries that are far apart", most=8)


def bridge_words(dataset: Dataset, rows: pd.DataFrame) -> str:
    """The city with most ties across a divide, in one sentence."""
    if rows.empty:
        return "No tie of this view crosses a divide"
    top = rows.iloc[0]
    return (f"{label(dataset, top['city_id'])} has the most ties across a divide, {int(top['far']):,} of "
            f"{int(top['known']):,}, in {counted(int(top['countries']), 'country')}")


def _address(view: View) -> str:
    return f"/atlas?{urlencode(view.to_query(), safe=',')}"


def draw_pair(dataset: Dataset, view: View) -> None:
    """Two countries."""
    headline.say(diplomacy.headline(dataset, view))
    choose()
    diplomacy.draw_pair(dataset, view)


def draw_country(dataset: Dataset, view: View) -> None:
    """One country."""
    headline.say(diplomacy.headline(dataset, view))
    choose()
    diplomacy.draw_country(dataset, view)


PARTS = {"question": draw_question, "time": draw_time, "pair": draw_pair, "bridges": draw_bridges,
         "country": draw_country}
