"""The other marks of a figure with axes: lines, dots and their texts, cells of a heat map, and shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.patches import Rectangle

from components.engraving.axes import ends
from components.engraving.bars import each, shades
from components.engraving.panel import Panel
from components.engraving.pen import Colour, Pen, paint
from components.engraving.scale import Floats, Scale, values, written

SYMBOLS = {"circle": "o", "x": "X", "diamond": "D", "square": "s", "cross": "P", "triangle-up": "^", "line-ns": "|"}
_DASHES: dict[str, Any] = {"solid": "-", "dot": (0, (1, 2)), "dash": (0, (5, 3)), "dashdot": "-."}
_SIZE, _WIDTH, _HOLLOW, _TALL = 6, 2, 1.5, 1.4
_PASTE, _GAP = 0.35, 2.5
_FIELD = re.compile(r"%\{(text|z)(?::([^}]*))?\}")


def lines(panel: Panel, trace: Any) -> None:
    """Draw the line, the area, the error bars, the dots and the texts of a scatter trace."""
    x, y = panel.numbers(values(trace, "x"), values(trace, "y"))
    if not len(x):
        return
    mode, scale = trace.mode or "lines", panel.pen.scale
    colour = paint(trace.line.color) if trace.line.color else tuple(shades(panel.pen, trace, len(x))[0])
    if trace.fill == "tozeroy":
        panel.axes.fill_between(x, y, color=paint(trace.fillcolor) if trace.fillcolor else (*colour[:3], _PASTE), lw=0)
    _errors(panel, trace, x, y, colour)
    if "lines" in mode:
        width = _WIDTH if trace.line.width is None else trace.line.width
        panel.axes.plot(x, y, color=colour, lw=width * scale, ls=_DASHES[trace.line.dash or "solid"], zorder=3,
                        drawstyle="steps-post" if trace.line.shape == "hv" else "default", scalex=False, scaley=False)
    if "markers" in mode:
        _dots(panel, trace, x, y)
    if "text" in mode:
        _texts(panel, trace, x, y)


def _errors(panel: Panel, trace: Any, x: Floats, y: Floats, colour: Colour) -> None:
    """Draw the intervals around dots."""
    for error, along, across in ((trace.error_x, "x", False), (trace.error_y, "y", True)):
        found = ends(trace, along, (panel.y if across else panel.x).scale)
        if not found:
            continue
        whole = [((place, bottom), (place, top)) if across else ((bottom, place), (top, place))
                for place, bottom, top in zip(x if across else y, *found, strict=True)]
        width = (_WIDTH if error.thickness is None else error.thickness) * panel.pen.scale
        panel.axes.add_collection(LineCollection(
            whole, colors=[paint(error.color) if error.color else colour], linewidths=width, capstyle="butt",
            zorder=2.5), autolim=False)


def _dots(panel: Panel, trace: Any, x: Floats, y: Floats) -> None:
    """Draw dots, whole or not at all; those of one symbol are one collection."""
    marker, count, scale = trace.marker, len(x), panel.pen.scale
    symbols = np.array(each(marker.symbol or "circle", count))
    sizes = _sizes(panel.pen, trace, count)
    colours = shades(panel.pen, trace, count)
    inside = panel.holds(x, y)
    panel.dots.extend((*panel.point(*place), size / 2) for *place, size in zip(x, y, sizes, strict=True))
    for symbol in dict.fromkeys(symbols.tolist()):
        of, hollow = inside & (symbols == symbol), symbol.endswith("-open")
        thin = symbol.startswith("line-")
        width = (marker.line.width or (_HOLLOW if hollow else 0)) * scale
        edge = colours[of] if hollow or not marker.line.color else paint(marker.line.color)
        size = np.minimum(sizes[of] * _TALL, panel.row) if thin else sizes[of]
        style = {"color": edge} if thin else {"facecolors": "none" if hollow else colours[of],
                                              "edgecolors": edge if width else "none"}
        panel.axes.scatter(x[of], y[of], s=size**2, marker=SYMBOLS[symbol.removesuffix("-open")], linewidths=width,
                           zorder=4, clip_on=False, **style)


def _sizes(pen: Pen, trace: Any, count: int) -> Floats:
    """The diameters of so many dots in points."""
    size = _SIZE if trace.marker.size is None else trace.marker.size
    return np.array(each(size, count), dtype=float) * pen.scale


def bulge(pen: Pen, traces: Sequence[Any], scale: Scale, letter: str, length: float) -> tuple[float, float]:
    """How many points the dots of traces reach beyond the lower and the upper end of an axis of a length in points."""
    low = high = 0.0
    for trace in traces:
        if trace.type == "scatter" and "markers" in (trace.mode or ""):
            share = scale.share(scale.numbers(values(trace, letter)))
            radius = _sizes(pen, trace, len(share)) / 2
            inside = (share >= 0) & (share <= 1)
            low = max(low, (radius - share * length)[inside].max(initial=0.0))
            high = max(high, (radius - (1 - share) * length)[inside].max(initial=0.0))
    return low, high


def _texts(panel: Panel, trace: Any, x: Floats, y: Floats) -> None:
    """Write the texts of dots on the side that the figure says, or on the other where there is no room."""
    pen, count = panel.pen, len(x)
    sizes = _sizes(pen, trace, count)
    inside, dotted = panel.holds(x, y), "markers" in trace.mode
    for number, text in enumerate(each(trace.text, count)):
        if not text or not inside[number]:
            continue
        gap = sizes[number] / 2 * dotted + _GAP * pen.scale
        down, across = (trace.textposition or "middle center").split()
        left, top = panel.point(x[number], y[number])
        side = {"left": -1, "center": 0, "right": 1}[across]
        side = -1 if side == 1 and left + gap + pen.width(text) > pen.box[2] else side
        up = {"top": 1, "middle": 0, "bottom": -1}[down]
        slant = 0.7 if side and up else 1.0
        pen.write(text, left + side * gap * slant, top - up * gap * slant, (1 - side) / 2, (1 + up) / 2,
                  path_effects=pen.halo)


def cells(panel: Panel, trace: Any) -> None:
    """Draw the cells of a heat map, none where a value is missing, with their texts if all of them fit."""
    pen = panel.pen
    z = np.ma.masked_invalid(np.array(trace.z, dtype=float))
    x, y = panel.numbers(values(trace, "x"), values(trace, "y"))
    colours = LinearSegmentedColormap.from_list("figure", [(place, paint(shade)) for place, shade in trace.colorscale])
    norm = _norm(trace, z)
    wide = panel.box[2] / abs(panel.x.scale.high - panel.x.scale.low)
    tall = panel.box[3] / abs(panel.y.scale.high - panel.y.scale.low)
    gap = min((trace.xgap or 0) * pen.scale, 0.15 * wide, 0.15 * tall)
    panel.axes.pcolormesh(np.append(x - 0.5, x[-1] + 0.5), np.append(y - 0.5, y[-1] + 0.5), z, cmap=colours, norm=norm,
                          edgecolors=pen.ground if gap else "none", linewidth=gap, zorder=1, antialiased=bool(gap))
    texts = _written(trace, z)
    if not any(texts) or tall < 1.1 * pen.size or max(map(pen.width, filter(None, texts))) > wide - gap - 1:
        return
    places = [(across, down) for down in y for across in x]
    inside = panel.holds(*np.array(places).T)
    for text, place, value, held in zip(texts, places, z.ravel(), inside, strict=True):
        if text and held:
            ink = pen.ink if np.ma.is_masked(value) else pen.readable(colours(norm(value)))
            pen.put(text, *panel.point(*place), color=ink)


def _norm(trace: Any, z: Any) -> Normalize:
    """The ends of the colour scale: those of the figure, or of the values, alike around a middle if it has one."""
    low = float(z.min()) if trace.zmin is None else trace.zmin
    high = float(z.max()) if trace.zmax is None else trace.zmax
    if trace.zmid is not None:
        half = max(high - trace.zmid, trace.zmid - low)
        low, high = trace.zmid - half, trace.zmid + half
    return Normalize(low, high, clip=True)


def _written(trace: Any, z: Any) -> list[str]:
    """The text of each cell, row by row; none at all where the figure has none."""
    field = _FIELD.fullmatch(trace.texttemplate or "")
    if field is None:
        return []
    what = z.tolist() if field[1] == "z" else trace.text
    return ["" if value is None else written(value, field[2] or "") for row in what for value in row]


def shape(panel: Panel, form: Any) -> None:
    """Draw a straight line or a rectangle, its corners in numbers or in shares of the panel."""
    (left, right), (low, high) = ([
        float(value) if "domain" in (ref or "") else axis.scale.share(axis.scale.numbers([value])[0])
        for value in pair] for axis, ref, pair in (
            (panel.x, form.xref, (form.x0, form.x1)), (panel.y, form.yref, (form.y0, form.y1))))
    if min(low, high) < -1e-9:
        return
    style = {"color": paint(form.line.color), "lw": form.line.width * panel.pen.scale, "zorder": 3,
             "transform": panel.axes.transAxes}
    if form.type == "line":
        panel.axes.plot([left, right], [low, high], scalex=False, scaley=False, **style)
    else:
        panel.axes.add_patch(Rectangle((left, low), right - left, high - low, fill=False, **style))
