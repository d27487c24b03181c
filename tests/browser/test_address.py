"""The address bar in a real browser: cold links, page switches, reload, back, edits, the title in the tab."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
_PATIENCE = 60_000


def _open(page: Page, address: str) -> None:
    page.set_default_timeout(_PATIENCE)
    page.goto(address)
    _settle(page)


def _settle(page: Page) -> None:
    """Wait for the last thing of a run, the footer, and for the run to end."""
    expect(page.get_by_text("newest source of")).to_be_visible(timeout=_PATIENCE)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=_PATIENCE)


def _place(page: Page) -> tuple[str, dict[str, str]]:
    parts = urlparse(page.url)
    return parts.path, {key: values[-1] for key, values in parse_qs(parts.query).items()}


def _expect_place(page: Page, path: str, **query: str) -> None:
    wanted = {key.rstrip("_"): value for key, value in query.items()}

    def there(address: str) -> bool:
        parts = urlparse(address)
        return parts.path == path and {key: values[-1] for key, values in parse_qs(parts.query).items()} == wanted

    page.wait_for_url(there, timeout=_PATIENCE, wait_until="commit")


def _pill(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("button", name=name, exact=True).click()


def test_a_cold_server_opens_a_deep_link_with_its_filter(cold_server: Callable[..., str], page: Page) -> None:
    _open(page, f"{cold_server()}/data?issue=climate&from=1990&to=2010")
    expect(page.get_by_role("heading", name="Coverage by continent")).to_be_visible()
    expect(page.get_by_text("In force at some time from 1990 to 2010")).to_be_visible()
    assert _place(page) == ("/data", {"issue": "climate", "from": "1990", "to": "2010"})


def test_a_page_switch_keeps_the_filter(server: str, page: Page) -> None:
    _open(page, f"{server}/data?issue=climate&from=1990")
    page.get_by_test_id("stSidebar").get_by_role("link", name="World map").click()
    _expect_place(page, "/atlas", issue="climate", from_="1990")
    _settle(page)
    expect(page.get_by_text("In force at some time since 1990")).to_be_visible()


def test_a_filter_writes_the_address_and_a_reload_keeps_it(server: str, page: Page) -> None:
    _open(page, f"{server}/data")
    _pill(page, "Climate")
    _expect_place(page, "/data", issue="climate")
    _pill(page, "Peace")
    _expect_place(page, "/data", issue="climate,peace")
    page.reload()
    _settle(page)
    assert _place(page) == ("/data", {"issue": "climate,peace"})
    _pill(page, "Climate")
    _expect_place(page, "/data", issue="peace")


def test_going_back_and_forward_shows_what_the_address_says(server: str, page: Page) -> None:
    _open(page, f"{server}/data?country=POL")
    page.get_by_test_id("stSidebar").get_by_role("link", name="World map").click()
    _expect_place(page, "/atlas", country="POL")
    _settle(page)
    page.go_back()
    _expect_place(page, "/data", country="POL")
    _settle(page)
    page.go_forward()
    _expect_place(page, "/atlas", country="POL")


def test_going_back_undoes_a_filter(server: str, page: Page) -> None:
    _open(page, f"{server}/data?country=POL")
    _pill(page, "Trade")
    _expect_place(page, "/data", country="POL", issue="trade")
    _settle(page)
    page.go_back()
    expect(page).to_have_title(re.compile("^Poland"), timeout=_PATIENCE)
    assert _place(page) == ("/data", {"country": "POL"})
    page.go_forward()
    expect(page).to_have_title(re.compile("^Trade"), timeout=_PATIENCE)
    assert _place(page) == ("/data", {"country": "POL", "issue": "trade"})


def test_an_edited_address_wins(server: str, page: Page) -> None:
    _open(page, f"{server}/data?issue=climate")
    _open(page, f"{server}/data?issue=trade&thin=1")
    assert _place(page) == ("/data", {"issue": "trade", "thin": "1"})
    expect(page.get_by_role("button", name="Reset")).to_be_enabled()


def test_quick_clicks_are_all_kept(server: str, page: Page) -> None:
    _open(page, f"{server}/data")
    for name in ("Climate", "Trade", "Health", "Peace"):
        _pill(page, name)
    _expect_place(page, "/data", issue="climate,health,peace,trade")


def test_the_headline_of_the_view_is_the_title_of_the_tab(server: str, page: Page) -> None:
    _open(page, f"{server}/data?city=chicago-us")
    expect(page).to_have_title(re.compile(r"^Chicago’s \d+ ties reach \d+ countries.* · Atlas of City Alliances$"))


def test_the_root_opens_the_map_with_its_filter(server: str, page: Page) -> None:
    _open(page, f"{server}/?issue=climate")
    assert _place(page) == ("/atlas", {"issue": "climate"})


def test_a_mangled_link_opens_and_says_what_it_ignored(server: str, page: Page) -> None:
    _open(page, f"{server}/data?issue=climat,trade&from=x&from=1990&zzz=1&city=%00%1b&country={'A' * 9_000}")
    warnings = page.get_by_test_id("stAlert")
    expect(warnings.filter(has_text="did you mean climate")).to_be_visible()
    expect(warnings.filter(has_text="zzz")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert _place(page) == ("/data", {"issue": "trade", "from": "1990"})


def test_an_embedded_view_hides_the_filters_and_keeps_its_address(server: str, page: Page) -> None:
    _open(page, f"{server}/data?embed=true&issue=climate")
    expect(page.get_by_test_id("stSidebar").get_by_role("link", name="World map")).not_to_be_in_viewport()
    assert _place(page) == ("/data", {"embed": "true", "issue": "climate"})


def test_the_search_box_takes_another_spelling(server: str, page: Page) -> None:
    _open(page, f"{server}/data")
    box = page.get_by_test_id("stSidebar").get_by_role("combobox").first
    box.fill("Bombay")
    page.get_by_text("Add: Bombay").click()
    _expect_place(page, "/data", city="mumbai-in")
