"""Bilateral ties: the lists and the transcribed papers become one row per pair of cities and kind."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.build import ends, instruments, kinds, lists, pages, read as reader, records as record, years
from data.build.ends import Ends
from data.build.gazetteer import Gazetteer, distance_km
from data.build.kinds import KEYS
from data.build.report import Report
from data.build.years import TIE
from data.model import TIES


def read(sources_dir: Path, gazetteer: Gazetteer, report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per pair of places and kind (`records`), and every place with the spellings seen (`places`).

    `records`: key_a < key_b, kind, issues, start_year, end_year, status, start_basis, other_years, thin, sources (lists),
    evidence, place (`certain`), note. `places`: key, name, source, country (ISO3), latitude, longitude (degrees), geonameid,
    wikidata, level.

    Raises:
        SourceError: a source or a hand-kept table is not what it must be; the message names file, column and values.
    """
    listed, placed = lists.read_merged(sources_dir, gazetteer, report)
    listed, club = lists.without_clubs(listed, placed, report)
    listed = lists.mend(listed, placed, report)
    where = _ends(gazetteer, placed, listed)
    rows = _transcribed(sources_dir, where, club, report)
    where.pairs.update(zip(rows["key_a"], rows["key_b"], strict=True))
    pairs = pd.MultiIndex.from_frame(listed[KEYS])
    rows, listed, notes = _correct(kinds.of_rows(rows, pairs), listed, where, report)
    rows = kinds.one_tie_a_signing(rows, pairs)
    listed["kind"] = kinds.of_lists(listed, rows)
    attested = record.attest(rows, listed)
    found = record.settle(attested, rows, listed, where)
    found["note"] = _joined(found["note"], pd.MultiIndex.from_frame(found[KEYS]).map(notes))
    report.step("ties: one row per pair and kind", len(attested), len(found),
                {"further sources of the same tie": len(attested) - len(found)}, _summary(found))
    return found.sort_values(TIE, ignore_index=True), _places(found, rows, placed, gazetteer)


def _ends(gazetteer: Gazetteer, placed: pd.DataFrame, listed: pd.DataFrame) -> Ends:
    used = placed.loc[placed["key"].isin([*listed["key_a"], *listed["key_b"]])]
    fixed = ends.corrections().dropna(subset="place")
    return Ends(gazetteer, ends.known(used), set(zip(listed["key_a"], listed["key_b"], strict=True)),
                dict(zip(zip(fixed["name"], fixed["country"], strict=True), fixed["place"], strict=True)))


def _transcribed(sources_dir: Path, where: Ends, club: set[ends.Pair], report: Report) -> pd.DataFrame:
    rows = instruments.read_rows(sources_dir)
    distinct = rows.sort_values("as_of", kind="stable").drop_duplicates(rows.columns.drop("as_of").tolist())
    report.step("ties: read transcribed rows", len(rows), len(distinct), {"written twice": len(rows) - len(distinct)})
    located = instruments.locate(distinct.sort_index(), where, report)
    in_club = pd.Series([keys in club for keys in zip(located["key_a"], located["key_b"], strict=True)], index=located.index)
    kept = located.loc[~in_club].reset_index(drop=True)
    report.step("ties: transcribed rows of clubs", len(located), len(kept), {"joining a multilateral club": int(in_club.sum())})
    identity = pages.identify(kept["reference"]).drop(columns=["address", "licence", "reuse"])
    return kept.join(identity, on="reference").assign(issues=instruments.issues(kept["topics"]))


def _correct(rows: pd.DataFrame, listed: pd.DataFrame, where: Ends,
             report: Report) -> tuple[pd.DataFrame, pd.DataFrame, dict[ends.Pair, str]]:
    """tie_corrections.csv: pairs or papers to drop, kinds that a page's word does not tell, notes for the reader."""
    columns = [*years.PAIR, "word", "year", "action", "value", "reason"]
    table = instruments.check_pairs(reader.curated("tie_corrections.csv", columns), "tie_corrections.csv", where)
    wrong = sorted(set(table["action"]) - {"drop", "kind", "note"})
    if wrong:
        raise reader.SourceError(f"tie_corrections.csv action: must be drop, kind or note, but {', '.join(wrong)}")
    gone = pd.Series(False, index=rows.index)
    for fix in table.loc[table["action"].ne("note")].itertuples():
        meant = rows["key_a"].eq(fix.key_a) & rows["key_b"].eq(fix.key_b)
        meant &= pd.isna(fix.word) | rows["word"].eq(fix.word)
        meant &= pd.isna(fix.year) | rows["start_year"].astype("str").eq(str(fix.year))
        gone |= meant & (fix.action == "drop")
        rows.loc[meant & (fix.action == "kind"), "kind"] = fix.value
    whole = table.loc[table["action"].eq("drop") & table["word"].isna() & table["year"].isna()]
    unlisted = pd.MultiIndex.from_frame(listed[KEYS]).isin(pd.MultiIndex.from_frame(whole[KEYS]))
    report.step("ties: corrections by hand", len(rows) + len(listed), len(rows) + len(listed) - int(gone.sum() + unlisted.sum()),
                {"listed pairs dropped": int(unlisted.sum()), "transcribed rows dropped": int(gone.sum())})
    noted = table.loc[table["action"].eq("note")]
    notes = dict(zip(zip(noted["key_a"], noted["key_b"], strict=True), noted["value"], strict=True))
    return rows.loc[~gone].reset_index(drop=True), listed.loc[~unlisted].reset_index(drop=True), notes


def _joined(first: pd.Series, second: pd.Series | pd.Index) -> list[str | None]:
    return ["; ".join(text for text in texts if isinstance(text, str)) or None
            for texts in zip(first, second, strict=True)]


def _summary(found: pd.DataFrame) -> str:
    kinds_, bases = found["kind"].value_counts().to_dict(), found["start_basis"].value_counts().to_dict()
    return f"kinds {kinds_}; status {found['status'].value_counts().to_dict()}; start years {bases}; thin {int(found['thin'].sum())}"


def _places(found: pd.DataFrame, rows: pd.DataFrame, placed: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Every place of a record with the spellings of merged.csv (GeoNames' or the first list's) and of the pages."""
    hand = ends.corrections().dropna(subset="place")
    made = _made(hand.dropna(subset="seat").drop_duplicates("place"), gazetteer)
    plain = sorted({*found["key_a"], *found["key_b"]} - {*placed["key"], *made["key"]})
    geonames = gazetteer.places.loc[plain, ["name", "country", "latitude", "longitude", "geonameid"]].rename_axis("key").reset_index()
    every = pd.concat([placed, made, geonames.assign(level="city")], ignore_index=True).drop_duplicates("key", keep="first")
    level = hand.dropna(subset="level").drop_duplicates("place").set_index("place")["level"]
    every["level"] = every["key"].map(level).fillna(every["level"])
    every = every.loc[every["key"].isin([*found["key_a"], *found["key_b"]])]
    spelled = instruments.spelled(rows, every.set_index("key").drop(columns="name"))
    first = every["key"].str.startswith("G").map({True: "geonames", False: "enwiki_2026"})
    both = pd.concat([every.assign(source=first), spelled.loc[spelled["country"].notna()]], ignore_index=True)
    columns = ["key", "name", "source", "country", "latitude", "longitude", "geonameid", "wikidata", "level"]
    return both[columns].astype({"geonameid": "Int64"}).sort_values(columns[:3], ignore_index=True)


def _made(own: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Places that only tie_places.csv knows, at their seat: a key of the gazetteer, or degrees north and east."""
    at = [tuple(map(float, seat.split())) if " " in seat else gazetteer.place(seat)[2:4] for seat in own["seat"]]
    return pd.DataFrame({"key": own["place"], "name": own["name"].str.partition("|")[0], "country": own["country"],
                         "latitude": [point[0] for point in at], "longitude": [point[1] for point in at], "level": "city"})


def sources(sources_dir: Path) -> pd.DataFrame:
    """The `sources` rows of the ties: the lists and every transcribed or cited page (model.SOURCES without `rows`).

    Raises:
        SourceError: a file or column is missing.
    """
    rows = instruments.read_rows(sources_dir)[["reference", "as_of"]]
    cited = years.endings().dropna(subset="source")["source"].drop_duplicates()
    return pages.sources(pd.concat([rows, pd.DataFrame({"reference": cited, "as_of": rows["as_of"].max()})], ignore_index=True))


def finish(records: pd.DataFrame, cities: gpd.GeoDataFrame, ids: pd.Series, sources: pd.DataFrame,
           report: Report) -> pd.DataFrame:
    """The `ties` table (columns of model.TIES).

    `cities`: city_id, country, level, geometry (points, EPSG:4326); `ids`: place key -> city_id; `sources`: source_id,
    family, reuse. distance_km is the great circle on a sphere of 6371.0088 km.

    Raises:
        SourceError: a place has no city, or a source is not in `sources`.
    """
    ties = records.assign(city_a=records["key_a"].map(ids), city_b=records["key_b"].map(ids))
    lost = sorted({*ties.loc[ties["city_a"].isna(), "key_a"], *ties.loc[ties["city_b"].isna(), "key_b"]})
    if lost:
        raise reader.SourceError(f"ids: must know the city of every place of a tie, but not {', '.join(lost[:20])}")
    apart = ties.loc[ties["city_a"].ne(ties["city_b"])].copy()
    apart[["city_a", "city_b"]] = [sorted(pair) for pair in zip(apart["city_a"], apart["city_b"], strict=True)]
    joined = record.join(apart, sources)
    report.step("ties: between cities", len(ties), len(joined),
                {"of which both ends are one city": len(ties) - len(apart), "the same cities and kind": len(apart) - len(joined)})
    joined["tie_id"] = joined["city_a"] + "/" + joined["city_b"] + "/" + joined["kind"]
    place = cities.set_index("city_id")
    a, b = place.loc[joined["city_a"]], place.loc[joined["city_b"]]
    away = distance_km(a.geometry.y.to_numpy(), a.geometry.x.to_numpy(), b.geometry.y.to_numpy(), b.geometry.x.to_numpy())
    joined["distance_km"] = away.round(1)
    joined["domestic"] = a["country"].to_numpy() == b["country"].to_numpy()
    municipal = (a["level"].to_numpy() == "city") & (b["level"].to_numpy() == "city")
    joined["core"] = ~joined["domestic"] & municipal & ~joined["thin"]
    return joined.sort_values("tie_id", ignore_index=True)[TIES.columns]
