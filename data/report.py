"""What became of each name of a list: the city it means, the cities it may mean, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from data import search
from data.headline import label
from data.load import Dataset
from data.named import OFFICE, exact
from data.pasted import lines
from data.spelling import fold
from data.view import View

CLEAR, CHOICES, LIKE = 5, 5, 60


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


def match(dataset: Dataset, names: Iterable[str]) -> Report:
    """What each of the names, as `lines` gives them, means.

    Found is a label of the search, and letter for letter the name of one city. So is that of several where the first
    in the order of the search, or the one with most ties, stands clear of each other one: it has CLEAR times the
    ties + 1 or the inhabitants, and not less of either. A display name stands clear of a further name already where it
    has not less of one of the two, a further name of a display name only where it has CLEAR times both.

    All else is open: where no city stands clear, where what follows a comma or bracket is not understood, where a name
    is only begun, or is one letter away; and a further name, such as `Londres`, of a city whose display name without
    words of office, `City of London`, means another city of its country. What is farther from any name is unknown, and
    so is what is no name once the like of LIKE others was looked for: its turn comes when these are settled.
    """
    return Report(tuple(_once(_entries(dataset, names))))


def report(dataset: Dataset, view: View) -> Report:
    """The report of the room of a view: its cities by their labels; names that are not settled stay to be chosen."""
    named = search.labels(dataset)
    entries = []
    names = [named.get(seat, seat.removeprefix("?")) for seat in view.room]
    for seat, entry in zip(view.room, _entries(dataset, names), strict=True):
        unsettled = seat.startswith("?") and entry.city
        entries.append(replace(entry, standing="open", city="", choices=(entry.city, *entry.choices)[:CHOICES])
                       if unsettled else entry)
    return Report(tuple(_once(entries)))


def _entries(dataset: Dataset, names: Iterable[str]) -> Iterator[Entry]:
    """What each name means; the like of LIKE of those that are none is looked for, which takes long."""
    left = LIKE
    for name in names:
        entry = _known(dataset, name)
        if entry is None and left:
            left -= 1
            entry = _like(dataset, name)
        yield entry or Entry(name, "unknown")


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
        return Entry(entry.typed, "found", answer, label(dataset, answer))
    names, _ = lines(dataset, answer)
    return next(_entries(dataset, names[:1]), entry)


@lru_cache(maxsize=4_000)
def _known(dataset: Dataset, name: str) -> Entry | None:
    """What a name means that some city bears."""
    city = _labelled(dataset).get(name)
    if city:
        return Entry(name, "found", city, name)
    found = exact(dataset, name)
    ids = tuple(match.city_id for match in found)
    lead = _leader(dataset, found) if found else None
    if lead:
        around = _around(dataset, lead)
        if around:
            return Entry(name, "open", choices=tuple(dict.fromkeys([around, *ids]))[:CHOICES])
        others = [city for city in ids if city != lead.city_id]
        return Entry(name, "found", lead.city_id, lead.spelling, tuple(others[:CHOICES]))
    if not found:
        ids = tuple(match.city_id for match in exact(dataset, re.split(r"[,(（]", name)[0]))
    if ids:
        return Entry(name, "open", choices=tuple(sorted(ids, key=_facts(dataset).__getitem__, reverse=True)[:CHOICES]))
    return None


@lru_cache(maxsize=1_000)
def _like(dataset: Dataset, name: str) -> Entry:
    """What a name may mean that no city bears."""
    near = search.find(dataset, OFFICE.sub("", name), CHOICES)
    close = tuple(match.city_id for match in near if _close(fold(OFFICE.sub("", name)), fold(match.spelling)))
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


def _leader(dataset: Dataset, found: list[search.Match]) -> search.Match | None:
    """The city that stands clear of all others, as `match` has it, if there is one."""
    facts = _facts(dataset)
    shown = {match.city_id: fold(facts[match.city_id][2]) == fold(match.spelling) for match in found}
    for lead in (found[0], max(found, key=lambda match: facts[match.city_id])):
        if all(_clear(facts[lead.city_id][:2], facts[other][:2], shown[lead.city_id], shown[other])
               for other in shown if other != lead.city_id):
            return lead
    return None


def _around(dataset: Dataset, lead: search.Match) -> str:
    """The city whose name a city found by a further name bears between words of office, as `match` has it, or none."""
    name = _facts(dataset)[lead.city_id][2]
    bare = OFFICE.sub("", name)
    if bare == name or fold(name) == fold(lead.spelling):
        return ""
    found = exact(dataset, bare)
    first = _leader(dataset, found) if lead.city_id in {match.city_id for match in found} else None
    if first is None or first.city_id == lead.city_id:
        return ""
    country = dict(zip(dataset.cities["city_id"], dataset.cities["country"], strict=True))
    return first.city_id if country[first.city_id] == country[lead.city_id] else ""


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
