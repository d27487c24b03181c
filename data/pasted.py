"""A list of cities as people paste it -> names, one a city, and what had to be understood on the way."""

from __future__ import annotations

import csv
import re
from itertools import zip_longest

from data.grammar import LONGEST_SEAT, MOST_SEATS
from data.load import Dataset
from data.named import exact
from data.phrases import counted, listing, verb
from data.spelling import fold

MOST_TEXT = 100_000
_SAMPLE = 12
_CITY = frozenset(map(fold, [
    "city", "cities", "town", "towns", "municipality", "ville", "villes", "commune", "stadt", "städte", "ciudad",
    "ciudades", "municipio", "cidade", "cidades", "città", "comune", "miasto", "город", "місто", "град", "πόλη",
    "şehir", "stad", "kaupunki", "مدينة", "المدينة", "עיר", "शहर", "城市", "市", "都市", "都市名", "도시", "เมือง"]))
_COUNTRY = frozenset(map(fold, [
    "country", "countries", "nation", "state", "pays", "land", "staat", "país", "paese", "kraj", "страна", "країна",
    "χώρα", "ülke", "maa", "بلد", "الدولة", "מדינה", "देश", "国家", "國家", "国", "国名", "국가", "ประเทศ"]))
_MARK = re.compile(r"^(?:[-–—]+\s|[-*•·‣▪◦●○■–—>](?=[\s\w\"'“„«])|\(?\d{1,3}(?:[.)\]](?!\d)|:)|\[[ xX]?\])\s*")
_QUOTED = re.compile(r"^([\"'“”„«‘])(.*)([\"'“”»’])$")


def lines(dataset: Dataset, text: str) -> tuple[list[str], list[str]]:
    """The names in a text, one a line, and a sentence for whatever is not plain about it.

    Bullets, numbers, quotes and trailing commas are taken off. A table gives the column of its cities, narrowed by a
    column of countries if there is one; one long line is cut where that is plainly meant.

    Returns:
        At most MOST_SEATS names, none empty, each of at most LONGEST_SEAT - 1 printable characters.
    """
    raw = [line for line in text[:MOST_TEXT].splitlines() if re.search(r"\w", line)]
    found, said = _table(dataset, raw) or _cut(dataset, raw) or (raw, [])
    names = [name for name in map(_bare, found) if name]
    if len(names) > 1 and fold(names[0]) in _CITY:
        said = [*said, f"The first line, “{names[0]}”, was taken as a heading."]
        names = names[1:]
    if len(text) > MOST_TEXT:
        said = [*said, f"Only the first {MOST_TEXT:,} characters of {len(text):,} were read."]
    long = [name for name in names if len(name) >= LONGEST_SEAT]
    if long:
        said = [*said, f"Cut after {LONGEST_SEAT - 1} characters: {listing([f'“{name[:30]}…”' for name in long])}."]
    if len(names) > MOST_SEATS:
        said = [*said, f"The list has {len(names):,} names: the first {MOST_SEATS} are used, "
                       f"{len(names) - MOST_SEATS:,} are not, the first of them “{names[MOST_SEATS][:60]}”."]
    return [name[:LONGEST_SEAT - 1].strip() for name in names[:MOST_SEATS]], said


def _bare(line: str) -> str:
    """A line without control characters, bullet or number, quotes, and trailing commas."""
    spaced = re.sub(r"\s", " ", line)
    name = " ".join("".join(letter for letter in spaced if letter.isprintable()).split())
    return _QUOTED.sub(r"\2", _MARK.sub("", name).strip(" ,;，；、،")).strip(" ,;，；、،")


def _cut(dataset: Dataset, raw: list[str]) -> tuple[list[str], list[str]] | None:
    """The parts of the only line: at semicolons and their like, or at commas between at least three names."""
    if len(raw) != 1 or exact(dataset, raw[0]):
        return None
    for signs, least in ((";；", 2), ("、，،", 2), (",", 3)):
        parts = [part for part in map(_bare, re.split(f"[{signs}]", raw[0])) if part]
        if len(parts) >= least and _share(dataset, parts) >= 0.5:
            return parts, [f"The one line was read as {len(parts):,} names."]
    return None


def _table(dataset: Dataset, raw: list[str]) -> tuple[list[str], list[str]] | None:
    """The names in the rows of a table: in the column of cities, or in all where each column is of cities."""
    rows = _cells(dataset, raw)
    if not rows:
        return None
    columns = [[cell.strip() for cell in column] for column in zip_longest(*rows, fillvalue="")]
    head = _headed(dataset, rows[0])
    body = [column[head:] for column in columns]
    nations, match = [_nations(dataset, column) for column in body], [_share(dataset, column) for column in body]
    named = [place for place, column in enumerate(columns) if head and _heading(column[0], _CITY)]
    among = named or [place for place, share in enumerate(nations) if share <= 0.5] or list(range(len(body)))
    city = max(among, key=match.__getitem__)
    if not named and not match[city]:
        return None
    if not head and max(nations) <= 0.5 and min(match) >= 0.5:
        return [cell for row in rows for cell in row], [f"Each of the {len(body)} columns was read as cities."]
    titles = [f"“{column[0]}”" if head and column[0] else f"number {place + 1}" for place, column in enumerate(columns)]
    wheres = sorted((place for place in range(len(body)) if place != city and (
        nations[place] > 0.5 or (head and _heading(columns[place][0], _COUNTRY)))), key=lambda place: -nations[place])
    names, said = body[city], ""
    for where in wheres[:1]:
        narrowed = _narrowed(dataset, names, body[where])
        understood = _share(dataset, narrowed) >= 0.5
        names = narrowed if understood else names
        said = f", {'narrowed by' if understood else 'without'} the countries in column {titles[where]}"
    names = [row[0] if len(row) == 1 else name for row, name in zip(rows[head:], names, strict=True)]
    lost = sum(not name for name in names)
    empty = f" {counted(lost, 'row')} {verb(lost)} without a city." if lost else ""
    return names, [f"The list is a table: its column {titles[city]} was taken as the cities{said}.{empty}"]


def _narrowed(dataset: Dataset, names: list[str], where: list[str]) -> list[str]:
    """Each name with the country, or state, that stands beside it."""
    nation = dict(zip(dataset.countries["iso2"], dataset.countries["name"], strict=True))
    return [f"{name}, {nation.get(place.upper(), place)}" if name and place else name
            for name, place in zip(names, where, strict=True)]


def _cells(dataset: Dataset, raw: list[str]) -> list[list[str]]:
    """The cells of each line where most lines have several and are not the name of a city as they stand."""
    for sign in "\t;,|":
        rows = [next(csv.reader([line], delimiter=sign, skipinitialspace=True), [""]) for line in raw]
        if len(rows) < 2 or 2 * sum(len(row) > 1 for row in rows) <= len(rows):
            continue
        if sign != "," or _headed(dataset, rows[0]) or _share(dataset, raw) < 0.5:
            return rows
    return []


def _headed(dataset: Dataset, row: list[str]) -> bool:
    """Whether a row is of headings, one of which is of cities or countries and not the name of a city."""
    return len(row) > 1 and any(_heading(cell, _CITY | _COUNTRY) and not exact(dataset, cell) for cell in row)


def _heading(cell: str, words: frozenset[str]) -> bool:
    """Whether a cell heads a column of cities or countries: `City`, `Name of the city`, `Ville / Stadt`, `城市`."""
    said = fold(cell).split()
    return 0 < len(said) <= 4 and not words.isdisjoint((said[0], said[-1]))


def _nations(dataset: Dataset, column: list[str]) -> float:
    """The share of the cells of a column that name a country, in English or by code."""
    known = {fold(name) for key in ("name", "iso3", "iso2") for name in dataset.countries[key]}
    return sum(fold(cell) in known for cell in column) / len(column)


def _share(dataset: Dataset, column: list[str]) -> float:
    """The share of the first cells that name a city; a cell with a digit or an @ does not."""
    some = [cell for cell in column if cell][:_SAMPLE]
    able = [cell for cell in some if not re.search(r"[\d@]", cell)]
    return sum(bool(exact(dataset, cell)) for cell in able) / max(len(some), 1)
