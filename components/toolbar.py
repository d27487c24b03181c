"""The line above the map: what it draws, in which projection, seen from where, the film, and the way back."""

from __future__ import annotations

import streamlit as st

from components import film, filters
from components.maps.clicks import RELEASED, focused
from data.words import CAMERAS, PICTURES, PROJECTIONS

_KEYS = {"map": "picture", "proj": "projection", "camera": "camera"}


def draw() -> None:
    """Draw the line; each choice is in the link."""
    view = filters.current()
    st.session_state.update({"map": view.drawn, "proj": view.projection, "camera": view.camera})
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control("Map of", list(PICTURES), format_func=PICTURES.get, key="map", required=True,
                             label_visibility="collapsed", on_change=_choose, args=("map",))
        st.selectbox("Projection", list(PROJECTIONS), format_func=PROJECTIONS.get, key="proj", width=130,
                     label_visibility="collapsed", on_change=_choose, args=("proj",))
        st.selectbox("Seen from", list(CAMERAS), format_func=CAMERAS.get, key="camera", width=160,
                     label_visibility="collapsed", on_change=_choose, args=("camera",))
        film.controls()
        if focused(view):
            st.button("Release", key="release", icon=":material/close:", shortcut="Escape", on_click=filters.move,
                      kwargs=RELEASED, help="Back to all cities; a click on the sea does the same")


def _choose(key: str) -> None:
    filters.move(**{_KEYS[key]: st.session_state[key]})
