"""Who belongs to which network: the lists of members as one row per network and city."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.build import joins, location, members, networks
from data.build.gazetteer import Gazetteer
from data.build.read import SourceError
from data.build.report import Report
from data.model import MEMBERSHIPS, REUSE

MEMBER = ["network_id", "key", "joined", "joined_basis", "left", "status", "sources", "as_of", "place", "note"]
_STATUS = ["listed", "delisted", "former"]


def read(sources_dir: Path, gazetteer: Gazetteer, report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per network and listed place (`members`), and the places with the spellings seen (`places`).

    `members`: network_id, key, joined, joined_basis, left, status, sources (list), as_of, place, note. `places`: key,
    name, source, country (ISO3), latitude, longitude (degrees), geonameid, wikidata, level.

    Raises:
        SourceError: a source or a hand-kept table is not what it must be; the message names file, column and values.
    """
    listed = members.read_listed(sources_dir, report)
    listed = members.correct(listed, gazetteer, report)
    listed = location.locate(listed, sources_dir, gazetteer, report)
    listed = pd.concat([listed, members.clubs(sources_dir, report)], ignore_index=True)
    listed = joins.date(listed, networks.years(sources_dir), report)
    return listed[MEMBER], location.places(listed)


def finish(listed: pd.DataFrame, ids: pd.Series, sources: pd.DataFrame, report: Report) -> pd.DataFrame:
    """The memberships table in the columns of MEMBERSHIPS, unique by network and city.

    `listed`: read()'s members; `ids`: place key -> city_id; `sources`: the sources table (source_id, reuse).

    Raises:
        SourceError: a place has no city, or a source is not among the sources.
    """
    lost = sorted(set(listed["key"]) - set(ids.index))
    if lost:
        raise SourceError(f"memberships: every place must have a city, but not {len(lost)}: {', '.join(lost[:9])}")
    rank = dict(zip(sources["source_id"], sources["reuse"].map(REUSE.index), strict=True))
    unknown = sorted({source for row in listed["sources"] for source in row} - set(rank))
    if unknown:
        raise SourceError(f"memberships: source must be among the sources, but {', '.join(unknown)}")
    table = merge(listed.assign(city_id=listed["key"].map(ids).astype("str")))
    table["reuse"] = [REUSE[min(rank[source] for source in row)] for row in table["sources"]]
    report.step("memberships", len(listed), len(table), {"merged with the same city": len(listed) - len(table)},
                *_summary(table))
    return table[MEMBERSHIPS.columns]


def merge(listed: pd.DataFrame) -> pd.DataFrame:
    """One row per network_id and city_id: the earliest year with its basis, all sources, the newest date and status."""
    newest = listed.assign(rank=listed["status"].map(_STATUS.index)).sort_values(
        ["network_id", "city_id", "rank", "as_of"], ascending=[True, True, True, False], kind="stable")
    groups = newest.assign(stays=newest["left"].isna()).groupby(["network_id", "city_id"])
    table = groups.agg(status=("status", "first"), sources=("sources", _union), as_of=("as_of", "max"),
                       note=("note", _notes), place=("place", "min"))
    earliest = newest.sort_values("joined", kind="stable").drop_duplicates(["network_id", "city_id"])
    table = table.join(earliest.set_index(["network_id", "city_id"])[["joined", "joined_basis"]])
    table["left"] = groups["left"].max().mask(groups["stays"].any()).astype("Int64")
    return table.reset_index()


def _union(lists: pd.Series) -> list[str]:
    return sorted({source for row in lists for source in row})


def _notes(notes: pd.Series) -> str | None:
    return "; ".join(dict.fromkeys(notes.dropna())) or None


def _summary(table: pd.DataFrame) -> tuple[str, ...]:
    classes = table["reuse"].value_counts().reindex(REUSE, fill_value=0)
    bases = table["joined_basis"].value_counts()
    return (f"{table['joined'].notna().sum():,} with a join year ({bases.get('upper bound', 0):,} upper bounds, "
            f"{bases.get('inferred', 0):,} inferred), {table['left'].notna().sum():,} ended",
            f"{table['place'].eq('uncertain').sum():,} at an uncertain place",
            "reuse: " + ", ".join(f"{count:,} {word}" for word, count in classes.items()))
