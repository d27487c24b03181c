"""Present: stories of slides for a hall; tell one that ships, or make your own."""

from __future__ import annotations

from components import desk, headline

headline.say("Ten minutes on stage: choose a story, or make your own")
desk.draw()
