"""What the dataset does not know of a link: said, with a hint for the first few, and never slow."""

from __future__ import annotations

import pytest

from data import search
from data.load import Dataset
from data.settle import HINTS, settle
from data.view import View

STRANGE = tuple(f"chicaga-{letter}s" for letter in "abcdefgh")


def test_the_like_of_the_first_unknown_cities_is_looked_for_and_the_others_are_counted(
        small: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(search, "find", lambda dataset, text, most: asked.append(text) or [])
    view, problems = settle(small, View(cities=(*STRANGE, "chicago-us")))
    assert view.cities == ("chicago-us",)
    assert len(asked) == HINTS
    assert len(problems) == HINTS + 1
    assert problems[-1].startswith("`city`: chicaga-ds, chicaga-es")
    assert problems[-1].endswith("are not in the Atlas and left out.")


def test_one_more_than_the_hints_is_said_in_the_singular(small: Dataset) -> None:
    problems = settle(small, View(countries=("XXA", "XXB", "XXC", "XXD")))[1]
    assert problems[-1] == "`country`: XXD is not in the Atlas and left out."


def test_without_hints_all_are_said_in_one_sentence(small: Dataset) -> None:
    assert settle(small, View(cities=STRANGE[:2]), hints=0)[1] == [
        "`city`: chicaga-as and chicaga-bs are not in the Atlas and left out."]
