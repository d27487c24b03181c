"""The axes of a figure as numbers: categories, logarithms, ranges, and the ticks that stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.ticker import MaxNLocator

Floats = npt.NDArray[np.float64]
Tick = tuple[float, str]
_AIR = 0.05
_LONG = 10_000


@dataclass(eq=False)
class Scale:
    """One or more axes that share their numbers; `low` is at the left or the foot, `high` at the other end.

    A category is its place in `categories`, a value on a logarithmic axis its power of ten.
    """

    categories: dict[Any, int]
    log: bool
    low: float = 0.0
    high: float = 1.0

    def numbers(self, values: Iterable[Any]) -> Floats:
        """Values of the figure as numbers, missing where there is none; shape (n,)."""
        found = np.array([self.categories.get(value, value) for value in values], dtype=float)
        return np.log10(found) if self.log else found

    def share(self, number: Any) -> Any:
        """How far a number lies between the ends of the axis, 0 to 1 within it."""
        return (number - self.low) / (self.high - self.low)

    def holds(self, number: Any) -> Any:
        """Whether a number, or each of many, lies between the ends."""
        share = self.share(number)
        return (share > -1e-9) & (share < 1 + 1e-9)

    def cut(self, rows: Sequence[float], most: int) -> int:
        """Let the axis end after so many of the rows from its upper end, and say how many are cut off."""
        step = -1 if self.high > self.low else 1
        kept = sorted(rows, key=lambda row: step * row)[:most]
        if len(kept) == len(rows):
            return 0
        self.low = kept[-1] + step / 2
        return len(rows) - len(kept)


@dataclass(frozen=True)
class Axis:
    """An axis of a figure: `name` such as x2, its `layout` in Plotly's terms, and its scale."""

    name: str
    layout: Any
    scale: Scale
    domain: tuple[float, float]

    @property
    def labelled(self) -> bool:
        """Whether its ticks have labels."""
        return self.layout.visible is not False and self.layout.showticklabels is not False

    @property
    def rows(self) -> bool:
        """Whether its labels name things, of which none can be read off its neighbours."""
        return bool(self.scale.categories) or (self.layout.ticktext is not None and not self.scale.log)

    @property
    def grid(self) -> bool:
        """Whether lines lead from its ticks across the panel."""
        return self.layout.visible is not False and self.layout.showgrid is not False

    def ticks(self, most: int) -> list[Tick]:
        """Numbers and labels within its range: those that the figure gives, else at most so many round ones."""
        layout, scale = self.layout, self.scale
        if scale.categories:
            found = [(float(place), str(name)) for name, place in scale.categories.items()]
        else:
            values = self._values(most)
            form = layout.tickformat or ("," if max(map(abs, values), default=0) >= _LONG else "")
            words = layout.ticktext or [written(value, form) + (layout.ticksuffix or "").rstrip() for value in values]
            found = list(zip(scale.numbers(values).tolist(), map(str, words), strict=True))
        return [tick for tick in found if scale.holds(tick[0])]

    def _values(self, most: int) -> Sequence[float]:
        layout, (low, high) = self.layout, sorted((self.scale.low, self.scale.high))
        if layout.tickvals is not None:
            return list(layout.tickvals)
        if self.scale.log:
            return [10.0**power for power in range(int(np.ceil(low)), int(high) + 1)]
        if layout.dtick:
            return (np.arange(np.ceil(low / layout.dtick), high / layout.dtick + 1e-9) * layout.dtick).tolist()
        most = max(min(most, layout.nticks or most), 2)
        whole = (layout.tickformat or "") in ("d", ",")
        return MaxNLocator(most, steps=[1, 2, 5, 10], integer=whole).tick_values(low, high).tolist()


def written(value: Any, form: str = "") -> str:
    """A number as text: plain, or by a format of d3 such as `,` or `.0%`; anything else as it is."""
    if isinstance(value, str):
        return value
    if form not in ("", ",", "d"):
        return format(value, form)
    return f"{value:{form.rstrip('d')}.10g}"


def values(trace: Any, letter: str) -> list[Any]:
    """The values of a trace along x or y, which Plotly lets be given by a start and a step, or not at all."""
    own = getattr(trace, letter)
    if own is not None:
        return own.tolist() if isinstance(own, np.ndarray) else list(own)
    rest = len(getattr(trace, "y" if letter == "x" else "x"))
    return [(trace[f"{letter}0"] or 0) + (trace[f"d{letter}"] or 1) * number for number in range(rest)]


def categories(layout: Any, found: Iterable[Any]) -> dict[Any, int]:
    """Category -> place, in the order of the axis or else of their coming; empty where the axis is of numbers."""
    named = [value for value in found if value is not None]
    if layout.type != "category" and not any(isinstance(value, str) for value in named):
        return {}
    order = layout.categoryarray if layout.categoryarray is not None else ()
    return {value: place for place, value in enumerate(dict.fromkeys([*order, *named]))}


def span(layout: Any, scale: Scale, reach: Floats, loose: Floats) -> tuple[float, float]:
    """The ends of an axis: its range, or what its marks need.

    Args:
        layout: the axis in Plotly's terms.
        scale: its scale.
        reach: numbers that must lie within it, such as the ends of bars.
        loose: numbers that must lie within it with some air around them, such as dots.
    """
    if layout.range is not None:
        return float(layout.range[0]), float(layout.range[1])
    if scale.categories:
        low, high = -0.5, len(scale.categories) - 0.5
    else:
        every = np.concatenate([reach, loose, [0.0] if layout.rangemode == "tozero" else []])
        every = every[np.isfinite(every)]
        low, high = (float(every.min()), float(every.max())) if len(every) else (0.0, 1.0)
        air = _AIR * (high - low) or 1.0
        low -= air if low != 0 and low in loose else 0
        high += air if high != 0 and high in loose else 0
    return (high, low) if layout.autorange == "reversed" else (low, high)
