"""A chart with all that belongs to it: its finding, its account, its numbers as a table and as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import screen, theme
from data import export
from data.load import Dataset
from data.view import View

Clicked = Callable[[Mapping[str, Any]], None]
_KEY = ".key{font-size:.875rem}.key i{display:inline-block;width:10px;height:10px;margin:0 .4em 0 0}"
Rows = Callable[[], pd.DataFrame]
Free = Callable[[pd.DataFrame], pd.Series]
Links = dict[str, tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Exhibit:
    """What is drawn of a chart.

    `finding` is its sentence. `figure` is None where there is nothing to draw; `note` then says what to do. `rows()`
    are the numbers, with headings for people, made when asked for. `links` makes a column into links: heading ->
    (heading of the codes, which stand in the file only; address up to the code). `clicked` is told what was chosen in
    the chart. `free` says of each row, where rows are memberships, whether its source lets it be passed on: the file
    holds only those.
    """

    finding: str
    figure: go.Figure | None
    note: str
    rows: Rows = pd.DataFrame
    links: Links = field(default_factory=dict)
    clicked: Clicked | None = None
    free: Free | None = None


def once(build: Callable[[Dataset, View], Exhibit], dataset: Dataset, view: View) -> Exhibit:
    """What `build` makes of a view, made once for all who look at it on such a screen."""
    return _kept(build, dataset, view, theme.dark(), screen.narrow())


@lru_cache(maxsize=64)
def _kept(build: Callable[[Dataset, View], Exhibit], dataset: Dataset, view: View, *_: bool) -> Exhibit:
    return build(dataset, view)


def draw(dataset: Dataset, view: View, exhibit: Exhibit) -> None:
    """Draw the chart of a view and what stands below it."""
    if exhibit.figure is None:
        st.info(exhibit.note, icon=":material/filter_alt_off:")
        return
    plot(exhibit.figure, f"chart-{view.chart}", exhibit.finding, exhibit.clicked)
    st.caption(exhibit.note)
    numbers(dataset, view.chart, exhibit.rows, exhibit.links, exhibit.free)


def plot(figure: go.Figure, key: str, alt: str, clicked: Clicked | None = None) -> None:
    """Draw a figure with its legend above it; `clicked` is told what was chosen in it."""
    _legend(figure)
    if clicked is None:
        st.plotly_chart(figure, key=key, config={"displayModeBar": False}, alt=alt)
        return
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, alt=alt, selection_mode="points",
                    on_select=lambda: clicked(st.session_state[key]["selection"]))


def _legend(figure: go.Figure) -> None:
    """The colours in words: a line of the page, so that it wraps; Plotly's own legend covers the chart."""
    colours = {trace.name: trace.marker.color for trace in figure.data if trace.name and trace.showlegend is not False}
    figure.update_layout(showlegend=False)
    words = [f"<nobr><i style='background:{colour}'></i>{escape(name)}</nobr>" for name, colour in colours.items()]
    if figure.layout.meta:
        low, high = figure.layout.meta
        shades = ",".join(f"{colour} {100 * place:.0f}%" for place, colour in figure.data[0].colorscale)
        words = [f"{low} <i style='width:140px;margin:0 .4em;background:linear-gradient(90deg,{shades})'></i>{high}"]
    if len(words) > 1 or figure.layout.meta:
        st.html(f"<style>{_KEY}</style><div class='key'>{' &emsp; '.join(words)}</div>")


def numbers(dataset: Dataset, what: str, rows: Rows, links: Links, free: Free | None = None) -> None:
    """A box with the numbers as a table and as a file; its contents are sent once it is opened."""
    with st.expander("The numbers of this chart", key=f"numbers-{what}", on_change="rerun") as box:
        if box.open:
            made = rows()
            table(made, links, f"The numbers of this chart: {', '.join(made.columns)}")
            kept = made if free is None else made[free(made)]
            st.download_button("CSV", data=lambda: export.csv(kept), mime="text/csv", on_click="ignore",
                               file_name=export.name(what, dataset.version, "csv"), key=f"csv-{what}")
            if len(kept) < len(made):
                st.caption(f"Not in the file: {len(made) - len(kept):,} rows whose source does not allow free reuse.")


def table(rows: pd.DataFrame, links: Links, alt: str, most: int = 12) -> None:
    """A table as high as its rows, `most` of them at once, with the columns of `links` as links."""
    shown = rows.copy()
    for heading, (code, address) in links.items():
        shown[heading] = address + shown[code] + "#" + shown[heading]
    shown = shown.drop(columns=[code for code, _ in links.values()])
    column = st.column_config.LinkColumn
    st.dataframe(shown, hide_index=True, height=38 + 35 * min(max(len(shown), 1), most), alt=alt, column_config={
        heading: column(heading, display_text=r"#(.*)$") for heading in links} | {
        heading: st.column_config.NumberColumn(heading, format="percent") for heading in shown
        if heading.startswith("Share of") or heading.endswith("similarity")})
