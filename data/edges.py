"""A file of edges, as a person has it -> the two ends of each."""

from __future__ import annotations

import csv
from pathlib import Path

_FORM = "Write one edge a line: two names with a comma between them."


class EdgesError(Exception):
    """The file is no list of edges; the message names the file, what must hold, what was found and the way out."""


def read(path: Path) -> list[list[str]]:
    """The first two cells of each line of a CSV file in UTF-8, without space around them; blank lines do not count.

    Raises:
        EdgesError: the file is missing, not readable, not UTF-8, not CSV, empty, or has one column only.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [[cell.strip() for cell in row[:2]] for row in csv.reader(file, skipinitialspace=True, strict=True)]
    except FileNotFoundError:
        raise EdgesError(f"{path}: must exist, but is missing. Check the name and the folder.") from None
    except OSError as error:
        raise EdgesError(f"{path}: must be a file to read, but: {error.strerror}. Name another file.") from None
    except UnicodeDecodeError as error:
        raise EdgesError(f"{path}: must be UTF-8, but has the byte {error.object[error.start]:#x}. "
                         "Save it as CSV in UTF-8.") from None
    except csv.Error as error:
        raise EdgesError(f"{path}: must be CSV, but: {error}. Close every quotation mark. {_FORM}") from None
    filled = [row for row in rows if any(row)]
    if not filled:
        raise EdgesError(f"{path}: must hold edges, but is empty. {_FORM}")
    if all(len(row) < 2 for row in filled):
        raise EdgesError(f"{path}: must have two columns, but has one, such as `{filled[0][0]}`. {_FORM}")
    return [row if len(row) == 2 else [*row, ""] for row in filled]


def headed(rows: list[list[str]]) -> bool:
    """Whether the first row is a header: neither of its two names is an end of a later row."""
    ends = {end for row in rows[1:] for end in row}
    return ends.isdisjoint(set(rows[0]) - {""})
