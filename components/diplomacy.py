"""Two parts of the page of divides: city ties beside nation ties for two countries, and for one country."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from components import exhibit, filters, listing
from components.charts.diplomacy import MOST, pair_chart, partners_chart
from components.landscape import years
from components.relations import COUNTRY
from data import diplomacy, select
from data.diplomacy import ATOP_ENDS, LIMITS, STANDINGS, Nation, Pair
from data.load import Dataset
from data.phrases import counted
from data.view import View

_TWICE = "_twice"
_EXTREMES = 5


def headline(dataset: Dataset, view: View) -> str:
    """The finding of the part that the view asks for."""
    if view.divide == "pair":
        return diplomacy.pair_finding(diplomacy.pair(dataset, view, diplomacy.chosen(dataset, view)))
    if not view.countries:
        return "What a country’s cities have, and what its nation has"
    return diplomacy.country_finding(diplomacy.nation(dataset, view, view.countries[0]))


def draw_pair(dataset: Dataset, view: View) -> None:
    """Draw two countries below the finding: their choice, their years, their numbers and their ties."""
    countries = diplomacy.chosen(dataset, view)
    twice = st.session_state.pop(_TWICE, "")
    _choose_pair(dataset, countries, twice)
    if not view.countries:
        st.markdown(" · ".join(_ready(dataset, view)))
    if twice:
        st.info(f"{diplomacy.opened(diplomacy.named(dataset, twice))} stands in both boxes: choose two different "
                f"countries, or go back to {_link(dataset, view, countries)}.", icon=":material/compare_arrows:")
        return
    found = diplomacy.pair(dataset, view, countries)
    said = diplomacy.pair_finding(found)
    _lacking(dataset, view, found)
    if found.ties.empty and found.years[["un_distance", "allied"]].isna().all(axis=None):
        return
    exhibit.plot(pair_chart(found.years), "divides-pair", f"{said}. Two panels by year from {diplomacy.FIRST}: city "
                 "ties signed and in force; distance in UN votes and the years of a defence alliance.")
    st.caption(diplomacy.pair_account(found))
    exhibit.numbers(dataset, f"pair-{'-'.join(countries).lower()}", partial(pair_rows, found), {})
    _ties(dataset, found)


def _choose_pair(dataset: Dataset, countries: tuple[str, str], twice: str) -> None:
    """Two boxes to choose the countries; a country chosen twice is told to the next run, and moves nothing."""
    for place, (column, code) in enumerate(zip(st.columns(2), countries, strict=True)):
        with column:
            _choice(dataset, f"pair-{place}", twice or code, _pair_chosen)


def _pair_chosen() -> None:
    first, second = (st.session_state[f"pair-{place}"] for place in (0, 1))
    if first == second:
        st.session_state[_TWICE] = first
    else:
        filters.move(countries=(first, second))


def _choice(dataset: Dataset, key: str, code: str | None, chosen: Callable[[], None]) -> None:
    names = dataset.country_names.sort_values()
    st.session_state[key] = code
    st.selectbox("Country", names.index.tolist(), format_func=names.get, key=key, placeholder="Choose a country",
                 label_visibility="collapsed", filter_mode="contains", on_change=chosen)


def _ready(dataset: Dataset, view: View) -> list[str]:
    return [_link(dataset, view, pair) for pair in diplomacy.examples(dataset)]


def _link(dataset: Dataset, view: View, pair: tuple[str, str]) -> str:
    words = " and ".join(diplomacy.named(dataset, code) for code in pair)
    return f"[{diplomacy.opened(words)}]({view.replace(countries=pair, divide='pair').link('divides')})"


def _lacking(dataset: Dataset, view: View, found: Pair) -> None:
    """What there is none of between two countries, and where to go on."""
    if found.ties.empty:
        st.info(f"No tie between cities of {' and '.join(found.names)} is in this view. Widen the filters, or look at "
                f"{', '.join(_ready(dataset, view)[:3])}.", icon=":material/filter_alt_off:")
    if found.years["un_distance"].isna().all():
        st.info(f"There is no year with UN votes of both {' and '.join(found.names)}: one of them had no seat, or its "
                "votes are too few. That is no data, not a distance of zero.", icon=":material/help:")


def pair_rows(found: Pair) -> pd.DataFrame:
    """The years of two countries with headings for people."""
    rows = found.years
    allied = rows["allied"].map({True: "yes", False: "no"}).astype(object).fillna("no data")
    carried = (rows.index > ATOP_ENDS) & (allied != "no data")
    return pd.DataFrame({
        "Year": rows.index.astype(str), "Ties signed": rows["signed"], "Ties of known year in force": rows["in_force"],
        "UN distance": rows["un_distance"], "Allied": allied.where(~carried, allied + " (carried forward)")})


def _ties(dataset: Dataset, found: Pair) -> None:
    if found.ties.empty:
        return
    with st.expander(f"{counted(len(found.ties), 'city tie')} between the two", key="divides-ties",
                     on_change="rerun") as box:
        if box.open:
            listing.tie_listing(dataset, found.ties)


def draw_country(dataset: Dataset, view: View) -> None:
    """Draw one country below the finding: its cities' partners, what its nation has, and what only one of them has."""
    country = view.countries[0] if view.countries else None
    _choice(dataset, "one-country", country, _country_chosen)
    if country is None:
        st.info("Choose a country above, or in the filters: its blocs and allies will stand beside the partners of its "
                "cities.", icon=":material/public:")
        return
    found = diplomacy.nation(dataset, view, country)
    _partners(dataset, view, found)
    left, right = st.columns(2, gap="large")
    with left:
        _national(found)
    with right:
        st.header("What its cities have", anchor=False)
        _table(found.partners, "ties", f"Partners of cities of {found.name}", "No tie abroad in this view.")
    left, right = st.columns(2, gap="large")
    with left:
        st.header("What only the nation has", anchor=False)
        _table(found.of_nation_only, "name", f"Allies of {found.name} without a tie of its cities",
               "No ally without a city tie in this view.")
    with right:
        st.header("What only the cities have", anchor=False)
        _table(found.of_cities_only, "ties", f"Countries without an alliance or a bloc with {found.name}, with ties of "
               "its cities", "No such country in this view.")
    exhibit.numbers(dataset, f"diplomacy-{country.lower()}", partial(country_rows, found.others), COUNTRY)


def _country_chosen() -> None:
    chosen = st.session_state["one-country"]
    filters.move(countries=(chosen,) if chosen else ())


def _partners(dataset: Dataset, view: View, found: Nation) -> None:
    """The chart of the partners of a country's cities, with its account."""
    partners = found.partners
    if partners.empty:
        st.info(select.coverage(dataset, view).advice, icon=":material/filter_alt_off:")
    else:
        exhibit.plot(partners_chart(partners), "divides-country", f"{diplomacy.country_finding(found)}. Bars: ties by "
                     "country of the partner, coloured by how the two nations stand to each other.")
    some = f"The first {MOST} of {len(partners):,} countries; the table has all. " if len(partners) > MOST else ""
    st.caption(f"{some}Nations in {found.newest}; a shared bloc is any bloc on the Atlas’s list but the UN, some "
               f"of them wide. {LIMITS}")


def _national(found: Nation) -> None:
    """The blocs of a nation, its allies, and its nearest and farthest in UN votes."""
    st.header("What the nation has", anchor=False)
    if found.blocs.empty:
        st.caption("In no bloc on the Atlas’s list today.")
    else:
        exhibit.table(bloc_rows(found.blocs), {}, f"Blocs of {found.name} with the year of joining", 6)
    st.markdown(f"**{counted(len(found.allies), 'defence ally')} in {found.newest}**")
    _table(found.allies, "name", f"Defence allies of {found.name}", "No defence alliance, or no data on one.")
    st.markdown("**In UN votes**")
    rows = vote_rows(found.others)
    if rows.empty:
        st.caption(f"No data on its UN votes in {found.newest}.")
        return
    exhibit.table(rows, COUNTRY, f"The nearest and the farthest of {found.name} in UN votes")


def vote_rows(others: pd.DataFrame) -> pd.DataFrame:
    """The nearest and the farthest in UN votes, each from its end, with headings for people."""
    voting = others.dropna(subset="un_distance").sort_values(["un_distance", "name"])
    ends = {"nearest": voting.head(_EXTREMES), "farthest": voting[::-1].head(_EXTREMES)}
    rows = pd.concat([rows.assign(end=end) for end, rows in ends.items()])
    return pd.DataFrame({"Votes": rows["end"], "Country": rows["name"], "Code": rows["iso3"],
                         "UN distance": rows["un_distance"], "City ties": rows["ties"]})


def bloc_rows(blocs: pd.DataFrame) -> pd.DataFrame:
    """The blocs of a nation with headings for people."""
    return pd.DataFrame({"Bloc": blocs["bloc"], "Name": blocs["name"], "Since": years(blocs["joined"]),
                         "Note": blocs["note"].fillna("")})


def _table(others: pd.DataFrame, order: str, alt: str, none: str) -> None:
    """Some of the other countries as a table, or a word where there is none."""
    if others.empty:
        st.caption(none)
        return
    exhibit.table(country_rows(others.sort_values(order, ascending=order == "name", kind="stable")), COUNTRY, alt, 8)


def country_rows(others: pd.DataFrame) -> pd.DataFrame:
    """Other countries beside one, with headings for people."""
    return pd.DataFrame({
        "Country": others["name"], "Code": others["iso3"], "City ties": others["ties"],
        "The nations have": others["standing"].map(STANDINGS), "Shared blocs": others["blocs"],
        "UN distance": others["un_distance"]})
