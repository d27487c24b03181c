"""The page of several cities: their choice, their map, and the exhibits of what they share and what sets them apart."""

from __future__ import annotations

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from components import exhibit, filters, headline, screen, theme
from components.charts.compare import networks_chart, profiles_chart, timelines_chart
from components.charts.years import FIRST
from components.finder import best_connected
from components.landscape import NETWORK, years
from components.maps.camera import height
from components.maps.several import several_map
from components.maps.world import Screen
from components.overlaps import CITY
from data import compare, select
from data.compare import MOST, Comparison
from data.export import FREE
from data.headline import label
from data.load import Dataset
from data.phrases import counted, listing, share
from data.search import labels
from data.view import View

THEMES = ("Prosperity", "People", "Planet", "Culture and learning")
"""The themes of issue areas whose colours the cities have on this page, in which no theme has a colour."""
_STATES = {"suspended": "a ring is suspended", "ended": "a cross has ended",
           "delisted": "a diamond is no longer on the newest list"}
_STYLE = (".beside{width:100%;border-collapse:collapse;font-size:clamp(.72rem,2.6vw,1rem);font-variant-numeric:"
          "tabular-nums}.beside td,.beside th{padding:.35em .3em;border-bottom:1px solid rgba(128,128,128,.3);"
          "text-align:right}.beside th:first-child{text-align:left;font-weight:400}")


def choose(dataset: Dataset, view: View) -> None:
    """The choice of the cities, and what a link with too many of them leaves out."""
    named, cities = labels(dataset), list(view.cities[:MOST])
    if st.session_state.get("beside") != cities:
        st.session_state["beside"] = cities
    offered = list(dict.fromkeys([*best_connected(dataset), *cities]))
    st.multiselect("Cities", offered, format_func=named.get, key="beside", max_selections=MOST, filter_mode="contains",
                   select_all=False, placeholder="Choose two to four cities", label_visibility="collapsed",
                   on_change=lambda: filters.move(cities=tuple(st.session_state["beside"])))
    st.caption("The best-connected cities are offered here; the search in the sidebar finds any other.")
    lost = [label(dataset, city) for city in view.cities[MOST:]]
    if lost:
        st.caption(f"The link names {counted(len(view.cities), 'city')}; the first {MOST} in the order of their codes "
                   f"are compared, left out: {listing(lost, 8)}.")


def ask(dataset: Dataset, view: View) -> None:
    """What stands there while fewer than two cities are chosen."""
    named = [label(dataset, city) for city in view.cities]
    headline.say(f"{named[0]}, beside which city?" if named else "Two to four cities side by side")
    choose(dataset, view)
    best = [city for city in best_connected(dataset) if city not in view.cities]
    pair = [*view.cities, *best][:2]
    link = view.replace(cities=tuple(pair)).link("compare")
    st.info(f"Choose {'one to three more' if named else 'two to four'} cities above: what they share, what only one of "
            f"them has, their years and their issue areas will stand side by side. For example "
            f"[{' and '.join(label(dataset, city) for city in pair)}]({link}).", icon=":material/compare_arrows:")


def draw(dataset: Dataset, view: View, shown: Comparison) -> None:
    """Draw a comparison: its finding, the choice of the cities, and all exhibits."""
    said = compare.finding(shown)
    headline.say(said)
    choose(dataset, view)
    colours = [theme.colours()[group] for group in THEMES[:len(shown.names)]]
    _map(dataset, view, shown, colours, said)
    _figures(dataset, shown, colours)
    _partners(dataset, view, shown)
    left, right = st.columns(2, gap="large")
    with left:
        _networks(dataset, shown, colours)
    with right:
        _issues(dataset, shown, colours)
    _years(dataset, shown, colours)


def _map(dataset: Dataset, view: View, shown: Comparison, colours: list[str], said: str) -> None:
    width = screen.map_width()
    deck = several_map(dataset, view, Screen(width, theme.dark()), dict(zip(shown.names, colours, strict=True)),
                       len(shown.ties))
    st.pydeck_chart(deck, height=height(width, view.projection == "globe"), key="several",
                    alt=f"World map of the ties of each city. {said}")
    dots = [f":{theme.MARKS[group]}[●] {name}" for group, name in zip(THEMES, shown.names.values(), strict=False)]
    st.markdown(f"{' &emsp; '.join(dots)}  \n:small[:gray[Bolder: an issue is stated; fainter: year unknown, one "
                "source, or place uncertain. Small dots are the partners.]]")


def _figures(dataset: Dataset, shown: Comparison, colours: list[str]) -> None:
    """The numbers side by side, and what is unknown of each city."""
    rows = compare.figures(shown)
    lines = {
        "Ties": rows["ties"].map("{:,}".format), "Ties of known year": rows["dated"].map("{:,}".format),
        "Partner cities": rows["partners"].map("{:,}".format), "Countries": rows["countries"].map("{:,}".format),
        "Partners on its own continent": [
            "no partner" if pd.isna(part) else share(round(1000 * part), 1000) for part in rows["own"]],
        "Median distance to a partner": [
            "no partner" if pd.isna(distance) else f"{distance:,.0f} km" for distance in rows["distance"]],
        "Networks": rows["networks"].map("{:,}".format)}
    heads = [f"<th scope=col><span style='color:{colour}'>●</span> {escape(name)}"
             for colour, name in zip(colours, shown.names.values(), strict=True)]
    body = [f"<tr><th scope=row>{name}{''.join(f'<td>{cell}' for cell in cells)}" for name, cells in lines.items()]
    left, right = st.columns([5, 3], gap="large")
    left.html(f"<style>{_STYLE}</style><table class=beside><tr><th scope=col>In this view{''.join(heads)}"
              f"{''.join(body)}</table>")
    right.caption("  \n".join(compare.accounts(shown)))
    exhibit.numbers(dataset, "compare-figures", partial(_figure_rows, shown, rows), CITY)


def _figure_rows(shown: Comparison, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "City": shown.names.values(), "City code": rows.index, "Ties": rows["ties"], "Of known year": rows["dated"],
        "Partner cities": rows["partners"], "Countries": rows["countries"],
        "Share of partners on its own continent": rows["own"].round(3), "Median distance, km": rows["distance"].round(),
        "Networks": rows["networks"]}).reset_index(drop=True)


def _partners(dataset: Dataset, view: View, shown: Comparison) -> None:
    st.header("Partner cities", anchor=False)
    if shown.ties.empty:
        st.caption(select.coverage(dataset, view).advice)
        return
    rows, said = _partner_rows(shown), compare.of_partners(dataset, shown)
    marked = rows.assign(**{name: rows[name].where(rows[name] == "", "● " + rows[name])
                            for name in shown.names.values()}).drop(columns="Shared by")
    exhibit.table(marked, CITY, f"Partner cities, shared ones first. {said}")
    st.caption(f"A dot is a tie with the year of signing; ended and suspended ones count too, and say so. {said}")
    exhibit.numbers(dataset, "compare-partners", lambda: rows, CITY,
                    lambda rows: ~rows["City code"].isin(_bound(shown.ties)["partner"]))


def _bound(rows: pd.DataFrame) -> pd.DataFrame:
    """The ties or memberships whose sources do not let them be passed on."""
    return rows[~rows["reuse"].isin(FREE)]


def _partner_rows(shown: Comparison) -> pd.DataFrame:
    """A row a partner city, with the years of its ties in a column a city."""
    cells = shown.partners
    place = shown.ties.drop_duplicates("partner").set_index("partner").loc[cells.index]
    return pd.DataFrame({"City": place["name"], "City code": cells.index, "Country": place["country"],
                         "Shared by": (cells != "").sum(axis=1)}).join(
        cells.rename(columns=shown.names)).reset_index(drop=True)


def _networks(dataset: Dataset, shown: Comparison, colours: list[str]) -> None:
    st.header("Networks", anchor=False)
    if shown.members.empty:
        st.caption("None of them is in a network of this view.")
        return
    name = shown.members.drop_duplicates("network_id").set_index("network_id")["network"]
    inside = (shown.networks != "").rename(index=name, columns=shown.names)
    said = compare.of_networks(shown)
    exhibit.plot(networks_chart(inside, colours), "networks-beside", said)
    undated = int(shown.members["joined"].isna().sum())
    st.caption(f"{said} No year of joining is known for {undated:,} of "
               f"{counted(len(shown.members), 'membership')}; the table has the others.")
    exhibit.numbers(dataset, "compare-networks", partial(_network_rows, shown, name), NETWORK,
                    lambda rows: ~rows["Code"].isin(_bound(shown.members)["network_id"]))


def _network_rows(shown: Comparison, name: pd.Series) -> pd.DataFrame:
    cells = shown.networks
    return pd.DataFrame({"Network": name.loc[cells.index], "Code": cells.index,
                         "Shared by": (cells != "").sum(axis=1)}).join(
        cells.rename(columns=shown.names)).reset_index(drop=True)


def _issues(dataset: Dataset, shown: Comparison, colours: list[str]) -> None:
    st.header("Issue areas of their networks", anchor=False)
    said = compare.of_issues(shown)
    rows = compare.profile(shown)
    if not rows["networks"].any():
        st.caption(said)
        return
    exhibit.plot(profiles_chart(rows, shown.names, colours), "profiles", said)
    st.caption(f"The share of each city’s networks by the theme of their first issue area, with their number. {said}")
    exhibit.numbers(dataset, "compare-themes", lambda: pd.DataFrame({
        "City": rows["city"].map(shown.names), "City code": rows["city"], "Theme": rows["theme"],
        "Networks": rows["networks"], "Share of its networks": rows["share"].round(3), "Ties": rows["ties"]}), CITY)


def _years(dataset: Dataset, shown: Comparison, colours: list[str]) -> None:
    st.header("Ties by year of signing", anchor=False)
    said, ties = compare.of_years(shown), shown.ties.sort_values(["city", "start_year", "name"])
    if ties["start_year"].isna().all():
        st.caption(said)
        return
    exhibit.plot(timelines_chart(ties, shown.names, colours), "timelines", said)
    states = [words for status, words in _STATES.items() if (ties["status"] == status).any()]
    old = f"; ties from before {FIRST} stand at {FIRST}" if (ties["start_year"] < FIRST).any() else ""
    st.caption(f"A dot is a tie of known year{''.join(f'; {words}' for words in states)}{old}. {said}")
    exhibit.numbers(dataset, "compare-years", lambda: pd.DataFrame({
        "City": ties["city"].map(shown.names), "Partner": ties["name"], "Partner code": ties["partner"],
        "Country": ties["country"], "Kind": ties["kind"], "Signed": years(ties["start_year"]),
        "Status": ties["status"], "Until": years(ties["end_year"]).where(ties["end_year"].notna(), "")}),
        {"Partner": ("Partner code", CITY["City"][1])}, lambda rows: ties["reuse"].isin(FREE))
