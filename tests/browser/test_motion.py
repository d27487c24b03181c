"""For readers who ask for reduced motion, nothing moves by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.test_access import LINKS, PATIENCE, STAGE, visit

pytestmark = [pytest.mark.browser, pytest.mark.walk]
# Counts the frames of the window since the last call that drew on a graphics card.
_COUNT = """(() => {
  window.quiet = 0;
  const counted = ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"];
  for (const name of counted) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...all) {
      window.quiet = 0;
      window.drawn = true;
      return draw.apply(this, all);
    };
  }
  const tick = () => { window.quiet += 1; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
})()"""
_AT_REST = 60  # frames, a second of a usual screen
_MOVING = """() => document.getAnimations().filter((move) => move.playState === "running").map(
  (move) => `${move.animationName ?? move.transitionProperty} of ${move.effect.target.outerHTML.slice(0, 120)}`)"""


@pytest.fixture(scope="module")
def calm(browser: Browser) -> Iterator[Page]:
    """A browser page of a reader who asks for reduced motion."""
    context = browser.new_context(reduced_motion="reduce")
    context.add_init_script(_COUNT)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("link", [*LINKS.values(), "/atlas?proj=globe", "/city?city=nairobi-ke&proj=globe"])
def test_a_page_comes_to_rest(calm: Page, server: str, link: str) -> None:
    visit(calm, server, link)
    if calm.get_by_test_id("stDeckGlJsonChart").count():
        calm.wait_for_function("() => window.drawn", timeout=PATIENCE)
    try:
        calm.wait_for_function(f"() => window.quiet >= {_AT_REST} && ({_MOVING})().length === 0", timeout=PATIENCE)
    except PlaywrightTimeout:
        moving = calm.evaluate(_MOVING) or "its map"
        raise AssertionError(f"{link}: must come to rest, but this moves: {moving}") from None


def test_the_stage_goes_through_a_story_without_a_movement(calm: Page, server: str) -> None:
    calm.goto(f"{server}{STAGE}")
    total = int(calm.locator("#progress").get_attribute("max") or 0)
    assert total > 1
    for number in range(1, total + 1):
        expect(calm.locator("#position")).to_have_text(f"{number} / {total}")
        expect(calm.locator("#picture[aria-busy=false]")).to_be_visible(timeout=PATIENCE)
        calm.keyboard.press("ArrowRight")
        assert calm.evaluate(_MOVING) == []
        assert calm.locator("#picture.flying").count() == 0
