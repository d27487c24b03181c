"""The finding of a view in one English sentence, each number of it taken from the selection."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import numpy as np
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.phrases import counted, listing, plural, share
from data.select import memberships, reach, seats, tie_sieve, ties
from data.view import View
from data.words import ACROSS, CONTINENTS, ISSUES, REGIONS

WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Czech Republic", "Dominican Republic", "Bahamas", "Gambia",
                 "Maldives", "Seychelles", "Comoros", "Central African", "DR Congo")


def headline(dataset: Dataset, view: View) -> str:
    """One sentence that says what the view shows, with its period; the same for the same data and view."""
    across = f"{ACROSS[view.across]}: " if view.across else ""
    return across + _finding(dataset, view) + _period(view) + "."


@lru_cache(maxsize=20_000)
def label(dataset: Dataset, city_id: str) -> str:
    """The city's name, with state and country where the dataset has a namesake.

    Raises:
        KeyError: there is no such city.
    """
    city = dataset.cities.iloc[encode(dataset).city.get_loc(city_id)]
    if _namesakes(dataset)[city["name"]] == 1:
        return str(city["name"])
    country = _country(dataset, city["country"])
    state = "" if pd.isna(city["admin1"]) else f"{city['admin1']}, "
    return f"{city['name']} ({state}{country})"


@lru_cache(maxsize=4)
def _namesakes(dataset: Dataset) -> dict[str, int]:
    return Counter(dataset.cities["name"])


def _finding(dataset: Dataset, view: View) -> str:
    if len(view.cities) == 1:
        return _of_city(dataset, view.cities[0], ties(dataset, view))
    if view.room:
        return _of_room(view, ties(dataset, view))
    if view.networks:
        return _of_networks(dataset, view, ties(dataset, view))
    if view.issues:
        return _of_issues(dataset, view, ties(dataset, view))
    if view.drawn == "networks":
        return _of_members(dataset, view)
    if not tie_sieve(dataset, view).drawn.any():
        return "No tie is in this view"
    if len(view.countries) == 1 and not view.cities:
        return _of_country(dataset, view.countries[0], ties(dataset, view))
    if len(view.regions) == 1 and not view.countries and not view.cities:
        return _of_region(dataset, view.regions[0], ties(dataset, view))
    return _of_world(dataset, view)


def _of_city(dataset: Dataset, city: str, shown: pd.DataFrame) -> str:
    name = label(dataset, city)
    if shown.empty:
        return f"{name} has no tie in this view"
    partners = shown["city_a"].where(shown["city_b"] == city, shown["city_b"])
    reach = _countries(dataset, partners).nunique()
    recent = int((shown["start_year"] >= 2000).sum())
    since = f"; {recent} of them signed since 2000" if recent else ""
    whose = f"{name}:" if name.endswith(")") else f"{name}’s"
    reaches = "reaches" if len(shown) == 1 else "reach"
    return f"{whose} {counted(len(shown))} {reaches} {counted(reach, 'country')}{since}"


def _of_country(dataset: Dataset, iso3: str, shown: pd.DataFrame) -> str:
    ends = pd.concat([_countries(dataset, shown["city_a"]), _countries(dataset, shown["city_b"])])
    partners = ends[ends != iso3].value_counts()
    name = _country(dataset, iso3)
    if partners.empty:
        return f"{name}: {counted(len(shown))}, all within the country"
    top = _country(dataset, sorted(partners.index[partners == partners.iloc[0]])[0])
    top = f"the {top}" if top.startswith(WITH_ARTICLE) else top
    return (f"{name}: {counted(len(shown))} with {counted(len(partners), 'country')}; "
            f"{share(int(partners.iloc[0]), len(shown))} lead to {top}")


def _of_region(dataset: Dataset, region: str, shown: pd.DataFrame) -> str:
    place = dataset.cities_by_id["region"]
    inside = (shown["city_a"].map(place) == shown["city_b"].map(place)).sum()
    return f"{REGIONS[region]}: {counted(len(shown))}; {share(int(inside), len(shown))} stay within the region"


def _of_networks(dataset: Dataset, view: View, shown: pd.DataFrame) -> str:
    members = memberships(dataset, view)
    listed = members.loc[members["status"] == "listed", "city_id"]
    past = members["city_id"].nunique() - listed.nunique()
    names = dataset.networks.set_index("network_id").loc[list(view.networks), "short_name"]
    reach = counted(_countries(dataset, listed).nunique(), "country")
    among = f"they share {counted(len(shown))} of their own" if len(shown) else "none of them share a tie of their own"
    joined = f"{listed.nunique():,} {plural('listed member', listed.nunique())} in {reach}"
    return f"{listing(list(names))}: {joined}{f' and {past:,} past' if past else ''}; {among}"


def _of_room(view: View, shown: pd.DataFrame) -> str:
    here = len(seats(view))
    tied = len(set(shown["city_a"]) | set(shown["city_b"]))
    if not tied:
        return f"No tie joins two of the {counted(here, 'city')} in this room"
    return f"{tied:,} of the {counted(here, 'city')} in this room have {counted(len(shown))} with each other"


def _of_members(dataset: Dataset, view: View) -> str:
    joined = memberships(dataset, view).groupby("city_id")["network_id"].nunique()
    if joined.empty:
        return "No membership is in this view"
    networks = memberships(dataset, view)["network_id"].nunique()
    top = sorted(joined.index[joined == joined.max()])[0]
    return (f"{networks:,} {plural('network', networks)} join{'s' if networks == 1 else ''} {len(joined):,} "
            f"{'city' if len(joined) == 1 else 'cities'}; {label(dataset, top)} is in the most, {joined.max()}")


def _of_issues(dataset: Dataset, view: View, shown: pd.DataFrame) -> str:
    members = memberships(dataset, view)
    stated = int(shown["certain"].sum()) if view.from_year is None and view.to_year is None else int(
        shown["issues"].map(len).gt(0).sum())
    networks, joined = members["network_id"].nunique(), members["city_id"].nunique()
    subject = listing([ISSUES[issue] for issue in view.issues])
    verb = "states" if stated == 1 else "state"
    only = f"{counted(stated, 'city tie')} {verb} it" if stated else "no city tie states it"
    return (f"{subject}: {networks:,} {plural('network', networks)} join{'s' if networks == 1 else ''} "
            f"{joined:,} {'city' if joined == 1 else 'cities'}; {only}")


def _of_world(dataset: Dataset, view: View) -> str:
    codes, drawn = encode(dataset), tie_sieve(dataset, view).drawn
    cities, countries = reach(dataset, view)
    total = int(drawn.sum())
    finding = f"{counted(total)} join {cities:,} cities in {counted(countries, 'country')}"
    one, other = codes.continent[codes.tie_a[drawn]], codes.continent[codes.tie_b[drawn]]
    within = np.bincount(one[one == other], minlength=len(CONTINENTS))
    if not within.any():
        return f"{finding}; every one crosses to another continent"
    top = int(within.argmax())
    return f"{finding}; {share(int(within[top]), total)} stay within {CONTINENTS[top]}"


def _countries(dataset: Dataset, cities: pd.Series) -> pd.Series:
    return cities.map(dataset.cities_by_id["country"])


def _country(dataset: Dataset, iso3: str) -> str:
    return str(dataset.country_names.at[iso3])


def _period(view: View) -> str:
    if view.from_year is None and view.to_year is None:
        return ""
    if view.from_year is None:
        span = f"by {view.to_year}"
    elif view.to_year is None:
        span = f"since {view.from_year}"
    else:
        span = f"in {view.to_year}" if view.from_year == view.to_year else f"{view.from_year}–{view.to_year}"
    return f" (in force {span}, or of unknown year)" if view.undated else f" (in force {span})"
