"""The words of the sources become issue areas."""

from __future__ import annotations

import pandas as pd
import pytest

from data.build import issues
from data.build.read import SourceError, curated
from data.words import ISSUES


def test_words_become_sorted_codes_without_repeats() -> None:
    found = issues.codes(pd.Series(["energy;climate; trade & economy", "culture"]), ";")
    assert found.tolist() == [["climate", "trade"], ["culture"]]


def test_a_missing_text_gives_an_empty_list_on_its_own_row() -> None:
    found = issues.codes(pd.Series([None, "culture|sport"], index=[7, 3]), "|")
    assert found.to_dict() == {7: [], 3: ["culture", "youth"]}


def test_an_unknown_word_stops_the_build_by_name() -> None:
    with pytest.raises(SourceError, match=r"issue_areas\.csv: must know every word of the sources, but not alchemy$"):
        issues.codes(pd.Series(["culture|alchemy"]), "|")


def test_every_word_has_one_known_area_and_a_reason() -> None:
    table = curated("issue_areas.csv", ["word", "code", "reason"])
    assert table["word"].is_unique
    assert set(table["code"]) == set(ISSUES)
    assert table["reason"].notna().all()
