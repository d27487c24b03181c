from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PLOT = ".stPlotlyChart .main-svg"


def test_a_city_has_its_page_and_a_briefing_to_take_away(page: Page, server: str) -> None:
    page.goto(f"{server}/city?city=gothenburg-se")
    expect(page.get_by_role("heading", name="Gothenburg’s 12 ties")).to_be_visible(timeout=60_000)
    page.locator(PLOT).nth(2).wait_for(timeout=60_000)
    link = page.get_by_role("link", name="Briefing to print")
    answer = page.request.get(f"{server}{link.get_attribute('href')}")
    assert answer.status == 200
    assert answer.body()[:4] == b"%PDF"


def test_from_a_city_a_reader_gets_to_what_it_shares_with_another(page: Page, server: str) -> None:
    page.goto(f"{server}/compare?city=chicago-us,toronto-ca")
    expect(page.get_by_role("heading", level=1, name=re.compile("Chicago and Toronto share"))).to_be_visible(
        timeout=60_000)
    page.locator("[data-testid=stDeckGlJsonChart] canvas").first.wait_for(timeout=60_000)


@pytest.mark.parametrize("shape", ["Rankings", "Communities", "Degrees", "Paths"])
def test_the_parts_of_the_structure_are_in_the_link(page: Page, server: str, shape: str) -> None:
    page.goto(f"{server}/structure")
    expect(page.get_by_role("heading", name="handshakes apart")).to_be_visible(timeout=60_000)
    page.get_by_role("radio", name=shape).press("Enter")
    codes = {"Rankings": "ranking", "Communities": "communities", "Degrees": "degrees", "Paths": "paths"}
    expect(page).to_have_url(f"{server}/structure?shape={codes[shape]}", timeout=30_000)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_two_cities_are_introduced_by_chains_with_sources(page: Page, server: str) -> None:
    page.goto(f"{server}/structure?shape=paths&city=chicago-us,nairobi-ke")
    expect(page.get_by_role("heading", name="Chicago and Nairobi are 3 handshakes apart")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name="Accra").first).to_have_attribute("href", re.compile(r"city=accra-gh"))
