"""All that the Atlas says of one city: its ties and networks, and sentences of which each number is counted once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from data import peers, select
from data.headline import label
from data.load import Dataset
from data.phrases import counted, listing, share, verb
from data.roster import INCOMPLETE
from data.view import View
from data.words import THEME_OF

STANDS = ("active",)
_PAST = {"suspended": "suspended", "ended": "ended", "delisted": "no longer on the lists"}
_UNMEASURED = "No tie that is not thinly attested, so its reach cannot be measured."


@dataclass(frozen=True, eq=False)
class Dossier:
    """One city in a view.

    `ties`: the columns of the table of ties and partner (city id), name, country, region, continent of it; the oldest
    first, those of unknown year last. `memberships`: the columns of the table and short_name, full_name, issues,
    coverage, dissolved of the network.
    """

    dataset: Dataset
    view: View
    city: str
    ties: pd.DataFrame
    memberships: pd.DataFrame

    @property
    def name(self) -> str:
        """The name of the city, with its country where there are namesakes."""
        return label(self.dataset, self.city)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The sources of its ties and memberships, most used first: rows of the table of sources, index from 1."""
        used = pd.concat([self.ties["sources"], self.memberships["sources"]]).explode().value_counts()
        order = used.sort_index().sort_values(ascending=False, kind="stable").index
        rows = self.dataset.sources.set_index("source_id").reindex(order).rename_axis("source_id").reset_index()
        return rows.set_index(pd.RangeIndex(1, len(rows) + 1))

    def numbers(self, sources: list[str]) -> str:
        """The numbers of some sources, such as `1, 4`."""
        place = dict(zip(self.sources["source_id"], self.sources.index, strict=True))
        return ", ".join(str(number) for number in sorted(place[source] for source in sources))

    @cached_property
    def sentences(self) -> dict[str, str]:
        """What there is to say, by subject; a subject of which nothing is known says so."""
        return {"Ties": self._ties(), "Partners": self._partners(), "Networks": self._networks(),
                "Global or local": self._reach(), "Coverage": self._coverage()}

    def _ties(self) -> str:
        if self.ties.empty:
            return f"{self.name} has no tie in this view."
        stands = int(self.ties["status"].isin(STANDS).sum())
        past = [f"{count:,} {words}" for status, words in _PAST.items()
                if (count := int((self.ties["status"] == status).sum()))]
        told = (f"{counted(len(self.ties))} with {counted(self.ties['partner'].nunique(), 'city')} in "
                f"{counted(self.ties['country'].nunique(), 'country')}; {stands:,} {verb(stands)} in force")
        told += f", {listing(past)}" if past else ""
        dated = self.ties[self.ties["start_year"].notna()]
        if dated.empty:
            return f"{told}. No year of signing is known."
        first, last = dated.iloc[0], dated.iloc[-1]
        newest = "" if len(dated) == 1 else f", the newest {last['name']}, {last['start_year']}"
        return f"{told}. The oldest of known year is {first['name']}, {first['start_year']}{newest}."

    def _partners(self) -> str:
        if self.ties.empty:
            return "No partner in this view."
        regions = self.ties["region"].value_counts()
        top = [f"{region} ({count:,})" for region, count in regions.head(3).items() if count > 1 or len(regions) < 4]
        countries = self.ties["country"].value_counts()
        most = [f"{country} ({count:,})" for country, count in countries.head(3).items() if count > 1]
        told = (f"All ties lead to {regions.index[0]}" if len(regions) == 1 else f"Most ties lead to {listing(top)}"
                if top else f"Each of its ties leads to another of {len(regions)} regions")
        return f"{told}; by country most to {listing(most)}." if most else f"{told}."

    def _networks(self) -> str:
        rows = self.memberships[self.memberships["status"] == "listed"]
        alive, gone = rows[rows["dissolved"].isna()], len(self.memberships) - len(rows[rows["dissolved"].isna()])
        if self.memberships.empty:
            return f"{self.name} is on no list of a network that the Atlas has in this view."
        themes = alive["issues"].map(lambda cell: THEME_OF[cell[0]]).value_counts()
        told = f"In {counted(len(alive), 'network')} that {'goes' if len(alive) == 1 else 'go'} on"
        if len(themes):
            told += f", most on {themes.index[0]} ({themes.iloc[0]:,})"
        known = int(rows["joined"].notna().sum())
        told += f"; the year of joining is known for {known:,} of {len(rows):,}"
        return told + (f"; {counted(gone, 'membership')} {verb(gone)} past." if gone else ".")

    def _reach(self) -> str:
        rows = peers.against(self.dataset, self.city).set_index(["measure", "group"])
        if rows.empty:
            return _UNMEASURED
        groups = rows.index.get_level_values("group").unique()
        group = next((name for name in groups if name == "cities of similar size"), groups[0])
        abroad, far, distance = (rows.loc[(measure, group)] for measure in ("abroad", "far", "median_km"))
        if pd.isna(abroad["value"]):
            return _UNMEASURED
        told = (f"{share(round(1000 * abroad['value']), 1000)} of its recorded ties are abroad (lists seldom record "
                f"those at home) and {share(round(1000 * far['value']), 1000)} reach another continent")
        if pd.isna(distance["value"]):
            return f"{told}."
        return (f"{told}; the median tie abroad spans {distance['value']:,.0f} km, more than "
                f"{share(round(1000 * distance['below']), 1000)} of {int(distance['peers']):,} {group}, whose median "
                f"is {distance['median']:,.0f} km.")

    def _coverage(self) -> str:
        undated, single = int(self.ties["start_year"].isna().sum()), int((self.ties["evidence"] == 1).sum())
        unstated = int((self.ties["issues"].map(len) == 0).sum())
        unsure = int((self.ties["place"] == "uncertain").sum())
        partial = int(self.memberships["coverage"].isin(INCOMPLETE).sum())
        told = [f"Of {counted(len(self.ties))}, without a known year: {undated:,}, without a stated issue area: "
                f"{unstated:,}, on one source only: {single:,}"] if len(self.ties) else []
        told += [f"to a place that may be a namesake’s: {unsure:,}"] if unsure else []
        told += [f"Of {counted(len(self.memberships), 'membership')}, on an incomplete list: {partial:,}"
                 ] if len(self.memberships) else []
        return f"{'. '.join(told)}." if told else "The Atlas has no tie and no membership of it in this view."


def dossier(dataset: Dataset, view: View) -> Dossier:
    """The dossier of the first city of a view; its other places and its networks do not matter.

    Raises:
        ValueError: the view names no city.
    """
    if not view.cities:
        raise ValueError("city: must name a city, but the view has none")
    city = view.cities[0]
    own = view.replace(cities=(city,), regions=(), countries=(), networks=(), room=())
    ties = select.ties(dataset, own)
    partner = ties["city_b"].where(ties["city_a"] == city, ties["city_a"])
    of = dataset.cities_by_id.loc[partner]
    country = dataset.country_names
    ties = ties.assign(partner=partner, name=of["name"].to_numpy(), country=of["country"].map(country).to_numpy(),
                       region=of["region"].to_numpy(), continent=of["continent"].to_numpy())
    members = select.memberships(dataset, own)
    facts = dataset.networks.set_index("network_id").loc[members["network_id"]]
    members = members.assign(short_name=facts["short_name"].to_numpy(), full_name=facts["name"].to_numpy(),
                             issues=facts["issues"].to_numpy(), coverage=facts["coverage"].to_numpy(),
                             dissolved=facts["dissolved"].to_numpy())
    return Dossier(dataset, own, city, ties.sort_values(["start_year", "name"], na_position="last"),
                   members.sort_values(["joined", "short_name"], na_position="last"))
