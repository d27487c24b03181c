"""No page asks any other host for anything, and the browser's rules of content are never broken."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, expect

pytestmark = pytest.mark.browser
PAGES = sorted(path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py"))
_PATIENCE = 60_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_other_host_and_breaks_no_rule(server: str, page: Page, name: str, scheme: str) -> None:
    hosts: set[str | None] = set()
    complaints: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith(("http", "ws")):
            hosts.add(urlparse(request.url).hostname)

    def read(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("request", note)
    page.on("websocket", lambda socket: hosts.add(urlparse(socket.url).hostname))
    page.on("console", read)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{server}/{name}?country=POL")
    expect(page.get_by_text("newest source of")).to_be_visible(timeout=_PATIENCE)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert hosts == {"127.0.0.1"}
    assert not complaints
