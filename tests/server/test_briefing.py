from __future__ import annotations

import urllib.error
import urllib.request

import pytest


def _get(address: str) -> tuple[int, str, bytes, str]:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return (answer.status, answer.headers["content-type"], answer.read(),
                    answer.headers.get("content-disposition", ""))
    except urllib.error.HTTPError as error:
        return error.code, error.headers["content-type"], error.read(), ""


@pytest.mark.parametrize(("form", "kind", "start"), [("pdf", "application/pdf", b"%PDF"),
                                                     ("html", "text/html; charset=utf-8", b"<!doctype html>")])
def test_a_briefing_is_served_under_its_own_name(server: str, form: str, kind: str, start: bytes) -> None:
    status, found, content, place = _get(f"{server}/api/briefing.{form}?city=nairobi-ke")
    assert (status, found, content[:len(start)]) == (200, kind, start)
    assert f"atlas-briefing-nairobi-ke-2026.11.0.{form}" in place


@pytest.mark.parametrize(("address", "status", "words"), [
    ("briefing.docx?city=nairobi-ke", 404, "must be one of pdf, html"),
    ("briefing.pdf", 400, "must name a city, such as chicago-us"),
    ("briefing.pdf?city=atlantis-xx", 400, "`city=atlantis-xx` is not in the Atlas"),
    ("briefing.html?city=nairobi-ke&from=abc", 400, "is not a year")])
def test_what_cannot_be_briefed_is_named(server: str, address: str, status: int, words: str) -> None:
    found, _, content, _ = _get(f"{server}/api/{address}")
    assert found == status
    assert words in content.decode()
