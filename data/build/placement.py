"""Whether each end of a tie is the right one among places of the same name: repairs, and ends that stay uncertain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.build import raw, read
from data.build.gazetteer import Gazetteer, distance_km, spellings
from data.build.identity import ONLY_NAME_KM
from data.build.report import Report, table
from data.build.witness import Witnesses, contested, gather, trusted

KEYS = ["key_a", "key_b"]
SAME_PLACE_KM = 15.0
UNCOUNTED, SECOND_NAME = 300, 0.1
LIKELY = 0.7
CONFIRMED = "right: another source locates it"
TIE_PLACES = ("enwiki_2026", "geonames")
REPAIRED = ("repaired: by hand", "repaired: another source locates the namesake")
UNCERTAIN = "uncertain: a namesake is as likely"


@dataclass(frozen=True)
class Finding:
    """What the check says of one end: the rule, the key that it should have, and its share of the name's people."""

    rule: str
    key: str
    share: float = 1.0


def check(records: pd.DataFrame, places: pd.DataFrame, gazetteer: Gazetteer, sources_dir: Path,
          report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The records with misplaced ends repaired and doubtful ones marked, and the places with those newly used.

    An end is right when no other place of its country bears the name, when Wikidata or a list with states ties that
    very place to a partner of that name, or when it is by far the best known of the name. It is moved when that
    evidence, or place_repairs.csv, speaks for one namesake instead. Else the record gets place = uncertain.

    Args:
        records: columns key_a, key_b, place and others; a row per tie.
        places: columns key, name, source, country, latitude, longitude, geonameid, wikidata, level.
        gazetteer: GeoNames.
        sources_dir: the folder of the sources.
        report: the account of the build.

    Raises:
        SourceError: place_repairs.csv names a pair that no record has, or a place that is not in GeoNames.
    """
    located = raw.locate(raw.rows(sources_dir), gazetteer)
    records = _with_names(records, places, report)
    named = places.drop_duplicates("key").set_index("key")
    judge = Judge(gather(located, places, gazetteer), named, trusted(located, named), contested(located, gazetteer))
    by_hand = _repairs(records, gazetteer)
    ends = {end: by_hand.get(end) or judge.find(*end) for end in _ends(records)}
    moved = records.copy()
    pairs = list(zip(records["key_a"], records["key_b"], strict=True))
    moved["key_a"], moved["key_b"] = [ends[pair].key for pair in pairs], [ends[pair[::-1]].key for pair in pairs]
    doubtful = [UNCERTAIN in (ends[pair].rule, ends[pair[::-1]].rule) for pair in pairs]
    moved["place"] = moved["place"].mask(pd.Series(doubtful, index=moved.index), "uncertain")
    _tell(ends, moved, named, gazetteer, report)
    left = _left_alone(records, moved, places)
    kept = places[~places["key"].isin(left)]
    return moved, pd.concat([kept, _new_places(moved, named, gazetteer)], ignore_index=True)


@dataclass
class Judge:
    """Judges ends of ties.

    `named`: index key; name, country, latitude, longitude (degrees). `sure`: keys that are placed by a known point;
    `contested`: keys that the geocoder of the newest list put elsewhere.
    """

    witnesses: Witnesses
    named: pd.DataFrame
    sure: set[str]
    contested: set[str]

    def __post_init__(self) -> None:
        """Plain dicts, for 70,000 look-ups."""
        self._country = self.named["country"].to_dict()
        self._point = dict(zip(self.named.index, zip(self.named["latitude"], self.named["longitude"], strict=True),
                               strict=True))
        self._others: dict[str, list[str]] = {}
        self._shares: dict[str, float] = {}

    def find(self, key: str, partner: str) -> Finding:
        """What is to be said of the end `key` of a tie with `partner`."""
        if key in self.sure:
            return Finding("right: its point is known", key)
        others = self._namesakes(key)
        if not others and key not in self.contested:
            return Finding("right: no other place of the name", key)
        at, share = self._country[partner], self._share(key, others)
        if self.witnesses.confirm(key, partner, at):
            return Finding(CONFIRMED, key, share)
        located = [other for other in others if self.witnesses.confirm(other, partner, at)]
        if len(located) == 1:
            return Finding(REPAIRED[1], located[0], share)
        if not located and share >= LIKELY and key not in self.contested:
            return Finding("right: by far the best known of the name", key, share)
        return Finding(UNCERTAIN, key, share)

    def _namesakes(self, key: str) -> list[str]:
        """The namesakes that are not the same place under another key."""
        if key not in self._others:
            latitude, longitude = self._point[key]
            found = self.witnesses.namesakes(key, self._country[key])
            points = [self.witnesses.gazetteer.place(other) for other in found]
            least = SAME_PLACE_KM if key in self.witnesses.gazetteer else ONLY_NAME_KM
            self._others[key] = [other for other, point in zip(found, points, strict=True) if
                                 distance_km(latitude, longitude, point.latitude, point.longitude) > least]
        return self._others[key]

    def _share(self, key: str, others: list[str]) -> float:
        """The people of a place among those of all its namesakes; who has it as second name counts a tenth."""
        if key not in self._shares:
            names = {form for name in self.witnesses.written.get(key, ()) for form in spellings(name)}
            own = self._people(key, names)
            self._shares[key] = own / (own + sum(self._people(other, names) for other in others))
        return self._shares[key]

    def _people(self, key: str, names: set[str]) -> float:
        if key not in self.witnesses.gazetteer:
            return UNCOUNTED
        place = self.witnesses.gazetteer.place(key)
        return (place.population + UNCOUNTED) * (SECOND_NAME if names.isdisjoint(spellings(place.name)) else 1)


def _with_names(records: pd.DataFrame, places: pd.DataFrame, report: Report) -> pd.DataFrame:
    """The records whose ends have names: an end that its source knows by a Wikidata item only cannot be shown."""
    nameless = set(places.loc[places["name"].str.fullmatch(r"Q\d+"), "key"])
    lost = records["key_a"].isin(nameless) | records["key_b"].isin(nameless)
    report.step("placement: ends with a name", len(records), int((~lost).sum()),
                {"with an end that has no name in its source": int(lost.sum())})
    return records[~lost].reset_index(drop=True)


def _left_alone(records: pd.DataFrame, moved: pd.DataFrame, places: pd.DataFrame) -> set[str]:
    """Keys of places that only lists of ties name and that have lost all their ties."""
    lost = {*records["key_a"], *records["key_b"]} - {*moved["key_a"], *moved["key_b"]}
    nameless = set(places.loc[places["name"].str.fullmatch(r"Q\d+"), "key"])
    of_ties = places["source"].isin(TIE_PLACES) | places["source"].str.startswith("page:")
    return (lost | nameless) - set(places.loc[~of_ties, "key"])


def _ends(records: pd.DataFrame) -> list[tuple[str, str]]:
    pairs = records[KEYS].drop_duplicates()
    return [*pairs.itertuples(index=False, name=None), *pairs[KEYS[::-1]].itertuples(index=False, name=None)]


def _repairs(records: pd.DataFrame, gazetteer: Gazetteer) -> dict[tuple[str, str], Finding]:
    """place_repairs.csv: the end `key` of the tie with `partner` (or of all its ties, if empty) is `place`."""
    rows = read.curated("place_repairs.csv", ["key", "partner", "place", "reason", "source"])
    lost = rows.loc[~rows["place"].isin(gazetteer.places.index), "place"].tolist()
    if lost:
        raise read.SourceError(f"place_repairs.csv: place must be a key of GeoNames, but {', '.join(lost)}")
    ends = pd.DataFrame(_ends(records), columns=["key", "partner"])
    single = rows.dropna(subset="partner").merge(ends, on=["key", "partner"], how="left", indicator=True)
    unused = [*single.loc[single["_merge"].eq("left_only"), "key"], *(set(rows["key"]) - set(ends["key"]))]
    if unused:
        raise read.SourceError(f"place_repairs.csv: key and partner must be ends of a tie, but {', '.join(unused)}")
    whole = rows.loc[rows["partner"].isna(), ["key", "place"]].merge(ends, on="key")
    found = pd.concat([whole, single[["key", "partner", "place"]]])
    return {(key, partner): Finding(REPAIRED[0], place) for key, partner, place in
            found[["key", "partner", "place"]].itertuples(index=False, name=None)}


def _new_places(moved: pd.DataFrame, named: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    new = sorted({*moved["key_a"], *moved["key_b"]} - set(named.index))
    facts = gazetteer.places.loc[new, ["name", "country", "latitude", "longitude", "geonameid", "wikidata"]]
    return facts.rename_axis("key").reset_index().assign(source="geonames", level="city")


def _tell(ends: dict[tuple[str, str], Finding], moved: pd.DataFrame, named: pd.DataFrame, gazetteer: Gazetteer,
          report: Report) -> None:
    rules = Counter(finding.rule for finding in ends.values())
    uncertain = int(moved["place"].eq("uncertain").sum())
    report.step("placement: ends of ties among namesakes", len(moved), len(moved), {},
                *(f"{count:,} ends {rule}" for rule, count in sorted(rules.items())),
                f"{uncertain:,} of {len(moved):,} ties are uncertain")
    report.section("How often the best known of a name is the right one", _calibration(ends))
    report.section("Misplaced ends that were repaired", table(_moves(ends, named, gazetteer)))


def _calibration(ends: dict[tuple[str, str], Finding]) -> str:
    """Of the ends with namesakes that another source locates: how many it confirms, by share of the name's people."""
    known = [(finding.share, finding.rule == CONFIRMED) for finding in ends.values()
             if finding.rule in (CONFIRMED, REPAIRED[1])]
    frame = pd.DataFrame(known, columns=["share", "right"])
    frame["share"] = pd.cut(frame["share"], [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1]).astype(str)
    counts = frame.groupby("share")["right"].agg(ends="size", right="sum").reset_index()
    counts["per cent right"] = (100 * counts["right"] / counts["ends"]).round(1)
    return ("Share of the people who live in places of the name. Ends without such a source are taken as right from "
            f"{LIKELY} upwards, else they are uncertain.\n\n{table(counts)}")


def _moves(ends: dict[tuple[str, str], Finding], named: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    moved = [(key, partner, found.key) for (key, partner), found in sorted(ends.items()) if found.rule in REPAIRED]
    told = pd.DataFrame(moved, columns=["was", "partner", "is"])
    old, new = named.loc[told["was"]], gazetteer.places.loc[told["is"]]
    points = [frame["latitude"].round(2).astype(str) + ", " + frame["longitude"].round(2).astype(str)
              for frame in (old, new)]
    return pd.DataFrame({"place": old["name"].to_numpy(), "country": old["country"].to_numpy(),
                         "partner": named["name"].loc[told["partner"]].to_numpy(), "was at": points[0].to_numpy(),
                         "is at": points[1].to_numpy(), "place key": told["is"]})
