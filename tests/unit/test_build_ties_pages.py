"""A transcriber's reference becomes a source with a publisher, a family and a licence."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.build import pages, read
from data.model import SOURCES
from tests.unit import tie_world as world


@pytest.mark.parametrize(
    ("reference", "host"),
    [
        ("https://www.city.kyoto.lg.jp/sogo/page/1.html", "city.kyoto.lg.jp"),
        ("http://de.wikipedia.org./wiki/Liste", "de.wikipedia.org"),
        ("https://daegu.go.kr:443/english", "daegu.go.kr"),
        ("https://web.archive.org/web/20160422/http://www.essen.de/a", "essen.de"),
        (
            "http://cozy.pub?url=https%3A%2F%2Fweb.archive.org%2Fweb%2F2015%2Fhttp%3A%2F%2Fwww.cairns.qld.gov.au%2Fx",
            "cairns.qld.gov.au",
        ),
        ("https://en.wikipedia.org/wiki/Philadelphia (via a table)", "en.wikipedia.org"),
        ("stored page without address: a list", ""),
    ],
)
def test_the_host_is_the_original_publisher_s(reference: str, host: str) -> None:
    assert pages.host(reference) == host


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("news.leeds.gov.uk", "leeds.gov.uk"),
        ("leeds.gov.uk", "leeds.gov.uk"),
        ("arabic.shanghai.gov.cn", "shanghai.gov.cn"),
        ("city.osaka.lg.jp", "osaka.lg.jp"),
        ("a.blogspot.com", "a.blogspot.com"),
        ("townsville.qld.gov.au", "townsville.qld.gov.au"),
        ("202.246.160.111", "202.246.160.111"),
        ("m.chemnitz.de", "chemnitz.de"),
        ("feeds.bbci.co.uk", "bbci.co.uk"),
    ],
)
def test_one_publisher_is_one_family(host: str, domain: str) -> None:
    assert pages.domain(host) == domain


def test_an_id_names_the_host_and_tells_addresses_apart() -> None:
    first, second = pages.source_id("https://www.a.example/x"), pages.source_id("https://a.example/y")
    assert first != second
    assert {text.rpartition("-")[0] for text in (first, second)} == {"page:a.example"}


def test_the_first_rule_of_a_column_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        read,
        "CURATED",
        world.curated(tmp_path / "curated", page_sources="late\\.gov,,copy,,x\nlate,,page,doubtful,x\n"),
    )
    found = pages.identify(pd.Series(["https://late.gov/a", "https://mirror.example/b", "https://else.example/c"]))
    assert found["authority"].to_dict() == {
        "https://else.example/c": "page",
        "https://late.gov/a": "official",
        "https://mirror.example/b": "copy",
    }
    assert found.at["https://late.gov/a", "note"] == "doubtful"
    assert found.at["https://mirror.example/b", "family"] == "wikipedia"
    assert found["reuse"].to_list() == ["open", "open", "share-alike"]


def test_an_unknown_authority_stops_the_build_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "CURATED", world.curated(tmp_path / "curated", page_sources="x,,oracle,,x\n"))
    with pytest.raises(read.SourceError, match=r"page_sources\.csv authority.*oracle"):
        pages.identify(pd.Series(["https://x.example"]))


def test_every_source_has_a_title_a_publisher_and_a_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "CURATED", world.curated(tmp_path / "curated"))
    references = pd.DataFrame(
        {
            "reference": ["https://a.example/twin_cities.html", "stored page without address: A list"],
            "as_of": ["2026-11", "2026-11-22"],
        }
    )
    found = pages.sources(references).set_index("source_id")
    assert [column for column in SOURCES.columns if column not in found.reset_index()] == ["rows"]
    assert found.loc[found["publisher"].eq("a.example"), "title"].item() == "a.example: twin cities"
    stored = found.loc[found["address"].isna()].iloc[0]
    assert (stored["title"], stored["as_of"]) == ("A list", "2026-11-22")
    assert found.at["enwiki_2026", "family"] == "wikipedia"


def test_a_transcription_without_a_date_stops_the_build_by_name(tmp_path: Path) -> None:
    (tmp_path / "SOURCE.md").write_text("no date")
    with pytest.raises(read.SourceError, match=r"SOURCE\.md"):
        pages.transcribed(tmp_path)
