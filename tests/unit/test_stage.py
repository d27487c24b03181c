from __future__ import annotations

import json
import re

import pytest
import segno

from components.leaf import Frame, Leaf
from components.stage import code, html

LINK = "https://www.atlas.example/atlas?city=chicago-us&issue=climate,trade&data=2026.11.0"
WORLD = Frame("atlantic", -17_000, -8_000, 17_000, 8_000)
HOSTILE = "</script><img src=x onerror=alert(1)> & <b>Chicago</b>"
PICTURE = "data:image/png;base64,AA=="


def _leaf(title: str = "Chicago has 31 ties", frame: Frame | None = WORLD, link: str = LINK) -> Leaf:
    return Leaf(title, "They reach 28 countries.", "Begin slowly.", "Ties: 41 sources.", link, frame)


def _made(*leaves: Leaf, title: str = "A story") -> str:
    return html(title, leaves, [PICTURE] * len(leaves), "M0 0L1 1Z", "/present")


def _story(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="story">(.*?)</script>', text, re.DOTALL)
    assert found
    story: dict[str, object] = json.loads(found[1])
    return story


def test_a_hostile_title_stays_text() -> None:
    plain, hostile = _made(_leaf()), _made(_leaf(HOSTILE), title=HOSTILE)
    assert hostile.count("</script>") == plain.count("</script>") == 2
    assert "<img src=x" not in hostile
    assert "<b>Chicago" not in hostile
    assert _story(hostile)["slides"][0]["title"] == HOSTILE


def test_the_script_gets_every_slide_with_its_picture_and_frame() -> None:
    story = _story(_made(_leaf(), _leaf("A chart", frame=None)))
    assert story["home"] == "/present"
    assert story["slides"] == [
        {"title": "Chicago has 31 ties", "text": "They reach 28 countries.", "notes": "Begin slowly.",
         "source": "Ties: 41 sources.", "picture": PICTURE,
         "frame": {"projection": "atlantic", "left": -17_000, "bottom": -8_000, "right": 17_000, "top": 8_000}},
        {"title": "A chart", "text": "They reach 28 countries.", "notes": "Begin slowly.",
         "source": "Ties: 41 sources.", "picture": PICTURE, "frame": None}]


def test_nothing_is_asked_of_another_host() -> None:
    text = _made(_leaf(), _leaf())
    assert set(re.findall(r"https?://[^\"'\s<]+", text)) == {LINK.replace("&", "&amp;")}
    assert len(re.findall(r"<a href=\"https?://", text)) == 2
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=\"(?!data:)", text) == []
    assert "@import" not in text
    assert set(re.findall(r"url\(\"?([^;\")]*)", text)) == {"data:font/woff2"}


def test_every_slide_has_one_code_of_its_own_link() -> None:
    links = [LINK, LINK.replace("chicago", "nairobi")]
    text = _made(*(_leaf(link=link) for link in links))
    assert text.count("<li hidden>") == 2
    for link in links:
        assert text.count(code(link)) == 1


def test_a_code_is_the_qr_code_of_the_link_dark_on_white_with_a_quiet_zone() -> None:
    svg, expected = str(code(LINK)), segno.make_qr(LINK)
    assert f'viewBox="0 0 {expected.symbol_size()[0]} {expected.symbol_size()[1]}"' in svg
    assert 'fill="#fff"' in svg
    assert 'stroke="#000"' in svg
    assert _modules(svg) == {(x, y) for y, row in enumerate(expected.matrix_iter(border=4)) for x, dark
                             in enumerate(row) if dark}


def _modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules that the horizontal strokes of an SVG cover."""
    path = re.search(r'd="(M4[^"]*)"', svg)
    assert path
    x, y, dark = 0.0, 0.0, set()
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path[1]):
        if command == "h":
            dark |= {(int(x) + step, int(y)) for step in range(int(first))}
            x += float(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
    return dark


def test_below_the_code_stands_the_host_alone() -> None:
    text = _made(_leaf())
    assert "<span>atlas.<wbr>example</span>" in text


def test_a_story_without_slides_says_so() -> None:
    text = _made()
    assert "This story has no slide yet." in text
    assert "<script" not in text


def test_pictures_that_do_not_match_the_slides_are_refused() -> None:
    with pytest.raises(ValueError, match="pictures: must be one a slide, but are 1 of 2 slides"):
        html("A story", [_leaf(), _leaf()], [PICTURE], "", "")
