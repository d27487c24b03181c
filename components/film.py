"""The film: the ties of known year, year by year, run by small messages; the link names the year where it stops."""

from __future__ import annotations

from typing import Any

import pydeck as pdk
import streamlit as st

from components import filters, theme
from components.maps import layers
from components.maps.camera import camera, height
from components.maps.palette import DARK, LIGHT
from components.maps.world import Screen, deck
from data import select
from data.load import Dataset
from data.view import View

FIRST = 1950
SPEEDS = {"slow": 1.5, "steady": 0.8, "fast": 0.35}
MODES = {"sum": "All so far", "year": "Year by year"}


def playing() -> bool:
    """Whether the film runs."""
    return "_year" in st.session_state


def controls() -> None:
    """Draw Play or Stop, and the choices of the film."""
    if playing():
        st.button("Stop", key="stop", icon=":material/stop:", shortcut="Space", on_click=stop)
    else:
        st.button("Play", key="play", icon=":material/play_arrow:", shortcut="Space", on_click=play,
                  help="The ties of known year, from 1950 to now")
    with st.popover("", icon=":material/tune:", help="Speed and kind of film"):
        st.segmented_control("Show", list(MODES), format_func=MODES.get, key="film-mode", default="sum", required=True)
        st.segmented_control("Speed", list(SPEEDS), format_func=str.capitalize, key="film-speed", default="steady",
                             required=True)


def play() -> None:
    """Begin at the view's first year, or in 1950, or where a film was stopped."""
    view = filters.current()
    last = view.to_year if view.to_year and view.to_year < filters.LAST else None
    st.session_state["_year"] = last or view.from_year or FIRST


def stop() -> None:
    """End the film; the view, and so the link, is of the year it stands at."""
    year = st.session_state.pop("_year")
    filters.move(from_year=year if _by_year() else None, to_year=year)


def draw(dataset: Dataset, view: View, width: int) -> None:
    """Draw the map of the film, and let it run until its last year."""
    st.session_state["_still"] = True
    pace = SPEEDS[st.session_state.get("film-speed") or "steady"]
    st.fragment(_frame, run_every=pace if st.session_state["_year"] < filters.LAST else None)(dataset, view, width)


def _frame(dataset: Dataset, view: View, width: int) -> None:
    """One year: the next one, unless the whole page is drawn."""
    state = st.session_state
    if "_year" not in state:
        return
    ticked = not state.pop("_still", False)
    year = state["_year"] = state["_year"] + ticked
    standing, signed = _counts(dataset, view, year)
    st.pydeck_chart(film_map(view, year, Screen(width, theme.dark()), _by_year()),
                    height=height(width, view.projection == "globe"), key="film",
                    alt=f"Map of the city ties of known year in {year}: {standing:,} in force.")
    st.caption(f"**{year}**: {standing:,} ties of known year {'in force' if _by_year() else 'so far'}, {signed:,} "
               "signed in this year (gold). Ties of unknown year are not in the film.")
    if ticked and year >= filters.LAST:
        st.rerun()


def film_map(view: View, year: int, screen: Screen, by_year: bool) -> pdk.Deck:
    """The deck of one year: what stands, what is new in gold, and the year itself."""
    palette = DARK if screen.dark else LIGHT
    frame = view.replace(undated=False, from_year=year if by_year else None, to_year=year)
    return deck(view, screen, [
        layers.land_layer(view, palette), layers.dot_layer(view, palette, 0.35),
        layers.film_layer(frame, palette, 1, year, fresh=False),
        layers.film_layer(frame, palette, year, year, fresh=True),
        layers.name_layer([_stamp(view, year, screen.width)], palette, round(screen.width / 14), "year")])


def _stamp(view: View, year: int, width: int) -> dict[str, Any]:
    """The year in large figures, at the lower left of what the camera shows."""
    eye = camera(view, width)
    if view.projection == "globe":
        return {"n": str(year), "x": eye.x, "y": eye.y - 60, "a": "middle", "b": "center", "g": [0, 0]}
    scale = 2.0**eye.zoom
    return {"n": str(year), "x": eye.x - 0.45 * width / scale, "y": eye.y - 0.42 * height(width) / scale, "a": "start",
            "b": "bottom", "g": [0, 0]}


def _counts(dataset: Dataset, view: View, year: int) -> tuple[int, int]:
    """Ties of known year that the frame shows, and how many of them were signed in the year."""
    frame = view.replace(undated=False, from_year=year if _by_year() else None, to_year=year)
    ties = select.ties(dataset, frame)
    return len(ties), int((ties["start_year"] == year).sum())


def _by_year() -> bool:
    return st.session_state.get("film-mode") == "year"
