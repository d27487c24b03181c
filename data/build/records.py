"""One record per tie: all that its sources say, brought together."""

from __future__ import annotations

import pandas as pd

from data.build import pages, read, years
from data.build.ends import Ends
from data.build.instruments import check_pairs
from data.build.kinds import KEYS
from data.build.lists import union
from data.build.years import TIE
from data.model import REUSE

LIST_RANK = {"wikidata12k": 10, "enwiki_2013": 11}
COLUMNS = [*TIE, "issues", "start_year", "end_year", "status", "start_basis", "other_years", "thin", "sources",
           "evidence", "place", "note"]
STATUS_ORDER = ("ended", "suspended", "active", "delisted")
_SAID = [*TIE, "source_id", "family", "rank", "by_page", "start_year", "issues", "note"]


def attest(rows: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """One row per tie and source: key_a, key_b, kind, source_id, family, rank, by_page, start_year, issues, note.

    `rows`: located transcribed rows with kind, source_id, family, authority, start_year, issues, note; `listed`: the
    listed pairs with kind. Of a pair's list years, those that no page gives are the lists' own.
    """
    by_page = rows.assign(rank=rows["authority"].map(pages.AUTHORITY), by_page=True)
    families = pages.lists().set_index("source_id")["family"]
    on_list = listed.explode("sources").rename(columns={"sources": "source_id"})
    dating = on_list["source_id"].isin(list(LIST_RANK))
    on_list["start_year"] = on_list["start_year"].where(on_list["source_id"].eq(on_list["start_source"]))
    rank = on_list["source_id"].map(LIST_RANK).fillna(99).astype(int)
    on_list = on_list.assign(family=on_list["source_id"].map(families), by_page=False, note=None, rank=rank,
                             issues=_none(on_list))
    extra = _other_years(on_list.loc[dating], rows)
    return pd.concat([by_page[_SAID], on_list[_SAID], extra[_SAID]], ignore_index=True)


def _other_years(dating: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The further years of dated lists: of a pair's years, those that neither a page nor another list has."""
    said = rows.dropna(subset="start_year").groupby(KEYS)["start_year"].agg(set)
    first = dating.sort_values("rank", kind="stable").drop_duplicates(KEYS)
    years_said = said.reindex(pd.MultiIndex.from_frame(first[KEYS]))
    own = [sorted(set(years) - (known if isinstance(known, set) else set()) - {start})
           for years, known, start in zip(first["years"], years_said, first["start_year"].fillna(0), strict=True)]
    first = first.assign(start_year=pd.Series(own, index=first.index, dtype="object"))
    return first.explode("start_year").dropna(subset="start_year").astype({"start_year": "Int64"})


def settle(attested: pd.DataFrame, rows: pd.DataFrame, listed: pd.DataFrame, where: Ends) -> pd.DataFrame:
    """The records (COLUMNS) of what is attested.

    Raises:
        SourceError: a hand-kept table names a pair that is no tie, or an end year is not explained.
    """
    readings = check_pairs(years.readings(), "tie_years.csv", where)
    endings = check_pairs(years.endings(), "tie_status.csv", where)
    years.check_endings(rows, endings)
    attested = pd.concat([attested, _by_endings(attested, endings)], ignore_index=True)
    found = attested.groupby(TIE).agg(
        sources=("source_id", lambda ids: sorted(set(ids))), evidence=("family", "nunique"), issues=("issues", union),
        by_page=("by_page", "any"))
    found = found.join(years.starts(attested, readings))
    found["other_years"] = found["other_years"].map(lambda others: others if isinstance(others, list) else [])
    found = found.reset_index().merge(listed[[*TIE, "in_2026", "delisted", "end_year"]], on=TIE, how="left")
    for column in ("in_2026", "delisted"):
        found[column] = found[column].eq(True)
    one_list = found["sources"].map(len).eq(1) & ~found["by_page"]
    found["thin"] = one_list & ~found["in_2026"] & found["start_year"].isna()
    return _ended(found.rename(columns={"end_year": "end_list"}), endings).assign(place="certain")[COLUMNS]


def _by_endings(attested: pd.DataFrame, endings: pd.DataFrame) -> pd.DataFrame:
    """The pages that tie_status.csv cites, as further sources of the pair's ties."""
    cited = endings.dropna(subset="source")
    identity = pages.identify(cited["source"])
    ties = attested[TIE].drop_duplicates()
    cited = cited[[*KEYS, "source"]].join(identity[["source_id", "family"]], on="source").merge(ties, on=KEYS)
    nothing = pd.Series(pd.NA, index=cited.index, dtype="Int64")
    return cited.assign(rank=pages.AUTHORITY["page"], by_page=True, start_year=nothing, issues=_none(cited),
                        note=None)[_SAID]


def _ended(found: pd.DataFrame, endings: pd.DataFrame) -> pd.DataFrame:
    """Status and end year: by tie_status.csv, else Wikidata's end where it lies after the start, else delisted."""
    by_hand = endings.drop_duplicates(KEYS)[[*KEYS, "status", "end_year"]]
    found = found.merge(by_hand, on=KEYS, how="left")
    real = found["end_list"].notna() & found["status"].isna() & found["start_year"].ne(found["end_list"]).fillna(True)
    found["end_year"] = found["end_year"].mask(real, found["end_list"])
    other = pd.Series("active", index=found.index, dtype="str").mask(found["delisted"], "delisted").mask(real, "ended")
    return found.assign(status=found["status"].fillna(other))


def join(ties: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """One row per city_a, city_b and kind, with evidence and reuse by the sources table (source_id, family, reuse).

    Of rows that became one, the best attested gives the start year; the others' years go to other_years.

    Raises:
        SourceError: a tie names a source that the table does not have.
    """
    group = ["city_a", "city_b", "kind"]
    about = sources.set_index("source_id")
    unknown = sorted({name for names in ties["sources"] for name in names} - set(about.index))
    if unknown:
        raise read.SourceError(f"sources: must hold every source of a tie, but not {', '.join(unknown[:20])}")
    ordered = ties.assign(undated=ties["start_year"].isna(), order=ties["status"].map(STATUS_ORDER.index))
    ordered = ordered.sort_values([*group, "undated", "evidence", "start_year"], kind="stable",
                                  ascending=[True, True, True, True, False, True])
    grouped = ordered.groupby(group)
    found = grouped.agg(
        issues=("issues", union), start_year=("start_year", "first"), start_basis=("start_basis", "first"),
        other_years=("other_years", union), years=("start_year", lambda years: set(years.dropna().astype(int))),
        thin=("thin", "all"), sources=("sources", union), place=("place", "min"),
        note=("note", lambda notes: "; ".join(dict.fromkeys(notes.dropna())) or None))
    ending = ordered.sort_values([*group, "order"], kind="stable").groupby(group)
    found[["status", "end_year"]] = ending[["status", "end_year"]].first()
    found["other_years"] = [sorted({*others, *years} - {start}) for others, years, start
                            in zip(found["other_years"], found["years"], found["start_year"], strict=True)]
    found["start_basis"] = found["start_basis"].mask(found["years"].map(len).gt(1), "conflicting")
    found["thin"] &= found["sources"].map(len).eq(1)
    family, reuse = about["family"].to_dict(), about["reuse"].to_dict()
    found["evidence"] = [len({family[name] for name in names}) for names in found["sources"]]
    found["reuse"] = [min((reuse[name] for name in names), key=REUSE.index) for names in found["sources"]]
    return found.drop(columns="years").reset_index()


def _none(rows: pd.DataFrame) -> pd.Series:
    return pd.Series([[] for _ in rows.index], index=rows.index, dtype="object")
