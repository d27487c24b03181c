"""The plain way, to measure against: every filter change sends the ties as a frame to `st.pydeck_chart`."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pydeck as pdk
import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from data.load import load


@st.cache_resource
def rows() -> pd.DataFrame:
    dataset = load()
    place = dataset.cities.set_index("city_id").geometry
    ties = dataset.ties.query("core")
    a, b = place.loc[ties["city_a"]], place.loc[ties["city_b"]]
    return ties[["start_year", "end_year"]].assign(
        from_x=a.x.to_numpy(), from_y=a.y.to_numpy(), to_x=b.x.to_numpy(), to_y=b.y.to_numpy(),
        name=ties["city_a"] + " – " + ties["city_b"])


ties = rows()
since = st.slider("Period", 1900, 2026, 1900)
if not st.toggle("Undated ties too", value=True):
    ties = ties[ties["start_year"].notna()]
ties = ties[ties["end_year"].isna() | (ties["end_year"] >= since)]
layer = pdk.Layer("GreatCircleLayer", ties.astype({"start_year": "float", "end_year": "float"}), id="ties",
                  get_source_position=["from_x", "from_y"], get_target_position=["to_x", "to_y"], get_width=1,
                  get_source_color=[110, 178, 255, 40], get_target_color=[110, 178, 255, 40])
camera = pdk.ViewState(latitude=20, longitude=0, zoom=1)
deck = pdk.Deck(layers=[layer], map_provider=None, initial_view_state=camera)
st.pydeck_chart(deck, key="map", alt="Ties drawn the plain way")
