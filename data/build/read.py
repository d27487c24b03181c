"""Reading sources: a missing file or column stops the build by name; a new column is fine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

CURATED = Path(__file__).parents[1] / "curated"


class SourceError(Exception):
    """A source is not what the build expects; the message names file, column and values."""


def csv(path: Path, columns: list[str], **options: Any) -> pd.DataFrame:
    """Read the named columns of a CSV file as text (empty = missing).

    Raises:
        SourceError: the file or one of the columns is missing.
    """
    if not path.is_file():
        raise SourceError(f"{path}: must exist; give the folder of the sources with `make data SOURCES=...`")
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], **options)
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise SourceError(f"{path}: must have the column(s) {', '.join(missing)}, but has {', '.join(frame.columns)}")
    chosen: pd.DataFrame = frame[columns]
    return chosen


def curated(name: str, columns: list[str]) -> pd.DataFrame:
    """Read a hand-kept table of `data/curated/`; lines that begin with # are remarks."""
    return csv(CURATED / name, columns, comment="#")
