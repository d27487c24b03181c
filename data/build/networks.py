"""Multilateral networks of cities: what they are, where their secretariat sits, and the sources of their members."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data.build import issues
from data.build.gazetteer import Gazetteer
from data.build.read import SourceError, csv, curated
from data.build.report import Report
from data.model import NETWORKS, REUSE, SOURCES

CLUBS = ("douzelage", "rural_charter")
FACTS = "facts transcribed; no licence needed for facts"
_READ = {"network_id": "network_id", "name": "name", "short_name": "short_name", "kind": "form", "scope": "scope",
         "issue_areas": "issues", "founded_year": "founded", "ended_year": "dissolved", "secretariat_city": "hub",
         "website": "website", "coverage": "coverage_note", "as_of": "as_of"}
_COVERAGE = {  # the first that fits counts
    r"^European members only": "one region only",
    r"^full|^350 of 350|^cities only|\(31\)$": "complete",
    r"^near-full": "near-complete",
    r"partial|first wave|founding members|board only|pioneer cohort|most active|communique signatories": "partial",
}
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def notes() -> pd.DataFrame:
    """Corrections and additions: network_id, field (a column of NETWORKS, or `hub`: a GeoNames id), value, reason."""
    return curated("network_notes.csv", ["network_id", "field", "value", "reason"])


def years(sources_dir: Path) -> pd.DataFrame:
    """Founding and dissolution of every network: index network_id; founded, dissolved (Int64).

    Raises:
        SourceError: the file or a column is missing.
    """
    return _read(sources_dir).set_index("network_id")[["founded", "dissolved"]]


def read(sources_dir: Path, report: Report) -> pd.DataFrame:
    """One row per network: the columns of NETWORKS without hub_city, members_listed, sources; and `hub` (place key).

    Raises:
        SourceError: an issue word, a coverage or a secretariat of networks.csv is not known to the curated tables.
    """
    networks = _read(sources_dir)
    homeless = networks.loc[networks["hub"].notna() & ~networks["hub"].str.fullmatch(r"G\d+").eq(True), "network_id"]
    if len(homeless):
        raise SourceError(f"network_notes.csv: must give the hub of every network with a secretariat, but not "
                               f"{', '.join(homeless)}")
    networks["issues"] = issues.codes(networks["issues"], ";")
    networks["coverage"] = _coverage(networks)
    report.step("networks", len(networks), len(networks), {},
                f"{len(CLUBS)} of them ({', '.join(CLUBS)}) are made from the pairs of their towns in ties/merged.csv",
                f"{int(networks['founded'].isna().sum())} without a founding year, "
                f"{int(networks['hub'].isna().sum())} without a known secretariat")
    return networks


def _read(sources_dir: Path) -> pd.DataFrame:
    networks = csv(sources_dir / "networks/networks.csv", list(_READ)).rename(columns=_READ)
    clubs = pd.DataFrame({"network_id": CLUBS})
    networks = pd.concat([networks, clubs], ignore_index=True).set_index("network_id")
    own = notes()
    unknown = own.loc[~own["network_id"].isin(networks.index) | ~own["field"].isin(networks.columns)]
    if len(unknown):
        raise SourceError(f"network_notes.csv: must name networks and their fields, but {unknown.to_dict('records')}")
    for network, name, value in zip(own["network_id"], own["field"], own["value"], strict=True):
        networks.loc[network, name] = f"G{value}" if name == "hub" else value
    for column in ("founded", "dissolved"):
        networks[column] = pd.to_numeric(networks[column]).astype("Int64")
    return networks.reset_index().sort_values("network_id", ignore_index=True)


def _coverage(networks: pd.DataFrame) -> pd.Series:
    said = networks["coverage_note"]
    coverage = pd.Series(pd.NA, index=networks.index, dtype="str")
    for pattern, words in _COVERAGE.items():
        coverage = coverage.mask(coverage.isna() & said.str.contains(pattern, regex=True), words)
    unknown = networks.loc[coverage.isna(), "coverage_note"]
    if len(unknown):
        raise SourceError(f"networks.csv: coverage must fit a word of the closed list, but {unknown.tolist()}")
    return coverage


def hub_places(networks: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The places of the secretariats: key, name, source, country, latitude, longitude, geonameid, wikidata, level.

    Raises:
        SourceError: a hub of network_notes.csv is not in GeoNames.
    """
    keys = networks["hub"].dropna().drop_duplicates()
    lost = sorted(set(keys) - set(gazetteer.places.index))
    if lost:
        raise SourceError(f"network_notes.csv: hub must be a GeoNames id, but {', '.join(lost)}")
    found = gazetteer.places.loc[keys, ["name", "country", "latitude", "longitude", "geonameid", "wikidata"]]
    return found.rename_axis("key").reset_index().assign(source="geonames", level="city").astype({"geonameid": "Int64"})


def finish(networks: pd.DataFrame, memberships: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """The networks table in the columns of NETWORKS.

    `memberships`: the finished table; `ids`: place key -> city_id. `members_listed` counts members of status `listed`.

    Raises:
        SourceError: a network has no members.
    """
    members = memberships.groupby("network_id")
    sources = members["sources"].agg(lambda lists: sorted({source for row in lists for source in row}))
    empty = sorted(set(networks["network_id"]) - set(sources.index))
    if empty:
        raise SourceError(f"memberships: every network must have members, but {', '.join(empty)}")
    listed = memberships.loc[memberships["status"].eq("listed"), "network_id"].value_counts()
    names = networks["network_id"]
    table = networks.assign(hub_city=networks["hub"].map(ids).astype("str"), sources=names.map(sources),
                            members_listed=names.map(listed).fillna(0).astype("Int64"),
                            as_of=names.map(members["as_of"].max()))
    return table[NETWORKS.columns].sort_values("network_id", ignore_index=True)


def sources(sources_dir: Path) -> pd.DataFrame:
    """The sources of the memberships, in the columns of SOURCES without `rows`.

    Raises:
        SourceError: a source is not in network_sources.csv, or its class or date is not what it must be.
    """
    listed = csv(sources_dir / "networks/sources.csv", ["source_id", "title", "address", "licence", "as_of"])
    own = curated("network_sources.csv", ["source_id", "publisher", "reuse", "family", "reason"])
    table = listed.merge(own, on="source_id", how="left")
    wrong = table.loc[~table["reuse"].isin(REUSE) | ~table["as_of"].str.fullmatch(_DATE.pattern), "source_id"]
    if len(wrong):
        raise SourceError(f"network_sources.csv: must class every source, dated YYYY-MM-DD, but not {', '.join(wrong)}")
    facts = table["reuse"].eq("open") & table["licence"].str.startswith("facts")
    table["licence"] = table["licence"].mask(facts, FACTS)
    same = table["licence"].str.fullmatch(r"as \w+")
    of = table.set_index("source_id")["licence"]
    table["licence"] = table["licence"].mask(same, table["licence"].str.removeprefix("as ").map(of))
    return table.assign(about="networks")[[column for column in SOURCES.columns if column != "rows"]]
