"""`python -m data.build SOURCES`: sources -> tables, drawing files and the build report."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from data.backtest import backtest
from data.build import (
    cities,
    drawing,
    gazetteer,
    memberships,
    metrics,
    nations,
    networks,
    package,
    placement,
    sample,
    science,
    ties,
)
from data.build.read import SourceError
from data.build.report import Report
from data.load import Dataset, load
from data.model import TABLES, TABLES_DIR


def build(folder: Path, report: Report) -> dict[str, pd.DataFrame]:
    """All tables from a folder of sources, in the order in which they need each other."""
    places = gazetteer.load(folder)
    countries = nations.countries(folder, report)
    records, tie_places = ties.read(folder, places, report)
    members, member_places = memberships.read(folder, places, report)
    hubs = networks.read(folder, report)
    seen = pd.concat([tie_places, member_places, networks.hub_places(hubs, places)], ignore_index=True)
    records, seen = placement.check(records, seen, places, folder, report)
    named, ids = cities.build(seen, places, folder, countries, report)
    sources = pd.concat([ties.sources(folder), networks.sources(folder), nations.sources(folder)], ignore_index=True)
    tie_table = ties.finish(records, ids, named, sources, report)
    member_table = memberships.finish(members, ids, sources, report)
    tie_table = ties.outside_clubs(tie_table, member_table, networks.CLUBS, report)
    network_table = networks.finish(hubs, member_table, ids)
    tables = {"cities": metrics.add(named, tie_table, member_table), "ties": tie_table, "networks": network_table,
              "memberships": member_table, "countries": countries, "country_pairs": nations.pairs(folder, report),
              "blocs": nations.blocs(folder, report), **science.science(named, tie_table)}
    tables["sources"] = _counted(sources, tables)
    return tables | {"backtest": backtest(_assembled(tables))}


def _assembled(tables: dict[str, pd.DataFrame]) -> Dataset:
    """The Dataset that the tables will be."""
    early = {name: package.typed(TABLES[name], frame) for name, frame in tables.items()
             if name in Dataset.__dataclass_fields__}
    return Dataset(TABLES_DIR, {}, **early)


COLUMN_OF = {"geonames": ("cities", "geonameid"), "gawc": ("cities", "gawc_class"),
             "natural_earth": ("countries", "geometry"), "world_bank_income": ("countries", "income"),
             "atop": ("country_pairs", "allied"), "un_ideal_points": ("country_pairs", "un_distance"),
             "cow_igo": ("country_pairs", "shared_igos"), "desta": ("country_pairs", "trade_agreements")}


def _counted(sources: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The sources with the number of rows that name each, or whose column is of it where a whole column is."""
    named = pd.concat([frame["sources"].explode() for frame in tables.values() if "sources" in frame]).value_counts()
    whole = pd.Series({source: int(tables[table][column].notna().sum())
                       for source, (table, column) in COLUMN_OF.items()})
    return sources.assign(rows=sources["source_id"].map(named.add(whole, fill_value=0)).fillna(0).astype("int64"))


def main(folder: Path) -> None:
    """Build, check and write everything.

    Raises:
        SourceError: a source, or a table made from it, is not what it must be.
    """
    if not folder.is_dir():
        raise SourceError(f"{folder}: must be the folder of the sources, but is missing; `make data SOURCES=folder`")
    report = Report()
    tables = build(folder, report)
    package.write(tables, TABLES_DIR)
    drawing.write(load(TABLES_DIR))
    for name in TABLES:
        size = (TABLES_DIR / f"{name}.parquet").stat().st_size
        report.step(f"table {name}", len(tables[name]), len(tables[name]), {}, f"{size:,} bytes")
    report.section("A random sample, looked at", sample.section(tables["ties"], tables["cities"]))
    (TABLES_DIR / "BUILD.md").write_text(report.markdown(), encoding="utf-8")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/sources"))
    except SourceError as problem:
        sys.exit(str(problem))
