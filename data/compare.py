"""Two to four cities side by side: partners, networks, years and issue areas, what they share and what only one has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd

from data import select
from data.codes import encode, first_theme
from data.headline import label
from data.load import Dataset
from data.phrases import counted, listing, share, verb
from data.roster import roster
from data.search import labels
from data.view import View
from data.years import GROUPS

MOST = 4


@dataclass(frozen=True, eq=False)
class Comparison:
    """Some cities side by side, in a view.

    `names` gives the label of each city by its code. `ties` has a row for a city and a tie of its: the columns of the
    table of ties, `city`, `partner`, of the partner `name`, `country` (its name) and `continent`, whether this is the
    city's `own` continent, and `mark`, the years in words; a tie between two of the cities stands there twice.
    `members` has a row for a city and a network that it is in: the columns of memberships, `city`, `network` (its
    name) and `mark`. Both have `theme`, a place in GROUPS. `left_out` counts the ties of a city that the view leaves
    out.
    """

    names: dict[str, str]
    ties: pd.DataFrame
    members: pd.DataFrame
    left_out: dict[str, int]

    @cached_property
    def partners(self) -> pd.DataFrame:
        """A row a partner city, by code, a column a city: the years of their ties, empty where there is none."""
        return _beside(self.ties, "partner", list(self.names))

    @cached_property
    def networks(self) -> pd.DataFrame:
        """A row a network, by code, a column a city: its year of joining, empty where it is no member."""
        return _beside(self.members, "network_id", list(self.names))


def compare(dataset: Dataset, view: View) -> Comparison:
    """The first MOST cities of a view side by side; `regions` and `countries` of the view are about ends of ties."""
    some = view.replace(cities=view.cities[:MOST])
    ties = select.ties(dataset, some)
    sides = pd.concat([_side(ties, city) for city in some.cities], ignore_index=True)
    codes, members = encode(dataset), roster(dataset, some.replace(regions=(), countries=())).rows
    ends = codes.city.get_indexer(pd.Index(some.cities))
    every = [int(((codes.tie_a == end) | (codes.tie_b == end)).sum()) for end in ends]
    out = {city: all_ - int((sides["city"] == city).sum()) for city, all_ in zip(some.cities, every, strict=True)}
    return Comparison(_names(dataset, some.cities), _placed(dataset, sides), _named(dataset, members), out)


def _names(dataset: Dataset, cities: tuple[str, ...]) -> dict[str, str]:
    """Short labels, or the long ones where two of the short are the same."""
    short = {city: label(dataset, city) for city in cities}
    return short if len(set(short.values())) == len(short) else {city: labels(dataset)[city] for city in cities}


def _side(ties: pd.DataFrame, city: str) -> pd.DataFrame:
    """The ties of a city, seen from there."""
    own = ties[(ties["city_a"] == city) | (ties["city_b"] == city)]
    return own.assign(city=city, partner=own["city_a"].where(own["city_b"] == city, own["city_b"]))


def _placed(dataset: Dataset, sides: pd.DataFrame) -> pd.DataFrame:
    place, codes = pd.DataFrame(dataset.cities[["name", "country", "continent"]]), encode(dataset)
    far, near = (place.iloc[codes.city.get_indexer(pd.Index(sides[end]))] for end in ("partner", "city"))
    own, country = near["continent"].to_numpy() == far["continent"], dataset.country_names
    return sides.assign(
        name=far["name"].to_numpy(), country=far["country"].map(country).to_numpy(), own=own.to_numpy(),
        continent=far["continent"].to_numpy(), theme=first_theme(sides["issues"]) % len(GROUPS),
        mark=_when(sides["start_year"], sides["start_basis"]) + _fate(sides["status"], sides["end_year"], "active"))


def _named(dataset: Dataset, members: pd.DataFrame) -> pd.DataFrame:
    facts = dataset.networks.set_index("network_id").loc[members["network_id"]]
    ended = (" (ended " + facts["dissolved"].astype("str") + ")").where(facts["dissolved"].notna(), "")
    return members.assign(
        city=members["city_id"], network=(facts["short_name"] + ended).to_numpy(),
        theme=first_theme(facts["issues"]) % len(GROUPS),
        mark=_when(members["joined"], members["joined_basis"]) + _fate(members["status"], members["left"], "listed"))


def _when(year: pd.Series, basis: pd.Series) -> pd.Series:
    """A year with how it is known, where it is not stated by all."""
    known = basis.map({"inferred": " (inferred)", "conflicting": " (sources differ)", "upper bound": " or before"})
    return (year.astype("str") + known.fillna("")).where(year.notna(), "undated").astype("str")


def _fate(status: pd.Series, end: pd.Series, standing: str) -> pd.Series:
    """What became of it, where it does not stand."""
    until = (" " + end.astype("str")).where(end.notna(), "")
    return (", " + status + until).where(status != standing, "").astype("str")


def _beside(rows: pd.DataFrame, key: str, cities: list[str]) -> pd.DataFrame:
    """Marks by `key` and city, several in one cell with a semicolon; what most of the cities have on top."""
    joined = rows.sort_values("mark").groupby([key, "city"])["mark"].agg("; ".join)
    cells = joined.unstack("city", fill_value="").reindex(columns=cities, fill_value="").astype("str")
    return cells.loc[(cells != "").sum(axis=1).sort_values(ascending=False, kind="stable").index]


def figures(shown: Comparison) -> pd.DataFrame:
    """A row a city, by code, with its numbers; what cannot be known, for want of a partner, is NaN.

    Columns ties, dated (ties of known year), partners, countries, own (share of the partner cities on its own
    continent, 0 to 1), distance (median to a partner city, km), networks.
    """
    one = shown.ties.drop_duplicates(["city", "partner"]).groupby("city")
    ties = shown.ties.groupby("city")
    rows = pd.DataFrame({
        "ties": ties.size(), "dated": ties["start_year"].count(), "partners": one.size(),
        "countries": one["country"].nunique(), "own": one["own"].mean(), "distance": one["distance_km"].median(),
        "networks": shown.members.groupby("city").size()}, index=pd.Index(shown.names))
    counts = ["ties", "dated", "partners", "countries", "networks"]
    return rows.assign(**rows[counts].fillna(0).astype("int64"))


def profile(shown: Comparison) -> pd.DataFrame:
    """A row a city and one of GROUPS: its `networks` of that theme (by first issue area), their `share`, and `ties`.

    `share` is of the city's networks, 0 to 1, NaN where it has none.
    """
    cells = pd.MultiIndex.from_product([shown.names, range(len(GROUPS))], names=["city", "theme"])
    rows = pd.DataFrame({what: table.groupby(["city", "theme"]).size().reindex(cells, fill_value=0)
                         for what, table in (("networks", shown.members), ("ties", shown.ties))}).reset_index()
    total = rows.groupby("city")["networks"].transform("sum")
    return rows.assign(theme=rows["theme"].map(GROUPS.__getitem__),
                       share=(rows["networks"] / total).where(total > 0, np.nan))


def finding(shown: Comparison) -> str:
    """What the cities share, and what tells them apart, in one sentence."""
    return (f"{listing(list(shown.names.values()), MOST)} share {_shared(shown, *shown.names)}; "
            f"{_closest(shown) or _difference(shown)}")


def _shared(shown: Comparison, *cities: str) -> str:
    """How many partner cities and networks all of some cities have."""
    partners, networks = (len(_common(cells[list(cities)])) for cells in (shown.partners, shown.networks))
    return (f"{counted(partners, 'partner city') if partners else 'no partner city'} and "
            f"{counted(networks, 'network') if networks else 'no network'}")


def _common(cells: pd.DataFrame) -> pd.Index:
    return cells.index[(cells != "").all(axis=1)]


def _closest(shown: Comparison) -> str:
    """Of three cities or more, the two that share most, if any do; of two nothing."""
    pairs = {pair: sum(len(_common(cells[list(pair)])) for cells in (shown.partners, shown.networks))
             for pair in combinations(shown.names, 2)}
    a, b = max(pairs, key=pairs.__getitem__)
    if len(pairs) == 1 or not pairs[a, b]:
        return ""
    return f"no two share more than {shown.names[a]} and {shown.names[b]}, {_shared(shown, a, b)}"


def _difference(shown: Comparison) -> str:
    """Who has no tie; or else which continents only one of them reaches; or else who has most partners."""
    one = shown.ties.drop_duplicates(["city", "partner"])
    cells = one.groupby(["continent", "city"]).size().unstack().reindex(columns=list(shown.names)).fillna(0)
    total = cells.sum().astype(int).sort_values(ascending=False, kind="stable")
    order = total.index.map(shown.names).tolist()
    if without := order[int((total > 0).sum()):]:
        return f"{listing(without, MOST)} {'has' if len(without) == 1 else 'have'} no tie in this view"
    alone = cells[(cells > 0).sum(axis=1) == 1]
    if len(alone):
        city = str(alone.max().idxmax())
        return f"only {shown.names[city]} is tied with {listing(alone.index[alone[city] > 0].tolist())}"
    if total.iloc[0] == total.iloc[-1]:
        return f"each has {counted(total.iloc[0], 'partner city')}"
    return f"{order[0]} has the most partner cities, {total.iloc[0]:,}, and {order[-1]} the fewest, {total.iloc[-1]:,}"


def of_partners(dataset: Dataset, shown: Comparison) -> str:
    """Which partners all of them have, how many each has alone, and which of them are tied with each other."""
    cells = shown.partners.reindex(list(shown.names)).fillna("")
    pairs = [f"{shown.names[a]} with {shown.names[b]}, {cells.at[b, a]!s}"
             for a, b in combinations(shown.names, 2) if cells.at[b, a]]
    common = [label(dataset, city) for city in _common(shown.partners)]
    told = f"Partners of all: {listing(common, 8)}." if common else "No city is a partner of all."
    between = f" Tied with each other: {'; '.join(pairs)}." if pairs else ""
    return f"{told} Partners of just one of them: {_alone(shown, shown.partners)}.{between}"


def of_networks(shown: Comparison) -> str:
    """Which networks all of the cities are in, and how many each is in alone."""
    name = shown.members.drop_duplicates("network_id").set_index("network_id")["network"]
    common = name.loc[_common(shown.networks)].tolist()
    told = f"All are in {listing(common, 8)}." if common else "No network has them all."
    return f"{told} Networks of just one of them: {_alone(shown, shown.networks)}."


def _alone(shown: Comparison, cells: pd.DataFrame) -> str:
    lone = (cells[(cells != "").sum(axis=1) == 1] != "").sum()
    return listing([f"{lone[city]:,} of {name}" for city, name in shown.names.items()], MOST)


def of_years(shown: Comparison) -> str:
    """In which decade each of the cities signed most."""
    return "; ".join(_busiest(name, shown.ties[shown.ties["city"] == city]) for city, name in shown.names.items()) + "."


def _busiest(name: str, ties: pd.DataFrame) -> str:
    known = ties["start_year"].dropna().astype("int64")
    if known.empty:
        return f"{name}: {'no tie' if ties.empty else 'no year of signing known'}"
    decades = (known // 10 * 10).value_counts().sort_index()
    most = [f"{decade}s" for decade in decades.index[decades == decades.max()]]
    count = f"{decades.max()}{' each' * (len(most) > 1)}"
    return f"{name} signed most in the {listing(most)}, {count} of {counted(len(known))} of known year"


def of_issues(shown: Comparison) -> str:
    """The commonest theme of each city's networks, and how many of its ties state an issue area at all."""
    rows, told, few = profile(shown), [], []
    for city, name in shown.names.items():
        own = rows[rows["city"] == city]
        most, all_ = int(own["networks"].max()), int(own["networks"].sum())
        top = own.loc[own["networks"] == most, "theme"].tolist()
        told += [f"{name} {listing(top, 7)} ({share(most, all_)}{' each' * (len(top) > 1)})"] if most else []
        ties = shown.ties.loc[shown.ties["city"] == city, "issues"].map(len)
        few.append(f"{(ties > 0).sum():,} of {len(ties):,} of {name}")
    return (f"The commonest theme of networks: {'; '.join(told) or 'none'}. "
            f"Ties that state an issue area: {listing(few, MOST)}.")


def accounts(shown: Comparison) -> list[str]:
    """For each city what is unknown of its ties and memberships, and how many ties the view leaves out."""
    told = []
    for city, name in shown.names.items():
        ties, members = (rows[rows["city"] == city] for rows in (shown.ties, shown.members))
        undated, late, out = ties["start_year"].isna().sum(), members["joined"].isna().sum(), shown.left_out[city]
        told.append(f"{name}: no known year for {undated:,} of {counted(len(ties))} and {late:,} of "
                    f"{counted(len(members), 'membership')}"
                    + (f"; {counted(out, 'more tie')} {verb(out)} left out by this view." if out else "."))
    return told
