"""The datasets of this process: each loaded once, read-only from then on."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from components import upkeep
from data.load import Dataset, load
from data.model import TABLES_DIR
from data.view import View


@cache
def dataset() -> Dataset:
    """The tables that ship, or those of the folder that the environment variable ATLAS_TABLES names.

    Raises:
        DatasetError: a table is missing, cut short or altered.
    """
    return _kept(_folder())


@cache
def archived() -> dict[str, Path]:
    """Version -> folder of the earlier datasets that ship beside the newest."""
    return {folder.name: folder for folder in sorted((_folder().parent / "archive").glob("*")) if folder.is_dir()}


@cache
def edition(version: str) -> Dataset:
    """An earlier dataset.

    Raises:
        KeyError: it does not ship.
        DatasetError: a table of it is missing, cut short or altered.
    """
    return _kept(archived()[version])


def seen(view: View) -> Dataset:
    """The dataset that a view asks for: the newest, or that of its link where it still ships."""
    return edition(view.data) if view.edition == "then" and view.data in archived() else dataset()


def _folder() -> Path:
    return Path(os.environ.get("ATLAS_TABLES") or TABLES_DIR)


def _kept(folder: Path) -> Dataset:
    loaded = load(folder)
    upkeep.sweep()
    return loaded
