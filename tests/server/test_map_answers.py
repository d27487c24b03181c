"""What the server makes for the map: records of a view as JSON, and its still."""

from __future__ import annotations

import json

import pytest

from tests.server.test_server import _get

WHAT = ["cities", "members", "flows", "hairlines", "countries", "spokes", "names"]


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("projection", ["atlantic", "globe"])
def test_records_of_a_view_come_as_compressed_json(server: str, what: str, projection: str) -> None:
    status, headers, body = _get(f"{server}/api/{what}/{projection}.json?network=c40&width=980")
    assert status == 200
    assert headers["content-type"] == "application/json"
    assert json.loads(body)
    assert _get(f"{server}/api/{what}/{projection}.json?network=c40&width=980", "gzip")[2][:2] == b"\x1f\x8b"


@pytest.mark.parametrize(("path", "status", "said"), [
    ("api/cities/mercator.json", 404, "must be one of"),
    ("api/streets/atlantic.json", 404, "must be one of"),
    ("api/cities/atlantic.json?city=nowhere-xx", 400, "`city=nowhere-xx` is not in the Atlas"),
    ("api/names/atlantic.json", 400, "width: must be a number"),
    ("api/names/atlantic.json?width=1e9", 400, "width: must be a number"),
    ("api/between/atlantic.json?city=chicago-us", 400, "city: must name two cities"),
    ("api/paths/none.json", 404, "must be a file of tie paths"),
    ("api/still.gif", 404, "still.gif: must be one of png, svg, pdf"),
    ("api/still.png?theme=blue", 400, "theme: must be dark or light"),
    ("api/still.png?issue=climat", 400, "did you mean `climate`"),
])
def test_a_question_that_has_no_answer_is_refused_by_name(server: str, path: str, status: int, said: str) -> None:
    got, headers, body = _get(f"{server}/{path}")
    assert got == status
    assert headers["content-type"].startswith("text/plain")
    assert said in body.decode()


@pytest.mark.parametrize(("form", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_still_names_its_file_and_says_the_finding(server: str, form: str, magic: bytes) -> None:
    status, headers, body = _get(f"{server}/api/still.{form}?city=nairobi-ke&theme=dark")
    assert status == 200
    assert body.startswith(magic)
    assert headers["content-disposition"] == f'attachment; filename="atlas-ties-2026.11.0.{form}"'
    if form == "svg":
        assert "Nairobi’s" in body.decode()
        assert f"{server}/atlas?" in body.decode()
