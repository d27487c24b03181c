"""The server's own answers: headers, files, pages that do not exist, and a start that fails by name."""

from __future__ import annotations

import gzip
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from pathlib import Path

import brotli
import pytest

from data.model import ASSETS_DIR


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _get(address: str, encoding: str = "identity") -> tuple[int, Message, bytes]:
    request = urllib.request.Request(address, headers={"accept-encoding": encoding})
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.mark.parametrize("path", ["atlas", "data", "_stcore/health", "nothing-here", "favicon.png"])
def test_every_answer_carries_the_security_headers(server: str, path: str) -> None:
    _, headers, _ = _get(f"{server}/{path}")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors *" in policy
    assert "http" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_the_health_names_the_dataset_and_the_numbers_are_for_prometheus(server: str) -> None:
    status, _, body = _get(f"{server}/healthz")
    assert (status, json.loads(body)) == (200, {"status": "ok", "dataset": "2026.11.0", "ties": 35961})
    numbers = _get(f"{server}/metrics")[2].decode()
    for name in ("atlas_sessions", "atlas_view_seconds", "atlas_errors_total", "process_resident_memory_bytes"):
        assert f"# HELP {name.removesuffix('_total')}" in numbers


@pytest.mark.parametrize("path", [
    "nothing-here", "data/deeper", "atlas.php", "assets/none.json", "assets/assets.json.gz", ".env", "api", "api/x",
    "preview.png/x", "stage/x", "robots.txt/x", "static/x", "static/js/none.js", "_stcore/x", "_stcore/agent/interact",
    "_stcore/upload_file/a/b", "static/" + 300 * "x", "assets/" + 300 * "x" + ".json", "api/paths/land-globe.json"])
def test_what_is_not_there_is_a_404(server: str, path: str) -> None:
    assert _get(f"{server}/{path}")[0] == 404


def test_an_address_that_climbs_out_of_the_assets_is_refused(server: str) -> None:
    assert _get(f"{server}/assets/..%2fmodel.py")[0] == 404


def test_the_404_page_leads_back_to_the_map(server: str) -> None:
    _, headers, body = _get(f"{server}/nothing-here")
    assert headers["content-type"].startswith("text/html")
    assert b'href="/atlas"' in body


@pytest.mark.parametrize("page", sorted(path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py")))
def test_every_page_has_an_address_of_its_own(server: str, page: str) -> None:
    status, headers, _ = _get(f"{server}/{page}?issue=climate")
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("page", ["atlas", "present"])
def test_a_page_is_named_after_the_atlas_before_it_is_drawn(server: str, page: str) -> None:
    body = _get(f"{server}/{page}")[2].decode()
    assert " · Atlas of City Alliances</title>" in body
    assert "<title>Streamlit</title>" not in body


def test_the_finding_stands_in_the_page_before_any_script_has_come(server: str) -> None:
    body = _get(f"{server}/atlas?city=nairobi-ke")[2].decode()
    assert re.search(r'<div id="root"><main class=.opening.><p>Nairobi’s 7 ties reach 5 countries', body)


def test_the_root_sends_on_to_the_map_with_its_query(server: str) -> None:
    status, headers, _ = _get(f"{server}/?issue=climate%2Ctrade&from=1990")
    assert status == 307
    assert headers["location"] == "atlas?issue=climate%2Ctrade&from=1990"


def _asset() -> str:
    return min(path.name for path in ASSETS_DIR.glob("*.json.gz")).removesuffix(".gz")


def test_an_asset_comes_compressed_and_to_be_kept_for_ever(server: str) -> None:
    status, headers, body = _get(f"{server}/assets/{_asset()}", "gzip")
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert headers["content-type"] == "application/json"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert json.loads(gzip.decompress(body))


def test_an_asset_comes_plain_to_who_asks_for_it_plain(server: str) -> None:
    _, headers, body = _get(f"{server}/assets/{_asset()}")
    assert headers["content-encoding"] is None
    assert json.loads(body)


def test_the_dashboards_own_page_comes_compressed(server: str) -> None:
    _, headers, _ = _get(f"{server}/atlas", "gzip")
    assert headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(("accepted", "sent"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", None)])
def test_the_dashboards_own_files_come_as_small_as_the_browser_can_read(
        server: str, accepted: str, sent: str | None) -> None:
    page = _get(f"{server}/atlas")[2].decode()
    script = re.search(r"static/js/index[^\"]*\.js", page)
    assert script
    status, headers, body = _get(f"{server}/{script[0]}", accepted)
    assert (status, headers["content-encoding"]) == (200, sent)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[sent]
    assert b"import" in unpack(body)


def test_a_file_of_the_dashboard_has_one_address(server: str) -> None:
    assert _get(f"{server}/static/./js")[0] == 404
    assert _get(f"{server}/static/../index.html")[0] == 404


@pytest.mark.parametrize(("name", "content", "said"), [
    ("ties.parquet", b"PAR1", "must have"),
    ("cities.parquet", None, "must exist, but is missing"),
    ("datapackage.json", b"{", "must be JSON"),
])
def test_a_broken_table_stops_the_start_by_name(
        cold_server: Callable[..., str], tables: Path, tmp_path: Path, name: str, content: bytes | None,
        said: str) -> None:
    for path in tables.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).unlink() if content is None else (tmp_path / name).write_bytes(content)
    with pytest.raises(RuntimeError) as stopped:
        cold_server(ATLAS_TABLES=str(tmp_path))
    assert f"{name}: {said}" in str(stopped.value)
    assert "make data" in str(stopped.value)
    assert "Traceback" not in str(stopped.value)
