"""Countries and their relations: outlines, alliances and votes of pairs, membership in blocs."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from data.build.read import SourceError, csv, curated
from data.build.report import Report
from data.model import BLOCS, COUNTRIES, COUNTRY_PAIRS, SOURCES
from data.words import CONTINENT_OF

OUTLINES = "nations/boundaries/world_50m_un_s0.05.geojson"
TAXONOMY = "nations/boundaries/hdx_country_taxonomy.csv"
PART_OF = {"SOL": "SOM", "CYN": "CYP"}
_CODES = ["ISO 3166-1 Alpha 2-Codes", "ISO 3166-1 Alpha 3-Codes", "x Alpha2 codes", "x Alpha3 codes"]
_TAXONOMY = [*_CODES, "Deprecated", "Preferred Term", "Sub-region Name", "Intermediate Region Name",
             "World Bank Income Level"]
_KOSOVO = "XKX"
_OLD_SEAT, _SEAT = "YUG", "SRB"
_CARRIED = {"iso3_a": "iso3_a", "iso3_b": "iso3_b", "year": "year", "allied": "allied",
            "un_ideal_distance": "un_distance", "n_shared_igos": "shared_igos",
            "n_trade_agreements": "trade_agreements"}
_VALUES = ["allied", "un_distance", "shared_igos", "trade_agreements"]
_BLOCS = ["bloc", "iso3", "joined_year", "left_year", "status", "source", "note", "factbook_2026", "check"]


def countries(sources_dir: Path, report: Report) -> gpd.GeoDataFrame:
    """Countries and territories in the columns of COUNTRIES, EPSG:4326.

    Territories that the boundary file does not draw have no outline. Somaliland and Northern Cyprus are drawn as parts
    of Somalia and Cyprus: the policy of the file follows the views of the United Nations.

    Raises:
        SourceError: a file is missing, or a region is not in data/words.py.
    """
    path = sources_dir / OUTLINES
    if not path.is_file():
        raise SourceError(f"{path}: must exist; give the folder of the sources with `make data SOURCES=...`")
    drawn = gpd.read_file(path)[["iso3", "name", "geometry"]]
    known = _taxonomy(sources_dir)
    foreign = ~drawn["iso3"].isin(known.index) & ~drawn["iso3"].isin(list(PART_OF))
    parts = drawn.loc[~foreign].assign(iso3=drawn["iso3"].replace(PART_OF))
    outlines = parts.dissolve("iso3", aggfunc="last")["geometry"]
    own = drawn.set_index("iso3")["name"].reindex(known.index).fillna(known["term"])
    names = curated("country_names.csv", ["iso3", "name", "reason"]).set_index("iso3")["name"]
    known["name"] = names.reindex(known.index).fillna(own)
    known["continent"] = known["region"].map(CONTINENT_OF)
    lost = sorted(set(known.loc[known["continent"].isna(), "region"].astype(str)))
    if lost:
        raise SourceError(f"{TAXONOMY}: region must be one of data/words.py, but {', '.join(lost)}")
    known["geometry"] = outlines.reindex(known.index)
    table = gpd.GeoDataFrame(known, geometry="geometry", crs="EPSG:4326").reset_index()
    report.step("countries", len(drawn), len(outlines),
                {"drawn as part of " + " and ".join(PART_OF.values()): len(parts) - len(outlines),
                 "without an ISO code: " + ", ".join(drawn.loc[foreign, "name"]): int(foreign.sum())},
                f"{len(table) - len(outlines)} territories added without an outline: "
                f"{', '.join(table.loc[table.geometry.isna(), 'name'])}")
    return table[COUNTRIES.columns].sort_values("iso3", ignore_index=True)


def _taxonomy(sources_dir: Path) -> pd.DataFrame:
    """Index iso3; iso2, term, region, income of the countries and territories of ISO 3166 and M49, and Kosovo."""
    listed = csv(sources_dir / TAXONOMY, _TAXONOMY)
    listed["iso3"] = listed[_CODES[1]].fillna(listed[_CODES[3]].where(listed[_CODES[3]].eq(_KOSOVO)))
    listed["iso2"] = listed[_CODES[0]].fillna(listed[_CODES[2]])
    finer = listed["Intermediate Region Name"].where(listed["Intermediate Region Name"].isin(list(CONTINENT_OF)))
    listed["region"] = finer.fillna(listed["Sub-region Name"]).replace({"South-eastern Asia": "South-Eastern Asia"})
    kept = listed[listed["iso3"].notna() & listed["region"].notna() & listed["Deprecated"].ne("Y")]
    return kept.rename(columns={"Preferred Term": "term", "World Bank Income Level": "income"}).set_index("iso3")[
        ["iso2", "term", "region", "income"]]


def pairs(sources_dir: Path, report: Report) -> pd.DataFrame:
    """Country pairs by year in the columns of COUNTRY_PAIRS, sorted by pair, then year.

    `un_distance` to 3 decimals; a value that no source gives is missing, never zero or False.

    Raises:
        SourceError: the file or a column is missing, or the ends of a pair are not in the order of the alphabet.
    """
    path = sources_dir / "nations/dyads.parquet"
    if not path.is_file():
        raise SourceError(f"{path}: must exist; give the folder of the sources with `make data SOURCES=...`")
    dyads = pd.read_parquet(path, columns=[*_CARRIED, "allied_source"]).rename(columns=_CARRIED)
    turned = dyads[dyads["iso3_a"] >= dyads["iso3_b"]]
    if len(turned):
        ends = turned[["iso3_a", "iso3_b"]].head().to_numpy().tolist()
        raise SourceError(f"{path}: iso3_a must come before iso3_b, but {ends}")
    dyads = _seated(dyads)
    allied = dyads["allied"].where(dyads["allied_source"].notna()).astype("boolean")
    table = dyads.assign(allied=allied, year=dyads["year"].astype("int16"),
                         un_distance=dyads["un_distance"].astype("float64").round(3),
                         shared_igos=dyads["shared_igos"].astype("Int16"),
                         trade_agreements=dyads["trade_agreements"].astype("Int16"))
    kept = table[table[_VALUES].notna().any(axis=1)].sort_values(["iso3_a", "iso3_b", "year"], ignore_index=True)
    newest = kept[kept["year"].eq(kept["year"].max())]
    report.step("country pairs", len(dyads), len(kept), {"without any value": len(dyads) - len(kept)},
                f"{len(newest):,} pairs in {newest['year'].iloc[0]}, {int(newest['allied'].sum()):,} allied, "
                f"{int(newest['un_distance'].isna().sum()):,} without a UN distance")
    return kept[COUNTRY_PAIRS.columns]


def _seated(dyads: pd.DataFrame) -> pd.DataFrame:
    """The pairs with the UN distances of Serbia, which their source keeps under the code of Yugoslavia, at Serbia."""
    old = (dyads["iso3_a"] == _OLD_SEAT) | (dyads["iso3_b"] == _OLD_SEAT)
    votes = dyads.loc[old, ["iso3_a", "iso3_b", "year", "un_distance"]].replace(_OLD_SEAT, _SEAT)
    ends = np.sort(votes[["iso3_a", "iso3_b"]].to_numpy(str), axis=1)
    votes = votes.assign(iso3_a=ends[:, 0], iso3_b=ends[:, 1]).dropna(subset="un_distance")
    kept = dyads[~old].merge(votes, how="left", on=["iso3_a", "iso3_b", "year"], suffixes=("", "_moved"))
    distance = kept["un_distance"].fillna(kept["un_distance_moved"])
    return kept.assign(un_distance=distance).drop(columns="un_distance_moved")


def blocs(sources_dir: Path, report: Report) -> pd.DataFrame:
    """Spells of membership in blocs, in the columns of BLOCS; where a source disagrees, the note says so.

    Raises:
        SourceError: an entry of blocs_overrides.csv is not in blocs.csv, or a source is not in nation_sources.csv.
    """
    spells = csv(sources_dir / "nations/blocs.csv", _BLOCS)
    spells = spells.rename(columns={"joined_year": "joined", "left_year": "left"})
    spells[["joined", "left"]] = spells[["joined", "left"]].apply(pd.to_numeric).astype("Int64")
    own = csv(sources_dir / "nations/blocs_overrides.csv", ["bloc", "iso3", "source"])
    absent = own.merge(spells[["bloc", "iso3"]].drop_duplicates(), how="left", on=["bloc", "iso3"], indicator=True)
    lost = absent.loc[absent["_merge"].eq("left_only"), ["bloc", "iso3"]]
    if len(lost):
        entries = lost.to_numpy().tolist()
        raise SourceError(f"blocs.csv: must hold the entries of blocs_overrides.csv, but not {entries}")
    ids = _named().dropna(subset="named").set_index("named")["source_id"]
    named = spells["source"].str.split("+", regex=False)
    unknown = sorted({name for row in named for name in row} - set(ids.index))
    if unknown:
        raise SourceError(f"nation_sources.csv: must know every source of blocs.csv, but not {', '.join(unknown)}")
    spells["sources"] = [sorted({ids[name] for name in row}) for row in named]
    differ = "sources differ; the World Factbook of 2026 has: " + spells["factbook_2026"]
    doubt = differ.where(spells["check"].notna())
    spells["note"] = (spells["note"] + "; " + doubt).fillna(spells["note"]).fillna(doubt)
    report.step("blocs", len(spells), len(spells), {},
                f"{int(doubt.notna().sum())} spells on which sources differ; all {len(own)} entries of "
                "blocs_overrides.csv are in blocs.csv already")
    return spells.sort_values(["bloc", "iso3", "joined"], ignore_index=True)[BLOCS.columns]


def _named() -> pd.DataFrame:
    columns = [column for column in SOURCES.columns if column != "rows"]
    return curated("nation_sources.csv", [*columns, "named"])


def sources(sources_dir: Path) -> pd.DataFrame:
    """The sources of countries, their relations and the gazetteer, in the columns of SOURCES without `rows`.

    Raises:
        SourceError: the folder of these sources is missing.
    """
    if not (sources_dir / "nations").is_dir():
        raise SourceError(f"{sources_dir / 'nations'}: must exist; give the folder of the sources")
    return _named().drop(columns="named")
