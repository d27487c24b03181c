from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from components.maps.camera import camera, height
from data.projection import projection
from data.view import View

pytestmark = pytest.mark.browser
LATER = re.compile(r"198[7-9]|199\d|20[01]\d")  # a film runs on between two looks at it
CANVAS = "[data-testid=stDeckGlJsonChart] canvas"
DRAWS = """(() => { window.draws = []; const draw = WebGL2RenderingContext.prototype.drawElementsInstanced;
WebGL2RenderingContext.prototype.drawElementsInstanced = function (...all) { window.draws.push(all[4]);
return draw.apply(this, all); }; })()"""


def test_the_map_draws_the_ties_of_a_city(page: Page, server: str) -> None:
    page.add_init_script(DRAWS)
    page.goto(f"{server}/atlas?city=chicago-us")
    expect(page.get_by_role("heading", name="Chicago’s")).to_be_visible(timeout=60_000)
    page.wait_for_function("() => window.draws.some(count => count > 40 && count < 900)", timeout=60_000)


def test_a_filter_keeps_the_canvas_and_so_the_reader_s_place(page: Page, server: str) -> None:
    page.goto(f"{server}/atlas?country=KEN")
    page.locator(CANVAS).first.wait_for(timeout=60_000)
    page.locator(CANVAS).first.evaluate("canvas => { canvas.dataset.seen = 'yes' }")
    before = page.get_by_role("heading", level=1).first.inner_text()
    page.get_by_text("Undated ties too").click()
    expect(page).to_have_url(f"{server}/atlas?undated=0&country=KEN", timeout=30_000)
    expect(page.get_by_role("heading", level=1).first).not_to_have_text(before)
    expect(page.locator(CANVAS).first).to_have_attribute("data-seen", "yes")


def _wait(page: Page) -> None:
    page.locator(CANVAS).first.wait_for(timeout=60_000)
    expect(page.get_by_text("newest source of")).to_be_visible(timeout=60_000)


def _click_until(page: Page, x: float, y: float, address: str) -> None:
    """Click on the map, at shares of its width and height, until its layers have come and the click is understood."""
    box = page.locator(CANVAS).first.bounding_box()
    assert box is not None
    for _ in range(20):
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        try:
            page.wait_for_url(address, timeout=3_000, wait_until="commit")
            return
        except PlaywrightTimeout:
            continue
    raise AssertionError(f"{page.url}: must become {address} by a click, but did not")


def _press_until(page: Page, button: str, other: str) -> None:
    """Press a button until the other stands in its place: a click can fall between two frames of a film."""
    for _ in range(5):
        page.get_by_role("button", name=button).click()
        try:
            page.get_by_role("button", name=other).wait_for(timeout=10_000)
            return
        except PlaywrightTimeout:
            continue
    raise AssertionError(f"{page.url}: {button} must become {other}, but did not")


def _place(longitude: float, latitude: float, width: int) -> tuple[float, float]:
    """Where a place is on the map of the whole Earth, as shares of its width and height."""
    point = projection("atlantic").points(np.array([longitude]), np.array([latitude]))[0]
    scale = 2 ** camera(View(), width).zoom
    return 0.5 + point[0] * scale / width, 0.5 - point[1] * scale / height(width)


def test_a_click_and_a_search_give_the_same_link_and_escape_lets_go(page: Page, server: str) -> None:
    page.goto(f"{server}/atlas?map=cities")
    _wait(page)
    honolulu = _place(-157.86, 21.31, 980)
    _click_until(page, *honolulu, f"{server}/atlas?city=honolulu-us")
    expect(page.get_by_role("heading", level=1).first).to_contain_text("Honolulu")
    expect(page.get_by_role("button", name="Release")).to_be_visible(timeout=30_000)
    page.keyboard.press("Escape")
    page.wait_for_url(f"{server}/atlas", timeout=30_000, wait_until="commit")
    box = page.get_by_test_id("stSidebar").get_by_role("combobox").first
    box.fill("Honolulu")
    page.get_by_role("option", name="Honolulu").first.click()
    page.wait_for_url(f"{server}/atlas?city=honolulu-us", timeout=30_000, wait_until="commit")


def test_a_click_on_a_country_takes_the_focus_and_one_on_the_sea_lets_it_go(page: Page, server: str) -> None:
    page.goto(f"{server}/atlas")
    _wait(page)
    _click_until(page, *_place(134.0, -24.0, 980), f"{server}/atlas?country=AUS")
    _click_until(page, *_place(85.0, -40.0, 980), f"{server}/atlas")


def test_the_film_advances_and_where_it_stops_the_link_names_the_year(page: Page, server: str) -> None:
    page.goto(f"{server}/atlas?from=1986")
    _wait(page)
    page.get_by_role("button", name="Play").click()
    year = page.get_by_text("ties of known year so far")
    expect(year).to_contain_text(LATER, timeout=60_000)
    _press_until(page, "Stop", "Play")
    expect(page).to_have_url(re.compile(r"/atlas\?to=(198[7-9]|199\d|20[01]\d)$"), timeout=30_000)


def test_a_second_visitor_with_the_link_gets_the_same_picture(page: Page, server: str) -> None:
    link = f"{server}/atlas?from=1960&to=2000&city=chicago-us&proj=pacific&camera=north-america"
    seen = []
    for _ in range(2):
        asked: set[str] = set()
        page.on("request", lambda request, asked=asked: asked.add(request.url) if "/api/" in request.url else None)
        page.goto(link)
        _wait(page)
        expect(page).to_have_title(re.compile("^Chicago"), timeout=30_000)
        page.wait_for_load_state("networkidle")
        seen.append((page.title(), page.url, asked))
    assert seen[0][:2] == seen[1][:2] == (seen[0][0], link)
    assert {address for address in seen[0][2] if "/names/" in address} == {
        address for address in seen[1][2] if "/names/" in address}


def test_a_brush_over_the_years_sets_the_period(page: Page, server: str) -> None:
    page.goto(f"{server}/atlas?country=POL")
    plot = page.locator(".stPlotlyChart .nsewdrag").nth(1)
    plot.wait_for(timeout=60_000)
    _wait(page)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 40, steps=5)
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 60, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=19(7|8)\d&to=200\d&country=POL"), timeout=30_000)


def test_a_browser_without_webgl_gets_the_still_picture(page: Page, server: str) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    with page.expect_response(re.compile(r"/api/still\.png"), timeout=60_000) as answer:
        page.goto(f"{server}/atlas?city=chicago-us")
    assert answer.value.headers["content-type"] == "image/png"
    expect(page.get_by_text("has no WebGL")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="Chicago’s")).to_be_visible()


@pytest.mark.parametrize("form", ["PNG", "SVG", "PDF"])
def test_a_still_of_the_view_can_be_taken_away(page: Page, server: str, form: str) -> None:
    page.goto(f"{server}/atlas?city=nairobi-ke")
    link = page.get_by_role("link", name=form, exact=True)
    expect(link).to_have_attribute("href", re.compile(r"city=nairobi-ke"), timeout=60_000)
    answer = page.request.get(f"{server}{link.get_attribute('href')}")
    assert answer.status == 200
    assert f"atlas-ties-2026.11.0.{form.lower()}" in answer.headers["content-disposition"]


def test_a_view_without_a_tie_says_what_to_loosen(page: Page, server: str) -> None:
    page.goto(f"{server}/atlas?country=PRK&from=1400&to=1401&undated=0")
    expect(page.get_by_text("No tie is in this view").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("switch them on")).to_be_visible()


def test_the_rows_behind_the_map_come_with_sources_and_a_download(page: Page, server: str) -> None:
    page.goto(f"{server}/atlas?city=chicago-us")
    page.get_by_text("The ties in this view, with their sources").click(timeout=60_000)
    button = page.get_by_test_id("stDownloadButton").filter(has_text="CSV").first
    expect(button).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        button.click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "chicago-us/warsaw-pl/sister" in text
    assert text.count("\n") == 41
