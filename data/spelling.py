"""One way to compare names of places: for the build's gazetteer and for the search box."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "ə": "e", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k",
})
_APOSTROPHES = "'`.\u00b4\u00b7\u02b9\u02bb\u02bc\u02be\u02bf\u05f3\u05f4\u2018\u2019\u2032"
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u20d0-\u20ff"
_DROPPED = re.compile(f"[{_APOSTROPHES}{_ACCENTS}]")
_BREAK = re.compile(r"(?:[^\w\u0900-\u109f\u1780-\u17ff]|_)+")


def fold(text: str) -> str:
    """A name without case, diacritics and punctuation, in whatever script: `Łódź` -> `lodz`, `Xi'an` -> `xian`.

    Cyrillic, Greek, Arabic, Hebrew, Indic and East Asian letters stay; runs of other characters become one space.
    """
    if text.isascii():
        return _BREAK.sub(" ", _DROPPED.sub("", text.lower())).strip()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = _DROPPED.sub("", plain).translate(_LETTERS)
    return _BREAK.sub(" ", unicodedata.normalize("NFKC", letters)).strip()
