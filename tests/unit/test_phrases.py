"""What somebody wrote stands in a sentence as text and nothing else."""

from __future__ import annotations

import pytest

from data.phrases import LONGEST_QUOTE, quoted


@pytest.mark.parametrize(("value", "said"), [
    ("climat", "`climat`"), ("`[here](//evil.example)", "`’[here](//evil.example)`"), ("a\nb\u202e", "`a�b�`"),
    (7, "`7`"), ({"a": {"b": 1}}, "`a dict`"), ("x" * 99, f"`{'x' * LONGEST_QUOTE}…`")])
def test_nothing_gets_out_of_the_quotes(value: object, said: str) -> None:
    assert quoted(value) == said
