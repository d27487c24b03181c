"""The exhibits of the landscape: all networks as lives, how they grew, and which issue areas have members where."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import filters, screen
from components.charts.landscape import gaps_chart, growth_chart, lives_chart
from components.exhibit import Exhibit
from data import findings, gaps, lives, select
from data.load import Dataset
from data.portrait import trust
from data.roster import of_places, roster, short_names
from data.view import View
from data.words import ISSUES, SORTS

NETWORK = {"Network": ("Code", "/networks?chart=network&network=")}


def of_lives(dataset: Dataset, view: View) -> Exhibit:
    """All networks of the view from founding to end."""
    rows = lives.lives(dataset, view)
    finding = findings.of_lives(rows)
    if rows.empty:
        return Exhibit(finding, None, advice(dataset, view))
    unknown = int(rows["founded"].isna().sum())
    note = (f"Thicker with more members (log scale), coloured by theme; a ring ° marks an incomplete list. "
            f"{unknown:,} of {len(rows):,} have no known year of founding and stand at the left, hatched. "
            f"{account(dataset, view)} A click on a bar opens the network.")
    return Exhibit(finding, lives_chart(rows, screen.narrow()), note, partial(_lives, rows), NETWORK, _open)


def _lives(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "Network": rows["short_name"], "Code": rows["network_id"], "Full name": rows["name"], "Theme": rows["theme"],
        "Scope": rows["scope"], "Founded": years(rows["founded"]),
        "Ended": years(rows["dissolved"]).where(rows["dissolved"].notna(), ""), "Members": rows["members"],
        "Of known year": rows["dated"], "Most members in": rows["region"],
        "List": [trust(*row) for row in zip(rows["coverage"], rows["as_of"], strict=True)]})


def _open(selection: Mapping[str, Any]) -> None:
    """Go to the network whose bar was clicked."""
    points = selection.get("points", [])
    if points:
        filters.move(chart="network", networks=(str(points[0]["customdata"]),))


def sorting() -> None:
    """The choice of the order of the lives."""
    st.session_state["sort"] = filters.current().sort
    st.segmented_control("Order", list(SORTS), format_func=SORTS.get, key="sort", required=True,
                         label_visibility="collapsed", on_change=lambda: filters.move(sort=st.session_state["sort"]))


def of_growth(dataset: Dataset, view: View) -> Exhibit:
    """Memberships by year of joining and theme."""
    growth = lives.growth(dataset, view)
    finding = findings.of_growth(dataset, view, growth)
    if not growth.dated:
        return Exhibit(finding, None,
                       f"{growth.undated:,} memberships of this view have no known year of joining. Widen the filters, "
                       "or look at Lives.")
    note = (f"Cities that joined in a year, each panel on a scale of its own; {growth.dated:,} of "
            f"{growth.dated + growth.undated:,} memberships have a known year, {growth.rough:,} of these not exactly "
            f"(hatched). This counts all that the other filters let in, whatever the period. "
            f"{roster(dataset, view).dates}")
    return Exhibit(finding, growth_chart(growth), note, partial(_joined, dataset, growth.joined), NETWORK)


def _joined(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    names = short_names(dataset)
    return pd.DataFrame({
        "Year": rows["year"].astype(str), "Network": rows["network_id"].map(names), "Code": rows["network_id"],
        "Theme": rows["theme"], "Cities that joined": rows["cities"],
        "Year is": rows["exact"].map({True: "stated", False: "inferred or an upper bound"})})


def of_gaps(dataset: Dataset, view: View) -> Exhibit:
    """Issue areas by region."""
    rows = gaps.gaps(dataset, view)
    finding = findings.of_gaps(rows)
    if rows.empty or not rows["members"].any():
        return Exhibit(finding, None, advice(dataset, of_places(view)))
    note = (f"The number is the member cities of any size; the colour is the share of the region’s cities of "
            f"{gaps.BIG:,} inhabitants or more that are in at least one network on the issue area. Small towns are in "
            f"the Atlas because they are in a network, so a share of all would flatter them. "
            f"{account(dataset, of_places(view))}")
    chart = gaps_chart(gaps.by_continent(rows), "continent") if screen.narrow() else gaps_chart(rows, "region")
    return Exhibit(finding, chart, note, partial(_gaps, rows))


def _gaps(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "Continent": rows["continent"], "Region": rows["region"], "Issue area": rows["issue"].map(ISSUES),
        "Networks on it": rows["networks"], "Member cities": rows["members"], "Cities in the Atlas": rows["cities"],
        "Big member cities": rows["big_members"], "Big cities": rows["big_cities"],
        "Share of big cities": rows["share"]})


def account(dataset: Dataset, view: View) -> str:
    """How many memberships the numbers rest on, and of when the lists are."""
    return f"{select.coverage(dataset, view, 'memberships').sentence} {roster(dataset, view).dates}"


def advice(dataset: Dataset, view: View) -> str:
    """What to loosen where no network has a member."""
    return select.coverage(dataset, view, "memberships").advice


def years(column: pd.Series) -> pd.Series:
    """Years as text, so that no thousands are marked; `unknown` where there is none."""
    return column.astype("str").where(column.notna(), "unknown")
