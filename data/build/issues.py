"""What networks and ties are about: the words of the sources as the 18 issue areas of the Atlas."""

from __future__ import annotations

import pandas as pd

from data.build import read
from data.words import ISSUES


def codes(words: pd.Series, separator: str) -> pd.Series:
    """The sorted issue codes of each row of separated words; a missing text gives an empty list.

    Raises:
        SourceError: a word is not in issue_areas.csv, or a code there is not an issue area.
    """
    known = read.curated("issue_areas.csv", ["word", "code", "reason"]).set_index("word")["code"]
    wrong = sorted(set(known) - set(ISSUES))
    if wrong:
        raise read.SourceError(f"issue_areas.csv: code must be an issue area, but {', '.join(wrong)}")
    lists = words.str.split(separator, regex=False)
    said = lists.explode().str.strip()
    unknown = sorted(set(said.dropna()) - set(known.index) - {""})
    if unknown:
        raise read.SourceError(f"issue_areas.csv: must know every word of the sources, but not {', '.join(unknown)}")
    return pd.Series([sorted({known[word.strip()] for word in row if word.strip()}) if isinstance(row, list) else []
                      for row in lists], index=words.index, dtype="object")
