"""What the server says of a page to those who do not run it: head, preview, robots, sitemap, and the stage."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image

from components.scenes import scene
from data import story
from data.load import load
from data.story import Slide, Story
from data.view import View
from tests.server.test_server import _get

SHIPPED = load()
TEN = ["atlas", "atlas?city=chicago-us", "atlas?network=c40", "networks?chart=growth", "networks?chart=regions",
       "city?city=nairobi-ke", "compare?city=chicago-us,toronto-ca", "structure?shape=ranking", "divides",
       "partners?city=osaka-jp"]


def _tags(body: bytes) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', body.decode())
    return {key: unescape(value) for key, value in found}


@pytest.mark.parametrize("link", TEN)
def test_the_head_of_a_page_says_the_finding_that_the_page_says(server: str, link: str) -> None:
    page, _, query = link.partition("?")
    view, _ = View.from_query(dict(part.split("=") for part in query.split("&") if part))
    tags = _tags(_get(f"{server}/{link}")[2])
    assert tags["og:title"] == scene(SHIPPED, page, view, True).finding
    assert tags["og:description"]
    assert tags["og:url"] == server + view.link(page)
    assert tags["og:image"].startswith(f"{server}/preview.png?page={page}")


def test_the_preview_of_a_view_has_the_size_that_chats_want(server: str) -> None:
    status, headers, body = _get(_tags(_get(f"{server}/atlas?city=nairobi-ke")[2])["og:image"])
    assert status == 200
    assert headers["content-type"] == "image/png"
    assert headers["cache-control"] == "public, max-age=86400"
    assert Image.open(BytesIO(body)).size == (1200, 630)


@pytest.mark.parametrize(("query", "said"), [
    ("page=nowhere", "page: must be one of atlas, networks"),
    ("page=atlas&issue=climat", "did you mean `climate`"),
    ("page=atlas&city=nowhere-xx", "`city=nowhere-xx` is not in the Atlas"),
    ("width=99999", "`width` is not a part of a link to the Atlas"),
    ("city=" + quote("<script>"), "`city=<script>` is not a city"),
])
@pytest.mark.parametrize("path", ["preview.png", "slide.webp", "api/still.png"])
def test_a_picture_of_what_is_not_a_view_is_refused_by_name(server: str, path: str, query: str, said: str) -> None:
    status, headers, body = _get(f"{server}/{path}?{query}")
    assert status == 400
    assert headers["content-type"].startswith("text/plain")
    assert said in body.decode()


def test_a_link_with_markup_in_it_stays_text_in_the_head(server: str) -> None:
    body = _get(f"{server}/atlas?city=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")[2].decode()
    assert "alert(1)" not in body


def test_robots_are_told_where_the_map_of_the_site_is(server: str) -> None:
    assert f"Sitemap: {server}/sitemap.xml" in _get(f"{server}/robots.txt")[2].decode()
    status, headers, body = _get(f"{server}/sitemap.xml")
    assert (status, headers["content-type"]) == (200, "application/xml")
    assert f"<loc>{server}/city?city=chicago-us</loc>" in body.decode()
    assert f"<loc>{server}/networks?network=c40&amp;chart=network</loc>" in body.decode()


def test_the_stage_tells_a_shipped_story_and_one_in_the_link(server: str) -> None:
    name = next(iter(story.shipped()))
    assert story.shipped()[name].title in unescape(_get(f"{server}/stage?tell={name}")[2].decode())
    text = story.to_text(Story("Mine", (Slide("atlas", View(), "A <b>bold</b> claim"),)))
    body = _get(f"{server}/stage?story={text}")[2].decode()
    assert "<b>bold</b>" not in body
    assert "25,607 ties" in body


@pytest.mark.parametrize(("query", "status", "said"), [
    ("tell=nothing", 404, "tell: must be one of"),
    ("story=hello", 400, "This is not a story of the Atlas"),
    ("", 400, "This is not a story of the Atlas"),
])
def test_a_stage_without_a_story_says_why(server: str, query: str, status: int, said: str) -> None:
    got, _, body = _get(f"{server}/stage?{query}")
    assert got == status
    assert said in body.decode()


@pytest.mark.parametrize("end", [0.3, 0.6, 0.99])
def test_a_story_cut_off_in_transit_says_so(server: str, end: float) -> None:
    text = story.to_text(Story("Mine", tuple(Slide("atlas", View(), f"Slide {number}") for number in range(9))))
    status, _, body = _get(f"{server}/stage?story={text[:int(end * len(text))]}")
    assert status == 400
    assert "cut off or altered" in body.decode()
