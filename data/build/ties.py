"""Bilateral ties: the lists and the transcribed papers become one row per pair of cities and kind."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.build import corrections, ends, instruments, issues, kinds, lists, pages, years
from data.build import records as record
from data.build.ends import Ends
from data.build.gazetteer import Gazetteer, distance_km
from data.build.kinds import KEYS
from data.build.read import SourceError
from data.build.report import Report
from data.build.years import TIE
from data.model import TIES


def read(sources_dir: Path, gazetteer: Gazetteer, report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per pair of places and kind (`records`), and every place with the spellings seen (`places`).

    `records`: key_a < key_b, kind, issues, start_year, end_year, status, start_basis, other_years, thin, sources,
    evidence, place (`certain`), note. `places`: key, name, source, country (ISO3), latitude, longitude (degrees),
    geonameid, wikidata, level.

    Raises:
        SourceError: a source or a hand-kept table is not what it must be; the message names file, column and values.
    """
    listed, placed = lists.read_merged(sources_dir, gazetteer, report)
    listed, club = lists.without_clubs(listed, placed, report)
    listed = lists.mend(listed, placed, gazetteer, report)
    where = _ends(gazetteer, placed, listed)
    rows = _transcribed(sources_dir, where, club, report)
    where.pairs.update(zip(rows["key_a"], rows["key_b"], strict=True))
    pairs = pd.MultiIndex.from_frame(listed[KEYS])
    rows, listed, notes = corrections.apply(kinds.of_rows(rows, pairs), listed, where, report)
    rows = kinds.one_tie_a_signing(rows, pairs)
    listed["kind"] = kinds.of_lists(listed, rows)
    attested = record.attest(rows, listed)
    found = corrections.noted(record.settle(attested, rows, listed, where), notes)
    report.step("ties: one row per pair and kind", len(attested), len(found),
                {"further sources of the same tie": len(attested) - len(found)}, *_summary(found))
    return found.sort_values(TIE, ignore_index=True), _places(found, rows, placed, gazetteer)


def _ends(gazetteer: Gazetteer, placed: pd.DataFrame, listed: pd.DataFrame) -> Ends:
    used = placed.loc[placed["key"].isin([*listed["key_a"], *listed["key_b"]])]
    fixed = ends.corrections()
    return Ends(gazetteer, ends.known(used), set(zip(listed["key_a"], listed["key_b"], strict=True)),
                dict(zip(zip(fixed["name"], fixed["country"], strict=True), fixed["place"], strict=True)))


def _transcribed(sources_dir: Path, where: Ends, club: set[ends.Pair], report: Report) -> pd.DataFrame:
    rows = instruments.read_rows(sources_dir)
    distinct = rows.loc[~rows.drop(columns="as_of").duplicated()]
    report.step("ties: read transcribed rows", len(rows), len(distinct), {"written twice": len(rows) - len(distinct)})
    located = instruments.locate(distinct, where, report)
    in_club = ends.among(located, club)
    kept = located.loc[~in_club].reset_index(drop=True)
    report.step("ties: transcribed rows of clubs", len(located), len(kept),
                {"joining a multilateral club": int(in_club.sum())})
    identity = pages.identify(kept["reference"]).drop(columns=["address", "licence", "reuse"])
    return kept.join(identity, on="reference").assign(issues=issues.codes(kept["topics"], "|"))


def _summary(found: pd.DataFrame) -> list[str]:
    counts = [", ".join(f"{value} {count:,}" for value, count in found[column].value_counts().items())
              for column in ("kind", "status", "start_basis")]
    return [f"kinds: {counts[0]}", f"status: {counts[1]}", f"start years: {counts[2]}",
            f"thin: {found['thin'].sum():,}"]


def _places(found: pd.DataFrame, rows: pd.DataFrame, placed: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Every place of a record with the spellings of merged.csv (GeoNames' or the first list's) and of the pages."""
    hand = ends.corrections()
    made = ends.seated(hand, gazetteer)
    plain = sorted({*found["key_a"], *found["key_b"]} - {*placed["key"], *made["key"]})
    new = gazetteer.places.loc[plain, ["name", "country", "latitude", "longitude", "geonameid"]].rename_axis("key")
    every = pd.concat([placed, made, new.reset_index().assign(level="city")], ignore_index=True)
    every = every.drop_duplicates("key", keep="first")
    level = hand.dropna(subset="level").drop_duplicates("place").set_index("place")["level"]
    every["level"] = every["key"].map(level).fillna(every["level"])
    every = every.loc[every["key"].isin([*found["key_a"], *found["key_b"]])]
    every["source"] = every["key"].str.startswith("G").map({True: "geonames", False: "enwiki_2026"})
    spelled = instruments.spelled(rows, every.set_index("key").drop(columns=["name", "source"]))
    both = pd.concat([every, spelled], ignore_index=True)
    columns = ["key", "name", "source", "country", "latitude", "longitude", "geonameid", "wikidata", "level"]
    return both[columns].astype({"geonameid": "Int64"}).sort_values(columns[:3], ignore_index=True)


def sources(sources_dir: Path) -> pd.DataFrame:
    """The `sources` rows of the ties: the lists and every transcribed or cited page (model.SOURCES without `rows`).

    Raises:
        SourceError: a file or column is missing.
    """
    rows = instruments.read_rows(sources_dir)[["reference", "as_of"]]
    cited = years.endings().dropna(subset="source")["source"].drop_duplicates()
    further = pd.DataFrame({"reference": cited, "as_of": rows["as_of"].max()})
    return pages.sources(pd.concat([rows, further], ignore_index=True))


def finish(records: pd.DataFrame, ids: pd.Series, cities: gpd.GeoDataFrame, sources: pd.DataFrame,
           report: Report) -> pd.DataFrame:
    """The `ties` table (columns of model.TIES).

    `ids`: place key -> city_id; `cities`: city_id, country, level, geometry (points, EPSG:4326); `sources`: source_id,
    family, reuse. distance_km is the great circle on a sphere of 6371.0088 km.

    Raises:
        SourceError: a place has no city, or a source is not in `sources`.
    """
    ties = records.assign(city_a=records["key_a"].map(ids), city_b=records["key_b"].map(ids))
    lost = sorted({*ties.loc[ties["city_a"].isna(), "key_a"], *ties.loc[ties["city_b"].isna(), "key_b"]})
    if lost:
        raise SourceError(f"ids: must know the city of every place of a tie, but not {', '.join(lost[:20])}")
    apart = ties.loc[ties["city_a"].ne(ties["city_b"])].copy()
    first = apart["city_a"].where(apart["city_a"] < apart["city_b"], apart["city_b"])
    apart = apart.assign(city_a=first, city_b=apart["city_b"].where(first.eq(apart["city_a"]), apart["city_a"]))
    joined = record.join(apart, sources)
    report.step("ties: between cities", len(ties), len(joined),
                {"of which both ends are one city": len(ties) - len(apart),
                 "the same cities and kind": len(apart) - len(joined)})
    return _measured(joined, cities)[TIES.columns].sort_values("tie_id", ignore_index=True)


def outside_clubs(ties: pd.DataFrame, memberships: pd.DataFrame, clubs: tuple[str, ...],
                  report: Report) -> pd.DataFrame:
    """The ties without those of two members of one club: such a pair is the club written out under another name."""
    within = pd.Series(False, index=ties.index)
    for club in clubs:
        members = memberships.loc[memberships["network_id"].eq(club), "city_id"]
        within |= ties["city_a"].isin(members) & ties["city_b"].isin(members)
    report.step("ties: of two members of one club", len(ties), int((~within).sum()),
                {"pairs of one multilateral club": int(within.sum())}, ", ".join(ties.loc[within, "tie_id"]))
    return ties.loc[~within].reset_index(drop=True)


def _measured(ties: pd.DataFrame, cities: gpd.GeoDataFrame) -> pd.DataFrame:
    """The ties with tie_id, distance_km, domestic and core."""
    place = cities.set_index("city_id")
    a, b = place.loc[ties["city_a"]], place.loc[ties["city_b"]]
    away = distance_km(a.geometry.y.to_numpy(), a.geometry.x.to_numpy(), b.geometry.y.to_numpy(),
                       b.geometry.x.to_numpy())
    domestic = a["country"].to_numpy() == b["country"].to_numpy()
    municipal = (a["level"].to_numpy() == "city") & (b["level"].to_numpy() == "city")
    return ties.assign(tie_id=ties["city_a"] + "/" + ties["city_b"] + "/" + ties["kind"], distance_km=away.round(1),
                       domestic=domestic, core=~domestic & municipal & ~ties["thin"].to_numpy())
