from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Page, Route, expect

from components.leaf import Frame, Leaf
from components.stage import html

pytestmark = pytest.mark.browser
LINK = "https://atlas.example/atlas?city=chicago-us&from=1990&to=2015&issue=climate,trade&data=2026.11.0"
WORLD = Frame("atlantic", -17_000, -8_000, 17_000, 8_000)
EUROPE = Frame("atlantic", -2_500, 4_000, 2_500, 6_353)
LAND = "M-9000 -6000L-6000 -6000L-6000 0Z"
TITLES = ["The world", "Europe", "A chart", "As long as may be, " * 6 + "here", "東京は姉妹都市の都市です" * 10]
TEXTS = ["Short.", "Short.", "Short.", "As long as may be, " * 15 + "here", "مدينة " * 49 + "مدينة"]
FRAMES = [WORLD, EUROPE, None, WORLD, EUROPE]

CUT = """() => {
  const outside = (box) => box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
  const seen = [...document.querySelectorAll("main, main :not(#land, #land *)")].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest("svg *, img"));
  const clipped = (element) => element.clientWidth && element.id !== "picture" &&
    (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
  return seen.filter((element) => outside(element.getBoundingClientRect()) || clipped(element))
    .map((element) => element.id || element.tagName);
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("main *:not(svg *)")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) &&
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((element) => parseFloat(getComputedStyle(element).fontSize)))"""


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses that the stage asks for beside its own file; none is answered."""
    addresses: list[str] = []

    def refuse(route: Route) -> None:
        addresses.append(route.request.url)
        route.abort()

    page.context.route(re.compile("^(?!file:|data:)"), refuse)
    return addresses


@pytest.fixture
def stage(page: Page, asked: list[str], tmp_path: Path) -> Callable[..., None]:
    """Opens a story of five slides from disk: `stage("#2")`."""

    def start(hash_: str = "", missing: tuple[int, ...] = ()) -> None:
        leaves = [Leaf(title, text, f"Notes {number}.", "Ties: 41 sources.", LINK, frame) for number, (
            title, text, frame) in enumerate(zip(TITLES, TEXTS, FRAMES, strict=True), 1)]
        pictures = [segno.make_qr(title).png_data_uri(scale=8) for title in TITLES]
        file = tmp_path / "story.html"
        file.write_text(html("A story", leaves, ["lost.png" if number in missing else picture for number, picture
                                                 in enumerate(pictures, 1)], LAND, ""), encoding="utf-8")
        page.goto(f"{file.as_uri()}{hash_}")

    return start


def test_a_story_is_told_by_keys_alone_and_without_a_network(
        page: Page, stage: Callable[..., None], asked: list[str]) -> None:
    stage()
    heading, address = page.locator("h1"), re.compile(r"#(\d+)$")
    for keys, number in (("ArrowRight", 2), ("PageDown", 3), ("Space", 4), ("Enter", 5), ("ArrowDown", 5),
                         ("ArrowLeft", 4), ("PageUp", 3), ("Backspace", 2), ("Shift+Space", 1), ("ArrowUp", 1),
                         ("End", 5), ("Home", 1), ("4", 4), ("2 Enter", 2), ("9 9 Enter", 5)):
        for key in keys.split():
            page.keyboard.press(key)
        expect(heading).to_have_text(TITLES[number - 1])
        expect(page.locator("#position")).to_have_text(f"{number} / 5")
        found = address.search(page.url)
        assert found
        assert int(found[1]) == number
        expect(page.get_by_role("img", name=f"{TITLES[number - 1]}. {TEXTS[number - 1]}".strip())).to_be_visible()
        expect(page.locator("#codes li:visible")).to_have_count(1)
    page.reload()
    expect(heading).to_have_text(TITLES[4])
    assert asked == []


def test_the_presenters_window_and_the_stage_keep_in_step(page: Page, stage: Callable[..., None]) -> None:
    stage("#2")
    with page.context.expect_page() as opened:
        page.keyboard.press("p")
    desk = opened.value
    for window, key, number in ((page, "ArrowRight", 3), (desk, "ArrowRight", 4), (desk, "End", 5), (page, "2", 2)):
        window.keyboard.press(key)
        expect(desk.locator("#place")).to_have_text(f"{number} / 5")
        expect(desk.locator("#now-title")).to_have_text(TITLES[number - 1])
        expect(desk.locator("#next-title")).to_have_text([*TITLES, "The end"][number])
        expect(desk.locator("#notes")).to_have_text(f"Notes {number}.")
        expect(desk.locator("img:visible")).to_have_count(1 if number == 5 else 2)
        expect(page.locator("h1")).to_have_text(TITLES[number - 1])
    desk.keyboard.press("b")
    expect(page.locator("#black")).to_be_visible()


@pytest.mark.parametrize(("width", "height", "least"), [
    (1280, 720, 18.7), (1920, 1080, 28), (3840, 2160, 56), (390, 844, 16)])
def test_words_are_large_and_nothing_is_cut(
        page: Page, stage: Callable[..., None], width: int, height: int, least: float) -> None:
    page.set_viewport_size({"width": width, "height": height})
    stage()
    for number in range(1, 6):
        expect(page.locator("#position")).to_have_text(f"{number} / 5")
        expect(page.locator("#picture[aria-busy=false]")).to_have_count(1)
        assert page.evaluate(CUT) == []
        assert page.evaluate(SMALLEST) >= least
        assert page.locator("#picture").bounding_box()["height"] > 0.15 * height
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("still", [False, True])
def test_a_map_flies_to_the_next_and_fills_its_frame(page: Page, stage: Callable[..., None], still: bool) -> None:
    page.emulate_media(reduced_motion="reduce" if still else "no-preference")
    stage()
    expect(page.locator("#picture img.here")).to_have_count(1)
    page.evaluate("""() => { window.flights = 0; new MutationObserver(() => {
      window.flights += document.getElementById("picture").classList.contains("flying"); })
      .observe(document.getElementById("picture"), { attributeFilter: ["class"] }); }""")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("img", name=TITLES[1])).to_be_visible()
    expect(page.locator("#picture.flying")).to_have_count(0)
    assert page.evaluate("window.flights") == (0 if still else 1)
    box, picture = page.locator("#picture").bounding_box(), page.locator("#picture img.here").bounding_box()
    assert box
    assert picture
    assert picture["width"] == pytest.approx(min(box["width"], box["height"] * 5_000 / 2_353), abs=1)
    assert picture["x"] + picture["width"] / 2 == pytest.approx(box["x"] + box["width"] / 2, abs=1)
    expect(page.locator("#land")).to_be_visible()


def test_a_lost_picture_is_tried_again_and_then_named_and_the_talk_goes_on(
        page: Page, stage: Callable[..., None]) -> None:
    page.clock.install()
    stage(missing=(1,))
    expect(page.locator("h1")).to_have_text(TITLES[0])
    lost = page.get_by_text("The picture of this slide has not arrived")
    expect(lost).to_be_hidden()
    for _ in range(8):
        page.clock.run_for(1_000)
    expect(lost).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("img", name=TITLES[1])).to_be_visible()
    expect(lost).to_be_hidden()
