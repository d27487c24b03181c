"""The shape of the whole: the graph in numbers, rankings, communities, degrees, and chains from city to city."""

from __future__ import annotations

from components import exhibit, filters, headline, introductions, store, structure

view = filters.current()
dataset = store.seen(view)

if view.shape == "paths":
    headline.say(introductions.finding(dataset, view))
    structure.choose()
    introductions.choices(dataset, view)
    introductions.draw(dataset, view)
else:
    shown = exhibit.once(structure.EXHIBITS[view.shape], dataset, view)
    headline.say(shown.finding)
    structure.choose()
    structure.draw(dataset, view, shown)
