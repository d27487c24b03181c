"""Two cities and those around them: partners they share, and the ties between their ego networks."""

from __future__ import annotations

import pandas as pd

from data.headline import label
from data.load import Dataset
from data.select import ties
from data.view import View


def shared(dataset: Dataset, view: View) -> set[str]:
    """The partners that the two cities of the view have in common."""
    first, second = (_partners(dataset, view, city) for city in view.cities)
    return first & second


def ties_between(dataset: Dataset, view: View) -> pd.DataFrame:
    """The ties that join the ego network of the first city of the view to that of the second.

    One end is the first city or a partner of it, the other the second city or a partner of it; rows of the table of
    ties, in the period, kinds and switches of the view.
    """
    first, second = ({city} | _partners(dataset, view, city) for city in view.cities)
    rows = ties(dataset, view.replace(cities=()))
    a, b = rows["city_a"], rows["city_b"]
    return rows[(a.isin(first) & b.isin(second)) | (a.isin(second) & b.isin(first))]


def words(dataset: Dataset, view: View) -> str:
    """What joins the two cities of the view, in one sentence."""
    one, other = (label(dataset, city) for city in view.cities)
    own = ties(dataset, view)
    direct = int((own["city_a"].isin(view.cities) & own["city_b"].isin(view.cities)).sum())
    links = "are tied to each other" if direct else "have no tie of their own"
    common, joined = len(shared(dataset, view)), len(ties_between(dataset, view))
    return (f"{one} and {other} {links} and share {common:,} {'partner' if common == 1 else 'partners'}; "
            f"{joined:,} {'tie joins' if joined == 1 else 'ties join'} their neighbourhoods.")


def _partners(dataset: Dataset, view: View, city: str) -> set[str]:
    rows = ties(dataset, view.replace(cities=(city,)))
    return (set(rows["city_a"]) | set(rows["city_b"])) - {city}
