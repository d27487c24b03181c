"""The map on the page: drawn where the browser can, clicked, and as a still where it cannot draw."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from components import filters, screen, store, theme
from components.maps import clicks
from components.maps.camera import height
from components.maps.world import Screen, world_map
from components.shown import FORMS
from data.load import Dataset
from data.view import View


def draw(dataset: Dataset, view: View, width: int, ties: int, finding: str) -> None:
    """Draw the map of a view that has so many ties."""
    then = dataset is not store.dataset()
    if then or not screen.draws():
        st.markdown(f"![World map of city ties. {finding}]({_still(view, 'png', small='1')})")
        st.caption("The map of earlier data is a still picture." if then else
                   "This browser has no WebGL, so the map is a still picture.")
        return
    seen = Screen(width, theme.dark(), st.session_state.get("_clicks", 0), st.session_state.get("_picks", 0))
    st.pydeck_chart(world_map(view, dataset.version, seen, ties), height=height(width, view.projection == "globe"),
                    key="chart", on_select=_click, selection_mode="single-object",
                    alt=f"World map of city ties. {finding}")


def downloads(view: View) -> str:
    """Links to the still of a view, in Markdown."""
    links = ", ".join(f"[{form.upper()}]({_still(view, form)})" for form in FORMS)
    return f"This map to print: {links}"


def _still(view: View, form: str, **more: str) -> str:
    query = view.to_query() | {"theme": "dark" if theme.dark() else "light"} | more
    return f"/api/still.{form}?{urlencode(query, safe=',')}"


def _click() -> None:
    """Take what was clicked into the view, and forget the click: the name of the layer changes."""
    selection, state = st.session_state["chart"]["selection"], st.session_state
    if not selection["objects"]:
        return
    on_ground = next(iter(selection["objects"])).startswith("ground")
    counter = "_clicks" if on_ground else "_picks"
    state[counter] = state.get(counter, 0) + 1
    changes = clicks.change(store.dataset(), filters.current(), selection)
    if changes:
        filters.move(**changes)
