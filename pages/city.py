"""One city's foreign policy: its finding, its map and time, its partners, networks and peers; and a briefing of it."""

from __future__ import annotations

import streamlit as st

from components import choice, dossier, filters, headline, store
from data.dossier import dossier as of_city
from data.phrases import counted

view = filters.current()
dataset = store.seen(view)

if not view.cities:
    headline.say("Which city?")
    choice.city(dataset)
    st.info("Choose one here, or find any of them, in any spelling, with the search in the sidebar.",
            icon=":material/location_city:")
else:
    headline.say(dossier.own(view).describe(dataset))
    choice.city(dataset)
    if len(view.cities) > 1:
        others = counted(len(view.cities) - 1, "more city")
        st.caption(f"The link names {others}: [compare them](/compare?city={','.join(view.cities)}).")
    dossier.draw(of_city(dataset, view))
