"""What a page shows of a view, without the page: its finding, its account and its picture, for print and for links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go

from components import diplomacy, divides, dossier, gallery, introductions, partners, profile, structure, theme
from components.charts.coverage import coverage_chart, coverage_words
from components.charts.diplomacy import pair_chart, partners_chart
from components.charts.divides import MOST_BARS, bridges_chart, divide_chart, signing_chart
from components.charts.partners import scores_chart
from components.charts.structure import MOST_CHAINS, chains_chart
from components.exhibit import Exhibit, once
from components.maps.still import account
from data import diplomacy as between_nations
from data import divides as by_nation
from data import ruptures, select
from data.compare import MOST as MOST_COMPARED
from data.compare import compare
from data.compare import finding as compared
from data.continents import by_continent
from data.headline import label
from data.load import Dataset
from data.paths import chains
from data.room import finding as in_room
from data.room import own
from data.view import View


@dataclass(frozen=True, eq=False)
class Scene:
    """A page of a view in short: its sentence, what that rests on, and a chart, or the view of a map, or neither."""

    finding: str
    account: str
    figure: go.Figure | None = None
    map: View | None = None

    @property
    def sentence(self) -> str:
        """The finding with its full stop."""
        return self.finding if self.finding.endswith(("?", ".")) else f"{self.finding}."


@lru_cache(maxsize=64)
def scene(dataset: Dataset, page: str, view: View, on_dark: bool) -> Scene:
    """What a page of PAGES shows of a view, its chart in the colours of the dark ground or the light one."""
    with theme.printed(on_dark):
        return _SCENES[page](dataset, view)


def _of_exhibit(shown: Exhibit) -> Scene:
    return Scene(shown.finding, shown.note, shown.figure)


def _of_map(dataset: Dataset, finding: str, view: View) -> Scene:
    return Scene(finding.rstrip("."), account(dataset, view), map=view)


def _atlas(dataset: Dataset, view: View) -> Scene:
    return _of_map(dataset, view.describe(dataset), view)


def _networks(dataset: Dataset, view: View) -> Scene:
    if view.chart != "network":
        return _of_exhibit(once(gallery.EXHIBITS[view.chart], dataset, view))
    finding = profile.finding(dataset, view)
    if not view.networks:
        return Scene(finding, "")
    return _of_map(dataset, finding, view.replace(networks=view.networks[:1], picture="networks"))


def _city(dataset: Dataset, view: View) -> Scene:
    if not view.cities:
        return Scene("Which city? Every city’s ties, networks and peers on one page", "")
    own = dossier.own(view)
    return _of_map(dataset, own.describe(dataset), own)


def _compare(dataset: Dataset, view: View) -> Scene:
    if len(view.cities) < 2:
        return Scene("Two to four cities side by side", "")
    several = view.replace(cities=view.cities[:MOST_COMPARED], picture="ties")
    return _of_map(dataset, compared(compare(dataset, view)), several)


def _structure(dataset: Dataset, view: View) -> Scene:
    if view.shape != "paths":
        return _of_exhibit(once(structure.EXHIBITS[view.shape], dataset, view))
    finding, (start, end) = introductions.finding(dataset, view), introductions.ends(view)
    if not start or not end or start == end:
        return Scene(finding, "")
    found = chains(dataset, start, end, "ties")
    drawn = list(found.listed[:MOST_CHAINS])
    names = {city: label(dataset, city) for chain in drawn for hop in chain for city in (hop.start, hop.end)}
    return Scene(finding, found.words, chains_chart(drawn, names) if found.hops > 1 else None)


def _divides(dataset: Dataset, view: View) -> Scene:
    return _DIVIDES[view.divide](dataset, view)


def _question(dataset: Dataset, view: View) -> Scene:
    found = by_nation.divide(dataset, view)
    return Scene(by_nation.finding(found), by_nation.even_words(found), divide_chart(found) if found.known else None)


def _time(dataset: Dataset, view: View) -> Scene:
    rows = ruptures.at_signing(dataset, view)
    finding = divides.time_words(rows, len(ruptures.across_the_wall(dataset, view)))
    return Scene(finding, f"{divides.LIMITS} {select.coverage(dataset, view).sentence}",
                 signing_chart(rows) if rows["ties"].sum() else None)


def _bridges(dataset: Dataset, view: View) -> Scene:
    rows = ruptures.bridges(dataset, view)
    top = rows.head(MOST_BARS)
    chart = bridges_chart(top, [label(dataset, city) for city in top["city_id"]]) if len(top) else None
    return Scene(divides.bridge_words(dataset, rows), select.coverage(dataset, view).sentence, chart)


def _pair(dataset: Dataset, view: View) -> Scene:
    found = between_nations.pair(dataset, view, between_nations.chosen(dataset, view))
    return Scene(diplomacy.headline(dataset, view), between_nations.pair_account(found), pair_chart(found.years))


def _country(dataset: Dataset, view: View) -> Scene:
    finding = diplomacy.headline(dataset, view)
    if not view.countries:
        return Scene(finding, "")
    rows = between_nations.nation(dataset, view, view.countries[0]).partners
    return Scene(finding, divides.LIMITS, partners_chart(rows) if len(rows) else None)


def _partners(dataset: Dataset, view: View) -> Scene:
    if not view.cities:
        return Scene("Whom should a city talk to next?", "")
    rows = partners.suggestions(dataset, view)
    first: pd.DataFrame = rows.head(partners.FIRST)
    names = [label(dataset, city) for city in first["city_id"]]
    return Scene(partners.finding(dataset, view, rows), partners.terms(view),
                 scores_chart(first["score"].tolist(), names) if names else None)


def _room(dataset: Dataset, view: View) -> Scene:
    if not view.room:
        return Scene("Who is in the room?", "")
    return _of_map(dataset, in_room(dataset, view), own(view))


def _data(dataset: Dataset, view: View) -> Scene:
    continents = by_continent(dataset, select.ties(dataset, view), select.memberships(dataset, view))
    finding = (f"{len(dataset.sources):,} sources, {len(dataset.ties):,} ties, "
               f"{len(dataset.memberships):,} memberships")
    return Scene(finding, coverage_words(continents), coverage_chart(continents))


_SCENES: dict[str, Callable[[Dataset, View], Scene]] = {
    "atlas": _atlas, "networks": _networks, "city": _city, "compare": _compare, "structure": _structure,
    "divides": _divides, "partners": _partners, "room": _room, "data": _data}
_DIVIDES: dict[str, Callable[[Dataset, View], Scene]] = {
    "question": _question, "time": _time, "pair": _pair, "bridges": _bridges, "country": _country}
