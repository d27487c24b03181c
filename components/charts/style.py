"""What all charts of the page of networks share: no ground of their own, and margins."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from components import theme


def plain(figure: go.Figure, height: int, **layout: Any) -> go.Figure:
    """The figure on the ground of the page, of a height in pixels, still under the pointer's drag."""
    margins = {"l": 0, "r": 8, "t": 8, "b": 8} | layout.pop("margin", {})
    figure.update_layout(template="none", height=height, margin=margins, paper_bgcolor="rgba(0,0,0,0)",
                         plot_bgcolor="rgba(0,0,0,0)", dragmode=False, font={"color": theme.ink()}, **layout)
    for axes in (figure.update_xaxes, figure.update_yaxes):
        axes(fixedrange=True, zeroline=False, automargin=True, ticks="", tickfont_color=theme.ink())
    return figure


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
