"""The Streamlit pages of the benchmark: ours, plain and plotly, by the address; each says how long its run took."""

from __future__ import annotations

import time

import numpy as np
import plotly.graph_objects as go
import pydeck as pdk
import streamlit as st

from components.maps.layers import alive
from components.maps.world import Deck
from data.view import View
from tests.bench.sample import frame

CAMERA = {"target": [0, 0, 0], "zoom": -5.15}
PLANE = [pdk.View(type="OrthographicView", controller=True, flipY=False)]


def ours(count: int, until: int) -> None:
    """The file by its address; the graphics card compares the years."""
    layer = pdk.Layer("PathLayer", data=f"/ties/{count}.json", id="ties", get_path="p", position_format="'XY'",
                      get_width=1, width_units="'pixels'", get_color="[96, 168, 255, 40]", pickable=True,
                      **alive(View(to_year=until)))
    st.pydeck_chart(Deck(layers=[layer], views=PLANE, initial_view_state=pdk.ViewState(**CAMERA), map_provider=None,
                         tooltip={"text": "{t}"}), height=470, key="map")


def plain(count: int, until: int) -> None:
    """The stock way: a frame for the chart at each change."""
    rows = frame(count)
    layer = pdk.Layer("PathLayer", rows[rows["start_year"] <= until], id="ties", get_path="path", get_width=1,
                      width_units="'pixels'", get_color=[96, 168, 255, 40], pickable=True)
    st.pydeck_chart(pdk.Deck(layers=[layer], views=PLANE, initial_view_state=pdk.ViewState(**CAMERA),
                             map_provider=None), height=470, key="map")


def plotly(count: int, until: int) -> None:
    """Plotly's `scattergeo`: one trace of great circles with gaps, without the land that it would fetch elsewhere."""
    rows = frame(count)
    ends = np.array(rows.loc[rows["start_year"] <= until, "ends"].tolist())
    gap = np.full((len(ends), 1), np.nan)
    figure = go.Figure(go.Scattergeo(lon=np.hstack([ends[:, [0, 2]], gap]).ravel(),
                                     lat=np.hstack([ends[:, [1, 3]], gap]).ravel(), mode="lines", line={"width": 1}))
    figure.update_geos(visible=False, projection_type="equal earth", fitbounds=False)
    st.plotly_chart(figure, key="map", height=470)


start = time.perf_counter()
count, way = int(st.query_params.get("n", 1_000)), st.query_params.get("way", "ours")
st.session_state.setdefault("until", 2_026)
if st.button("Next"):
    st.session_state["until"] -= 10
{"ours": ours, "plain": plain, "plotly": plotly}[way](count, st.session_state["until"])
st.caption(f"until {st.session_state['until']}: server {1000 * (time.perf_counter() - start):.0f} ms")
