"""How a city is called: the English name that the lists of ties use, and its other names."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from data.build import raw, read
from data.build.gazetteer import Gazetteer
from data.spelling import fold

WEIGHTS = {"enwiki_2026": 3, "enwiki_2023": 2, "wikidata_2022": 2, "wikidata_2017": 1, "sistercity_info": 1,
           "enwiki_2013": 1, "page": 1, "namrb_2023": 1}
LONGEST = 60
ALIASES = ((1_000_000, 60), (100_000, 30), (0, 8))
ROMANISED = """AFG ARE ARM BGD BGR BHR BLR BTN CYP EGY ERI ETH GEO GRC IND IRN IRQ ISR JOR KAZ KGZ KHM KOR KWT LAO LBY
    LKA MDV MMR MNG NPL OMN PAK PRK PSE QAT RUS SAU SDN SYR THA TJK UKR YEM"""
NATIVE = {
    "CYRILLIC": "BGR BIH BLR KAZ KGZ MKD MNE MNG RUS SRB TJK UKR", "GREEK": "CYP GRC", "CJK": "CHN HKG JPN MAC SGP TWN",
    "HANGUL": "KOR PRK", "HEBREW": "ISR", "GEORGIAN": "GEO", "ARMENIAN": "ARM", "THAI": "THA", "KHMER": "KHM",
    "ARABIC": "AFG ARE BHR DZA EGY IRN IRQ JOR KWT LBN LBY MAR OMN PAK PSE QAT SAU SDN SYR TUN YEM", "LAO": "LAO",
    "MYANMAR": "MMR",
    "DEVANAGARI": "IND NPL", "BENGALI": "BGD", "SINHALA": "LKA", "ETHIOPIC": "ERI ETH"}
_MUNICIPAL = re.compile(
    r"^(?:(?:city |metropolitan )?municipality|(?:metropolitan )?city|town|urban commune) of (?:the )?"
    r"| (?:(?:urban |rural |city |metropolitan |district |local )?municipality|(?:metropolitan|special) city)$",
    re.IGNORECASE)
_LOCAL = {"BLR": re.compile(r"^Horad "), "CHN": re.compile(r" Shi$"), "JPN": re.compile(r"-(?:shi|chō|ku)$"),
          "KOR": re.compile(r"-(?:si|gun|gu|eup)$")}
_SIGNS = re.compile("['`\\u02b9\\u02bb\\u02bc\\u02be\\u02bf\\u2018\\u2019]")


def display(places: pd.DataFrame, listed: pd.DataFrame, gazetteer: Gazetteer) -> pd.Series:
    """The display name of every place key.

    `places`: columns key, name, country, level (a row per key at least); `listed`: spellings() of the lists. The most
    used spelling wins (the newest English list weighs most); else GeoNames' name, without the signs of a
    transliteration; data/curated/city_names.csv overrules both. Index: key.
    """
    votes = listed.assign(votes=listed["source"].map(WEIGHTS).fillna(0) * listed["rows"])
    totals = votes.groupby(["key", "name"])["votes"].sum().reset_index()
    totals = totals[totals["votes"] > 0].sort_values(["votes", "name"], ascending=[False, True])
    chosen = totals.drop_duplicates("key").set_index("key")["name"]
    keys = places.drop_duplicates("key").set_index("key")
    parts = zip(keys.index, keys["name"], keys["country"], keys["level"], strict=True)
    own = pd.Series([_own(*part, gazetteer) for part in parts], index=keys.index, dtype="str")
    fixed = read.curated("city_names.csv", ["key", "name", "reason"]).set_index("key")["name"]
    best = pd.concat([fixed, chosen, own])
    found: pd.Series = best[~best.index.duplicated()].reindex(own.index).rename("name")
    return found


def spellings(located: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """How often each list uses which name of a place: key, name (tidied), source, rows.

    `located`: raw.locate(). Only names that the gazetteer knows for the place count.
    """
    ends = pd.concat([located[[f"key_{side}", f"name_{side}", "source"]].set_axis(["key", "name", "source"], axis=1)
                      for side in raw.SIDES]).dropna()
    counts = ends.groupby(["key", "name", "source"], as_index=False).size().rename(columns={"size": "rows"})
    own = {key: gazetteer.place(key).name for key in counts["key"].unique()}
    counts["name"] = [_typed(name) if fold(name) == fold(own[key]) else tidy(name)
                      for key, name in zip(counts["key"], counts["name"], strict=True)]
    known = [gazetteer.has(key, name) for key, name in zip(counts["key"], counts["name"], strict=True)]
    return counts.loc[known].groupby(["key", "name", "source"])["rows"].sum().reset_index()


def tidy(name: str) -> str:
    """A list's spelling without what belongs to lists: `City of`, `Municipality`, brackets, states, districts."""
    bare = re.sub(r"\s*[(\[].*?[)\]]|\s+[\u2013\u2014]\s+.*$|,.*$|\s*/.*$", "", _typed(name))
    return _MUNICIPAL.sub("", bare.strip()).strip() or name


def _typed(name: str) -> str:
    """A name as one would type it: composed letters, plain apostrophes, hyphens and spaces, nothing invisible."""
    seen = "".join(sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign) != "Cf")
    return re.sub(r"\s+", " ", seen.translate({0x2019: "'", 0x2010: "-", 0x2011: "-"})).strip()


def _own(key: str, name: str, country: str, level: str, gazetteer: Gazetteer) -> str:
    if key not in gazetteer:
        return tidy(name) if level == "city" else re.sub(r"^(.+?)\s+[\u2013\u2014]\s+(.+)$", r"\2 (\1)", _typed(name))
    plain = re.sub(r"\s*/.*$", "", gazetteer.place(key).name)
    plain = _LOCAL[country].sub("", plain) if country in _LOCAL else plain
    return romanised(plain) if country in ROMANISED.split() else _typed(plain)


def romanised(name: str) -> str:
    """A transliteration without its signs: `Homyel'` -> `Homyel`, `Asadābād` -> `Asadabad`."""
    signs = unicodedata.normalize("NFKD", _SIGNS.sub("", name))
    return unicodedata.normalize("NFC", "".join(sign for sign in signs if not unicodedata.combining(sign)))


def aliases(names: pd.Series, listed: pd.DataFrame, gazetteer: Gazetteer) -> pd.Series:
    """The other names of every place key of `names` (key -> display name), sorted; no two that fold to one form.

    Curated names, names that lists use and GeoNames' own name are kept; the rest is chosen by ALIASES (people, most
    names), half of it Latin, the country's own script first.
    """
    used = listed.groupby("key")["name"].agg(list).to_dict()
    extra = read.curated("aliases.csv", ["alias", "geonameid"])
    curated = extra.groupby("G" + extra["geonameid"])["alias"].agg(list).to_dict()
    found = {}
    for key, name in zip(names.index.astype(str), names, strict=True):
        kept, rest, most = [*curated.get(key, ()), *used.get(key, ())], [], 0
        if key in gazetteer:
            place = gazetteer.place(key)
            kept, rest = [*kept, place.name], _ranked(gazetteer.aliases(key), place.country)
            most = next(names for people, names in ALIASES if place.population >= people)
        found[key] = _choose(name, kept, rest, most)
    return pd.Series(found, dtype="object")


def _choose(name: str, kept: list[str], rest: list[str], most: int) -> list[str]:
    seen, chosen = {fold(name)}, list[str]()
    for alias in [*kept, *rest]:
        form = fold(alias)
        if form and form not in seen and len(alias) <= LONGEST and (len(chosen) < most or alias in kept):
            seen.add(form)
            chosen.append(alias)
    return sorted(chosen)


def _ranked(names: Iterable[str], country: str) -> list[str]:
    """The country's own script first, then by turns a Latin name and one of another script, the shortest first."""
    turn: dict[str, int] = defaultdict(int)
    ranked = []
    for name in sorted(names, key=lambda text: (len(text), text)):
        script = unicodedata.name(name[0], "?").split()[0]
        native = country in NATIVE.get(script, "").split()
        group = script if script == "LATIN" or native else "other"
        ranked.append((turn[group] - 3 * native + 20 * turn[script] * (group == "other"), name))
        turn[group] += 1
        turn[script] += group == "other"
    return [name for _, name in sorted(ranked)]
