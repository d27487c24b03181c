"""The listed members of networks: read, and repaired by hand-kept rules."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.build.gazetteer import Gazetteer
from data.build.read import SourceError, csv, curated
from data.build.report import Report

MEMBER = ["network_id", "key", "joined", "joined_basis", "left", "status", "sources", "as_of", "place", "note"]
_READ = {"network_id": "network_id", "city_source": "name", "city": "geonames_name", "country_iso3": "country",
         "lat": "latitude", "lon": "longitude", "geonameid": "geonameid", "joined_year": "joined", "left_year": "left",
         "source_id": "sources", "as_of": "as_of", "status": "status", "note": "note"}
_MENDED = ["network_id", "city_source", "country", "geonameid", "action", "place", "latitude", "longitude", "level",
           "reason"]
_ACTIONS = ("move", "level", "uncertain", "note", "drop", "add")


def read_listed(sources_dir: Path, report: Report) -> pd.DataFrame:
    """The rows of memberships.csv.

    Columns: network_id, name, geonames_name, country, latitude, longitude, geonameid (text), joined, left (Int64),
    sources (list), as_of, status, note, level (`city`), place (`certain`) and the still empty key.

    Raises:
        SourceError: the file or a column is missing.
    """
    listed = csv(sources_dir / "networks/memberships.csv", list(_READ)).rename(columns=_READ)
    for column in ("latitude", "longitude"):
        listed[column] = pd.to_numeric(listed[column])
    for column in ("joined", "left"):
        listed[column] = pd.to_numeric(listed[column]).astype("Int64")
    listed["sources"] = [sorted(set(codes.split(";"))) for codes in listed["sources"]]
    report.step("memberships: read", len(listed), len(listed))
    return listed.assign(key=pd.Series(pd.NA, index=listed.index, dtype="str"), level="city", place="certain")


def correct(listed: pd.DataFrame, gazetteer: Gazetteer, report: Report) -> pd.DataFrame:
    """The members with membership_corrections.csv applied: moved, dropped, added, marked.

    Raises:
        SourceError: a correction has an unknown action, means a member that is not listed, or a place without a point.
    """
    rules = curated("membership_corrections.csv", _MENDED).rename(columns={"city_source": "name", "place": "to"})
    unknown = sorted(set(rules["action"]) - set(_ACTIONS))
    if unknown:
        raise SourceError(f"membership_corrections.csv: action must be one of {', '.join(_ACTIONS)}, but "
                          f"{', '.join(unknown)}")
    rules[["latitude", "longitude"]] = rules[["latitude", "longitude"]].astype(float)
    meant = _meant(rules[rules["action"].ne("add")], listed)
    mended = _moved(listed, meant[meant["action"].isin(["move", "level"])])
    mended.loc[meant.index[meant["action"].eq("uncertain")], "place"] = "uncertain"
    told = meant[meant["action"].isin(["note", "uncertain", "move"])].groupby(level=0)["reason"].agg("; ".join)
    mended["note"] = join_notes(mended["note"], "location: " + told.reindex(mended.index))
    dropped = mended.index.isin(meant.index[meant["action"].eq("drop")])
    added = _added(rules[rules["action"].eq("add")], listed)
    kept = pd.concat([mended[~dropped], added], ignore_index=True)
    counts = rules["action"].value_counts()
    report.step("memberships: corrections by hand", len(listed) + len(added), len(kept),
                {"no city, or no place of the name in the country": int(dropped.sum())},
                f"{len(added)} of the members going in are added: the list had taken them into a neighbour",
                "rules: " + ", ".join(f"{counts.get(action, 0)} {action}" for action in _ACTIONS))
    return _pinned(kept, gazetteer)


def _meant(rules: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """The rules that concern each listed row, by its index."""
    same = ["name", "country", "geonameid"]
    rows = listed[["network_id", *same]].fillna({"geonameid": ""}).rename_axis("row").reset_index()
    asked = rules.fillna({"geonameid": ""}).rename(columns={"network_id": "network"}).rename_axis("rule").reset_index()
    meant = rows.merge(asked, on=same)
    meant = meant[meant["network"].isin(["*"]) | meant["network"].eq(meant["network_id"])]
    idle = asked.loc[~asked["rule"].isin(meant["rule"]), ["network", *same]]
    if len(idle):
        raise SourceError(f"membership_corrections.csv: must mean listed members, but {idle.to_dict('records')}")
    return meant.set_index("row")


def _moved(listed: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    twice = moves.index[moves.index.duplicated()]
    if len(twice):
        names = listed.loc[twice, "name"].tolist()
        raise SourceError(f"membership_corrections.csv: must move a member once, but {names}")
    moved = listed.copy()
    moved.loc[moves.index, "key"] = moves["to"]
    moved.loc[moves.index, "level"] = moves["level"].fillna("city")
    own = moves[moves["latitude"].notna()]
    moved.loc[own.index, ["latitude", "longitude"]] = own[["latitude", "longitude"]]
    moved.loc[moves.index, "geonames_name"] = moved.loc[moves.index, "name"]
    return moved


def _added(rules: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """New members, with the sources and the date of the others of their network."""
    pattern = listed.drop_duplicates("network_id").set_index("network_id")[["sources", "as_of", "status"]]
    added = rules.rename(columns={"to": "key"}).drop(columns=["action", "geonameid", "reason"])
    undated = pd.Series(pd.NA, index=added.index, dtype="Int64")
    return added.join(pattern, on="network_id").assign(
        place="certain", level=added["level"].fillna("city"), geonames_name=added["name"], joined=undated, left=undated,
        note="location: " + rules["reason"])


def _pinned(listed: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The members with the key of their GeoNames id, and with country and point of the places they were moved to."""
    by_hand = listed["key"].notna()
    keyed = listed.assign(key=listed["key"].fillna("G" + listed["geonameid"]))
    found = gazetteer.places.reindex(keyed["key"]).set_axis(keyed.index)
    known = by_hand & keyed["key"].str.startswith("G")
    lost = keyed.loc[known & found["name"].isna(), "key"]
    if len(lost):
        raise SourceError(f"membership_corrections.csv: place must be in GeoNames, but {', '.join(lost)}")
    for column in ("country", "latitude", "longitude"):
        keyed[column] = keyed[column].mask(known, found[column])
    keyed["geonames_name"] = keyed["geonames_name"].mask(known, found["name"])
    return keyed


def join_notes(notes: pd.Series, more: pd.Series) -> pd.Series:
    """Notes and further notes, row by row; either may be missing."""
    both = notes + "; " + more
    return both.fillna(notes).fillna(more)


def clubs(sources_dir: Path, report: Report) -> pd.DataFrame:
    """The towns of the clubs that merged.csv writes out as pairs, as undated members of one network each.

    Raises:
        SourceError: merged.csv or a column of it is missing.
    """
    named = curated("tie_clubs.csv", ["club", "name", "country"])
    towns = _club_towns(sources_dir).merge(named, on=["name", "country"])
    lists = curated("tie_lists.csv", ["code", "source_id", "as_of"]).set_index("code")
    seen = towns[towns["partner"].isin(_club_names(towns))].assign(sources=lambda rows: rows["sources"].str.split("|"))
    seen = seen.explode("sources")
    seen = seen[seen["sources"].isin(lists.index)]
    seen = seen.assign(as_of=seen["sources"].map(lists["as_of"]), sources=seen["sources"].map(lists["source_id"]))
    groups = seen.sort_values("key", kind="stable").groupby(["club", "name", "country"])
    members = groups[["key", "latitude", "longitude", "geonameid", "level"]].first().astype(
        {"latitude": float, "longitude": float})
    members = members.assign(sources=groups["sources"].agg(_unique), as_of=groups["as_of"].max()).reset_index()
    report.step("memberships: clubs written out as pairs", len(members), len(members), {},
                ", ".join(f"{club}: {count}" for club, count in members["club"].value_counts().sort_index().items()))
    undated = pd.Series(pd.NA, index=members.index, dtype="Int64")
    return members.rename(columns={"club": "network_id"}).assign(
        geonames_name=members["name"], status="listed", place="certain", note=None, joined=undated, left=undated)


def _club_towns(sources_dir: Path) -> pd.DataFrame:
    """Every end of a pair in merged.csv, with the name and country of the other end as `partner`."""
    names = ["key", "city", "lat", "lon", "geonameid", "level"]
    columns = [f"{name}_{side}" for side in "ab" for name in names]
    merged = csv(sources_dir / "ties/merged.csv", [*columns, "country_a_iso3", "country_b_iso3", "source"])
    sides = [merged[[*(f"{name}_{one}" for name in names), f"country_{one}_iso3", "source"]].set_axis(
        ["key", "name", "latitude", "longitude", "geonameid", "level", "country", "sources"], axis=1).assign(
        partner=merged[f"city_{other}"] + "|" + merged[f"country_{other}_iso3"]) for one, other in ("ab", "ba")]
    return pd.concat(sides, ignore_index=True)


def _club_names(towns: pd.DataFrame) -> set[str]:
    return set(towns["name"] + "|" + towns["country"])


def _unique(codes: pd.Series) -> list[str]:
    return sorted(set(codes))
