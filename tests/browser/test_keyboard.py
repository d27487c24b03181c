"""A walk through each page with the Tab key alone: what is reached, how it is called, and whether it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.test_access import LINKS, PHONE, visit

pytestmark = [pytest.mark.browser, pytest.mark.walk]
FARTHEST = 400  # presses of Tab
LONGEST = 20  # presses within one stop: a table takes one a column
_MARGIN, _PLAIN, _LEAST = 16, 3.0, 48  # px around a stop; contrast of a mark to be seen (WCAG 1.4.11); px of it
_STEP = """() => {
  document.getAnimations().filter((move) => move instanceof CSSTransition).forEach((move) => move.finish());
  if (document.activeElement === document.body) return null;
  const element = document.activeElement.closest("canvas") ?? document.activeElement;
  if (element === window.walked?.at(-1)) return {};
  const before = (window.walked ??= []).indexOf(element);
  window.walked.push(element);
  const box = (element.closest("label") ?? element).getBoundingClientRect();
  const kin = [element, element.parentElement, element.parentElement?.parentElement];
  return {
    before, table: element.matches("canvas:has(table)"), html: element.outerHTML.slice(0, 160),
    main: element.closest("main") !== null, kind: kin.map((one) => `${one?.tagName} ${one?.className}`).join(" in "),
    left: Math.max(box.left, 0), top: Math.max(box.top, 0),
    right: Math.min(box.right, innerWidth), bottom: Math.min(box.bottom, innerHeight) };
}"""
_IN_CELL = "() => document.activeElement.role === 'gridcell'"  # a table drawn on a canvas passes the focus on
_LET_GO = """() => { document.activeElement.blur();
  document.getAnimations().filter((move) => move instanceof CSSTransition).forEach((move) => move.finish()); }"""
_HOLD = "() => window.walked.at(-1).focus({ focusVisible: true, preventScroll: true })"


@dataclass(frozen=True)
class Stop:
    """A stop of the Tab key: its role and name, as a screen reader has them, what it is, and what is wrong with it."""

    role: str
    name: str
    main: bool
    html: str
    faults: tuple[str, ...]


@pytest.fixture(scope="module", params=["light", "dark"])
def desk(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A browser page of the size of a laptop."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=request.param,
                                  reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def shows() -> dict[tuple[str, str], bool]:
    """Kind of stop, by tag and classes, and ground it stands on -> whether it shows that it has the focus."""
    return {}


def walk(page: Page, shows: dict[tuple[str, str], bool]) -> list[Stop]:
    """The stops of the Tab key from the top of a page to its end; a kind of stop is looked at once a ground.

    Raises:
        AssertionError: the focus is held by a stop or led in a circle.
    """
    session, stops, stays = page.context.new_cdp_session(page), list[Stop](), 0
    ground = page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        place = page.evaluate(_STEP)
        if place is None or place.get("before") == 0:
            session.detach()
            return stops
        stays = 0 if place else stays + 1
        if stays > LONGEST or place.get("before", -1) > 0:
            break
        if place:
            stops.append(_stop(page, session, place, ground, shows))
    raise AssertionError(f"Tab: must lead to the end of {page.url}, but after {len(stops)} stops is at {stops[-1]}")


def _stop(page: Page, session: CDPSession, place: dict[str, Any], ground: str,
          shows: dict[tuple[str, str], bool]) -> Stop:
    if place["table"]:
        page.wait_for_function(_IN_CELL)
    role, name = _called(session)
    faults = [] if name else ["has no name"]
    if place["left"] >= place["right"] or place["top"] >= place["bottom"]:
        faults.append("is not in the window")
    else:
        kind = (ground, place["kind"])
        if kind not in shows:
            shows[kind] = _shows(page, place)
        faults += [] if shows[kind] else ["does not show that it has the focus"]
    return Stop(role, name, place["main"], place["html"], tuple(faults))


def _called(session: CDPSession) -> tuple[str, str]:
    """Role and name of what has the focus, as the browser tells them to a screen reader."""
    held = session.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    node = session.send("Accessibility.getPartialAXTree", {"objectId": held, "fetchRelatives": False})["nodes"][0]
    return node["role"]["value"], node.get("name", {}).get("value", "").strip()


def _shows(page: Page, place: dict[str, Any]) -> bool:
    """Whether enough of what is in and around a stop looks plainly different while it has the focus."""
    left, top = max(place["left"] - _MARGIN, 0), max(place["top"] - _MARGIN, 0)
    clip = {"x": left, "y": top, "width": place["right"] + _MARGIN - left, "height": place["bottom"] + _MARGIN - top}
    with_focus = _light(page.screenshot(clip=clip))
    page.evaluate(_LET_GO)
    without = _light(page.screenshot(clip=clip))
    page.evaluate(_HOLD)
    contrast = (np.maximum(with_focus, without) + 0.05) / (np.minimum(with_focus, without) + 0.05)
    return int((contrast >= _PLAIN).sum()) >= _LEAST


def _light(picture: bytes) -> NDArray[np.float64]:
    """Relative luminance of each pixel, as WCAG defines it."""
    part = np.asarray(Image.open(BytesIO(picture)).convert("RGB")) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def _complaints(stops: list[Stop]) -> str:
    return "\n".join(f"{stop.role} {stop.name!r} {' and '.join(stop.faults)}: {stop.html}"
                     for stop in stops if stop.faults)


@pytest.mark.parametrize("name", LINKS)
def test_the_tab_key_leads_through_a_page_by_named_stops_that_show(
        desk: Page, server: str, name: str, shows: dict[tuple[str, str], bool]) -> None:
    visit(desk, server, LINKS[name])
    stops = walk(desk, shows)
    print(f"{name}: {len(stops)} stops of the Tab key, {sum(stop.main for stop in stops)} of them on the page itself")
    assert any(stop.main for stop in stops)
    assert not _complaints(stops), _complaints(stops)


def test_the_first_stop_skips_what_stands_before_the_page(desk: Page, server: str) -> None:
    visit(desk, server, LINKS["partners"])
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to main content")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.get_by_test_id("stMain").locator(":focus")).to_have_count(1)


def test_on_a_phone_no_stop_lies_in_the_closed_menu(
        browser: Browser, server: str, shows: dict[tuple[str, str], bool]) -> None:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    visit(page, server, LINKS["partners"])
    stops = walk(page, shows)
    context.close()
    assert not _complaints(stops), _complaints(stops)


def test_the_share_dialog_holds_the_focus_and_gives_it_back(desk: Page, server: str) -> None:
    visit(desk, server, LINKS["partners"])
    share, dialog = desk.get_by_role("button", name="Share"), desk.get_by_role("dialog")
    share.press("Enter")
    expect(dialog.get_by_alt_text("QR code of the pinned link")).to_be_visible()
    reached = set()
    for _ in range(LONGEST):
        desk.keyboard.press("Tab")
        expect(dialog.locator(":focus")).to_have_count(1)
        reached.add(desk.evaluate("() => document.activeElement.ariaLabel ?? document.activeElement.innerText"))
    assert {"Close", "Link", "Copy to clipboard"} <= reached
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(share).to_be_focused()
