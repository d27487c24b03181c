"""The grammar of a link: its keys in their order, and which codes each of them takes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from data.model import CITY_ID, ISO3
from data.words import CHOICES, ISSUES, KINDS, REGIONS

LISTS: dict[str, str] = {"issue": "issues", "kind": "kinds", "region": "regions", "country": "countries",
                         "city": "cities", "network": "networks"}
SWITCHES: tuple[str, ...] = ("undated", "unstated", "domestic", "districts", "thin")
KEYS: tuple[str, ...] = ("issue", "from", "to", *SWITCHES, "kind", "region", "country", "city", "network", "room",
                         *CHOICES, "data")
MOST_VALUES = 60
_CLOSED: dict[str, dict[str, str]] = {"issue": ISSUES, "kind": KINDS, "region": REGIONS}
_OPEN: dict[str, tuple[str, str]] = {
    "country": (ISO3, "a country code of three letters, such as USA"),
    "city": (CITY_ID, "a city, such as chicago-us"),
    "network": (r"[a-z0-9_]+", "a network, such as c40"),
}
VERSION = r"\d{4}\.\d{1,2}\.\d{1,3}"
MOST_SEATS, LONGEST_SEAT = 300, 80
_NAMES = {"issue": "an issue area", "kind": "a kind of tie", "region": "a region"}


def valid(key: str, code: str) -> bool:
    """Whether a list of the link may hold a code."""
    return code in _CLOSED[key] if key in _CLOSED else re.fullmatch(_OPEN[key][0], code) is not None


def called(key: str) -> str:
    """What a code of a list is called."""
    return _OPEN[key][1] if key in _OPEN else _NAMES[key]


def near(key: str, code: str) -> list[str]:
    """The code of a list that is spelled most like one that it does not hold, if there is one."""
    known = _CLOSED.get(key, {})
    close = difflib.get_close_matches(code[:40], known, 1, 0.6)
    by_name = {name.lower(): known_code for known_code, name in known.items()}
    return close or [by_name[name] for name in difflib.get_close_matches(code[:40], by_name, 1, 0.6)]


def seated(seats: Iterable[str]) -> tuple[str, ...]:
    """The seats of a room, sorted: a city is its id, a name that is not settled yet stands as typed after a `?`.

    Raises:
        ValueError: more than MOST_SEATS, or a seat that is neither.
    """
    taken = tuple(sorted(set(seats)))
    wrong = [seat for seat in taken if not re.fullmatch(CITY_ID, seat) and not (
        seat.startswith("?") and seat.isprintable() and 1 < len(seat) <= LONGEST_SEAT)]
    if wrong or len(taken) > MOST_SEATS:
        raise ValueError(f"room: must be at most {MOST_SEATS} cities or names after a `?`, but {wrong or len(taken)}")
    return taken
