"""Limits, headers and the net under errors, asked without a server."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from components import policy
from components.doors import LONGEST_QUERY, MOST_BODY, Doors


async def _broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise ValueError("a secret of the server")


async def _fine(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"fine"})


def _done(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, in a thread of its own: browser tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def _ask(app: object, method: str = "GET", path: str = "/api/x", query: str = "",
         headers: tuple[tuple[bytes, bytes], ...] = ()) -> tuple[int, dict[str, str], str]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": list(headers),
             "scheme": "http", "server": ("127.0.0.1", 80)}
    _done(Doors(app, [Route("/api/{name}", print)])(scope, receive, send))  # type: ignore[arg-type]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], {key.decode(): value.decode() for key, value in sent[0]["headers"]}, body.decode()


def test_an_error_is_told_by_a_number_and_logged_with_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "atlas"):
        status, headers, body = _ask(_broken)
    number = caplog.records[0].facts["number"]  # type: ignore[attr-defined]
    assert status == 500
    assert number in body
    assert "secret" not in body
    assert "secret" in caplog.text
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_nothing_can_be_changed(method: str) -> None:
    status, headers, body = _ask(_fine, method)
    assert (status, headers["allow"]) == (405, "GET, HEAD")
    assert body.startswith(f"{method}: must be GET or HEAD")


def test_what_streamlit_takes_of_its_own_page_is_let_through() -> None:
    assert _ask(_fine, "PUT", "/_stcore/upload_file/x")[0] == 200


@pytest.mark.parametrize(("origin", "let_in"), [
    ("https://atlas.example", True), ("", True), ("https://evil.example", False),
    ("https://atlas.example.evil", False)])
def test_only_the_atlas_own_pages_open_its_stream(origin: str, let_in: bool) -> None:
    came: list[str] = []

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        came.append(scope["type"])

    async def closed(message: Message) -> None:
        assert message == {"type": "websocket.close", "code": 1008}

    headers = [(b"host", b"atlas.example"), (b"origin", origin.encode())]
    _done(Doors(stream, [])({"type": "websocket", "path": "/_stcore/stream", "headers": headers},
                            None, closed))  # type: ignore[arg-type]
    assert bool(came) == let_in


def test_an_address_is_bounded_and_says_so() -> None:
    status, _, body = _ask(_fine, query="x" * (LONGEST_QUERY + 1))
    assert status == 414
    assert "at most 10,000 characters, but has 10,001" in body
    assert _ask(_fine, query="x" * LONGEST_QUERY)[0] == 200


@pytest.mark.parametrize("size", [str(MOST_BODY + 1), "-1", "many"])
def test_what_a_request_brings_is_bounded(size: str) -> None:
    assert _ask(_fine, headers=((b"content-length", size.encode()),))[0] == 413


def test_only_the_scripts_that_stand_in_a_page_may_run() -> None:
    told = policy.headers("<script>one()</script><script type='module' src='x.js'></script>")["content-security-policy"]
    scripts = next(part for part in told.split("; ") if part.startswith("script-src"))
    assert scripts == "script-src 'self' 'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"


def test_who_may_frame_the_atlas_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert policy.headers()["content-security-policy"].endswith("frame-ancestors *")
    monkeypatch.setenv(policy.FRAMES, "'self' https://news.example")
    assert policy.headers()["content-security-policy"].endswith("frame-ancestors 'self' https://news.example")


def test_a_line_of_the_log_is_json() -> None:
    from components.watch import _Lines

    record = logging.LogRecord("atlas", logging.INFO, "", 0, "view", (), None)
    record.facts = {"page": "atlas", "ms": 12.5}
    line = json.loads(_Lines().format(record))
    assert (line["event"], line["page"], line["ms"]) == ("view", "atlas", 12.5)
    assert line["time"].endswith("+00:00")
