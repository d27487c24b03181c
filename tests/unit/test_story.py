from __future__ import annotations

import json
import re
import tomllib
from functools import partial
from operator import mul
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.pack import pack
from data.story import (
    LARGEST_FILE,
    LONGEST,
    MOST_SLIDES,
    Slide,
    Story,
    StoryError,
    from_file,
    from_text,
    shipped,
    to_file,
    to_text,
)
from data.view import View
from data.words import PAGES
from tests.unit.strategies import views

UNTIMED = settings(deadline=None)
WORDS = {key: st.one_of(st.just(""), st.text(max_size=40), st.text("ab.\"'\\\n[=]{}#", max_size=99),
                        st.characters().map(partial(mul, longest))) for key, longest in LONGEST.items()}
SLIDES = st.builds(Slide, st.sampled_from(list(PAGES)), views(), WORDS["title"], WORDS["text"], WORDS["notes"])
STORIES = st.builds(Story, WORDS["title"], st.lists(SLIDES, max_size=4).map(tuple), st.sampled_from(["", "2026.11.0"]))
TALK = Story("Chicago and the world", (
    Slide("atlas", View(cities=("chicago-us",)), "Chicago's ties reach every inhabited continent now",
          "The city has 31 partners in 28 countries; nine of them joined since 2000, most of them in Asia and Africa.",
          "Begin with the river. Ask who in the room has been to Casablanca, and wait for the hands before going on."),
    Slide("networks", View(networks=("c40", "iclei"), from_year=2000, chart="growth"),
          "Climate networks have doubled in only twenty years",
          "C40 and ICLEI share 61 members, and a city in one of them is four times as likely to enter the other.",
          "Do not read the numbers aloud. Say that membership is cheap, and that reports are what it really costs."),
    Slide("city", View(cities=("chicago-us",), to_year=1990, undated=False),
          "Warsaw was its first partner, four decades before",
          "The agreement of 1960 came from families who had left Poland, and it was followed by Milan and Osaka.",
          "Tell the story of the two mayors at the airport, and leave the photograph on the screen for a moment."),
    Slide("atlas", View(countries=("BRA", "COL", "MEX"), from_year=1990, undated=False),
          "Latin America joins late, and then very quickly",
          "Only one in ten of its agreements was signed before 1990; today every second new tie has an end there.",
          "If someone asks about Brazil, go to the page of compared cities; the curve there starts ten years earlier."),
    Slide("atlas", View(projection="pacific", issues=("mobility", "trade"), kinds=("agreement",)),
          "Half of all port agreements lie around the Pacific",
          "Shanghai, Busan, Yokohama and Seattle have signed with each other, and their agreements name trade first.",
          "The colours show the strongest pairs only. The deputy for trade will want the list, which is in the file."),
    Slide("divides", View(divide="question", closeness="allies"), "Sister cities outlive the governments that sign",
          "Of the ties signed in 1985 with a state that no longer exists, four in five are still listed by both ends.",
          "This surprises every audience. Point at Dresden and Coventry, and say what was signed in winter 1956."),
    Slide("divides", View(from_year=2014), "Where nations quarrel, their cities go on talking",
          "Ties across rival alliances fell by a third after 2014, but nine in ten of the older ones are still alive.",
          "Keep it short, because the next speaker is from a ministry. Nobody is blamed here, we only count the ties."),
    Slide("networks", View(chart="gaps", issues=("climate",)), "Who is missing from the table, and where they are",
          "The hundred largest cities without any membership are in India, China and Nigeria; none has been invited.",
          "Stop here and let them look for their own city. The list of the missing is on the last page."),
    Slide("structure", View(rank="betweenness"), "Three brokers hold the two halves of Africa together",
          "Without Nairobi, Dakar and Johannesburg the longest path between two members would grow from four to seven.",
          "Explain a broker with the example of an airport: whoever changes planes there depends on it staying open."),
    Slide("atlas", View(issues=("education", "youth"), from_year=1995, to_year=2020),
          "Students travel along ties that mayors have made",
          "Regions with twice as many agreements send twice as many students abroad, at the same income and distance.",
          "The evidence is a correlation, so say so. The study was made by the university and is in the sources."),
    Slide("networks", View(issues=("climate", "environment", "migration"), from_year=2000),
          "The new ties are about water, heat and migration",
          "Half of the agreements since 2015 name climate, water or migration; before 2000 it was one in twenty.",
          "Ask which department signs such agreements in their own city, since it is rarely the international office."),
    Slide("partners", View(cities=("chicago-us",), issues=("climate", "health")),
          "Whom should Chicago write to in the coming year?",
          "Seven cities share her issues, her size and two of her networks, and none of them has a tie with her yet.",
          "Close with the offer: we will write the first letter together this afternoon; the draft is in the folder."),
), "2026.11.0")
FILE = '''format = "atlas-story"
version = 1
title = "Chicago"

[[slides]]
link = "/atlas?city=chicago-us"
notes = """
First the river.
Then the lake."""
'''


def _no_story(text: str) -> str:
    """What is said of a link, or nothing where it is a story's."""
    try:
        from_text(text)
    except StoryError as error:
        return str(error)
    return ""


def _no_story_file(content: bytes) -> str:
    try:
        from_file(content)
    except StoryError as error:
        return str(error)
    return ""


@UNTIMED
@given(STORIES)
def test_a_story_comes_back_from_its_link_as_it_went(story: Story) -> None:
    text = to_text(story)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", text)
    assert from_text(text) == (story, [])


@UNTIMED
@given(STORIES)
def test_a_story_comes_back_from_its_file_as_it_went(story: Story) -> None:
    assert from_file(to_file(story)) == (story, [])


def test_a_talk_of_twelve_slides_fits_a_link() -> None:
    words = [len(words) for slide in TALK.slides for words in (slide.title, slide.text, slide.notes)]
    assert (len(TALK.slides), sum(words) > 12 * (48 + 104 + 104)) == (12, True)
    assert len(to_text(TALK)) < 2_000


def test_an_empty_title_costs_almost_nothing() -> None:
    bare = Story("", tuple(Slide(slide.page, slide.view) for slide in TALK.slides))
    assert len(to_text(bare)) < 400


def test_a_link_cut_anywhere_is_refused() -> None:
    text = to_text(TALK)
    said = [_no_story(text[:length]) for length in range(len(text))]
    assert all("cut off or altered" in sentence for sentence in said[3:])
    assert all("not a story of the Atlas" in sentence for sentence in said[:3])


def test_a_cut_link_says_how_much_of_it_arrived() -> None:
    sent = len(to_text(TALK).split("-", 2)[2])
    with pytest.raises(StoryError, match=f"^This story link is cut off or altered: {sent - 900:,} of its {sent:,} "
                                         "characters arrived. Ask for it again, or open the story's file.$"):
        from_text(to_text(TALK)[:-900])


@given(st.integers(0, len(to_text(TALK)) - 1), st.characters())
@settings(deadline=None, max_examples=400)
def test_a_changed_character_never_makes_another_story(place: int, character: str) -> None:
    text = to_text(TALK)
    changed = text[:place] + character + text[place + 1:]
    assert _no_story(changed) or from_text(changed) == (TALK, [])


@given(st.one_of(st.text(), st.text().map("s1-{}".format), st.text("\x1e\x1f/?=ab,&%#", max_size=80).map(
    lambda plain: f"s1-9-{pack(plain)}")))
@settings(deadline=None, max_examples=400)
def test_no_text_raises_anything_but_a_sentence(text: str) -> None:
    said = _no_story(text)
    assert said.isprintable()
    assert said or from_text(to_text(from_text(text)[0])) == (from_text(text)[0], [])


@given(st.one_of(st.binary(), st.text().map(str.encode), st.text("[]{}=\"'.,\n-ab1 ").map(
    lambda text: FILE.encode() + text.encode())))
@settings(deadline=None, max_examples=400)
def test_no_file_raises_anything_but_a_sentence(content: bytes) -> None:
    said = _no_story_file(content)
    assert len(said) < 400
    assert said or from_file(to_file(from_file(content)[0])) == (from_file(content)[0], [])


def test_a_link_of_a_newer_format_says_so() -> None:
    with pytest.raises(StoryError, match="made by a newer version of the Atlas"):
        from_text(to_text(TALK).replace("s1-", "s2-", 1))


@pytest.mark.parametrize("text", ["", "climate", "?story=s1-4-abcd", "s0-4-abcd", "<script>"])
def test_a_text_that_is_no_story_says_so(text: str) -> None:
    with pytest.raises(StoryError, match="This is not a story of the Atlas"):
        from_text(text)


def test_a_small_text_that_unpacks_to_much_is_refused() -> None:
    bomb = pack("\x1f" + "a" * 50_000_000)
    assert len(bomb) < 1_000
    with pytest.raises(StoryError, match="cut off or altered"):
        from_text(f"s1-{len(bomb)}-{bomb}")


def test_a_story_too_long_for_a_link_goes_into_a_file() -> None:
    story = Story("", (Slide("atlas", View(), notes="市" * 2_000),) * MOST_SLIDES)
    many = "".join(map(chr, range(0x4e00, 0x4e00 + 2_000)))
    with pytest.raises(StoryError, match="too long for a link"):
        to_text(Story("", tuple(Slide("atlas", View(), notes=many[number:]) for number in range(MOST_SLIDES))))
    with pytest.raises(StoryError, match="too long for a link"):
        to_text(story)
    assert from_file(to_file(story)) == (story, [])


@pytest.mark.parametrize(("content", "kind"), [
    (b"", "an empty file"),
    (b"name,country\nChicago,USA\n", "a table (CSV)"),
    ("\ufeffStadt;Land\nKöln;DEU\n".encode(), "a table (CSV)"),
    (b"\n<!DOCTYPE html><html></html>", "a web page (HTML) or XML"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG image"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"), (b"\xff\xd8\xff\xe0", "a JPEG image"), (b"%PDF-1.7", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office file"), (json.dumps({"title": "a"}).encode(), "a JSON file"),
    (b"# " + b"a" * LARGEST_FILE, "a file of 1,000,002 bytes, and no story has more than 1,000,000")])
def test_a_file_of_another_kind_is_called_what_it_seems_to_be(content: bytes, kind: str) -> None:
    assert _no_story_file(content) == f"This is not a story of the Atlas: it seems to be {kind}."


@pytest.mark.parametrize(("content", "said"), [
    (b'title = "Chicago"\nslides = []', 'a TOML file without the lines format = "atlas-story" and version = 1.'),
    (FILE.replace("version = 1", "version = 2").encode(), "made by a newer version of the Atlas"),
    (FILE.split("[[", 1)[0].encode(), "This story has no slides: each must begin with a line [[slides]]"),
    (FILE.split("[[", 1)[0].encode() + b'slides = ["/atlas"]', "This story has no slides"),
    (FILE.replace('chicago-us"', "chicago-us").encode(), "its file has a mistake: Illegal character '\\n' (at line 6,"),
    (b"Dear all, here are my slides", "or its file has a mistake: Expected '=' after a key"),
    (FILE.encode("utf-16"), "it is no text, or no TOML"),
    (b"a = " + b"[" * 50_000, "it is no text, or no TOML")])
def test_a_file_with_a_mistake_says_which(content: bytes, said: str) -> None:
    assert said in _no_story_file(content)


def test_a_key_of_very_many_parts_is_not_read() -> None:
    assert "a key of too many parts" in _no_story_file(b"a." * 2_001 + b"a = 1")


def test_a_file_is_written_as_people_write_it() -> None:
    story = Story("Chicago", (Slide("atlas", View(cities=("chicago-us",)), notes="First the river.\nThen the lake."),))
    content = to_file(story).decode()
    assert content == FILE.replace('"Chicago"\n', '"Chicago"\ndata = ""\n')
    assert tomllib.loads(content)["slides"] == [
        {"link": "/atlas?city=chicago-us", "notes": "First the river.\nThen the lake."}]


@pytest.mark.parametrize("change", [("\n", "\r\n"), ('"/atlas', '"https://example.org/atlas'),
                                    ("chicago-us", "chicago-us#3"), ("format", "# my talk\nformat"),
                                    ("format", "\ufeffformat"), ("/atlas", "/home"), ("/atlas", "/")])
def test_a_file_edited_elsewhere_is_the_same_story(change: tuple[str, str]) -> None:
    assert from_file(FILE.replace(*change).encode()) == from_file(FILE.encode())
    assert from_file(FILE.encode())[1] == []


@pytest.mark.parametrize(("change", "problem"), [
    (("/atlas?", "/atlass?"), "Slide 1: `link` must name a page, as /atlas, but is `/atlass?city=chicago-us`: "
                              "the world map is shown."),
    (("link =", "lnk ="), "Slide 1: `lnk` means nothing in a story and was ignored."),
    (("link =", "title ="), "Slide 1: `link` must name a page, as /atlas, but is `missing`: the world map is shown."),
    (("city=", "cty="), "Slide 1: `cty` is not a part of a link to the Atlas and was ignored; did you mean `city`?"),
    (('title = "Chicago"', "title = 2026"), "`title` must be text in quotes, but is `2026`, and was left out."),
    (('title = "Chicago"', 'data = "new"'), "`data` must be a version such as 2026.11.0, but is `new`, "
                                            "and was ignored."),
    (('title = "Chicago"', f'title = "{"a" * 121}"'), "`title` has 121 characters: the first 120 were kept."),
    (("First", "F" * 2_000), "Slide 1: `notes` has 2,026 characters: the first 2,000 were kept.")])
def test_what_is_not_understood_in_a_slide_is_said(change: tuple[str, str], problem: str) -> None:
    story, problems = from_file(FILE.replace(*change).encode())
    assert problem in problems
    assert len(story.slides) == 1


def test_a_slide_on_an_unknown_page_keeps_its_view_and_words() -> None:
    story, _ = from_file(FILE.replace("/atlas", "/globe").encode())
    assert story.slides == (Slide("atlas", View(cities=("chicago-us",)), notes="First the river.\nThen the lake."),)


def test_only_the_first_forty_slides_are_kept_and_it_says_so() -> None:
    head, slide = FILE.split("[[", 1)
    story, problems = from_file((head + f"[[{slide}" * 55).encode())
    assert len(story.slides) == MOST_SLIDES
    assert problems == ["The story has 55 slides: the first 40 were kept."]


def test_words_lose_control_characters_and_keep_html_as_it_is() -> None:
    slide = Slide("atlas", View(), " One\ttwo\x00\nthree\ud800 ", "<script>alert(1)</script>", "a\r\nb\u2028\x1bc")
    assert (slide.title, slide.text, slide.notes) == ("One two three", "<script>alert(1)</script>", "a\nb\nc")


@pytest.mark.parametrize(("made", "said"), [
    (lambda: Slide("present", View()), "page: must be one of atlas, .*, but is 'present'"),
    (lambda: Slide("atlas", View(), "a" * 121), "title: must be at most 120 characters, but has 121"),
    (lambda: Story("", TALK.slides * 4), "slides: must be at most 40, but are 48"),
    (lambda: Story("", (), "new"), "data: must be a version such as 2026.11.0, but is 'new'")])
def test_what_no_story_can_hold_is_refused_by_name(made: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        made()  # type: ignore[operator]


def test_shipped_stories_come_by_name_in_the_order_of_their_files(tmp_path: Path) -> None:
    for name in ("2-rivers", "1-ports"):
        (tmp_path / f"{name}.toml").write_bytes(to_file(Story(name, TALK.slides)))
    assert {name: story.title for name, story in shipped(tmp_path).items()} == {
        "1-ports": "1-ports", "2-rivers": "2-rivers"}
    assert list(shipped(tmp_path)) == ["1-ports", "2-rivers"]


@pytest.mark.parametrize(("content", "said"), [(FILE.replace("city=", "cty="), "did you mean `city`"),
                                               ("Dear all", "its file has a mistake")])
def test_a_shipped_story_that_is_not_understood_is_named(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "ports.toml").write_text(content)
    with pytest.raises(StoryError, match=f"ports.toml: must be a story without a problem, but: .*{said}"):
        shipped(tmp_path)


def test_the_stories_of_the_atlas_are_understood() -> None:
    for story in shipped().values():
        assert story.title
        assert story.slides


def test_a_file_of_deep_tables_is_answered_in_words() -> None:
    deep = b'format = "atlas-story"\nversion = 1\n[[slides]]\nlink.a.a.a.a = 1\ntitle.b.b = 2'
    told, problems = from_file(deep)
    assert len(told.slides) == 1
    assert "Slide 1: `link` must name a page, as /atlas, but is `a dict`: the world map is shown." in problems
