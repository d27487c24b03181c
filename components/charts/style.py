"""What all charts of the page of networks share: no ground of their own, and margins."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from components import theme

Layout = dict[str, Any]


def plain(figure: go.Figure, height: int, xaxes: Layout | None = None, yaxes: Layout | None = None,
          **layout: Any) -> go.Figure:
    """The figure on the ground of the page, of a height in pixels, still under the pointer's drag.

    `xaxes` and `yaxes` hold for all axes of their kind. All is set at once: Plotly checks the whole layout again at
    each change, which took longer than all else on a page.
    """
    margins = {"l": 0, "r": 8, "t": 8, "b": 8} | layout.pop("margin", {})
    axis = {"fixedrange": True, "zeroline": False, "automargin": True, "ticks": "", "tickfont": {"color": theme.ink()}}
    made: Layout = figure.layout.to_plotly_json()
    kinds = {"xaxis": xaxes or {}, "yaxis": yaxes or {}}
    for name in dict.fromkeys([*kinds, *(key for key in made if key[:5] in kinds)]):
        made[name] = _over(_over(made.get(name, {}), kinds[name[:5]]), axis)
    figure.layout = _over(made, {
        "template": "none", "height": height, "margin": margins, "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)", "dragmode": False, "font": {"color": theme.ink()}, **layout})
    return figure


def _over(under: Layout, over: Layout) -> Layout:
    """Both, and where both say something what is over; the same for what they hold."""
    return under | {key: _over(under[key], value) if isinstance(value, dict) and isinstance(under.get(key), dict)
                    else value for key, value in over.items()}


def grid(figure: go.Figure, height: int, letters: int, ends: tuple[str, str], size: int = 11) -> go.Figure:
    """A heat map with its first row on top and above it the names of its columns, so many letters long; 0 for none.

    `ends` are the words at the two ends of its colour scale, for the legend.
    """
    figure.update_xaxes(side="top", tickangle=-60, showgrid=False, dtick=1, tickfont={"size": size},
                        showticklabels=letters > 0)
    figure.update_yaxes(autorange="reversed", showgrid=False, dtick=1, tickfont={"size": size}, ticklabelstandoff=4)
    figure.update_traces(showscale=False)
    top = round(0.5 * size * letters) + 8
    plain(figure, height + top, margin={"t": top}, meta=ends)
    figure.update_xaxes(automargin=False)
    return figure


def faint() -> str:
    """Hex colour of lines and dots that only lead the eye."""
    return theme.accent()[1]
