"""A slide made ready: what is said on it, where it comes from, and where on the map its picture lies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """What a picture of a map shows: a projection of PROJECTIONS, and its edges in km on that plane."""

    projection: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Leaf:
    """A slide with its words.

    `title` and `text` stand on it, `notes` are for the speaker; `source` is the line of sources, `link` the absolute
    address of the live page. `frame` is None where the picture is a chart.
    """

    title: str
    text: str
    notes: str
    source: str
    link: str
    frame: Frame | None = None
