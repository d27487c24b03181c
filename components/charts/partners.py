"""The chart of new partners: the first suggestions by their score."""

from __future__ import annotations

import plotly.graph_objects as go

from components import theme
from components.charts.style import plain


def scores_chart(scores: list[float], names: list[str]) -> go.Figure:
    """Bars: the score of each suggestion, the best on top."""
    figure = go.Figure(go.Bar(orientation="h", x=scores, y=names, marker_color=theme.accent()[0],
                              text=[f"{score:.2f}" for score in scores], textposition="outside", cliponaxis=False))
    return plain(figure, 30 + 24 * len(names), bargap=0.25,
                 xaxes={"range": [min(0, *scores), 1.1 * max(scores)], "showticklabels": False, "showgrid": False},
                 yaxes={"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 6})
