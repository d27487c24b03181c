"""Share, add to a story, embed, and what an older link says, driven without a browser."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components import store
from data import story
from data.story import Slide, Story
from data.view import View

Start = Callable[..., AppTest]


def _words(test: AppTest) -> str:
    assert not test.exception, test.exception[0].message
    return "\n".join(element.value for element in [*test.markdown, *test.warning, *test.caption, *test.info])


def _told(test: AppTest) -> str:
    found = test.query_params["story"]
    return found if isinstance(found, str) else found[-1]


def _older(tables: Path, folder: Path) -> Path:
    """The small world with an earlier edition beside it, which had one tie less."""
    newest, older = folder / "tables", folder / "archive/2026.5.0"
    shutil.copytree(tables, newest)
    shutil.copytree(tables, older)
    ties = pd.read_parquet(older / "ties.parquet")
    ties[ties["city_b"] != "warsaw-pl"].to_parquet(older / "ties.parquet")
    _reseal(older, "2026.5.0")
    return newest


def _reseal(folder: Path, version: str) -> None:
    """Write the size and the hash of the altered table into the package, as the build does."""
    path, content = folder / "datapackage.json", (folder / "ties.parquet").read_bytes()
    found = json.loads(path.read_text(encoding="utf-8"))
    found["version"] = version
    for resource in found["resources"]:
        if resource["name"] == "ties":
            resource |= {"size": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    path.write_text(json.dumps(found), encoding="utf-8")


@pytest.fixture
def two_editions(tables: Path, tmp_path: Path, app: Start, monkeypatch: pytest.MonkeyPatch) -> Start:
    monkeypatch.setenv("ATLAS_TABLES", str(_older(tables, tmp_path)))
    for kept in (store.dataset, store.archived, store.edition):
        kept.cache_clear()
    return app


def test_an_older_link_says_what_has_changed_and_shows_it_as_it_was(two_editions: Start) -> None:
    test = two_editions(city="chicago-us", data="2026.5.0")
    newest = test.title[0].value
    assert "6 ties then, 7 now: +1 −0" in _words(test)
    test.button(key="as").click().run()
    assert test.title[0].value != newest
    assert test.query_params["as"] == "then"
    assert "You see version 2026.5.0" in _words(test)
    test.button(key="as").click().run()
    assert test.title[0].value == newest


def test_a_link_of_data_that_does_not_ship_says_that_it_cannot_count(app: Start) -> None:
    store.archived.cache_clear()
    assert "version 2020.1.0 of the data, which does not ship here" in _words(app(data="2020.1.0"))


def test_views_become_slides_of_a_story_in_the_address(app: Start) -> None:
    test = app(city="chicago-us")
    test.button(key="add").click().run()
    test.switch_page("../pages/city.py").run()
    test.button(key="add").click().run()
    made, problems = story.from_text(_told(test))
    assert problems == []
    assert [slide.page for slide in made.slides] == ["atlas", "city"]
    assert made.slides[0].view == View(cities=("chicago-us",))


def test_a_story_in_the_address_is_there_after_a_reload(app: Start) -> None:
    made = Story("Mine", tuple(Slide("atlas", View(cities=("chicago-us",)), f"Slide {number}") for number in range(6)))
    test = app("present", story=story.to_text(made))
    assert [test.text_input(key=f"slide-title-{number}").value for number in range(6)] == [
        slide.title for slide in made.slides]
    test.text_input(key="slide-title-2").set_value("Another").run()
    test.button(key="Down-0").click().run()
    changed, _ = story.from_text(_told(test))
    assert [slide.title for slide in changed.slides[:3]] == ["Slide 1", "Slide 0", "Another"]
    test.button(key="undo").click().run()
    assert story.from_text(_told(test))[0].slides[0].title == "Slide 0"


def test_a_story_link_that_was_cut_off_keeps_the_story_at_hand(app: Start) -> None:
    test = app(city="chicago-us")
    test.button(key="add").click().run()
    text = _told(test)
    test.query_params["story"] = text[:-9]
    test.run()
    assert "cut off or altered" in _words(test)
    assert _told(test) == text


def test_an_unknown_story_names_those_there_are(app: Start) -> None:
    assert "`tell=nothing` is not a story of the Atlas" in _words(app(tell="nothing"))


def test_a_slide_of_an_unknown_city_is_named_and_shown_without_it(app: Start) -> None:
    made = Story("Mine", (Slide("city", View(cities=("chicago-us",))), Slide("city", View(cities=("nowhere-xx",)))))
    test = app("present", story=story.to_text(made))
    assert not test.exception
    assert _told(test) == story.to_text(Story("Mine", (made.slides[0], Slide("city", View()))))


def test_share_opens_with_the_pinned_link(app: Start) -> None:
    test = app(city="chicago-us")
    test.button(key="share").click().run()
    assert any("city=chicago-us" in code.value and "data=2026.11.0" in code.value for code in test.code)


@pytest.mark.parametrize(("way", "said"), [("cite", "@misc{atlas-atlas-"), ("embed", "&amp;embed=true")])
def test_share_offers_a_citation_and_an_embed_code(app: Start, way: str, said: str) -> None:
    test = app(city="chicago-us")
    test.session_state["way"] = way
    test.button(key="share").click().run()
    assert any(said in code.value for code in test.code)


def test_a_room_becomes_a_story_of_five_slides(app: Start) -> None:
    test = app("room", **View(room=("chicago-us", "kyiv-ua", "tokyo-jp")).to_query())
    test.button(key="tell-room").click().run()
    assert not test.exception
    assert len(story.from_text(_told(test))[0].slides) == 5
    assert test.text_input(key="slide-title-4").value
