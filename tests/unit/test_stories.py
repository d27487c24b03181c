"""The stories that ship say what the data say."""

from __future__ import annotations

import re

import pytest

from components.scenes import scene
from data import story
from data.load import load
from data.story import Slide

SHIPPED = load()
SLIDES = [(name, number, slide) for name, told in story.shipped().items() for number, slide in enumerate(told.slides)]


def test_three_stories_of_the_shipped_data_are_ready() -> None:
    assert [told.title for told in story.shipped().values()] == [
        "How cities built a foreign policy", "A city among cities: Chicago", "With each other, not with nations"]
    assert {told.data for told in story.shipped().values()} == {SHIPPED.version}


@pytest.mark.parametrize(("name", "number", "slide"), SLIDES)
def test_a_slide_has_a_picture_short_words_and_no_number_that_the_page_does_not_say(
        name: str, number: int, slide: Slide) -> None:
    shown = scene(SHIPPED, slide.page, slide.view, True)
    assert shown.map is not None or shown.figure is not None
    assert len(slide.title) <= 60
    said = set(re.findall(r"\d[\d,.]*\d|\d", f"{shown.finding} {shown.account}"))
    years = {str(year) for year in range(1900, 2027)}
    assert set(re.findall(r"\d[\d,.]*\d|\d", f"{slide.title} {slide.text}")) <= said
    assert set(re.findall(r"\d[\d,.]*\d|\d", slide.notes.replace("C40", ""))) <= said | years


def test_the_first_slide_names_the_oldest_ties_of_the_data() -> None:
    ties = SHIPPED.ties[~SHIPPED.ties["domestic"] & SHIPPED.ties["start_year"].notna()]
    first = ties.sort_values("start_year").head(2)
    assert first[["city_a", "city_b", "start_year"]].to_numpy().tolist() == [
        ["la-rochelle-fr", "new-rochelle-us", 1910], ["brugg-ch", "rottweil-de", 1913]]


def test_chicago_and_warsaw_came_first() -> None:
    own = SHIPPED.ties[(SHIPPED.ties["city_a"] == "chicago-us") & ~SHIPPED.ties["thin"]]
    assert own.sort_values("start_year").iloc[0]["city_b"] == "warsaw-pl"
