"""City ties and the divides of nations through time: distance at signing, the Cold War line, and ends of ties."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.nations import FAR, FIRST, NEWEST, nations, standing
from data.relations import expected_apart
from data.roster import everywhere, roster
from data.select import tie_sieve
from data.view import View

WALL, SINCE = 1989, 1990
_SIDES = ("NATO", "Warsaw Pact")


def at_signing(dataset: Dataset, view: View) -> pd.DataFrame:
    """The UN distance of the two nations in the year in which their cities signed, by decade.

    Returns:
        One row a decade: columns decade (its first year), ties (of known year, both nations with data), unknown (of
        known year, without), distance (their mean UN distance in the year of signing), chance (the mean in the decade's
        middle year if its ties were paired at random; see `data.relations.expected_apart`) and all (the mean of all
        pairs of nations in that year).
    """
    rows = _dated(dataset, view)
    rows = rows[rows["year"].between(FIRST, NEWEST)]
    rows = rows.assign(decade=rows["year"] // 10 * 10, distance=np.nan)
    for year, of in rows.groupby("year").groups.items():
        rows.loc[of, "distance"] = nations(dataset, int(str(year)))[1][rows.loc[of, "a"], rows.loc[of, "b"]]
    found = []
    for decade in sorted(set(rows["decade"])):
        of = rows[rows["decade"] == decade]
        middle = nations(dataset, min(max(decade + 5, FIRST), NEWEST))[1]
        known = of[of["distance"].notna()]
        totals = np.bincount(np.concatenate([known["a"], known["b"]]), minlength=len(middle))
        weight = np.triu(expected_apart(totals), 1)
        weight[np.isnan(middle)] = 0
        chance = np.average(np.nan_to_num(middle), weights=weight) if weight.any() else np.nan
        found.append((decade, len(known), len(of) - len(known), known["distance"].mean(), chance,
                      np.nanmean(middle[np.triu_indices(len(middle), 1)])))
    return pd.DataFrame(found, columns=["decade", "ties", "unknown", "distance", "chance", "all"])


def across_the_wall(dataset: Dataset, view: View) -> pd.DataFrame:
    """The ties signed up to WALL between a nation of NATO and one of the Warsaw Pact in the year of signing.

    Returns:
        The columns of the table of ties, the oldest first.
    """
    rows = _dated(dataset, view)
    rows = rows[rows["year"] <= WALL]
    one, other = (_members(dataset, side, rows) for side in _SIDES)
    across = (one[0] & other[1]) | (one[1] & other[0])
    found: pd.DataFrame = dataset.ties.loc[rows.index[across]].sort_values(["start_year", "tie_id"])
    return found


def endings(dataset: Dataset, view: View) -> pd.DataFrame:
    """Ties that were ended or suspended, by year since SINCE and whether a city of the most concerned country is in it.

    Returns:
        Columns year, country (ISO 3166-1 alpha-3 of the country that most of the ties ended in the year touch), ties
        (ended or suspended in the year), touching (those of that country).
    """
    codes = encode(dataset)
    drawn = tie_sieve(dataset, view.replace(domestic=False, from_year=None, to_year=None)).drawn
    over = drawn & dataset.ties["status"].isin(["ended", "suspended"]).to_numpy(bool)
    years = dataset.ties["end_year"].fillna(0).to_numpy(int)
    found = []
    for year in range(SINCE, NEWEST + 3):
        of = over & (years == year)
        ends = np.bincount(np.concatenate([codes.country[codes.tie_a[of]], codes.country[codes.tie_b[of]]]),
                           minlength=len(codes.iso3))
        if of.any():
            found.append((year, codes.iso3[int(ends.argmax())], int(of.sum()), int(ends.max())))
    return pd.DataFrame(found, columns=["year", "country", "ties", "touching"])


def outlived(dataset: Dataset, view: View, country: str, bloc: str) -> dict[str, int]:
    """What became of the ties between cities of a country and cities of a bloc's members of today: status -> ties."""
    codes = encode(dataset)
    drawn = tie_sieve(dataset, view.replace(domestic=False, from_year=None, to_year=None)).drawn
    spells = dataset.table("blocs")
    today = spells[(spells["bloc"] == bloc) & spells["left"].isna()]["iso3"]
    member, here = np.isin(codes.iso3, today), codes.iso3 == country
    a, b = codes.country[codes.tie_a], codes.country[codes.tie_b]
    of = drawn & ((here[a] & member[b]) | (here[b] & member[a]))
    return {str(status): int(count) for status, count in dataset.ties.loc[of, "status"].value_counts().items()}


def _dated(dataset: Dataset, view: View) -> pd.DataFrame:
    """Year and countries of both ends of the view's ties of known year that cross a border; index of the ties."""
    codes = encode(dataset)
    dated = np.flatnonzero(tie_sieve(dataset, view.replace(domestic=False)).drawn & ~codes.ties.undated)
    return pd.DataFrame({"year": codes.ties.start[dated].astype(int), "a": codes.country[codes.tie_a[dated]],
                         "b": codes.country[codes.tie_b[dated]]}, index=dataset.ties.index[dated])


def _members(dataset: Dataset, bloc: str, rows: pd.DataFrame) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whether each end of the rows was in the bloc in their year."""
    spells, codes = dataset.table("blocs"), encode(dataset)
    inside = [np.zeros(len(rows), bool), np.zeros(len(rows), bool)]
    of = spells[spells["bloc"] == bloc]
    first, last = of["joined"].fillna(0).to_numpy(int), of["left"].fillna(9_999).to_numpy(int)
    for country, since, until in zip(codes.iso3.get_indexer(pd.Index(of["iso3"])), first, last, strict=True):
        then = rows["year"].between(since, until).to_numpy(bool)
        for number, end in enumerate("ab"):
            inside[number] |= then & (rows[end] == country).to_numpy(bool)
    return inside[0], inside[1]


def bridges(dataset: Dataset, view: View) -> pd.DataFrame:
    """The cities with most ties across a divide.

    Returns:
        Columns city_id, far (ties with cities of nations that are far apart), known (ties of nations with data), share
        (far / known), countries (of the far partners), most far ties first.
    """
    codes, drawn = encode(dataset), tie_sieve(dataset, view.replace(domestic=False)).drawn
    a, b = codes.tie_a[drawn], codes.tie_b[drawn]
    kinds = standing(dataset, view)[codes.country[a], codes.country[b]]
    known = kinds >= 0
    rows = pd.DataFrame({"city": np.concatenate([a[known], b[known]]), "far": np.tile(kinds[known] == FAR, 2),
                         "country": np.concatenate([codes.country[b[known]], codes.country[a[known]]])})
    counts = rows.groupby("city")["far"].agg(far="sum", known="size")
    counts["countries"] = rows[rows["far"]].groupby("city")["country"].nunique()
    counts = counts[counts["far"] > 0].assign(share=lambda some: some["far"] / some["known"])
    counts.insert(0, "city_id", codes.city[counts.index])
    found: pd.DataFrame = counts.sort_values(["far", "share", "city_id"], ascending=[False, False, True],
                                             ignore_index=True)
    return found


def network_bridges(dataset: Dataset, view: View) -> pd.DataFrame:
    """The networks whose members come from nations that are far apart.

    Returns:
        Columns network_id, countries (of its members), far (pairs of these countries that are far apart), known (pairs
        with data), share (far / known), most far pairs first.
    """
    members, kinds, codes = roster(dataset, everywhere(view)), standing(dataset, view), encode(dataset)
    rows = []
    for number, network in enumerate(members.networks["network_id"]):
        countries = np.unique(codes.country[members.inside[:, [number]].nonzero()[0]])
        pairs = kinds[np.ix_(countries, countries)][np.triu_indices(len(countries), 1)]
        known = int((pairs >= 0).sum())
        if known:
            rows.append((network, len(countries), int((pairs == FAR).sum()), known))
    found = pd.DataFrame(rows, columns=["network_id", "countries", "far", "known"])
    found = found.assign(share=found["far"] / found["known"])
    return found.sort_values(["far", "share", "network_id"], ascending=[False, False, True], ignore_index=True)
