"""The parts of the page of structure: numbers of the graph, rankings, communities, degrees; and the line to choose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from components import exhibit, filters, screen, theme
from components.charts.structure import chance_chart, degrees_chart, ranking_chart
from components.exhibit import Exhibit
from components.maps.camera import height
from components.maps.communities import colours, communities_map
from components.maps.world import Screen
from components.overlaps import CITY
from data import structure
from data.headline import label
from data.load import Dataset
from data.phrases import counted, listing
from data.view import View
from data.words import RANKS, SHAPES

_YEARS_NARROW = (1990, 2020)
_NAMED, _MARKED = 2, 3
_LEGEND = (".groups{font-size:.875rem;display:grid;gap:.35rem 1.5rem;grid-template-columns:repeat(auto-fill,"
           "minmax(min(100%,25rem),1fr))}.groups i{display:inline-block;width:11px;height:11px;border-radius:6px;"
           "margin-right:.4em}.groups a{color:inherit}")


def choose() -> None:
    """Draw the line of parts, and of measures for the rankings."""
    view = filters.current()
    st.session_state.update({"shape": view.shape, "rank": view.rank})
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _control("Part", "shape", SHAPES)
        if view.shape == "ranking":
            _control("Measure", "rank", RANKS)


def _control(name: str, key: str, options: dict[str, str]) -> None:
    st.segmented_control(name, list(options), format_func=options.get, key=key, required=True,
                         label_visibility="collapsed", on_change=lambda: filters.move(**{key: st.session_state[key]}))


def draw(dataset: Dataset, view: View, shown: Exhibit) -> None:
    """Draw a part and what stands below it."""
    if shown.figure is None and view.shape != "communities":
        st.info(shown.note, icon=":material/filter_alt_off:")
        return
    if view.shape == "communities":
        _map(dataset, view, shown)
    else:
        exhibit.plot(shown.figure, f"structure-{view.shape}", shown.finding)
    st.caption(shown.note)
    if view.shape == "summary":
        st.markdown(_in_words(dataset))
    exhibit.numbers(dataset, f"structure-{view.rank if view.shape == 'ranking' else view.shape}", shown.rows,
                    shown.links)


def of_summary(dataset: Dataset, view: View) -> Exhibit:
    """The graph in numbers, against random graphs of the same degrees."""
    rows = structure.measures(dataset, "summary", "small world")
    finding = structure.of_summary(dataset)
    if pd.isna(rows.at["clustering", "value"]) or pd.isna(rows.at["clustering_random", "value"]):
        return Exhibit(finding, None, f"Too few ties to be compared with chance. {structure.account(dataset)}")
    note = (f"Chance: {rows.at['draws', 'value']:,.0f} seeded random graphs in which every city of the giant component "
            f"keeps its number of partners (Viger and Latapy 2005), their mean and the interval that holds 95 % of "
            f"them. Small-world index σ = {structure.written(rows.at['sigma', 'value'])}: above 1, ties close more "
            f"triangles than by chance while chains stay about as short. {structure.account(dataset)}")
    return Exhibit(finding, chance_chart(rows), note, partial(_measures, dataset))


def _measures(dataset: Dataset) -> pd.DataFrame:
    rows = structure.measures(dataset, "summary", "small world", "communities")
    return pd.DataFrame({"Of": rows["group"], "Measure": rows["name"], "Value": rows["value"],
                         "95 % from": rows["low"], "95 % to": rows["high"], "Meaning": rows["meaning"]})


def _in_words(dataset: Dataset) -> str:
    """The numbers with what they mean, as a table of Markdown, whose cells wrap."""
    lines = ["| Measure | Value | What it says |", "| :-- | --: | :-- |"]
    for row in structure.measures(dataset, "summary", "small world").itertuples():
        interval = "" if pd.isna(row.low) else f" ({structure.written(row.low)} to {structure.written(row.high)})"
        lines.append(f"| {row.name} | {structure.written(row.value)}{interval} | {row.meaning} |")
    return "\n".join(lines)


def of_ranking(dataset: Dataset, view: View) -> Exhibit:
    """The first cities by a measure, with their ranks by decade."""
    rows = structure.ranking(dataset, view)
    finding, words = structure.of_ranking(dataset, view, rows), structure.WORDS[view.rank]
    if rows.empty:
        return Exhibit(finding, None, "Choose other places, or none, in the filters.")
    drawn, narrow = structure.top(rows), screen.narrow()
    drawn = drawn.assign(label=[label(dataset, city) for city in drawn["city_id"]])
    ranks = structure.history(dataset, drawn["city_id"])
    if view.rank == "connectivity":
        past, account = "", ("Memberships on the newest lists, places certain; few lists say since when, so there are "
                             "no ranks by decade.")
        ranks = ranks[[]]
    else:
        past, account = f"{structure.dated(dataset)} ", structure.account(dataset)
        ranks = ranks[[year for year in ranks if not narrow or year in _YEARS_NARROW]]
    some = f"{len(drawn):,} of {len(rows):,} cities" if len(drawn) < len(rows) else counted(len(rows), "city")
    note = (f"{some}, by {words}: {structure.MEANINGS[view.rank]}. The number beside a name is its rank in the world, "
            f"of equals the best. Places in the filters choose which cities are listed. {past}{account}")
    figure = ranking_chart(drawn, ranks, RANKS[view.rank])
    return Exhibit(finding, figure, note, partial(_ranking, dataset, view, rows), CITY)


def _ranking(dataset: Dataset, view: View, rows: pd.DataFrame) -> pd.DataFrame:
    table = pd.DataFrame({
        "Rank": rows["rank"], "City": rows["name"], "City code": rows["city_id"],
        "Country": rows["country"].map(dataset.country_names),
        structure.WORDS[view.rank].capitalize(): rows["value"]})
    if view.rank == "connectivity":
        return table
    ranks = structure.history(dataset, rows["city_id"]).reset_index(drop=True)
    return table.join(ranks.rename(columns=lambda year: f"Rank by dated ties, {year}"))


def of_communities(dataset: Dataset, view: View) -> Exhibit:
    """The communities; they are drawn on a map, not as a figure."""
    note = (f"Communities (Leiden algorithm): groups with more ties within than the numbers of partners would give. "
            f"{structure.trust(dataset)} Grey: smaller communities. Larger dots have more partners. Places in the "
            f"filters choose the cities of the table, not of the map. {structure.account(dataset)}")
    return Exhibit(structure.of_communities(dataset), None, note,
                   partial(_members, dataset, view), CITY)


def _members(dataset: Dataset, view: View) -> pd.DataFrame:
    rows = structure.members(dataset, view)
    return pd.DataFrame({
        "City": rows["name"], "City code": rows["city_id"],
        "Country": rows["country"].map(dataset.country_names),
        "Community": rows["community"] + 1, "Partners abroad": rows["partners_abroad"]})


def _map(dataset: Dataset, view: View, shown: Exhibit) -> None:
    """The map and its legend: a colour for each of the largest communities."""
    hues, width = colours(theme.dark()), screen.map_width()
    found = structure.communities(dataset)
    if screen.draws() and len(found):
        leaders = [city for turn in range(_NAMED) for cities in found["leaders"] for city in cities[turn:turn + 1]]
        st.pydeck_chart(communities_map(dataset, view, Screen(width, theme.dark()), leaders), key="communities-map",
                        height=height(width, view.projection == "globe"), alt=f"World map. {shown.finding}")
    st.html(f"<style>{_LEGEND}</style><div class='groups'>" + "".join(
        f"<div><i style='background:{hue}'></i><b>{row.community + 1}</b> {', '.join(_linked(dataset, row.leaders))}; "
        f"{counted(row.cities, 'city')}, most in {listing(row.countries)}</div>"
        for hue, row in zip(hues, found.itertuples(), strict=False)) + "</div>")


def _linked(dataset: Dataset, cities: list[str]) -> list[str]:
    return [f"<a href='/city?city={city}' target='_self'>{escape(label(dataset, city))}</a>" for city in cities]


def of_degrees(dataset: Dataset, view: View) -> Exhibit:
    """How many partners cities have."""
    counts = structure.degrees(dataset)
    finding = structure.of_degrees(dataset)
    if counts.empty:
        return Exhibit(finding, None, structure.account(dataset))
    rows = structure.ranking(dataset, view.replace(rank="degree"))
    marked = rows[rows["chosen"]].head(_MARKED) if rows["chosen"].any() else rows.head(1)
    points = {label(dataset, row.city_id): int(row.value) for row in marked.itertuples()}
    note = ("Complementary cumulative distribution: at each number of partners, the share of cities with as many or "
            "more. A nearly straight line on these axes means very unequal, but is no proof of a power law (Clauset, "
            "Shalizi, Newman 2009). Cities in the filters are marked, else the first of the places in them. "
            f"{structure.account(dataset)}")
    return Exhibit(finding, degrees_chart(counts, points), note, partial(_degrees, counts))


def _degrees(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.set_axis(["Partners abroad", "Cities", "Share of cities with as many or more"], axis=1)


EXHIBITS: dict[str, Callable[[Dataset, View], Exhibit]] = {
    "summary": of_summary, "ranking": of_ranking, "communities": of_communities, "degrees": of_degrees}
