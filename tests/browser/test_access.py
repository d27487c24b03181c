"""What axe-core, the common checker of WCAG 2.2 AA, finds on the pages as drawn; and how they fit a small window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from data.view import View
from data.words import PAGES

pytestmark = pytest.mark.browser
PATIENCE = 60_000
TALL = {"width": 1440, "height": 4_000}  # px, higher than any page: axe leaves out what is to be scrolled to
ZOOMED = {"width": 720, "height": 450}  # px, what 1440 x 900 are at 200 %
PHONE = {"width": 390, "height": 844}
ROOM = View(room=("chicago-us", "kyiv-ua", "tokyo-jp", "suva-fj", "?Springfield"))
LINKS = {name: f"/{name}" for name in (*PAGES, "present")} | {
    "city": "/city?city=nairobi-ke", "compare": "/compare?city=chicago-us,toronto-ca",
    "partners": "/partners?city=nairobi-ke", "room": ROOM.link("room")}
STAGE = "/stage?tell=2-chicago"
_AXE = Axe()
_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
          "resultTypes": ["violations"]}
HEADLINE = ".st-key-headline [data-testid=stHeading]"
_UNFINISHED = "[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true]"
_WIDE = """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")].some(
  (box) => box && box.scrollWidth > innerWidth)"""


def visit(page: Page, server: str, link: str) -> None:
    """Open a page of the dashboard; come back once it is drawn to its foot and its run has ended."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server}{link}")
    expect(page.locator(HEADLINE)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("newest source of")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(_UNFINISHED)).to_have_count(0, timeout=PATIENCE)


def faults(page: Page) -> str:
    """The serious and critical violations on a page: rule and impact, and of each element its target and its HTML."""
    grave = [found for found in _AXE.run(page, options=_RULES).response["violations"]
             if found["impact"] in ("serious", "critical")]
    return "\n".join(f"{found['id']} ({found['impact']}): {found['help']}\n" + "\n".join(
        f"  {node['target']}\n    {node['html'][:200]}\n    {node['failureSummary'].splitlines()[-1].strip()}"
        for node in found["nodes"]) for found in grave)


def sideways(page: Page) -> bool:
    """Whether a page is wider than its window, once its charts had the time to follow it."""
    with suppress(PlaywrightTimeout):
        page.wait_for_function(f"() => !({_WIDE})()", timeout=PATIENCE)
    return bool(page.evaluate(_WIDE))


@pytest.fixture(scope="module", params=["light", "dark"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """One browser page a theme."""
    context = browser.new_context(color_scheme=request.param, viewport=TALL, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=LINKS)
def drawn(reader: Page, server: str, request: pytest.FixtureRequest) -> Page:
    """A page of the dashboard, drawn once for the tests that only look at it."""
    reader.set_viewport_size(TALL)
    visit(reader, server, LINKS[request.param])
    return reader


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """A browser page of the size of a phone."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    yield context.new_page()
    context.close()


def _sharing(page: Page, server: str) -> None:
    visit(page, server, LINKS["partners"])
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog").get_by_alt_text("QR code of the pinned link")).to_be_visible()


def _filtering(page: Page, server: str) -> None:
    visit(page, server, LINKS["partners"])
    page.get_by_test_id("stSidebar").get_by_text("More filters").click()
    expect(page.get_by_role("switch", name="Thinly attested ties")).to_be_visible()


def _seeking(page: Page, server: str) -> None:
    visit(page, server, LINKS["partners"])
    page.get_by_test_id("stSidebar").get_by_role("combobox").first.click()
    expect(page.get_by_role("option").first).to_be_visible()


def _embedded(page: Page, server: str) -> None:
    page.goto(f"{server}{LINKS['city']}&embed=true")
    expect(page.get_by_role("link", name="Open in the Atlas")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(_UNFINISHED)).to_have_count(0, timeout=PATIENCE)


def _staged(page: Page, server: str) -> None:
    page.goto(f"{server}{STAGE}")
    expect(page.locator("#picture[aria-busy=false]")).to_be_visible(timeout=PATIENCE)


def _keyed(page: Page, server: str) -> None:
    _staged(page, server)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def _lost(page: Page, server: str) -> None:
    page.goto(f"{server}/nowhere")
    expect(page.get_by_role("heading", name="There is no such page.")).to_be_visible()


def test_a_page_breaks_no_rule_of_access(drawn: Page) -> None:
    drawn.set_viewport_size(TALL)
    below = drawn.get_by_test_id("stMain").evaluate("main => main.scrollHeight - main.clientHeight")
    assert below == 0, f"TALL: must be the height of any page, but {drawn.url} has {below} px more"
    found = faults(drawn)
    assert not found, found


@pytest.mark.walk
def test_a_page_is_read_at_200_percent(drawn: Page) -> None:
    drawn.set_viewport_size(ZOOMED)
    assert not sideways(drawn)
    expect(drawn.locator(HEADLINE)).to_be_in_viewport()
    drawn.locator(HEADLINE).click(trial=True, timeout=10_000)


@pytest.mark.parametrize("come", [_sharing, _filtering, _seeking, _embedded, _staged, _keyed, _lost])
def test_what_opens_beside_the_pages_breaks_no_rule_of_access(
        reader: Page, server: str, come: Callable[[Page, str], None]) -> None:
    reader.set_viewport_size(TALL)
    come(reader, server)
    found = faults(reader)
    assert not found, found


@pytest.mark.walk
@pytest.mark.parametrize("name", LINKS)
def test_a_page_is_read_on_a_phone(phone: Page, server: str, name: str) -> None:
    visit(phone, server, LINKS[name])
    assert not sideways(phone)
    expect(phone.locator(HEADLINE)).to_be_in_viewport()
    phone.locator(HEADLINE).click(trial=True, timeout=10_000)


@pytest.mark.walk
@pytest.mark.parametrize("come", [_embedded, _staged, _lost])
def test_what_opens_beside_the_pages_is_read_on_a_phone(
        phone: Page, server: str, come: Callable[[Page, str], None]) -> None:
    come(phone, server)
    assert not sideways(phone)
    assert phone.evaluate("innerWidth") == PHONE["width"]
