from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
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
    before = page.get_by_role("heading", level=2).first.inner_text()
    page.get_by_text("Undated ties too").click()
    expect(page).to_have_url(f"{server}/atlas?undated=0&country=KEN", timeout=30_000)
    expect(page.get_by_role("heading", level=2).first).not_to_have_text(before)
    expect(page.locator(CANVAS).first).to_have_attribute("data-seen", "yes")


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
