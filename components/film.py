"""The film: ties or memberships of known year, year by year, by small messages; the link names where it stops."""

from __future__ import annotations

from typing import Any

import pydeck as pdk
import streamlit as st

from components import filters, theme
from components.maps import layers
from components.maps.camera import camera, height
from components.maps.palette import DARK, LIGHT
from components.maps.world import Screen, deck, member_layers
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
    with st.popover("Film", icon=":material/tune:", help="Speed and kind of film"):
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
    frame = view.replace(undated=False, from_year=year if _by_year() else None, to_year=year)
    st.pydeck_chart(film_map(frame, dataset.version, Screen(width, theme.dark())),
                    height=height(width, view.projection == "globe"), key="film", alt=f"Map of the year {year}.")
    st.caption(_account(dataset, frame, year))
    if ticked and year >= filters.LAST:
        st.rerun()


def film_map(frame: View, version: str, screen: Screen) -> pdk.Deck:
    """The deck of one year, the last of the frame: what stands, what is new in gold, and the year itself."""
    palette, year = DARK if screen.dark else LIGHT, frame.to_year or filters.LAST
    base = [layers.land_layer(frame, palette), layers.dot_layer(frame, palette, 0.35)]
    if frame.drawn == "networks":
        drawn = member_layers(frame, version, screen)
    else:
        drawn = [layers.film_layer(frame, palette, 1, year, fresh=False),
                 layers.film_layer(frame, palette, year, year, fresh=True)]
    stamp = layers.name_layer([_stamp(frame, year, screen.width)], palette, round(screen.width / 14), "year")
    return deck(frame, screen, [*base, *drawn, stamp])


def _stamp(view: View, year: int, width: int) -> dict[str, Any]:
    """The year in large figures, at the lower left of what the camera shows."""
    eye = camera(view, width)
    if view.projection == "globe":
        return {"n": str(year), "x": eye.x, "y": eye.y - 60, "a": "middle", "b": "center", "g": [0, 0]}
    scale = 2.0**eye.zoom
    return {"n": str(year), "x": eye.x - 0.45 * width / scale, "y": eye.y - 0.42 * height(width) / scale, "a": "start",
            "b": "bottom", "g": [0, 0]}


def _account(dataset: Dataset, frame: View, year: int) -> str:
    """How much the frame shows, and how much of it began in its year."""
    if frame.drawn == "networks":
        what, began, rows = "memberships", "joined", select.memberships(dataset, frame)
        new = "from this year"
    else:
        what, began, rows = "ties", "start_year", select.ties(dataset, frame)
        new = "signed in this year (gold)"
    return (f"**{year}**: {len(rows):,} {what} of known year {'in force' if _by_year() else 'so far'}, "
            f"{(rows[began] == year).sum():,} {new}. Those of unknown year are not in the film.")


def _by_year() -> bool:
    return st.session_state.get("film-mode") == "year"
