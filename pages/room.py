"""The room: which cities are at the table, what joins them, and who has no tie yet."""

from __future__ import annotations

import streamlit as st

from components import draft, filters, headline, room, store
from data.room import finding, story
from data.room import room as of_view

view = filters.current()
dataset = store.seen(view)

if not view.room:
    headline.say("Who is in the room?")
    room.ask(dataset, view)
else:
    headline.say(finding(dataset, view))
    if st.button("Make its story: five slides", key="tell-room", icon=":material/slideshow:"):
        draft.put(story(dataset, view))
        st.switch_page("../pages/present.py")
    room.draw(dataset, view, of_view(dataset, view))
