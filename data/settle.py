"""(Dataset, View) -> the view without what the dataset does not know, and a sentence for each thing left out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from data import search
from data.load import Dataset
from data.phrases import listing
from data.select import seats
from data.view import View

HINTS = 3
"""To look for the like of an unknown city takes a tenth of a second: a link of hundreds would hold up the server."""


def settle(dataset: Dataset, view: View, hints: int = HINTS) -> tuple[View, list[str]]:
    """The view without the countries, cities and networks that the dataset does not know, and sentences that say so.

    For the first `hints` of each these name what may have been meant; the others are counted.
    """
    known = {"countries": ("country", dataset.countries["iso3"]), "cities": ("city", dataset.cities["city_id"]),
             "networks": ("network", dataset.networks["network_id"])}
    changes, problems = {}, []
    for name, (key, ids) in known.items():
        asked = getattr(view, name)
        lost = [value for value in asked if not (ids == value).any()] if asked else []
        problems += [_unknown(dataset, key, value, ids) for value in lost[:hints]]
        if len(lost) > hints:
            verb = "is" if len(lost) == hints + 1 else "are"
            problems.append(f"`{key}`: {listing(lost[hints:], 5)} {verb} not in the Atlas and left out.")
        if lost:
            changes[name] = tuple(value for value in asked if value not in lost)
    ids = set(dataset.cities["city_id"]) if view.room else set()
    lost = [seat for seat in seats(view) if seat not in ids]
    if lost:
        problems.append(f"{listing(lost, 5)} in the room {'is' if len(lost) == 1 else 'are'} not in the Atlas.")
        changes["room"] = tuple(f"?{seat}" if seat in lost else seat for seat in view.room)
    return view.replace(**changes) if changes else view, problems


def _unknown(dataset: Dataset, key: str, value: str, ids: Iterable[str]) -> str:
    named = search.find(dataset, value.replace("-", " "), 3) if key == "city" else []
    if named:
        meant = "; ".join(f"{match.label} (`{match.city_id}`)" for match in named)
        return f"`city={value}` is not in the Atlas and was ignored; did you mean {meant}?"
    near = difflib.get_close_matches(value, list(ids), 3, 0.7)
    hint = f"; the nearest: {', '.join(f'`{name}`' for name in near)}." if near else "."
    return f"`{key}={value}` is not in the Atlas and was ignored{hint}"
