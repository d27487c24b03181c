"""A talk from end to end on the real server: share, slides of six views, link, file, reload, stage, leave-behind."""

from __future__ import annotations

import re
import time
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, Request, expect

from data import story
from data.story import Slide, Story
from data.view import View

pytestmark = pytest.mark.browser
PATIENCE = 60_000
SIX = Story("Six views", (
    Slide("atlas", View()), Slide("atlas", View(cities=("nairobi-ke",)), "Nairobi"),
    Slide("atlas", View(cities=("osaka-jp",), camera="asia"), "Osaka", "East <i>Asia</i>.", "Mind the years."),
    Slide("data", View()), Slide("partners", View(cities=("nairobi-ke",))), Slide("networks", View(chart="growth"))))


def _code(page: Page) -> str:
    """What a phone reads on the screen, as soon as there is something to read."""
    until, found = time.monotonic() + PATIENCE / 1000, []
    while not found and time.monotonic() < until:
        found = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot())))
    assert len(found) == 1
    return str(found[0].text)


def test_a_shipped_story_is_told_from_the_desk_by_keys_alone(page: Page, server: str) -> None:
    name, told = next(iter(story.shipped().items()))
    page.goto(f"{server}/present?tell={name}")
    with page.context.expect_page(timeout=PATIENCE) as opened:
        page.get_by_test_id("stMain").get_by_role("link", name="Present").press("Enter", timeout=PATIENCE)
    stage, count = opened.value, len(told.slides)
    for number in range(1, count + 1):
        expect(stage.locator("main")).to_contain_text(f"{number} / {count}", timeout=PATIENCE)
        expect(stage.get_by_role("heading", level=1)).to_contain_text(told.slides[number - 1].title)
        stage.keyboard.press("ArrowRight")
    for number in range(count - 1, 0, -1):
        stage.keyboard.press("ArrowLeft")
        expect(stage.locator("main")).to_contain_text(f"{number} / {count}")
    stage.keyboard.press("Escape")
    expect(stage).to_have_url(f"{server}/present?tell={name}")


def test_the_code_on_the_stage_leads_to_the_view_of_its_slide(page: Page, server: str) -> None:
    page.goto(f"{server}/stage?story={story.to_text(SIX)}#2")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nairobi")
    assert _code(page) == f"{server}/atlas?city=nairobi-ke&data=2026.11.0"


def test_a_story_of_six_views_survives_link_file_and_reload(page: Page, server: str) -> None:
    page.goto(f"{server}/present?story={story.to_text(SIX)}")
    field = page.get_by_role("textbox", name="2. Title")
    expect(field).to_have_value("Nairobi", timeout=PATIENCE)
    field.fill("Nairobi, again")
    field.press("Enter")
    expect(page).not_to_have_url(f"{server}/present?story={story.to_text(SIX)}", timeout=PATIENCE)
    page.reload()
    expect(page.get_by_role("textbox", name="2. Title")).to_have_value("Nairobi, again", timeout=PATIENCE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Story file").click()
    again, problems = story.from_file(Path(download.value.path()).read_bytes())
    assert not problems
    assert again.slides[2:] == SIX.slides[2:]
    assert again.slides[1].title == "Nairobi, again"


def test_the_html_that_is_left_behind_opens_from_disk_without_a_request(
        page: Page, server: str, tmp_path: Path) -> None:
    page.goto(f"{server}/present?story={story.to_text(SIX)}")
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name="HTML").click(timeout=PATIENCE)
    file = tmp_path / "story.html"
    download.value.save_as(file)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.goto("about:blank")
    page.on("request", note)
    page.goto(file.as_uri())
    for number in range(1, 7):
        expect(page.locator("main")).to_contain_text(f"{number} / 6")
        expect(page.locator("#picture img").last).to_be_visible()
        page.keyboard.press("ArrowRight")
    assert [address for address in asked if not re.match("data:|blob:|file:", address)] == []
    assert [address for address in asked if address.startswith("file:")] == [file.as_uri()]


def test_a_page_within_another_site_says_its_finding_and_the_way_to_the_atlas(page: Page, server: str) -> None:
    page.goto(f"{server}/atlas?city=nairobi-ke&embed=true")
    expect(page.get_by_role("heading", name="Nairobi’s")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("link", name="Open in the Atlas")).to_have_attribute("href", re.compile("city=nairobi-ke"))
    expect(page.get_by_text("sources, each with its licence")).to_be_visible()
    expect(page.get_by_role("button", name="Share")).to_have_count(0)


def test_share_shows_a_code_that_leads_to_the_pinned_link(page: Page, server: str) -> None:
    page.goto(f"{server}/atlas?city=nairobi-ke")
    page.get_by_role("button", name="Share").click(timeout=PATIENCE)
    expect(page.get_by_role("img", name="QR code of the pinned link")).to_be_visible(timeout=PATIENCE)
    link = _code(page)
    assert link.startswith(f"{server}/atlas?issue=&from=&to=&undated=1")
    assert "city=nairobi-ke" in link
    assert link.endswith("&data=2026.11.0")
