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


def city_words(cities: pd.DataFrame) -> list[str]:
    """For each city of a selection: name, country, and its ties and networks in the view."""
    ties, networks = _counted(cities["ties_shown"], "tie"), _counted(cities["memberships_shown"], "network")
    return list(cities["name"] + ", " + cities["country"] + "\n" + ties + ", " + networks + " in this view")


def _counted(counts: pd.Series, what: str) -> pd.Series:
    words: pd.Series = counts.astype("str") + f" {what}" + (counts != 1).map({True: "s", False: ""})
    return words
