"""What the colours, widths and faintness of a still mean, on one line of samples with their words."""

from __future__ import annotations

from dataclasses import dataclass

from components.maps.palette import Colour, Palette
from components.maps.sheet import MARGIN, WIDTH, Sheet
from data import select
from data.codes import first_theme
from data.load import Dataset
from data.view import View
from data.words import THEMES

_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
_LINE, _DOT, _GAP, _SPACE = 18.0, 5.0, 5.0, 18.0


@dataclass(frozen=True)
class Sample:
    """One entry: a line of a width in points, or a dot where there is none, with words; a wedge grows to the right."""

    words: str
    colour: Colour
    width: float = 0.0
    opacity: float = 1.0
    wedge: bool = False


def samples(dataset: Dataset, view: View, palette: Palette) -> list[Sample]:
    """The entries of a view, only what is in its picture."""
    dot = Sample("city, larger with more ties", palette.city)
    return {
        "flows": _of_flows(view, palette), "ties": [*_of_ties(dataset, view, palette), dot], "cities": [dot],
        "networks": _of_networks(dataset, view, palette)}[view.drawn]


def _of_flows(view: View, palette: Palette) -> list[Sample]:
    return [Sample("all ties of two countries, within a continent", palette.tie, 2.5),
            Sample("between continents", palette.across, 2.5),
            Sample("wider with more ties", palette.across, 4.0, wedge=True),
            Sample("country, larger with more ties", palette.city)]


def _of_ties(dataset: Dataset, view: View, palette: Palette) -> list[Sample]:
    ties = select.ties(dataset, view)
    theme = first_theme(ties["issues"])
    found = [Sample(name, palette.themes[number], 1.6) for number, name in enumerate(THEMES) if number in theme]
    if -1 in theme:
        found.append(Sample("no issue stated" if found else "tie", palette.tie, 1.6,
                            0.4 if view.issues else 1.0))
    if len(ties):
        found.append(Sample("fainter: year unknown, one source, or place uncertain", palette.tie, 1.6, 0.4))
    if len(view.cities) == 2:
        found.append(Sample("between their neighbourhoods", palette.across, 0.7))
    return found


def _of_networks(dataset: Dataset, view: View, palette: Palette) -> list[Sample]:
    found = [Sample("member" if len(view.networks) == 1 else "member, larger in more networks", palette.city)]
    networks = dataset.networks[dataset.networks["network_id"].isin(view.networks)]
    if networks["hub_city"].notna().any():
        found += [Sample("to the secretariat", palette.tie, 0.9), Sample("secretariat", palette.across)]
    return found


def draw(sheet: Sheet, entries: list[Sample], y: float) -> None:
    """Draw the entries on one line with its baseline at y, smaller where they are many."""
    size = next((size for size in _SIZES if _length(sheet, entries, size) <= WIDTH - 2 * MARGIN), _SIZES[-1])
    x = MARGIN
    for entry in entries:
        _sample(sheet, entry, x, y - 0.33 * size)
        x += _box(entry) + _GAP
        sheet.write(entry.words, x, y, size, alpha=0.85)
        x += sheet.measure(entry.words, size) + _SPACE


def _sample(sheet: Sheet, entry: Sample, x: float, y: float) -> None:
    colour = sheet.colour(entry.colour)
    if entry.wedge:
        sheet.wedge(x, x + _LINE, y, (0.4, 4.4), colour)
    elif entry.width:
        sheet.mark([x, x + _LINE], [y, y], color=colour, lw=entry.width, alpha=entry.opacity)
    else:
        sheet.mark([x + _DOT / 2], [y], color=colour, marker="o", ms=_DOT, mew=0)


def _box(entry: Sample) -> float:
    return _LINE if entry.width else _DOT


def _length(sheet: Sheet, entries: list[Sample], size: float) -> float:
    return sum(_box(entry) + _GAP + sheet.measure(entry.words, size) + _SPACE for entry in entries) - _SPACE
