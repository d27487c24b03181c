"""What ties between regions are about: region, issue theme, region."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from data.codes import Ints, encode, first_theme
from data.load import Dataset
from data.select import tie_sieve
from data.view import View
from data.words import REGIONS, THEMES


def subjects(dataset: Dataset, view: View) -> tuple[pd.DataFrame, int]:
    """Ties with a stated issue area by the regions of their ends and the theme of their first area.

    Returns:
        Columns region_a (of the two, the region with more ends of such ties), theme, region_b, ties, most first; and
        the number of ties of the view that state no area, which are not in it.
    """
    codes, drawn = encode(dataset), tie_sieve(dataset, view).drawn
    theme = _themes(dataset)[drawn]
    stated = theme >= 0
    a, b = (codes.region[end[drawn][stated]] for end in (codes.tie_a, codes.tie_b))
    ends = np.bincount(np.concatenate([a, b]), minlength=len(REGIONS))
    rank = np.argsort(np.argsort(-ends, kind="stable"))
    swap = rank[a] > rank[b]
    names = np.array(list(REGIONS.values()))
    ties = pd.DataFrame({"region_a": names[np.where(swap, b, a)], "theme": np.array(list(THEMES))[theme[stated]],
                         "region_b": names[np.where(swap, a, b)]})
    rows = ties.groupby(["region_a", "theme", "region_b"]).size().rename("ties").reset_index()
    rows = rows.sort_values(["ties", "region_a", "theme", "region_b"], ascending=[False, True, True, True],
                            ignore_index=True)
    return rows, int((~stated).sum())


@lru_cache(maxsize=4)
def _themes(dataset: Dataset) -> Ints:
    """Position in THEMES of the first issue area of each tie, or -1."""
    return first_theme(dataset.ties["issues"])
