"""City ties against nation ties: do cities ally with each other regardless of their nations?"""

from __future__ import annotations

from components import divides, filters, store

view = filters.current()
dataset = store.seen(view)

divides.PARTS[view.divide](dataset, view)
