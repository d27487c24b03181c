from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from data.words import CHART_NAMES

pytestmark = pytest.mark.browser
PLOT = ".stPlotlyChart .main-svg"


def test_a_click_on_a_life_opens_the_network(page: Page, server: str) -> None:
    page.goto(f"{server}/networks?sort=size")
    bar = page.locator(".stPlotlyChart .barlayer .point path").first
    bar.wait_for(timeout=60_000)
    box = bar.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile(r"/networks\?network=\w+&chart=network&sort=size"), timeout=30_000)
    expect(page.get_by_text("Closest networks by shared members")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("chart", [chart for chart in CHART_NAMES if chart != "network"])
def test_a_link_to_a_chart_draws_it_and_names_its_finding(page: Page, server: str, chart: str) -> None:
    link = f"{server}/networks?{'city=lagos-ng&' if chart == 'joining' else ''}chart={chart}"
    page.goto(link)
    page.locator(PLOT).first.wait_for(timeout=60_000)
    finding = page.get_by_role("heading", level=1).first.inner_text()
    expect(page.get_by_role("figure", name=finding)).to_have_count(1)
    assert page.url == (f"{server}/networks" if chart == "lives" else link)


def test_a_reader_with_a_keyboard_gets_to_another_chart_and_its_numbers(page: Page, server: str) -> None:
    page.goto(f"{server}/networks?chart=growth")
    page.locator(PLOT).first.wait_for(timeout=60_000)
    page.get_by_role("radio", name="Gaps").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server}/networks?chart=gaps", timeout=30_000)
    page.locator(".st-key-numbers-gaps summary").press("Enter", timeout=30_000)
    expect(page.get_by_test_id("stDataFrame")).to_be_visible(timeout=30_000)
    button = page.locator(".st-key-csv-gaps").get_by_role("button")
    expect(button).to_be_enabled()
    with page.expect_download(timeout=60_000) as download:
        button.press("Enter")
    assert download.value.suggested_filename == "atlas-gaps-2026.11.0.csv"


def test_a_print_leaves_out_what_steers_the_page_and_is_light(page: Page, server: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{server}/networks?chart=decades")
    page.locator(PLOT).first.wait_for(timeout=60_000)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    assert "invert(1)" in page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).filter")
