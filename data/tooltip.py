"""Ties and cities in a few words, as the map says them."""

from __future__ import annotations

import pandas as pd

_KIND = {"sister": "sister cities", "friendship": "friendship cities", "agreement": "agreement"}


def tie_words(ties: pd.DataFrame, cities: pd.DataFrame) -> list[str]:
    """For each tie: both cities, kind, years, number of independent sources, and doubts."""
    name = cities.set_index("city_id")["name"]
    ends = name.loc[ties["city_a"]].to_numpy() + " – " + name.loc[ties["city_b"]].to_numpy()
    start = (" since " + ties["start_year"].astype("str")).where(ties["start_year"].notna(), ", year unknown")
    start = start.where(ties["start_basis"].ne("inferred"), start + " (inferred)")
    until = ties["status"] + (" " + ties["end_year"].astype("str")).where(ties["end_year"].notna(), "")
    status = (", " + until).where(ties["status"] != "active", "")
    doubt = ties["place"].map({"certain": "", "uncertain": "; place uncertain"})
    sources = _counted(ties["evidence"], "source")
    return list(ends + "\n" + ties["kind"].map(_KIND) + start + status + "; " + sources + doubt)


def city_words(cities: pd.DataFrame, countries: pd.DataFrame) -> list[str]:
    """For each city of a selection: name, country, and its ties and networks in the view."""
    ties, networks = _counted(cities["ties_shown"], "tie"), _counted(cities["memberships_shown"], "network")
    return list(_placed(cities, countries) + "\n" + ties + ", " + networks + " in this view")


def member_words(cities: pd.DataFrame, countries: pd.DataFrame) -> list[str]:
    """For each member city, with `networks`, `joined`, `left`, `stays` and `undated`: name, country, since when."""
    since = (", since " + cities["joined"].astype("str")).mask(cities["joined"].isna(), ", year unknown")
    since = since.mask(cities["networks"] > 1, "")
    until = (", left " + cities["left"].astype("str")).mask(cities["stays"] | cities["left"].isna(), "")
    return list(_placed(cities, countries) + "\n" + _counted(cities["networks"], "network") + since + until)


def flow_words(flows: pd.DataFrame, countries: pd.DataFrame) -> list[str]:
    """For each flow: both countries, its ties and how many have a year."""
    name = countries.set_index("iso3")["name"]
    ends = name.loc[flows["country_a"]].to_numpy() + " – " + name.loc[flows["country_b"]].to_numpy()
    return list(ends + "\n" + _counted(flows["ties"], "tie") + ", " + flows["dated"].astype("str") + " of known year")


def country_words(countries: pd.DataFrame) -> list[str]:
    """For each country of `data.flows.countries`: name, ties and partner countries in the view."""
    partners = countries["partners"].astype("str") + " other countries"
    return list(countries["name"] + "\n" + _counted(countries["ties"], "tie") + " with " + partners)


def _placed(cities: pd.DataFrame, countries: pd.DataFrame) -> pd.Series:
    names: pd.Series = cities["name"] + ", " + cities["country"].map(countries.set_index("iso3")["name"])
    return names


def _counted(counts: pd.Series, what: str) -> pd.Series:
    words: pd.Series = counts.map("{:,}".format) + f" {what}" + (counts != 1).map({True: "s", False: ""})
    return words
