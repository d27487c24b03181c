"""What a reader has from three replicas behind the shipped proxy, in good days and in bad ones."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from email.message import Message
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from websockets import Origin, Subprotocol
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from data.model import ASSETS_DIR
from tests.deploy.fleet import Fleet

LINK = "/networks?chart=web&issue=climate"
STREAM = "/_stcore/stream"
_PATIENCE, _BACK_WITHIN, _MOST_BYTES = 60_000, 10_000, 2_500_000


def _get(address: str, **headers: str) -> tuple[int, Message, str]:
    """Status, headers and text of an answer; an underline in the name of a header stands for a hyphen."""
    asked = urllib.request.Request(address, headers={key.replace("_", "-"): value for key, value in headers.items()})
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def _settle(page: Page) -> None:
    """Wait until the page is joined to a replica, has its last element, the footer, and its run has ended."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=_PATIENCE)
    expect(page.get_by_text("newest source of")).to_be_visible(timeout=_PATIENCE)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=_PATIENCE)


def _open(page: Page, fleet: Fleet) -> str:
    """The headline of LINK with one more filter, pressed on the page; the window is marked, for a reload to unmark."""
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(fleet.base + LINK)
    _settle(page)
    _press(page, "Trade", "climate,trade")
    page.evaluate("window.kept = true")
    return _headline(page)


def _press(page: Page, pill: str, issues: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("button", name=pill, exact=True).click(timeout=_PATIENCE)
    _expect_issues(page, issues)
    _settle(page)


def _expect_issues(page: Page, issues: str) -> None:
    listed = issues.replace(",", "%2C")
    expect(page).to_have_url(re.compile(rf"/networks\?issue={listed}&chart=web$"), timeout=_PATIENCE)


def _headline(page: Page) -> str:
    return page.get_by_role("heading", level=1).first.inner_text()


def test_a_reader_keeps_the_seat_that_the_first_answer_gave(fleet: Fleet) -> None:
    after = len(fleet.requests)
    cookie, *attributes = _get(f"{fleet.base}/compare")[1]["set-cookie"].split("; ")
    assert attributes == ["Path=/", "HttpOnly", "SameSite=Lax"]
    for _ in range(8):
        assert "set-cookie" not in _get(f"{fleet.base}/compare", cookie=cookie)[1]
    assert len({fleet.place(request) for request in fleet.logged("/compare", 9, after)}) == 1


def test_new_readers_are_shared_out_among_the_replicas(fleet: Fleet) -> None:
    for _ in range(24):
        _get(f"{fleet.base}/structure", cookie="atlas_seat=not-a-seat")
    assert len({fleet.place(request) for request in fleet.logged("/structure", 24)}) == len(fleet.replicas)


def test_behind_https_links_and_seats_are_for_https(fleet: Fleet) -> None:
    _, headers, page = _get(f"{fleet.base}/data", host="atlas.example.org", x_forwarded_proto="https")
    assert '<link rel="canonical" href="https://atlas.example.org/data">' in page
    assert headers["set-cookie"].endswith("; SameSite=None; Secure; Partitioned")


@pytest.mark.parametrize(("asked", "packing"), [("gzip, deflate, br, zstd", "gzip"), ("identity", None)])
def test_a_file_is_fetched_from_a_replica_once_for_all_readers(fleet: Fleet, asked: str, packing: str | None) -> None:
    path = f"/assets/{next(ASSETS_DIR.glob('near-globe.*.json.gz')).name.removesuffix('.gz')}"
    after = len(fleet.requests)
    for _ in range(3):
        status, headers, _ = _get(f"{fleet.base}{path}", accept_encoding=asked)
        assert (status, headers["content-encoding"], headers["set-cookie"]) == (200, packing, None)
        assert "immutable" in headers["cache-control"]
    assert [request["cache"] for request in fleet.logged(path, 3, after)] == ["MISS", "HIT", "HIT"]


def test_a_picture_is_drawn_once_for_all_readers_of_one_host(fleet: Fleet) -> None:
    for host in ("one.example.org", "one.example.org", "two.example.org"):
        assert _get(f"{fleet.base}/preview.png?page=data&country=FJI", host=host)[0] == 200
    assert [request["cache"] for request in fleet.logged("/preview.png", 3)] == ["MISS", "HIT", "MISS"]


def test_a_download_is_looked_for_at_every_replica(fleet: Fleet) -> None:
    assert _get(f"{fleet.base}/media/nowhere.csv")[0] == 404
    line, = fleet.logged("/media/nowhere.csv")
    assert len(set(line["replica"].split(", "))) == len(fleet.replicas)


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "//metrics", "/%6Detrics", "/x/../metrics",
                                  "/_stcore/metrics"])
def test_the_numbers_of_a_replica_are_not_for_outside(fleet: Fleet, path: str) -> None:
    status, _, said = _get(fleet.base + path)
    assert (status, "<center>nginx</center>" in said) == (404, True)  # the proxy's own answer: no replica was asked


def test_the_log_names_no_reader_and_no_query(fleet: Fleet) -> None:
    _get(f"{fleet.base}/room?room=chicago-us", user_agent="a browser", referer="http://elsewhere.example.org/")
    line, = fleet.logged("/room")
    assert set(line) == {"time", "method", "path", "status", "bytes", "seconds", "replica", "answered", "cache"}
    assert not re.search(r"chicago-us|a browser|elsewhere", json.dumps(line))


def test_only_a_page_of_the_atlas_opens_a_stream(fleet: Fleet) -> None:
    stream = f"ws{fleet.base.removeprefix('http')}{STREAM}"
    with connect(stream, origin=Origin(fleet.base), subprotocols=[Subprotocol("streamlit")]) as joined:
        assert joined.subprotocol == "streamlit"
    with pytest.raises(InvalidStatus, match="403"):
        connect(stream, origin=Origin("https://elsewhere.example.org"))


@pytest.mark.browser
def test_the_first_look_at_the_map_costs_less_than_two_and_a_half_megabytes(fleet: Fleet, page: Page) -> None:
    after = len(fleet.requests)
    page.goto(f"{fleet.base}/atlas")
    page.locator(".stPlotlyChart .main-svg").first.wait_for(timeout=_PATIENCE)
    _settle(page)
    page.close()
    fleet.logged(STREAM, 1, after)
    years = [request for request in fleet.requests[after:] if "PlotlyChart" in request["path"]]
    assert years  # they come on purpose after the map, and do not count
    assert 1_000_000 < _bytes(fleet.requests[after:]) - _bytes(years) < _MOST_BYTES


def _bytes(requests: list[dict[str, Any]]) -> int:
    return sum(request["bytes"] for request in requests)


@pytest.mark.browser
def test_a_reader_whose_replica_dies_goes_on_at_another(fleet: Fleet, page: Page) -> None:
    after = len(fleet.requests)
    headline = _open(page, fleet)
    dead = fleet.place(fleet.logged("/networks", 1, after)[0])
    died = time.monotonic()
    with page.expect_websocket(timeout=_BACK_WITHIN) as joined:
        fleet.replicas[dead].kill()
    joined.value.wait_for_event("framereceived", timeout=_BACK_WITHIN)  # it is drawn anew, with nobody touching it
    _settle(page)
    assert time.monotonic() - died < _BACK_WITHIN / 1000
    assert fleet.place(fleet.logged(STREAM, 1, after)[0]) == dead
    _expect_issues(page, "climate,trade")
    assert _headline(page) == headline
    _press(page, "Climate", "trade")
    assert page.evaluate("window.kept")
    fleet.restart(dead)


@pytest.mark.browser
def test_a_reader_stays_through_a_restart_of_all_replicas(fleet: Fleet, page: Page) -> None:
    after = len(fleet.requests)
    headline = _open(page, fleet)
    for place in range(len(fleet.replicas)):
        fleet.restart(place)
    _settle(page)
    assert fleet.logged(STREAM, 1, after)  # the reader was at one that was restarted
    _expect_issues(page, "climate,trade")
    assert _headline(page) == headline
    _press(page, "Peace", "climate,peace,trade")
    assert page.evaluate("window.kept")
