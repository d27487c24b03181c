"""What a story leaves behind: its slides as a PowerPoint file or a PDF, with sources, links, QR codes and notes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import matplotlib
import segno
from font_source_sans_pro import font_files_ttf
from fpdf import FPDF
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.shapes.picture import Picture
from pptx.shapes.shapetree import SlideShapes
from pptx.slide import Slide
from pptx.util import Pt

from components.leaf import Leaf
from components.maps.sheet import HEIGHT, MARGIN, WIDTH
from components.shown import NAME
from components.theme import LIGHT, LIGHT_GROUND

_DATE = datetime(1980, 1, 1, tzinfo=UTC)
_INK, _ACCENT = "#1C2430", LIGHT["Prosperity"]
_COLOURS = {"title": _INK, "text": _INK, "link": _ACCENT, "source": "#56606E"}
_THEME = {"dk1": _INK, "lt1": LIGHT_GROUND, "dk2": _INK, "lt2": LIGHT_GROUND, "accent1": _ACCENT, "hlink": _ACCENT,
          "folHlink": _ACCENT}
_COLUMN, _GAP, _CODE = 216.0, 14.0, 96.0
_TITLE, _TEXT, _SMALL = (32, 28, 24, 22, 20), (20, 18, 16, 14, 12, 11, 10), (10, 9, 8)
_LEADING, _WIDEST = 1.2, 1.02
_NARROW, _BROAD = " .,;:'’|!ijlItfr()-/", "mMwWQO@%&æÆœŒ¼½¾©®жфшщыюДЖФШЩЮωΩ"
_LONGEST_SHOWN, _LONGEST_CODED = 110, 1_200  # letters of a link; a phone does not read the code of a longer one
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MISSING = "Letters that this PDF has no type for stand as □; the PowerPoint file has them."


@dataclass(frozen=True)
class Box:
    """A place on the slide, in points from its upper left corner, and the size in points of the text in it."""

    left: float
    top: float
    width: float
    height: float
    size: float = 0.0


def pptx(title: str, leaves: Sequence[Leaf], pictures: Sequence[bytes]) -> bytes:
    """The slides as a PowerPoint file whose text is text; the same bytes for the same slides.

    `title` is that of the story, for the properties of the file; `pictures` has a PNG of any shape for each slide.

    Raises:
        ValueError: there is not one picture for each slide.
    """
    deck = Presentation()
    _prepare(deck, title)
    for leaf, picture in _pairs(leaves, pictures):
        _fill(deck.slides.add_slide(deck.slide_layouts.get_by_name("Title Only")), leaf, picture)
    file = BytesIO()
    deck.save(file)
    return _bound(file)


def pdf(title: str, leaves: Sequence[Leaf], pictures: Sequence[bytes]) -> bytes:
    """The slides as a PDF, a page each, without the notes; the same bytes for the same slides.

    `title` is that of the story, for the properties of the file; `pictures` has a PNG of any shape for each slide. A
    letter that the typefaces lack, or that runs from right to left, is a box, and the line of sources says so.

    Raises:
        ValueError: there is not one picture for each slide.
    """
    sheet = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    sheet.set_title(title)
    sheet.set_author(NAME)
    sheet.set_lang("en")
    sheet.set_creation_date(_DATE)
    sheet.set_auto_page_break(False)
    sheet.set_page_background(_rgb(LIGHT_GROUND))
    sheet.c_margin = 0
    spare = Path(matplotlib.get_data_path(), "fonts/ttf")
    for style, own, other in (("", "SourceSansPro", "DejaVuSans"), ("B", "SourceSansProSemibold", "DejaVuSans-Bold")):
        sheet.add_font("atlas", style, font_files_ttf[own])
        sheet.add_font("spare", style, spare / f"{other}.ttf")
    sheet.set_fallback_fonts(["spare"])
    for leaf, picture in _pairs(leaves, pictures):
        _print(sheet, leaf, picture)
    return bytes(sheet.output())


def _pairs(leaves: Sequence[Leaf], pictures: Sequence[bytes]) -> list[tuple[Leaf, bytes]]:
    if len(leaves) != len(pictures):
        raise ValueError(f"pictures: must be one for each of {len(leaves)} slides, but are {len(pictures)}")
    return list(zip(leaves, pictures, strict=True))


def _places(leaf: Leaf, picture: bytes) -> dict[str, Box]:
    """Where everything lies: title above, text and code in a column, the picture beside them, sources below."""
    words, right = _words(leaf), WIDTH - MARGIN
    title = _fit(words["title"], MARGIN, 0.8 * MARGIN, right - MARGIN, 2 * _LEADING * _TITLE[0], _TITLE)
    source = _fit(words["source"], MARGIN, 0, right - MARGIN, 2 * _LEADING * _SMALL[0], _SMALL)
    source = dataclasses.replace(source, top=HEIGHT - 0.7 * MARGIN - source.height)
    top, bottom = title.top + title.height + _GAP, source.top - _GAP
    code = Box(MARGIN, bottom - _CODE, _CODE if 0 < len(leaf.link) <= _LONGEST_CODED else 0, _CODE)
    beside = code.width and code.width + _GAP / 2
    link = _fit(words["link"], MARGIN + beside, code.top, _COLUMN - beside, _CODE, _SMALL)
    text = _fit(words["text"], MARGIN, top, _COLUMN, code.top - _GAP - top, _TEXT)
    left = MARGIN + _COLUMN + 2 * _GAP
    across, down = Image.open(BytesIO(picture)).size
    scale = min((right - left) / across, (bottom - top) / down)
    image = Box((left + right - scale * across) / 2, top, scale * across, scale * down)
    return {"title": title, "text": text, "link": link, "source": source, "picture": image, "code": code}


def _fit(words: str, left: float, top: float, width: float, height: float, sizes: Sequence[float]) -> Box:
    """The box of a text at the largest size at which it is no higher than allowed, or else at the smallest."""
    boxes = [Box(left, top, width, _LEADING * size * _lines(words, width / size), size) for size in sizes]
    return next((box for box in boxes if box.height <= height), boxes[-1])


def _lines(words: str, width: float) -> int:
    """How many lines of a width in ems a text takes at most; a word longer than a line is broken between letters."""
    lines, used = 1, 0.0
    for word in words.split():
        needed = sum(map(_em, word))
        if used + needed > width:
            more, needed = divmod(needed, width - _WIDEST)
            lines, used = lines + int(more) + bool(used), 0.0
        used += needed + _em(" ")
    return lines


def _em(letter: str) -> float:
    """How wide a letter is at most, in ems, in Arial and the type of the Atlas; beyond Cyrillic, wider than it is."""
    if letter in _NARROW:
        return 0.39
    return _WIDEST if letter in _BROAD or letter > "\u052f" else 0.78 if letter.isupper() else 0.62


def _words(leaf: Leaf) -> dict[str, str]:
    link = re.sub(r"^https?://", "", leaf.link)
    shown = link if len(link) <= _LONGEST_SHOWN else f"{link[:_LONGEST_SHOWN]}…"
    return {"title": leaf.title, "text": leaf.text, "link": shown, "source": leaf.source}


def _code(link: str) -> BytesIO:
    file = BytesIO()
    segno.make_qr(link, error="l").save(file, kind="png", scale=8, dark=_INK, light=LIGHT_GROUND)
    return file


def _described(leaf: Leaf) -> str:
    return ". ".join(words.rstrip(".") for words in (leaf.title, leaf.text) if words)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _prepare(deck: Deck, title: str) -> None:
    """Make the blank deck wide, its layouts too, and say who made it."""
    narrow, wide = deck.slide_width, Pt(WIDTH)
    deck.slide_width, deck.slide_height = wide, Pt(HEIGHT)
    for shape in [shape for page in (*deck.slide_layouts, deck.slide_master) for shape in page.placeholders]:
        left, shape.top, width, shape.height = shape.left, shape.top, shape.width, shape.height
        shape.left, shape.width = left * wide // narrow, width * wide // narrow
    about = deck.core_properties
    about.title, about.author, about.last_modified_by, about.comments = title, NAME, NAME, ""
    about.created = about.modified = _DATE


def _fill(slide: Slide, leaf: Leaf, picture: bytes) -> None:
    places, shapes = _places(leaf, picture), slide.shapes
    for name, words in _words(leaf).items():
        shape = shapes.title if name == "title" else shapes.add_textbox(0, 0, 0, 0)
        _write(shape, words, places[name], name, leaf.link if name == "link" else "")
    _put(shapes, BytesIO(picture), places["picture"], _described(leaf))
    if places["code"].width:
        code = _put(shapes, _code(leaf.link), places["code"], "QR code of the live page")
        code.click_action.hyperlink.address = leaf.link
    if leaf.notes:
        slide.notes_slide.notes_text_frame.text = leaf.notes


def _write(shape: Shape, words: str, box: Box, name: str, link: str) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Pt, (box.left, box.top, box.width, box.height))
    shape.name, frame = name.capitalize(), shape.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = 0
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = words, Pt(box.size), name == "title"
    if link:
        run.hyperlink.address = link
    else:
        run.font.color.rgb = RGBColor(*_rgb(_COLOURS[name]))


def _put(shapes: SlideShapes, picture: BytesIO, box: Box, described: str) -> Picture:
    put = shapes.add_picture(picture, *map(Pt, (box.left, box.top, box.width, box.height)))
    put._element._nvXxPr.cNvPr.set("descr", described)  # python-pptx has no public way to alternative text
    return put


def _bound(file: BytesIO) -> bytes:
    """The file in the colours and type of its slides, also for slides added by hand, and its parts without dates."""
    bound = BytesIO()
    with ZipFile(file) as made, ZipFile(bound, "w") as archive:
        for name in made.namelist():
            content = made.read(name)
            if name == "ppt/theme/theme1.xml":
                content = content.replace(b'"Calibri"', b'"Arial"')  # each system has Arial, or one of its widths
                for slot, colour in _THEME.items():
                    content = re.sub(rf"(?<=<a:{slot}>).*?(?=</a:{slot}>)".encode(),
                                     f'<a:srgbClr val="{colour[1:]}"/>'.encode(), content)
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return bound.getvalue()


def _print(sheet: FPDF, leaf: Leaf, picture: bytes) -> None:
    known = {*sheet.fonts["atlas"].cmap, *sheet.fonts["spare"].cmap}
    title, text = ("".join(letter if ord(letter) in known else "□" for letter in _RIGHT_TO_LEFT.sub("□", words))
                   for words in (leaf.title, leaf.text))
    source = leaf.source if (title, text) == (leaf.title, leaf.text) else f"{leaf.source}. {_MISSING}"
    told = dataclasses.replace(leaf, title=title, text=text, source=source)
    places = _places(told, picture)
    sheet.add_page()
    sheet.start_section(leaf.title)
    for name, words in _words(told).items():
        box = places[name]
        sheet.set_xy(box.left, box.top)
        sheet.set_font("atlas", "B" if name == "title" else "", box.size)
        sheet.set_text_color(*_rgb(_COLOURS[name]))
        sheet.multi_cell(box.width, _LEADING * box.size, words, align="L", link=leaf.link if name == "link" else "")
    image, code = places["picture"], places["code"]
    sheet.image(BytesIO(picture), image.left, image.top, image.width, image.height, alt_text=_described(leaf))
    if code.width:
        sheet.image(_code(leaf.link), code.left, code.top, code.width, code.height, link=leaf.link,
                    alt_text="QR code of the live page")
