"""Story: slides of views with words, as one frozen value, and its two forms: the letters of a link, and a TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import tomli_w

from data import pack
from data.grammar import VERSION
from data.phrases import quoted
from data.view import View
from data.words import PAGES

STORIES = Path(__file__).parent / "curated/stories"
MOST_SLIDES, LARGEST_FILE, LONGEST_LINK = 40, 1_000_000, 6_000
LONGEST: dict[str, int] = {"title": 120, "text": 300, "notes": 2_000}
_FORMAT, _FORMAT_VERSION = "atlas-story", 1
_NEWER = "This story was made by a newer version of the Atlas, and this one cannot read it. Open it where it was made."
_FIELDS = ("link", "title", "text", "notes")
_FIELD_END, _SLIDE_END = "\x1f", "\x1e"
_MOST_DOTS = 20
_KEY = re.compile(rb"[^=\"']*")
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKS = {b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"RIFF": "an image",
          b"%PDF": "a PDF", b"PK": "a ZIP archive or an Office file", b"{": "a JSON file", b"[{": "a JSON file",
          b"<svg": "an SVG image", b"<": "a web page (HTML) or XML"}


class StoryError(Exception):
    """A sentence for the reader: what is wrong with a story and the way out."""


@dataclass(frozen=True)
class Slide:
    """A view on a page, with its words. An empty title or text means the finding of the view.

    Control characters are taken out of the words; line breaks are kept in `notes` alone. HTML is plain text.

    Raises:
        ValueError: an unknown page, or words longer than LONGEST.
    """

    page: str
    view: View
    title: str = ""
    text: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        if self.page not in PAGES:
            raise ValueError(f"page: must be one of {', '.join(PAGES)}, but is {self.page!r}")
        for key in LONGEST:
            object.__setattr__(self, key, _fitting(key, getattr(self, key)))


@dataclass(frozen=True)
class Story:
    """Slides in their order. `data` is the version of the dataset that the story was made with, or empty.

    Raises:
        ValueError: a title longer than LONGEST, more than MOST_SLIDES slides, or no such version.
    """

    title: str
    slides: tuple[Slide, ...]
    data: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", _fitting("title", self.title))
        if len(self.slides) > MOST_SLIDES:
            raise ValueError(f"slides: must be at most {MOST_SLIDES}, but are {len(self.slides)}")
        if self.data and not re.fullmatch(VERSION, self.data):
            raise ValueError(f"data: must be a version such as 2026.11.0, but is {self.data!r}")


def to_text(story: Story) -> str:
    """The story for a link, in letters, digits, `-` and `_`: a mark of the format, the length, and the packed story.

    Raises:
        StoryError: the story is too long for any link.
    """
    rows = [(slide.view.link(slide.page), slide.title, slide.text, slide.notes) for slide in story.slides]
    plain = _SLIDE_END.join(_FIELD_END.join(row) for row in [(story.title, story.data), *rows])
    packed = pack.pack(plain)
    if len(plain.encode()) > pack.LONGEST or len(packed) > LONGEST_LINK:
        raise StoryError("This story is too long for a link. Save it as a file, or shorten its notes.")
    return f"s{_FORMAT_VERSION}-{len(packed)}-{packed}"


def from_text(text: str) -> tuple[Story, list[str]]:
    """The story of a link's text, and a sentence for each thing in it that was not understood.

    Raises:
        StoryError: the text is cut off, altered, of a newer version, or no story.
    """
    mark = re.match(r"s([1-9]\d{0,3})-(?:(\d{1,7})-)?", text, re.ASCII)
    if not mark:
        raise StoryError(f"This is not a story of the Atlas: its link must have `s1-…`, but has {quoted(text)}.")
    if int(mark[1]) > _FORMAT_VERSION:
        raise StoryError(_NEWER)
    packed, sent = text[mark.end():], int(mark[2] or 0)
    try:
        head, *rows = (part.split(_FIELD_END) for part in pack.unpack(packed).split(_SLIDE_END))
    except pack.PackError:
        found = f": {len(packed):,} of its {sent:,} characters arrived" if len(packed) < sent else ""
        raise StoryError(f"This story link is cut off or altered{found}. "
                         "Ask for it again, or open the story's file.") from None
    if len(head) != 2 or any(len(row) != len(_FIELDS) for row in rows):
        raise StoryError("This is not a story of the Atlas: its parts are not those of a story.")
    slides = [dict(zip(_FIELDS, row, strict=True)) for row in rows]
    return _story({"title": head[0], "data": head[1], "slides": slides})


def to_file(story: Story) -> bytes:
    """The story as a file for reading and editing: TOML in UTF-8; what is empty is left out.

    Raises:
        StoryError: the file would be larger than LARGEST_FILE bytes.
    """
    head: dict[str, Any] = {"format": _FORMAT, "version": _FORMAT_VERSION, "title": story.title, "data": story.data}
    tables = [{"link": slide.view.link(slide.page)} | {key: words for key in LONGEST if (words := getattr(slide, key))}
              for slide in story.slides]
    parts = [tomli_w.dumps(head if tables else head | {"slides": []})]
    parts += [f"\n[[slides]]\n{tomli_w.dumps(table, multiline_strings=True)}" for table in tables]
    content = "".join(parts).encode()
    if len(content) > LARGEST_FILE:
        raise StoryError("This story is too large for a file. Make two of it, or shorten its notes.")
    return content


def from_file(content: bytes) -> tuple[Story, list[str]]:
    """The story of a file, and a sentence for each thing in it that was not understood.

    Raises:
        StoryError: the file is no story, which says what it seems to be, has a mistake, or is of a newer version.
    """
    if kind := _kind(content):
        raise StoryError(f"This is not a story of the Atlas: it seems to be {kind}.")
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        what = error if isinstance(error, tomllib.TOMLDecodeError) else "it is no text, or no TOML"
        raise StoryError(f"This is not a story of the Atlas, or its file has a mistake: {what}.") from None
    version = found.get("version")
    if found.get("format") != _FORMAT or not isinstance(version, int) or version < 1:
        raise StoryError("This is not a story of the Atlas: a TOML file without the lines "
                         f'format = "{_FORMAT}" and version = {_FORMAT_VERSION}.')
    if version > _FORMAT_VERSION:
        raise StoryError(_NEWER)
    if not (isinstance(found.get("slides"), list) and all(isinstance(row, dict) for row in found["slides"])):
        raise StoryError("This story has no slides: each must begin with a line [[slides]], and have a `link`.")
    return _story(found)


@lru_cache(maxsize=4)
def shipped(folder: Path = STORIES) -> dict[str, Story]:
    """The stories that come with the Atlas, by file name without its ending, in the order of file names.

    Raises:
        StoryError: one of them is not understood in full, by file name.
    """
    stories: dict[str, Story] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            stories[path.stem], problems = from_file(path.read_bytes())
        except StoryError as error:
            problems = [str(error)]
        if problems:
            raise StoryError(f"{path.name}: must be a story without a problem, but: {' '.join(problems)}")
    return stories


def _clean(key: str, words: str) -> str:
    lines = "\n".join(words.expandtabs(1).splitlines())
    return _UNSEEN.sub("", lines if key == "notes" else lines.replace("\n", " ")).strip()


def _fitting(key: str, words: str) -> str:
    clean = _clean(key, words)
    if len(clean) > LONGEST[key]:
        raise ValueError(f"{key}: must be at most {LONGEST[key]} characters, but has {len(clean)}")
    return clean


def _kind(content: bytes) -> str:
    """What a file seems to be, if it is not to be read as TOML, which takes minutes for a key of very many parts."""
    start = content[:4_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    first, second, *_ = [*start.splitlines(), b"", b""]
    for mark, kind in _MARKS.items():
        if start.startswith(mark):
            return kind
    if b"=" not in first and any(first.count(sign) == second.count(sign) > 0 for sign in (b",", b";", b"\t")):
        return "a table (CSV)"
    if len(content) > LARGEST_FILE:
        return f"a file of {len(content):,} bytes, and no story has more than {LARGEST_FILE:,}"
    if any(_KEY.match(line)[0].count(b".") > _MOST_DOTS for line in content.splitlines()):  # type: ignore[index]
        return "a file with a key of too many parts"
    return "" if start else "an empty file"


def _strangers(found: Iterable[str], known: Iterable[str], where: str) -> list[str]:
    return [f"{where}{quoted(key)} means nothing in a story and was ignored." for key in sorted(set(found) - {*known})]


def _story(found: Mapping[str, Any]) -> tuple[Story, list[str]]:
    problems = _strangers(found, ("format", "version", "title", "data", "slides"), "")
    title, data, rows = _words(found, "title", "", problems), found.get("data", ""), found["slides"]
    if data != "" and not (isinstance(data, str) and re.fullmatch(VERSION, data)):
        problems.append(f"`data` must be a version such as 2026.11.0, but is {quoted(data)}, and was ignored.")
        data = ""
    if len(rows) > MOST_SLIDES:
        problems.append(f"The story has {len(rows):,} slides: the first {MOST_SLIDES} were kept.")
    slides = [_slide(row, f"Slide {number}: ", problems) for number, row in enumerate(rows[:MOST_SLIDES], 1)]
    return Story(title, tuple(slides), data), problems


def _slide(row: Mapping[str, Any], where: str, problems: list[str]) -> Slide:
    """A slide of its table; in its link, a host before the page and what follows a `#` do not matter."""
    problems += _strangers(row, _FIELDS, where)
    said = row.get("link", "missing")
    link = said.strip() if isinstance(said, str) else f"a {type(said).__name__}"
    path, _, query = re.sub(r"^[A-Za-z]+://[^/?#]*", "", link).partition("#")[0].partition("?")
    page = path.strip("/")
    if page not in (*PAGES, "", "home"):
        problems.append(f"{where}`link` must name a page, as /atlas, but is {quoted(link)}: the world map is shown.")
    view, wrong = View.from_query(parse_qs(query, keep_blank_values=True))
    problems += [where + problem for problem in wrong]
    return Slide(page if page in PAGES else "atlas", view,
                 **{key: _words(row, key, where, problems) for key in LONGEST})


def _words(found: Mapping[str, Any], key: str, where: str, problems: list[str]) -> str:
    value = found.get(key, "")
    if not isinstance(value, str):
        problems.append(f"{where}`{key}` must be text in quotes, but is {quoted(value)}, and was left out.")
        return ""
    words, longest = _clean(key, value), LONGEST[key]
    if len(words) > longest:
        problems.append(f"{where}`{key}` has {len(words):,} characters: the first {longest:,} were kept.")
    return words[:longest].strip()
