"""Networks, their secretariats and their sources."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.build import networks
from data.build.read import SourceError
from data.build.report import Report
from data.model import NETWORKS, REUSE, SOURCES

COLUMNS = ["network_id", "name", "short_name", "founded_year", "ended_year", "issue_areas", "secretariat_city",
           "website", "scope", "kind", "coverage", "as_of"]
ROWS = [["ports", "Ports", "P", "1990", "", "mobility;energy", "", "http://ports.example", "global", "network",
         "partial (3 of 9)", "2019"],
        ["wine", "Wine", "W", "1999", "2005", "tourism", "Bordeaux", "", "regional", "programme", "full", "2020"]]
NOTES = [["wine", "hub", "3031582", "secretariat"], ["ports", "short_name", "Ports", "name in use"],
         *([club, field, value, "own"] for club in ("douzelage", "rural_charter") for field, value in (
             ("name", club.title()), ("short_name", club.title()), ("form", "network"), ("scope", "regional"),
             ("issues", "culture"), ("coverage_note", "full"), ("as_of", "2026-02")))]


def _folder(tmp_path: Path, rows: list[list[str]]) -> Path:
    (tmp_path / "networks").mkdir()
    pd.DataFrame(rows, columns=COLUMNS).to_csv(tmp_path / "networks/networks.csv", index=False)
    return tmp_path


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The corrections of these tests; a test may add its own."""
    own = [list(row) for row in NOTES]
    columns = ["network_id", "field", "value", "reason"]
    monkeypatch.setattr(networks, "curated", lambda name, asked: pd.DataFrame(own, columns=columns))
    return own


def _members() -> pd.DataFrame:
    rows = [("ports", "a-fr", "listed", ["s"], "2018"), ("ports", "b-fr", "delisted", ["t", "s"], "2012"),
            ("wine", "a-fr", "listed", ["s"], "2020"), ("douzelage", "a-fr", "listed", ["s"], "2026-02"),
            ("rural_charter", "b-fr", "listed", ["s"], "2026-02")]
    return pd.DataFrame(rows, columns=["network_id", "city_id", "status", "sources", "as_of"])


@pytest.mark.usefixtures("notes")
def test_a_network_carries_its_corrections_and_its_hub(tmp_path: Path) -> None:
    found = networks.read(_folder(tmp_path, ROWS), Report()).set_index("network_id")
    assert found["short_name"].to_dict() == {"douzelage": "Douzelage", "ports": "Ports",
                                               "rural_charter": "Rural_Charter", "wine": "W"}
    assert found.loc["wine", "hub"] == "G3031582"
    assert found.loc["ports", "issues"] == ["climate", "mobility"]
    assert found["coverage"].to_dict() == {"douzelage": "complete", "ports": "partial", "rural_charter": "complete",
                                             "wine": "complete"}


@pytest.mark.usefixtures("notes")
def test_years_tell_when_a_network_ended(tmp_path: Path) -> None:
    found = networks.years(_folder(tmp_path, ROWS))
    assert found.loc["wine"].tolist() == [1999, 2005]
    assert pd.isna(found.loc["ports", "dissolved"])


def test_a_secretariat_without_a_geonames_id_stops_the_build(tmp_path: Path, notes: list[list[str]]) -> None:
    del notes[0]
    with pytest.raises(SourceError, match=r"must give the hub of every network with a secretariat, but not wine$"):
        networks.read(_folder(tmp_path, ROWS), Report())


def test_a_correction_of_an_unknown_field_stops_the_build(tmp_path: Path, notes: list[list[str]]) -> None:
    notes.append(["wine", "colour", "red", "taste"])
    with pytest.raises(SourceError, match="colour"):
        networks.read(_folder(tmp_path, ROWS), Report())


@pytest.mark.usefixtures("notes")
def test_a_coverage_in_unknown_words_stops_the_build(tmp_path: Path) -> None:
    rows = [[*ROWS[0][:-2], "some", "2019"], ROWS[1]]
    with pytest.raises(SourceError, match="coverage must fit a word of the closed list, but"):
        networks.read(_folder(tmp_path, rows), Report())


@pytest.mark.usefixtures("notes")
def test_the_table_counts_listed_members_and_dates_by_the_newest_list(tmp_path: Path) -> None:
    read = networks.read(_folder(tmp_path, ROWS), Report())
    table = networks.finish(read, _members(), pd.Series({"G3031582": "bordeaux-fr"}))
    ports = table.set_index("network_id").loc["ports"]
    assert table.columns.tolist() == NETWORKS.columns
    assert (ports["members_listed"], ports["as_of"], ports["sources"]) == (1, "2018", ["s", "t"])
    assert table["hub_city"].fillna("none").tolist() == ["none", "none", "none", "bordeaux-fr"]


@pytest.mark.usefixtures("notes")
def test_a_network_without_members_stops_the_build(tmp_path: Path) -> None:
    read = networks.read(_folder(tmp_path, ROWS), Report())
    with pytest.raises(SourceError, match=r"every network must have members, but ports$"):
        networks.finish(read, _members().query("network_id != 'ports'"), pd.Series({"G3031582": "bordeaux-fr"}))


def test_transcribed_facts_are_open_and_a_licence_by_reference_is_written_out(tmp_path: Path) -> None:
    (tmp_path / "networks").mkdir()
    rows = [["climactor_2022", "t", "a", "non-commercial", "2022"],
            ["climactor_2020", "t", "a", "as climactor_2022", "2020"],
            ["page:change", "t", "a", "facts transcribed; text belongs to the page's owner", "2023"]]
    columns = ["source_id", "title", "address", "licence", "as_of"]
    pd.DataFrame(rows, columns=columns).to_csv(tmp_path / "networks/sources.csv", index=False)
    found = networks.sources(tmp_path)
    assert found.columns.tolist() == [column for column in SOURCES.columns if column != "rows"]
    assert found["licence"].tolist() == ["non-commercial", "non-commercial", networks.FACTS]
    assert found["reuse"].tolist() == [REUSE[2], REUSE[2], REUSE[0]]
    assert found["family"].nunique() == 2


def test_a_source_without_a_licence_class_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks/sources.csv").write_text("source_id,title,address,licence,as_of\nnew,t,a,l,2020\n")
    with pytest.raises(SourceError, match=r"must class every source, dated YYYY-MM-DD, but not new$"):
        networks.sources(tmp_path)
