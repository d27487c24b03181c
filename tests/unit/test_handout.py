from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable
from functools import partial

import pytest
import zxingcpp
from font_source_sans_pro import font_files_ttf
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pypdf import PageObject, PdfReader

from components import handout
from components.leaf import Leaf
from data.story import LONGEST
from data.view import View

LINK = "https://atlas.example.org" + View(cities=("chicago-us",)).link("atlas", "2026.11.0")
SOURCE = "Atlas of City Alliances: 31 sources, dataset 2026.11.0"
SENTENCE = ("Half of the agreements since 2015 name climate, water or migration; before 2000 it was one in twenty. "
            "Regions with twice as many agreements send twice as many students abroad, at the same income. ")
SHORT = Leaf("Chicago's ties", "31 partners in 28 countries.", "Begin with the river.\nThen the lake.", SOURCE, LINK)
LONG = Leaf(("Climate networks " * 9)[:LONGEST["title"]], (SENTENCE * 2)[:LONGEST["text"]], "", SOURCE, LINK)
WIDE = Leaf("上海与芝加哥" * 20, "两市在教育、文化领域合作。" * 23, "先谈河流。", SOURCE, LINK)
PLAIN = Leaf("=1+1 <b>bold</b> **bold**", "=HYPERLINK(\"x\") <script>", "<i>", SOURCE, LINK)
LOUD = Leaf("MUNICIPAL COMMITMENTS " * 5, "WWW " * 75, "", SOURCE, "https://atlas.example.org/" + "networks" * 13)
NEVER_CODED = Leaf("A room of many", "", "", SOURCE, LINK + "&room=" + "a" * 2_000)
ALL = [SHORT, LONG, WIDE, PLAIN, LOUD, NEVER_CODED]


def _picture(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (0, width % 256, height % 256)).save(file, "png")
    return file.getvalue()


PICTURES = [_picture(1_800, 1_000), _picture(900, 500), _picture(900, 300), _picture(300, 900), _picture(500, 500),
            _picture(901, 500)]


def _slides(*leaves: Leaf) -> list[Slide]:
    return list(Presentation(io.BytesIO(handout.pptx("Talk", leaves, PICTURES[:len(leaves)]))).slides)


def _pages(*leaves: Leaf) -> list[PageObject]:
    return PdfReader(io.BytesIO(handout.pdf("Talk", leaves, PICTURES[:len(leaves)]))).pages


def _named(slide: Slide) -> dict[str, BaseShape]:
    return {shape.name: shape for shape in slide.shapes}


def _images(slide: Slide) -> list[BaseShape]:
    return [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]


def _read(image: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(image)).convert("L"))]


def _atlas(words: str, strong: bool) -> float:
    face = font_files_ttf["SourceSansProSemibold" if strong else "SourceSansPro"]
    return ImageFont.truetype(face, 200).getlength(words) / 200


def _arial(words: str, strong: bool) -> float:
    sheet = FPDF(unit="pt")
    sheet.set_font("helvetica", "B" if strong else "", 100)  # as wide as Arial in each letter
    return sheet.get_string_width(words) / 100


def _square(words: str, strong: bool) -> float:
    return float(len(words))


def _lines(words: str, ems: Callable[[str], float], width: float) -> int:
    """Lines of a text as a program sets it: broken at spaces, and a word longer than a line anywhere."""
    lines, line = 1, ""
    for word in words.split(" "):
        joined = f"{line} {word}" if line else word
        if line and ems(joined) > width:
            lines, joined = lines + 1, word
        while ems(joined) > width:
            fits = next(n for n in range(len(joined), 0, -1) if ems(joined[:n]) <= width)
            lines, joined = lines + 1, joined[fits:]
        line = joined
    return lines


@pytest.mark.parametrize("leaf", ALL)
def test_a_slide_has_the_words_as_text_and_the_title_as_title(leaf: Leaf) -> None:
    slide = _slides(leaf)[0]
    assert slide.shapes.title.text_frame.text == leaf.title
    assert _named(slide)["Text"].text_frame.text == leaf.text
    assert _named(slide)["Source"].text_frame.text == leaf.source


def test_notes_are_in_the_powerpoint_file_and_nowhere_in_the_pdf() -> None:
    noted, bare = _slides(SHORT, LONG)
    assert noted.notes_slide.notes_text_frame.text == SHORT.notes
    assert not bare.has_notes_slide
    assert "river" not in _pages(SHORT)[0].extract_text()


def test_the_link_can_be_clicked_as_text_and_as_code() -> None:
    slide = _slides(SHORT)[0]
    run = _named(slide)["Link"].text_frame.paragraphs[0].runs[0]
    assert (run.hyperlink.address, run.text[:23]) == (LINK, "atlas.example.org/atlas")
    assert _images(slide)[1].click_action.hyperlink.address == LINK
    found = [note.get_object()["/A"]["/URI"] for note in _pages(SHORT)[0]["/Annots"]]
    assert found
    assert set(found) == {LINK}


@pytest.mark.parametrize("leaf", [SHORT, LOUD])
def test_the_code_leads_to_the_link_as_a_phone_reads_it(leaf: Leaf) -> None:
    assert _read(_images(_slides(leaf)[0])[1].image.blob) == [leaf.link]
    assert [leaf.link] in [_read(image.data) for image in _pages(leaf)[0].images]


def test_a_link_too_long_for_a_phone_has_no_code_and_can_be_clicked() -> None:
    slide = _slides(NEVER_CODED)[0]
    assert len(_images(slide)) == len(_pages(NEVER_CODED)[0].images) == 1
    assert _named(slide)["Link"].text_frame.paragraphs[0].runs[0].hyperlink.address == NEVER_CODED.link
    assert {note.get_object()["/A"]["/URI"] for note in _pages(NEVER_CODED)[0]["/Annots"]} == {NEVER_CODED.link}


def test_each_slide_has_its_own_picture_said_in_words() -> None:
    for slide, leaf, picture in zip(_slides(*ALL), ALL, PICTURES, strict=True):
        shown = _images(slide)[0]
        assert shown.image.blob == picture
        described = shown._element._nvXxPr.cNvPr.get("descr")
        assert leaf.title.rstrip(".") in described
        assert leaf.text.rstrip(".") in described


def test_a_picture_keeps_its_shape_and_is_large() -> None:
    for slide, picture in zip(_slides(*ALL), PICTURES, strict=True):
        width, height = Image.open(io.BytesIO(picture)).size
        shown = _images(slide)[0]
        assert shown.width / shown.height == pytest.approx(width / height, rel=0.01)
        assert max(shown.width.inches, shown.height.inches) > 4.5


@pytest.mark.parametrize("leaf", ALL)
def test_nothing_on_a_slide_touches_another_or_leaves_it(leaf: Leaf) -> None:
    for picture in PICTURES:
        deck = Presentation(io.BytesIO(handout.pptx("Talk", [leaf], [picture])))
        boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
                 for shape in deck.slides[0].shapes]
        assert all(left >= 0 and top >= 0 and right <= deck.slide_width and bottom <= deck.slide_height
                   for left, top, right, bottom in boxes)
        for one, other in itertools.combinations(boxes, 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("ems", [_atlas, _arial])
def test_no_letter_is_wider_than_the_room_counted_for_it(ems: Callable[[str, bool], float], strong: bool) -> None:
    letters = map(chr, (*range(0x20, 0x7f), *range(0xa1, 0x100)))
    assert [letter for letter in letters if ems(letter, strong) > handout._em(letter)] == []


@settings(deadline=None, max_examples=300)
@given(st.text("aiW 市", max_size=120), st.sampled_from([5.4, 10.8, 13.5, 19.6, 27.7]))
def test_a_text_takes_no_more_lines_than_are_counted(words: str, width: float) -> None:
    spaced = " ".join(words.split())
    assert _lines(spaced, lambda part: sum(map(handout._em, part)), width) <= handout._lines(spaced, width)


@pytest.mark.parametrize(("leaf", "ems"), [*itertools.product([SHORT, LONG, LOUD], [_atlas, _arial]), (WIDE, _square)])
def test_words_fit_their_boxes_in_each_type(leaf: Leaf, ems: Callable[[str, bool], float]) -> None:
    shapes = _named(_slides(leaf)[0])
    for name, words in (("Title", leaf.title), ("Text", leaf.text)):
        size, box = shapes[name].text_frame.paragraphs[0].runs[0].font.size.pt, shapes[name]
        lines = _lines(words, partial(ems, strong=name == "Title"), box.width.pt / size)
        assert 1.2 * size * lines <= box.height.pt + 0.1


def test_a_short_title_is_large_and_the_longest_is_not_small() -> None:
    short, long = (slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt for slide in _slides(SHORT, LONG))
    assert short == 32
    assert long >= 24


def test_words_in_the_pdf_are_its_words() -> None:
    pages = _pages(SHORT, LONG, PLAIN)
    assert [page.mediabox[2:] for page in pages] == [[960, 540]] * 3
    for page, leaf in zip(pages, (SHORT, LONG, PLAIN), strict=True):
        words = " ".join(page.extract_text().split())
        assert all(part.strip() in words for part in (leaf.title, leaf.text, leaf.source))


def test_the_pdf_has_an_outline_of_titles() -> None:
    reader = PdfReader(io.BytesIO(handout.pdf("Talk", [SHORT, WIDE], PICTURES[:2])))
    assert [entry.title for entry in reader.outline] == [SHORT.title, WIDE.title]


@pytest.mark.parametrize(("title", "shown"), [("Łódź, Πάτρα, Київ", "Łódź, Πάτρα, Київ"), ("თბილისი", "თბილისი"),
                                              ("上海 Shanghai", "□□ Shanghai"), ("עכו", "□□□"), ("عَمّان", "□□□□□□")])
def test_letters_without_type_are_boxes_and_the_pdf_says_so(title: str, shown: str) -> None:
    words = _pages(Leaf(title, "", "", SOURCE, LINK))[0].extract_text()
    assert shown in words
    assert ("PowerPoint file has them" in " ".join(words.split())) == ("□" in shown)


def test_the_same_slides_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = [made("Talk", ALL, PICTURES) for made in (handout.pptx, handout.pdf)]
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert [made("Talk", ALL, PICTURES) for made in (handout.pptx, handout.pdf)] == first


def test_the_file_says_its_title_and_who_made_it() -> None:
    about = Presentation(io.BytesIO(handout.pptx("Talk", [SHORT], PICTURES[:1]))).core_properties
    assert (about.title, about.author, about.last_modified_by) == ("Talk", *["Atlas of City Alliances"] * 2)
    assert (about.created.year, about.modified.year) == (1980, 1980)
    found = PdfReader(io.BytesIO(handout.pdf("Talk", [SHORT], PICTURES[:1]))).metadata
    assert (found.title, found.author, found.creation_date.year) == ("Talk", "Atlas of City Alliances", 1980)


def test_a_slide_added_by_hand_has_the_colours_and_type_of_the_rest() -> None:
    with zipfile.ZipFile(io.BytesIO(handout.pptx("Talk", [SHORT], PICTURES[:1]))) as file:
        theme = file.read("ppt/theme/theme1.xml").decode()
    assert '<a:lt1><a:srgbClr val="FBF8F2"/></a:lt1>' in theme
    assert '<a:dk1><a:srgbClr val="1C2430"/></a:dk1>' in theme
    assert '<a:hlink><a:srgbClr val="985400"/></a:hlink>' in theme
    assert theme.count('latin typeface="Arial"') == 2


def test_a_story_without_slides_is_a_file_without_slides() -> None:
    assert len(Presentation(io.BytesIO(handout.pptx("Talk", [], []))).slides) == 0
    assert len(PdfReader(io.BytesIO(handout.pdf("Talk", [], []))).pages) <= 1


@pytest.mark.parametrize("made", [handout.pptx, handout.pdf])
def test_pictures_that_are_not_one_a_slide_are_refused(made: object) -> None:
    with pytest.raises(ValueError, match="pictures: must be one for each of 2 slides, but are 1"):
        made("Talk", [SHORT, LONG], PICTURES[:1])  # type: ignore[operator]
