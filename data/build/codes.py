"""Country codes of written countries."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data.build import read
from data.spelling import fold

TAXONOMY = "nations/boundaries/hdx_country_taxonomy.csv"
ISO2, ISO3 = "ISO 3166-1 Alpha 2-Codes", "ISO 3166-1 Alpha 3-Codes"
NAMES = ["Preferred Term", "RW Short Name", "English Short", "English Formal", "M49 English", "RW API Alt Term"]


def iso3_codes(sources_dir: Path) -> dict[str, str]:
    """ISO alpha-2 -> alpha-3 of every country and territory, Kosovo as XK -> XKX."""
    codes = read.csv(sources_dir / TAXONOMY, [ISO2, ISO3, "x Alpha2 codes", "x Alpha3 codes"])
    short, long = codes[ISO2].fillna(codes["x Alpha2 codes"]), codes[ISO3].fillna(codes["x Alpha3 codes"])
    known = short.notna() & long.notna()
    return dict(zip(short[known], long[known], strict=True))


def country_codes(sources_dir: Path) -> dict[str, str]:
    """Folded country name or alpha-2 code -> ISO3: the taxonomy's English names and country_words.csv."""
    words = read.csv(sources_dir / TAXONOMY, [ISO3, *NAMES]).melt(ISO3, NAMES).dropna()
    codes = {code.lower(): long for code, long in iso3_codes(sources_dir).items()}
    codes |= dict(zip(words["value"].map(_country_word), words[ISO3], strict=True))
    curated = read.curated("country_words.csv", ["name", "country", "reason"])
    return codes | dict(zip(curated["name"].map(_country_word), curated["country"], strict=True))


def country_of(written: pd.Series, codes: dict[str, str]) -> dict[str, str]:
    """Written country -> ISO3, for the values that can be read; `England, United Kingdom` is read from its end."""
    found = {}
    for text in written.dropna().unique():
        parts = [text, re.sub(r"\(.*?\)|\[.*?\]", "", text), *reversed(re.split(r"[,(]", text))]
        code = next((codes[word] for word in map(_country_word, parts) if word in codes), None)
        if code:
            found[text] = code
    return found


def _country_word(text: str) -> str:
    return re.sub(r"^(the|in) ", "", fold(text))
