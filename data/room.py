"""The room: the cities at a table, read from a list as people write it, and what joins them or does not yet."""

from __future__ import annotations

import csv
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest

import numpy as np
import pandas as pd

from data import search, select
from data.grammar import LONGEST_SEAT, MOST_SEATS
from data.headline import label
from data.load import Dataset
from data.partners import Bools, Floats, Ground, ground
from data.paths import Ints
from data.phrases import counted, listing, verb
from data.roster import roster
from data.spelling import fold
from data.story import LONGEST, Slide, Story
from data.view import View
from data.words import ISSUES

CLEAR, CHOICES, PAIRS = 5, 5, 20
POINTS = {"networks": (1, 5), "here": (2, 3), "elsewhere": (1, 3), "issues": (1, 3), "size": (1, 1), "role": (1, 1)}
"""What a pair without a tie has in common -> the points for each, and how many of them count at most."""
SCORE = ("A point for each shared network (5 at most) and each common partner elsewhere (3), two for each common "
         "partner in the room (3), a point for each issue area that ties of both state (3), for populations of which "
         "the larger is at most twice the smaller, and for GaWC classes at most two steps apart.")
MOST_TEXT = 100_000
_SAMPLE, _TWICE, _STEPS = 12, 2, 2
_name = lru_cache(maxsize=10_000)(label)
_CITY = frozenset(map(fold, [
    "city", "cities", "town", "towns", "municipality", "ville", "villes", "commune", "stadt", "städte", "ciudad",
    "ciudades", "municipio", "cidade", "cidades", "città", "comune", "miasto", "город", "місто", "град", "πόλη",
    "şehir", "stad", "kaupunki", "مدينة", "المدينة", "עיר", "शहर", "城市", "市", "都市", "都市名", "도시", "เมือง"]))
_COUNTRY = frozenset(map(fold, [
    "country", "countries", "nation", "state", "pays", "land", "staat", "país", "paese", "kraj", "страна", "країна",
    "χώρα", "ülke", "maa", "بلد", "الدولة", "מדינה", "देश", "国家", "國家", "国", "国名", "국가", "ประเทศ"]))
_MARK = re.compile(r"^(?:[-–—]+\s|[-*•·‣▪◦●○■–—>](?=[\s\w\"'“„«])|\(?\d{1,3}(?:[.)\]](?!\d)|:)|\[[ xX]?\])\s*")
_QUOTED = re.compile(r"^([\"'“”„«‘])(.*)([\"'“”»’])$")
_OFFICE = re.compile(
    r"^(?:(?:the )?(?:metropolitan )?(?:city|municipality|town) of|ville d[e']|stadt|ciudad de|cidade de|comune di|"
    r"ayuntamiento de|mairie de|prefeitura de|δήμος|город|місто|г\.|м\.)\s*(?=\w\w)|"
    r"(?<=\w\w)(?:\s+(?:municipality|city council|municipal council)|市|特別市|특별시|광역시|시)$", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A name of the list. `standing` is found, open (a choice must be made), unknown, or repeated (found before).

    `city` and `spelling`, the name of it that matched, are empty unless the city is found. `choices` are the cities
    to choose from, best first; of a found one, its namesakes; of an unknown one, cities with a name near it.
    """

    typed: str
    standing: str
    city: str = ""
    spelling: str = ""
    choices: tuple[str, ...] = ()

    @property
    def seat(self) -> str:
        """How it stands in the room of a View."""
        return self.city or f"?{self.typed}"


@dataclass(frozen=True)
class Report:
    """What became of each name of a list, in its order."""

    entries: tuple[Entry, ...]

    def of(self, standing: str) -> list[Entry]:
        """The names that stand so."""
        return [entry for entry in self.entries if entry.standing == standing]

    @property
    def seats(self) -> tuple[str, ...]:
        """The room of a View."""
        return tuple(sorted({entry.seat for entry in self.entries}))

    @property
    def sentence(self) -> str:
        """The account in words, such as `38 of 40 found; 1 to choose, 1 unknown`, with a full stop."""
        counts = {words: len(self.of(standing)) for words, standing in (
            ("to choose", "open"), ("unknown", "unknown"), ("named again", "repeated"))}
        rest = ", ".join(f"{count:,} {words}" for words, count in counts.items() if count)
        return f"{len(self.of('found')):,} of {len(self.entries):,} found{f'; {rest}' if rest else ''}."

    def settle(self, dataset: Dataset, typed: str, answer: str) -> Report:
        """The report once a name is said to be a city, by its id, or is written again; an empty answer takes it out."""
        entries = [_answered(dataset, entry, answer) if entry.typed == typed else entry
                   for entry in self.entries if entry.typed != typed or answer]
        return Report(tuple(_once(entries)))


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
    if len(raw) != 1 or _exact(dataset, raw[0]):
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
    return len(row) > 1 and any(_heading(cell, _CITY | _COUNTRY) and not _exact(dataset, cell) for cell in row)


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
    return sum(bool(_exact(dataset, cell)) for cell in able) / max(len(some), 1)


def match(dataset: Dataset, names: Iterable[str]) -> Report:
    """What each of the names, as `lines` gives them, means.

    Found is a label of the search, and letter for letter the name of one city. So is that of several where the first
    in the order of the search, or the one with most ties, stands clear of each other one: it has CLEAR times the
    ties + 1 or the inhabitants, and not less of either. A display name stands clear of a further name already where it
    has not less of one of the two, a further name of a display name only where it has CLEAR times both.

    All else is open: where no city stands clear, where what follows a comma or bracket is not understood, where a name
    is only begun, or is one letter away. What is farther from any name is unknown.
    """
    return Report(tuple(_once(_read(dataset, name) for name in names)))


def report(dataset: Dataset, view: View) -> Report:
    """The report of the room of a view: its cities by their labels; names that are not settled stay to be chosen."""
    named = search.labels(dataset)
    entries = []
    for seat in view.room:
        entry = _read(dataset, named.get(seat, seat.removeprefix("?")))
        unsettled = seat.startswith("?") and entry.city
        entries.append(replace(entry, standing="open", city="", choices=(entry.city, *entry.choices)[:CHOICES])
                       if unsettled else entry)
    return Report(tuple(_once(entries)))


def _once(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, each seat but the first of its kind marked as repeated."""
    taken: set[str] = set()
    kept = []
    for entry in entries:
        first = "found" if entry.standing == "repeated" else entry.standing
        kept.append(replace(entry, standing="repeated" if entry.seat in taken else first))
        taken.add(entry.seat)
    return kept


def _answered(dataset: Dataset, entry: Entry, answer: str) -> Entry:
    if answer in search.labels(dataset):
        return Entry(entry.typed, "found", answer, _name(dataset, answer))
    names, _ = lines(dataset, answer)
    return _read(dataset, names[0]) if names else entry


@lru_cache(maxsize=4_000)
def _read(dataset: Dataset, name: str) -> Entry:
    city = _labelled(dataset).get(name)
    if city:
        return Entry(name, "found", city, name)
    found = _exact(dataset, name)
    ids = tuple(match.city_id for match in found)
    lead = _leader(dataset, found) if found else None
    if lead:
        others = [city for city in ids if city != lead.city_id]
        return Entry(name, "found", lead.city_id, lead.spelling, tuple(others[:CHOICES]))
    if not found:
        ids = tuple(match.city_id for match in _exact(dataset, re.split(r"[,(（]", name)[0]))
    if ids:
        return Entry(name, "open", choices=tuple(sorted(ids, key=_facts(dataset).__getitem__, reverse=True)[:CHOICES]))
    near = search.find(dataset, _OFFICE.sub("", name), CHOICES)
    close = tuple(match.city_id for match in near if _close(fold(_OFFICE.sub("", name)), fold(match.spelling)))
    return Entry(name, "open" if close else "unknown", choices=close or tuple(match.city_id for match in near))


@lru_cache(maxsize=2)
def _labelled(dataset: Dataset) -> dict[str, str]:
    return {words: city for city, words in search.labels(dataset).items()}


@lru_cache(maxsize=2)
def _facts(dataset: Dataset) -> dict[str, tuple[int, int, str]]:
    """City -> its ties, its inhabitants or 0 where unknown, and its name."""
    cities = dataset.cities
    facts = zip(cities["ties"].tolist(), cities["population"].fillna(0).tolist(), cities["name"], strict=True)
    return dict(zip(cities["city_id"], facts, strict=True))


def _exact(dataset: Dataset, name: str) -> list[search.Match]:
    """The cities with this name letter for letter, or else without words of office (`City of`, `市`), or with 市."""
    forms = [name, _OFFICE.sub("", name), *([f"{name}市"] if re.fullmatch(r"[\u4e00-\u9fff]{2,}", name) else [])]
    for form in dict.fromkeys(forms):
        found = [match for match in search.find(dataset, form, 20) if match.exact]
        if found:
            return found
    return []


def _leader(dataset: Dataset, found: list[search.Match]) -> search.Match | None:
    """The city that stands clear of all others, as `match` has it, if there is one."""
    facts = _facts(dataset)
    shown = {match.city_id: fold(facts[match.city_id][2]) == fold(match.spelling) for match in found}
    for lead in (found[0], max(found, key=lambda match: facts[match.city_id])):
        if all(_clear(facts[lead.city_id][:2], facts[other][:2], shown[lead.city_id], shown[other])
               for other in shown if other != lead.city_id):
            return lead
    return None


def _clear(one: tuple[int, int], other: tuple[int, int], named: bool, rival: bool) -> bool:
    """Whether a city stands clear of another, by ties and inhabitants of both; which of them has it as display name."""
    ratios = [(one[0] + 1) / (other[0] + 1)] + ([one[1] / other[1]] if one[1] and other[1] else [])
    if named == rival:
        return max(ratios) >= CLEAR and min(ratios) >= 1
    return max(ratios) >= 1 if named else len(ratios) > 1 and min(ratios) >= CLEAR


def _close(name: str, spelling: str) -> bool:
    """Whether a spelling begins with a name, or is one letter away from it."""
    steps = [step for step in SequenceMatcher(None, name, spelling, False).get_opcodes() if step[0] != "equal"]
    return len(name) > 2 and (spelling.startswith(name) or
                              sum(max(step[2] - step[1], step[4] - step[3]) for step in steps) == 1)


@dataclass(frozen=True, eq=False)
class Room:
    """What joins the cities of a room.

    `cities`: city_id, ties and partners in the room, networks shared, best-connected first. `ties`: rows of the table
    with both ends in the room. `networks`: network_id, short_name, cities (ids, of two or more), number; most first.
    `pairs`: the best without a tie in force: city_a, city_b, score, reasons (sentences), past; `apart` counts them all.
    """

    cities: pd.DataFrame
    ties: pd.DataFrame
    networks: pd.DataFrame
    pairs: pd.DataFrame
    apart: int


def own(view: View) -> View:
    """The view of the room's page: the ties among its cities, whatever other places and networks the view names."""
    return view.replace(cities=(), networks=(), regions=(), countries=(), across="", picture="ties")


@lru_cache(maxsize=16)
def room(dataset: Dataset, view: View) -> Room:
    """What joins the cities in the room of a view, in its period and with its issue areas, kinds and switches.

    A pair without a tie has none in force whatever the filters, not even a thin or uncertain one; it is of two
    countries, unless the view asks for ties within one country too.

    Raises:
        ValueError: the view has no room.
    """
    if not view.room:
        raise ValueError("room: must have a name in it, but is empty")
    view = own(view)
    basis = ground(dataset)
    rows = basis.codes.city.get_indexer(pd.Index(select.seats(view), dtype=object))
    rows = rows[rows >= 0]
    ids = basis.codes.city[rows]
    ties, members = select.ties(dataset, view), roster(dataset, view)
    ends = pd.concat([ties[["city_a", "city_b"]], ties[["city_b", "city_a"]].set_axis(["city_a", "city_b"], axis=1)])
    held = ends.groupby("city_a")["city_b"].agg(["size", "nunique"]).reindex(ids, fill_value=0)
    inside = members.inside[rows].toarray() > 0
    shared = inside.sum(axis=0) > 1
    networks = members.networks.loc[shared, ["network_id", "short_name"]].assign(
        cities=[list(ids[column]) for column in inside.T[shared]], number=inside.sum(axis=0)[shared])
    cities = pd.DataFrame({"city_id": ids, "ties": held["size"].to_numpy(), "partners": held["nunique"].to_numpy(),
                           "networks": inside[:, shared].sum(axis=1)})
    pairs, apart = _pairs(dataset, rows, view.domestic)
    return Room(
        cities.sort_values(["partners", "ties", "networks", "city_id"], ascending=[False, False, False, True],
                           ignore_index=True), ties,
        networks.sort_values(["number", "short_name"], ascending=[False, True], ignore_index=True), pairs, apart)


def _pairs(dataset: Dataset, rows: Ints, domestic: bool) -> tuple[pd.DataFrame, int]:
    """The PAIRS pairs with the best scores, of equals the one that shares more first, and how many pairs there are."""
    basis = ground(dataset)
    a, b = np.triu_indices(len(rows), 1)
    country = basis.codes.country[rows]
    free = ~_joined(basis, rows)[a, b] & (domestic | (country[a] != country[b]))
    a, b = a[free], b[free]
    counts = {what: table[a, b] for what, table in _common(basis, rows).items()}
    score = np.sum([points * np.minimum(counts[what], most) for what, (points, most) in POINTS.items()], axis=0)
    best = np.lexsort([b, a, -np.sum(list(counts.values()), axis=0), -score])[:PAIRS]
    one, two = rows[a[best]], rows[b[best]]
    room = np.zeros(len(basis.codes.city), bool)
    room[rows] = True
    ends = list(zip(one.tolist(), two.tolist(), strict=True))
    return pd.DataFrame({
        "city_a": basis.codes.city[one], "city_b": basis.codes.city[two], "score": score[best].astype(int),
        "reasons": [_reasons(dataset, *pair, room) for pair in ends],
        "past": [_past(dataset, *pair) for pair in ends]}), len(a)


def _joined(basis: Ground, rows: Ints) -> Bools:
    """Which cities of the rows have a tie in force, shape (rows, rows)."""
    place = np.full(len(basis.codes.city), -1)
    place[rows] = np.arange(len(rows))
    a, b = place[basis.codes.tie_a[basis.active]], place[basis.codes.tie_b[basis.active]]
    here = (a >= 0) & (b >= 0)
    joined = np.zeros((len(rows), len(rows)), bool)
    joined[a[here], b[here]] = joined[b[here], a[here]] = True
    return joined


def _common(basis: Ground, rows: Ints) -> dict[str, Floats]:
    """How much each two cities have in common, by the keys of POINTS, each of shape (rows, rows)."""
    member, tied, areas = basis.member[rows], basis.tied[rows], _areas(basis)[rows]
    within = tied[:, rows]
    here = (within @ within.T).toarray()
    size = np.abs(np.subtract.outer(np.log(basis.population[rows]), np.log(basis.population[rows]))) <= np.log(_TWICE)
    role = basis.role[rows]
    near = (np.abs(np.subtract.outer(role, role)) <= _STEPS) & np.logical_and.outer(role > 0, role > 0)
    return {"networks": (member @ member.T).toarray(), "here": here, "elsewhere": (tied @ tied.T).toarray() - here,
            "issues": areas @ areas.T, "size": size.astype(float), "role": near.astype(float)}


@lru_cache(maxsize=4)
def _areas(basis: Ground) -> Ints:
    """Whether an active tie of each city states each issue area: 0 or 1, shape (cities, issues)."""
    codes, bits = basis.codes, np.zeros(len(basis.codes.city), np.int64)
    for ends in (codes.tie_a, codes.tie_b):
        np.bitwise_or.at(bits, ends[basis.active], codes.ties.issues[basis.active])
    areas: Ints = bits[:, None] >> np.arange(len(ISSUES)) & 1
    return areas


def _reasons(dataset: Dataset, one: int, two: int, room: Bools) -> list[str]:
    """Why two cities might talk, in words."""
    basis = ground(dataset)
    networks, partners = (table[[one]].multiply(table[[two]]).tocsr().indices for table in (basis.member, basis.tied))
    rare = networks[np.argsort(np.bincount(basis.member.indices)[networks], kind="stable")]
    names = dataset.networks["short_name"].iloc[rare].tolist()
    here, elsewhere = ([_name(dataset, city) for city in basis.codes.city[partners[wanted]]]
                       for wanted in (room[partners], ~room[partners]))
    areas = [words for words, both in zip(ISSUES.values(), _areas(basis)[one] & _areas(basis)[two], strict=True)
             if both]
    people, role = basis.population[[one, two]], basis.role[[one, two]]
    more = f", {len(areas) - 3} more" if len(areas) > 3 else ""
    said = {f"both are in {listing(names)}": names,
            f"common partners in the room: {listing(here)}": here,
            f"common partners elsewhere: {listing(elsewhere)}": elsewhere,
            f"ties of both are about: {', '.join(areas[:3]).lower()}{more}": areas,
            f"similar size: {people[0]:,.0f} and {people[1]:,.0f} inhabitants": people.max() <= _TWICE * people.min(),
            "similar GaWC 2024 class": role.min() > 0 and abs(int(role[0] - role[1])) <= _STEPS}
    return [words for words, true in said.items() if true]


def _past(dataset: Dataset, one: int, two: int) -> str:
    """What became of earlier ties of two cities, or nothing."""
    codes, ties = ground(dataset).codes, dataset.ties
    rows = ties[((codes.tie_a == one) & (codes.tie_b == two)) | ((codes.tie_a == two) & (codes.tie_b == one))]
    return "; ".join(f"had a tie ({tie.kind}): {tie.status}{'' if pd.isna(tie.end_year) else f' in {tie.end_year}'}"
                     for tie in rows.itertuples())


def finding(dataset: Dataset, view: View) -> str:
    """What joins the room, in one sentence."""
    seats = select.seats(view)
    if len(seats) < 2:
        return f"{counted(len(view.room), 'name')} in this room, {len(seats)} found: two cities are needed"
    networks = room(dataset, view).networks
    said = own(view).describe(dataset).rstrip(".")
    if networks.empty:
        return f"{said}; no network on the lists of the Atlas joins two of them"
    top = networks.iloc[0]
    part = "all" if top["number"] == len(seats) else f"{top['number']:,} of all {len(seats):,}"
    return f"{said}; {part} are in {top['short_name']}"


def story(dataset: Dataset, view: View) -> Story:
    """Five slides on the room of a view: who is here, who is tied most, the networks, who has no tie yet, what next.

    An empty text means the finding of the slide's view; every slide's view holds the room.

    Raises:
        ValueError: no city is in the room.
    """
    if not select.seats(view):
        raise ValueError(f"room: must hold a city, but holds {', '.join(view.room) or 'none'}")
    view = own(view).replace(data="", edition="now")
    found, size = room(dataset, view), counted(len(select.seats(view)), "city")
    slides = (Slide("atlas", view, "Who is in the room"), _most_tied(dataset, view, found),
              Slide("networks", view.replace(chart="combinations"), "The networks we share", _shared(found, size)),
              Slide("room", view, "Who has no tie yet", _apart(dataset, view, found), _notes(dataset, found)),
              _next(dataset, view, found))
    return Story(f"A room of {size}", slides, dataset.version)


def _most_tied(dataset: Dataset, view: View, found: Room) -> Slide:
    if found.ties.empty:
        return Slide("atlas", view.replace(picture="cities"), "The ties among us")
    top = found.cities.iloc[0]
    said = (f"{_name(dataset, top['city_id'])} has {counted(top['ties'])} with {counted(top['partners'], 'city')} of "
            "this room; no other city here has more partners in it.")
    return Slide("atlas", view.replace(cities=(top["city_id"],)), "Best connected here", _fit(said))


def _shared(found: Room, size: str) -> str:
    if found.networks.empty:
        return "No network on the lists of the Atlas joins two of us."
    top = found.networks.head(3)
    joined = [f"{name} has {number:,}" for name, number in zip(top["short_name"], top["number"], strict=True)]
    return _fit(f"Of {size}, {listing(joined)}; {counted(len(found.networks), 'network')} "
                f"{'joins' if len(found.networks) == 1 else 'join'} two or more of us.")


def _apart(dataset: Dataset, view: View, found: Room) -> str:
    alone = [_name(dataset, city) for city in found.cities.loc[found.cities["ties"] == 0, "city_id"]]
    without = f"; without any tie in this room: {listing(alone)}" if alone else ""
    abroad = "" if view.domestic else " of two countries"
    pairs = "No pair" if not found.apart else counted(found.apart, "pair")
    lack = "is without a" if found.apart < 2 else "have no"
    return _fit(f"{pairs} of cities{abroad} here {lack} tie in force{without}.")


def _couples(dataset: Dataset, found: Room) -> list[str]:
    return [f"{_name(dataset, a)} and {_name(dataset, b)}"
            for a, b in zip(found.pairs["city_a"], found.pairs["city_b"], strict=True)]


def _notes(dataset: Dataset, found: Room) -> str:
    rows = zip(_couples(dataset, found)[:5], found.pairs["reasons"], strict=False)
    return "\n".join(_fit(f"{couple}: {'; '.join(reasons)}.") for couple, reasons in rows)


def _next(dataset: Dataset, view: View, found: Room) -> Slide:
    if found.pairs.empty:
        return Slide("room", view, "What next")
    ends = tuple(found.pairs.loc[0, ["city_a", "city_b"]])
    said = f"By what they share, the first to talk: {'; '.join(_couples(dataset, found)[:3])}."
    return Slide("structure", view.replace(shape="paths", cities=ends), "What next", _fit(said))


def _fit(text: str) -> str:
    return textwrap.shorten(text, LONGEST["text"], placeholder=" …")
