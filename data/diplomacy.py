"""National and city diplomacy side by side: two countries through time, and one country beside all others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import select
from data.flows import flows
from data.headline import WITH_ARTICLE
from data.load import Dataset
from data.model import LAST_YEAR
from data.phrases import counted
from data.view import View

FIRST, RECENT, ATOP_ENDS = 1946, 2000, 2018
EXAMPLES = (("CHN", "USA"), ("DEU", "RUS"), ("JPN", "KOR"), ("IND", "PAK"), ("ISR", "JOR"), ("CUB", "USA"))
STANDINGS = {"allied": "a defence alliance", "bloc": "a shared bloc, no alliance", "neither": "neither",
             "unknown": "no data"}
BLOC_NAMES = {
    "APEC": "Asia-Pacific Economic Cooperation", "ASEAN": "Association of Southeast Asian Nations",
    "AU": "African Union", "CARICOM": "Caribbean Community", "CIS": "Commonwealth of Independent States",
    "CSTO": "Collective Security Treaty Organization", "Commonwealth": "Commonwealth of Nations",
    "EAC": "East African Community", "ECOWAS": "Economic Community of West African States",
    "EFTA": "European Free Trade Association", "EU": "European Union", "GCC": "Gulf Cooperation Council",
    "NAM": "Non-Aligned Movement", "NATO": "North Atlantic Treaty Organization",
    "OAS": "Organization of American States", "OECD": "Organisation for Economic Co-operation and Development",
    "OIC": "Organisation of Islamic Cooperation", "OPEC": "Organization of the Petroleum Exporting Countries",
    "PIF": "Pacific Islands Forum", "SAARC": "South Asian Association for Regional Cooperation",
    "SADC": "Southern African Development Community", "SCO": "Shanghai Cooperation Organisation",
    "SICA": "Central American Integration System"}
LIMITS = ("The UN distance is that of ideal points estimated from votes in the General Assembly; a vote is not "
          "friendship, and a territory without a UN seat has no data, never zero. Defence alliances are those of ATOP, "
          f"which ends in {ATOP_ENDS}: later years are carried forward with the changes of NATO and CSTO.")


@dataclass(frozen=True, eq=False)
class Pair:
    """Two countries, `names` as in a sentence.

    `ties` are the ties of the view between their cities, as `data.select.ties` gives them. `years` has a row for each
    year from FIRST to this one, its index, and the columns signed (ties begun in it), in_force (ties of known year
    alive at some time in it), un_distance and allied (both missing where there is no data). `others` are the UN
    distances of all other pairs of nations in the last year that has one of these two, shape (pairs - 1,). `newest` is
    the last year of the table.
    """

    names: tuple[str, str]
    ties: pd.DataFrame
    years: pd.DataFrame
    others: npt.NDArray[Any]
    newest: int


@dataclass(frozen=True, eq=False)
class Nation:
    """One country beside all others, `name` as in a sentence.

    `blocs` are those it is in today, other than the UN: columns bloc, name, joined, note. `others` has a row for each
    other country, most ties first: iso3, name, ties (of its cities, in the view), allied (missing: no data), blocs
    (shared ones other than the UN, in words), un_distance (missing: no data), standing (the first key of STANDINGS that
    holds); all of the year `newest`.
    """

    name: str
    blocs: pd.DataFrame
    others: pd.DataFrame
    newest: int

    @property
    def partners(self) -> pd.DataFrame:
        """The countries in which its cities have ties."""
        return self.others[self.others["ties"] > 0]

    @property
    def allies(self) -> pd.DataFrame:
        """The countries with which it is in a defence alliance."""
        return self.others[self.others["standing"] == "allied"]

    @property
    def of_cities_only(self) -> pd.DataFrame:
        """The countries with ties of its cities, and with neither a defence alliance nor a shared bloc."""
        return self.partners[self.partners["standing"] == "neither"]

    @property
    def of_nation_only(self) -> pd.DataFrame:
        """The allies without a tie of its cities."""
        return self.allies[self.allies["ties"] == 0]


def named(dataset: Dataset, iso3: str) -> str:
    """The name of a country inside a sentence: `the United States`."""
    name = str(dataset.country_names.at[iso3])
    return f"the {name}" if name.startswith(WITH_ARTICLE) else name


def examples(dataset: Dataset) -> list[tuple[str, str]]:
    """The pairs of EXAMPLES that the dataset knows."""
    known = set(dataset.countries["iso3"])
    return [pair for pair in EXAMPLES if known.issuperset(pair)]


def chosen(dataset: Dataset, view: View) -> tuple[str, str]:
    """The first two countries of the view; beside a single one the first by its cities' ties; else an example."""
    if len(view.countries) > 1:
        return view.countries[0], view.countries[1]
    default = examples(dataset)[0]
    if not view.countries:
        return default
    country = view.countries[0]
    tied = _abroad(dataset, view.replace(regions=(), cities=(), networks=(), room=()), country).index.tolist()
    return country, next(code for code in [*tied, *default] if code != country)


@lru_cache(maxsize=16)
def pair(dataset: Dataset, view: View, countries: tuple[str, str]) -> Pair:
    """Two different countries with the ties of the view between them, whatever other places the view names."""
    ties = _between(dataset, view, countries)
    table, (low, high) = dataset.table("country_pairs"), sorted(countries)
    ours = (table["iso3_a"] == low) & (table["iso3_b"] == high)
    nations = table[ours].set_index(table.loc[ours, "year"].astype(int))[["allied", "un_distance"]]
    years = _by_year(ties).join(nations)
    voted = years["un_distance"].last_valid_index()
    others = table.loc[(table["year"] == (voted or 0)) & ~ours, "un_distance"].dropna().to_numpy(float)
    names = named(dataset, countries[0]), named(dataset, countries[1])
    return Pair(names, ties, years, others, int(table["year"].max()))


def _between(dataset: Dataset, view: View, countries: tuple[str, str]) -> pd.DataFrame:
    rows = select.ties(dataset, view.replace(countries=countries, regions=(), cities=(), networks=(), room=()))
    country = dataset.cities_by_id["country"]
    ends = rows["city_a"].map(country), rows["city_b"].map(country)
    return rows[(ends[0] != ends[1]) & ends[0].isin(countries) & ends[1].isin(countries)]


def _by_year(ties: pd.DataFrame) -> pd.DataFrame:
    """The columns signed and in_force of `Pair.years`."""
    years, dated = np.arange(FIRST, LAST_YEAR), ties[ties["start_year"].notna()]
    start = dated["start_year"].to_numpy(int)[:, None]
    end = dated["end_year"].fillna(LAST_YEAR).to_numpy(int)[:, None]
    return pd.DataFrame({"signed": (start == years).sum(axis=0),
                         "in_force": ((start <= years) & (years <= end)).sum(axis=0)}, index=pd.Index(years))


def pair_finding(found: Pair) -> str:
    """What there is between the two countries' cities and between the two nations, in one sentence."""
    total, recent = len(found.ties), int((found.ties["start_year"] >= RECENT).sum())
    since = f", {recent:,} of them known to be signed since {RECENT}" if recent else ""
    held = f"{counted(total, 'city tie')}{since}" if total else "no city tie in this view"
    return opened(f"{' and '.join(found.names)}: {held}; {_votes(found)}; {_alliance(found.years['allied'])}")


def _votes(found: Pair) -> str:
    known = found.years["un_distance"].dropna()
    if known.empty:
        return "no data on their UN votes"
    voted, distance = int(known.index[-1]), float(known.iloc[-1])
    nearer, farther = int((found.others < distance).sum()), int((found.others > distance).sum())
    word, beaten = ("farther", nearer) if nearer >= farther else ("nearer", farther)
    rank = f", {word} than {100 * beaten // len(found.others)} % of pairs" if beaten else ""
    verb, last = ("vote", "") if voted == found.newest else ("voted", ", the last year with data")
    return f"the two {verb} {distance:.2g} apart in the UN General Assembly ({voted}{last}){rank}"


def _alliance(allied: pd.Series) -> str:
    known = allied.dropna().astype(bool)
    if known.empty:
        return "no data on defence alliances"
    if not known.iloc[-1]:
        return f"no defence alliance since {known[known].index[-1] + 1}" if known.any() else "no defence alliance"
    apart = known[~known].index
    if apart.empty:
        return f"in a defence alliance since {known.index[0]}, the first year with data"
    return f"in a defence alliance since {apart[-1] + 1}"


def pair_account(found: Pair) -> str:
    """How much of the ties the picture shows, and what its measures mean."""
    ties, start = found.ties, found.ties["start_year"]
    counts = {"of unknown year, in the list only": int(start.isna().sum()),
              f"signed before {FIRST}, in the line only": int((start < FIRST).sum()),
              "no longer on the newest list and of unknown end, counted as in force":
                  int((start.notna() & (ties["status"] == "delisted")).sum())}
    said = "; ".join(f"{count:,} {words}" for words, count in counts.items() if count)
    return f"Of {counted(len(ties))}: {said}. {LIMITS}" if said else LIMITS


@lru_cache(maxsize=16)
def nation(dataset: Dataset, view: View, country: str) -> Nation:
    """One country, with its cities' ties in the view and its nation's relations in the newest year."""
    table = dataset.table("country_pairs")
    newest = int(table["year"].max())
    rows = table[(table["year"] == newest) & ((table["iso3_a"] == country) | (table["iso3_b"] == country))]
    rows = rows.set_index(rows["iso3_a"].where(rows["iso3_b"] == country, rows["iso3_b"]))
    others = pd.DataFrame(dataset.countries[["iso3", "name"]])[dataset.countries["iso3"] != country]
    others = others.set_index("iso3", drop=False).rename_axis(None)
    blocs, shared = _blocs(dataset, country)
    others["ties"] = _abroad(dataset, view, country).reindex(others.index, fill_value=0)
    others["allied"] = rows["allied"].reindex(others.index).astype("boolean")
    others["blocs"] = shared.reindex(others.index, fill_value="")
    others["un_distance"] = rows["un_distance"].reindex(others.index)
    others["standing"] = np.select([others["allied"].fillna(False).astype(bool), others["blocs"] != "",
                                    others["allied"].isna()], ["allied", "bloc", "unknown"], "neither")
    others = others.sort_values(["ties", "name"], ascending=[False, True], ignore_index=True)
    return Nation(named(dataset, country), blocs, others, newest)


def _abroad(dataset: Dataset, view: View, country: str) -> pd.Series:
    """Ties of the country's cities by the partner's country, most first; none of those within it."""
    rows = flows(dataset, view.replace(countries=(country,)))
    rows = rows[rows["country_a"] != rows["country_b"]]
    partner = rows["country_a"].where(rows["country_b"] == country, rows["country_b"])
    return rows.set_index(partner)["ties"]


def _blocs(dataset: Dataset, country: str) -> tuple[pd.DataFrame, pd.Series]:
    """Its blocs today other than the UN, as in `Nation`; and for each country in some of them these, in words."""
    spells = dataset.table("blocs")
    today = spells[spells["left"].isna() & (spells["bloc"] != "UN")]
    own = today[today["iso3"] == country].sort_values(["joined", "bloc"])
    own = own.assign(name=own["bloc"].map(BLOC_NAMES).fillna(own["bloc"]))[["bloc", "name", "joined", "note"]]
    shared = today[today["bloc"].isin(own["bloc"])].sort_values("bloc").groupby("iso3")["bloc"].agg(", ".join)
    return own.reset_index(drop=True), shared


def country_finding(found: Nation) -> str:
    """In how many countries its cities have ties, and with how many of these the nation has none, in one sentence."""
    partners, apart = len(found.partners), len(found.of_cities_only)
    unknown = int((found.partners["standing"] == "unknown").sum())
    if not partners:
        return f"Cities of {found.name} have no tie abroad in this view"
    told = f"Cities of {found.name} have ties in {counted(partners, 'country')}"
    if unknown == partners:
        return f"{told}; there is no data on alliances and blocs of {found.name} with any of them"
    rest = f"; no data on {unknown:,} of them" if unknown else ""
    if not apart:
        known = " on which there is data" if unknown else ""
        return f"{told}; with each of them{known} {found.name} has a defence alliance or a shared bloc{rest}"
    return f"{told}; with {apart:,} of them {found.name} has neither a defence alliance nor a shared bloc{rest}"


def opened(sentence: str) -> str:
    """The sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]
