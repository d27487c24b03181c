"""Networks and relations: who stands with whom, on what, since when; one chart at a time, each with its own link."""

from __future__ import annotations

from components import exhibit, filters, gallery, headline, profile, store

view = filters.current()
dataset = store.seen(view)

if view.chart == "network":
    headline.say(profile.finding(dataset, view))
    gallery.choose(dataset)
    profile.draw(dataset, view)
else:
    shown = exhibit.once(gallery.EXHIBITS[view.chart], dataset, view)
    headline.say(shown.finding)
    gallery.choose(dataset)
    exhibit.draw(dataset, view, shown)
