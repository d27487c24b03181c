"""What the lists say of where an end of a tie lies: rows that give a point, a Wikidata item or a state."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain

import pandas as pd

from data.build import raw
from data.build.gazetteer import Gazetteer, distance_km, spellings
from data.spelling import fold

POINTS = ("wikidata_2016", "wikidata_2017", "wikidata_2022", "namrb_2023", "enwiki_2014")
SHORTEST_STATE, TRUSTED_KM = 4, 10.0
GEOCODED, FAR_KM, INLAND_KM, SMALL = "enwiki_2026", 60.0, 15.0, 5_000


@dataclass
class Witnesses:
    """Whether a list that knows the place ties it to a partner of that name.

    `partners`: key -> (folded partner name, ISO3 or missing) of the rows that locate the key; `written`: key -> names
    that lists write for it.
    """

    gazetteer: Gazetteer
    partners: dict[str, set[tuple[str, str | None]]]
    written: dict[str, set[str]]
    _forms: dict[str, frozenset[str]] = field(default_factory=dict)

    def confirm(self, key: str, partner: str, country: str) -> bool:
        """Whether a row that locates `key` names the place `partner` (of `country`) as its partner."""
        known = self.partners.get(key)
        if not known:
            return False
        forms = self.forms(partner)
        return any(form in forms and at in (None, country) for form, at in known)

    def forms(self, key: str) -> frozenset[str]:
        """All folded names of a place."""
        if key not in self._forms:
            names = self.written.get(key, set())
            found = set(chain.from_iterable(map(spellings, names)))
            if key in self.gazetteer:
                found |= {*map(fold, self.gazetteer.aliases(key)), *spellings(self.gazetteer.place(key).name)}
            self._forms[key] = frozenset(found)
        return self._forms[key]

    def namesakes(self, key: str, country: str) -> list[str]:
        """Keys of the other places of the country that bear a name by which lists call this one."""
        names = set(self.written.get(key, ()))
        if key in self.gazetteer:
            names.add(self.gazetteer.place(key).name)
        found = dict.fromkeys(chain.from_iterable(self.gazetteer.keys(name, country) for name in sorted(names)))
        return [other for other in found if other != key]


def gather(located: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer) -> Witnesses:
    """The witnesses among the located rows of the lists (raw.locate), for the places seen (columns key, name)."""
    rows = _with_states(located, gazetteer)
    partners: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for side, other in (raw.SIDES, raw.SIDES[::-1]):
        sure = (rows["source"].isin(POINTS) & rows[f"basis_{side}"].eq("point")) | rows[f"basis_{side}"].eq("state")
        said = rows.loc[sure, [f"key_{side}", f"name_{other}", f"country_{other}"]].dropna(subset=f"name_{other}")
        for key, name, country in said.drop_duplicates().itertuples(index=False, name=None):
            for form in spellings(name)[:2]:
                partners[key].add((form, country if isinstance(country, str) else None))
    return Witnesses(gazetteer, dict(partners), _written(rows, places))


def _written(rows: pd.DataFrame, places: pd.DataFrame) -> dict[str, set[str]]:
    seen = [rows[[f"key_{side}", f"name_{side}"]].set_axis(["key", "name"], axis=1) for side in raw.SIDES]
    names = pd.concat([*seen, places[["key", "name"]]]).dropna().drop_duplicates()
    return {str(key): set(found) for key, found in names.groupby("key")["name"]}


def _with_states(located: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The rows, with partners that have a state but no country placed where only one country has such a place."""
    states: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (country, form), code in gazetteer.states.items():
        if len(form) >= SHORTEST_STATE:
            states[form].append((country, code))
    open_ends = located["state_b"].notna() & located["country_b"].isna() & located["name_b"].notna()
    found = {}
    ends = located.loc[open_ends, ["name_b", "state_b"]].drop_duplicates()
    for name, state in ends.itertuples(index=False, name=None):
        keys = [gazetteer.find(name, country, code) for country, code in states.get(fold(state), ())]
        known = [key for key in keys if key]
        if len(known) == 1:
            found[name, state] = known[0]
    keys_b = pd.Series([found.get(pair) for pair in zip(located["name_b"], located["state_b"], strict=True)],
                       index=located.index, dtype="object")
    placed = open_ends & keys_b.notna()
    return located.assign(key_b=located["key_b"].mask(placed, keys_b), basis_b=located["basis_b"].mask(placed, "state"))


def trusted(located: pd.DataFrame, named: pd.DataFrame) -> set[str]:
    """Keys outside GeoNames whose point is Wikidata's or a register's: `W<item>`, or a row of such a list beside it.

    `located`: raw.locate(); `named`: index key; name, country, latitude, longitude (degrees).
    """
    outside = named[~named.index.str.startswith("G")]
    sure = located[located["source"].isin(POINTS)]
    rows = [sure[[f"name_{side}", f"country_{side}", f"latitude_{side}", f"longitude_{side}"]] for side in raw.SIDES]
    points = pd.concat([row.set_axis(["name", "country", "lat", "lon"], axis=1) for row in rows])
    points = points.dropna().drop_duplicates()
    points["form"] = points["name"].map(fold)
    wanted = outside.reset_index().assign(form=outside["name"].map(fold).to_numpy())
    near = wanted.merge(points, on=["form", "country"])
    away = distance_km(near["latitude"].to_numpy(), near["longitude"].to_numpy(), near["lat"].to_numpy(),
                       near["lon"].to_numpy())
    return {*near.loc[away <= TRUSTED_KM, "key"], *outside.index[~outside.index.str.startswith("N")]}


def contested(located: pd.DataFrame, gazetteer: Gazetteer) -> set[str]:
    """Keys of small places, or of names with a district, for which the newest list's geocoder found a place far off.

    The geocoder knows municipalities that GeoNames lacks; the place of GeoNames may then be a namesake.
    """
    found: set[str] = set()
    listed = located[located["source"].eq(GEOCODED)]
    for side in raw.SIDES:
        lost = listed.loc[listed[f"key_{side}"].isna(), [f"{part}_{side}" for part in raw.END]]
        ends = lost.set_axis(raw.END, axis=1).dropna(subset=["country", "latitude"]).drop_duplicates()
        for name, country, state, latitude, longitude, _ in ends.itertuples(index=False, name=None):
            key = gazetteer.find(name, country)
            if key and (isinstance(state, str) or gazetteer.place(key).population < SMALL):
                place = gazetteer.place(key)
                far = distance_km(latitude, longitude, place.latitude, place.longitude) > FAR_KM
                if far and gazetteer.around(country, latitude, longitude, INLAND_KM):
                    found.add(key)
    return found
