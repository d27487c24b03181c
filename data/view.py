"""View: what the reader looks at, as one frozen value, and its two-way translation into the query of a link."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from data.grammar import KEYS, LISTS, MOST_VALUES, SWITCHES, VERSION, called, near, seated, valid
from data.model import FIRST_YEAR, LAST_YEAR
from data.pack import PackError, pack, unpack
from data.phrases import quoted
from data.words import CHOICES

if TYPE_CHECKING:
    from data.load import Dataset

@dataclass(frozen=True)
class View:
    """What is shown. Lists are sorted, and an empty list means all; a year of None means no limit.

    `regions`, `countries` and `cities` ask for at least one end of a tie; `networks` asks for both ends among the
    members of one of them; `room`, the seats of a room as `seated` has them, for both ends in it; `across`, if not
    empty, for two nations that stand so by `closeness` and `cut`. `picture` is what the map draws, empty for what
    suits the view; `chart` is the chart of the page of networks, and `sort` the order of their lives; `shape` is the
    part of the page of structure, and `rank` the measure of its ranking; `divide` is the part of the page of divides,
    `closeness` how two nations are told close or far, and `cut` which pairs count as far. `data` is the dataset version
    that a pinned link names, else empty; `edition` is "then" to see that version.

    Raises:
        ValueError: a value outside its vocabulary or bounds.
    """

    issues: tuple[str, ...] = ()
    from_year: int | None = None
    to_year: int | None = None
    undated: bool = True
    unstated: bool = True
    domestic: bool = False
    districts: bool = False
    thin: bool = False
    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    room: tuple[str, ...] = ()
    picture: str = ""
    projection: str = "atlantic"
    camera: str = "world"
    chart: str = "lives"
    sort: str = "age"
    shape: str = "summary"
    rank: str = "degree"
    across: str = ""
    divide: str = "question"
    closeness: str = "allies"
    cut: str = "quarter"
    language: str = "en"
    data: str = ""
    edition: str = "now"

    def __post_init__(self) -> None:
        """Sort the lists, so that equal views are equal, and refuse what no link could say."""
        for key, name in LISTS.items():
            values = tuple(sorted(set(getattr(self, name))))
            wrong = [value for value in values if not valid(key, value)]
            if wrong or len(values) > MOST_VALUES:
                raise ValueError(f"{name}: must be at most {MOST_VALUES} known codes, but {wrong or len(values)}")
            object.__setattr__(self, name, values)
        object.__setattr__(self, "room", seated(self.room))
        for name, allowed in CHOICES.values():
            if getattr(self, name) not in allowed and getattr(self, name) != View.__dataclass_fields__[name].default:
                raise ValueError(f"{name}: must be one of {', '.join(allowed)}, but is {getattr(self, name)!r}")
        years = [year for year in (self.from_year, self.to_year) if year is not None]
        if years != sorted(years) or any(not FIRST_YEAR <= year <= LAST_YEAR for year in years):
            raise ValueError(f"from_year, to_year: must be ordered years {FIRST_YEAR} to {LAST_YEAR}, but are {years}")
        if self.data and not re.fullmatch(VERSION, self.data):
            raise ValueError(f"data: must be a version such as 2026.11.0, but is {self.data!r}")

    @classmethod
    def from_query(cls, query: Mapping[str, str | Sequence[str]]) -> tuple[View, list[str]]:
        """The nearest sensible View of a link's query, and a sentence for each thing in it that was not understood.

        Never raises, whatever the text. A key may come with one value or a list of them (a repeated key).
        """
        reader = _Reader({key: [value] if isinstance(value, str) else list(value) for key, value in query.items()})
        fields: dict[str, Any] = {name: reader.codes(key) for key, name in LISTS.items()}
        fields |= {key: reader.switch(key) for key in SWITCHES}
        fields["from_year"], fields["to_year"] = reader.years()
        fields |= {name: reader.choice(key) for key, (name, _) in CHOICES.items()}
        return cls(data=reader.version(), room=reader.room(), **fields), reader.problems

    def to_query(self, pinned: str = "") -> dict[str, str]:
        """The query of this view's link: only what differs from the default; all keys when pinned to a version.

        A pinned link always opens on the newest data, so that it can say what has changed.
        """
        query = {key: ",".join(getattr(self, name)) for key, name in LISTS.items()}
        query |= {"from": _text(self.from_year), "to": _text(self.to_year)}
        query["room"] = pack("\n".join(self.room)) if self.room else ""
        query |= {key: str(int(getattr(self, key))) for key in SWITCHES}
        query |= {key: getattr(self, name) for key, (name, _) in CHOICES.items()} | {"data": pinned or self.data}
        default = {"as": query["as"]} if pinned else _DEFAULT
        return {key: query[key] for key in KEYS if query[key] != default.get(key)}

    def link(self, page: str, pinned: str = "") -> str:
        """The address of this view on a page, from the root of the server."""
        query = urlencode(self.to_query(pinned), safe=",")
        return f"/{page}?{query}" if query else f"/{page}"

    @property
    def drawn(self) -> str:
        """What the map draws, a key of PICTURES: the picture asked for, or else what suits the view."""
        if self.picture:
            return self.picture
        if self.networks:
            return "networks"
        return "ties" if self.cities or self.countries or self.room or self.issues or self.across else "flows"

    def replace(self, **changes: Any) -> View:
        """A copy with some fields changed."""
        return dataclasses.replace(self, **changes)

    def describe(self, dataset: Dataset) -> str:
        """The finding of this view in one English sentence."""
        from data.headline import headline  # the sentence needs the selection, which needs the View

        return headline(dataset, self)


def _text(year: int | None) -> str:
    return "" if year is None else str(year)


class _Reader:
    """Takes the known keys out of a query and keeps a sentence for what it could not use."""

    def __init__(self, query: dict[str, list[str]]) -> None:
        self.query = query
        self.problems: list[str] = []
        for key in [key for key in query if key not in KEYS][:5]:
            self._say(key, "", "is not a part of a link to the Atlas", difflib.get_close_matches(key.lower(), KEYS, 1))

    def _say(self, key: str, value: str, what: str, near: Sequence[str] = ()) -> None:
        name = quoted(f"{key}={value}" if value else key)
        hint = f"; did you mean `{near[0]}`?" if near else "."
        self.problems.append(f"{name} {what} and was ignored{hint}")

    def _one(self, key: str) -> str:
        values = self.query.get(key, [""])
        if len(values) > 1:
            self._say(key, "", f"stands {len(values)} times in the link: all but the last value means nothing here")
        return values[-1].strip() if values else ""

    def codes(self, key: str) -> tuple[str, ...]:
        raw = [code.strip() for value in self.query.get(key, []) for code in value.split(",") if code.strip()]
        spelled: Callable[[str], str] = str.upper if key == "country" else str.lower
        codes = list(dict.fromkeys(map(spelled, raw)))
        wrong = [code for code in codes if not valid(key, code)]
        for code in wrong[:3]:
            self._say(key, code, f"is not {called(key)}", near(key, code))
        if len(wrong) > 3:
            self._say(key, "", f"has {len(wrong) - 3:,} more values, each of which is not {called(key)}")
        good = [code for code in codes if code not in set(wrong)]
        if len(good) > MOST_VALUES:
            self._say(key, "", f"has {len(good):,} values: the first {MOST_VALUES} were used, the rest is too long")
        return tuple(good[:MOST_VALUES])

    def years(self) -> tuple[int | None, int | None]:
        first, last = self._year("from"), self._year("to")
        if first is not None and last is not None and first > last:
            self.problems.append(f"`from={first}` is after `to={last}`; the two were exchanged.")
            return last, first
        return first, last

    def _year(self, key: str) -> int | None:
        text = self._one(key)
        if not text:
            return None
        if re.fullmatch(r"[0-9]{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text)
        self._say(key, text, f"is not a year from {FIRST_YEAR} to {LAST_YEAR}")
        return None

    def switch(self, key: str) -> bool:
        default = bool(View.__dataclass_fields__[key].default)
        text = self._one(key)
        if text in ("", "0", "1"):
            return default if not text else text == "1"
        self._say(key, text, "must be 0 or 1")
        return default

    def choice(self, key: str) -> str:
        name, allowed = CHOICES[key]
        default = str(View.__dataclass_fields__[name].default)
        text = self._one(key).lower()
        if not text or text in allowed:
            return text or default
        self._say(key, text, f"must be one of {', '.join(allowed)}", difflib.get_close_matches(text[:40], allowed, 1))
        return default

    def room(self) -> tuple[str, ...]:
        text = self._one("room")
        try:
            return seated(unpack(text).split("\n")) if text else ()
        except (PackError, ValueError):
            self._say("room", "", f"is cut off or altered after {len(text):,} characters, so its cities are lost")
            return ()

    def version(self) -> str:
        text = self._one("data")
        if not text or re.fullmatch(VERSION, text):
            return text
        self._say("data", text, "is not a version of the dataset, such as 2026.11.0")
        return ""


_DEFAULT = View().to_query(pinned="0.0.0") | {"as": "now", "data": ""}
