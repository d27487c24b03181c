"""Under the map: what began in which year."""

from __future__ import annotations

from data.load import Dataset
from data.view import View


def draw(dataset: Dataset, view: View) -> None:
    """Draw."""
