"""The Dataset of this process: loaded once, read-only from then on."""

from __future__ import annotations

import gc
import os
from functools import cache
from pathlib import Path

from data.load import Dataset, load
from data.model import TABLES_DIR


@cache
def dataset() -> Dataset:
    """The tables that ship, or those of the folder that the environment variable ATLAS_TABLES names.

    Streamlit collects garbage after each run; what is loaded here never becomes any, so it is taken out of the count:
    that makes the round trip of a filter change several times shorter.

    Raises:
        DatasetError: a table is missing, cut short or altered.
    """
    loaded = load(Path(os.environ.get("ATLAS_TABLES") or TABLES_DIR))
    gc.collect()
    gc.freeze()
    return loaded
