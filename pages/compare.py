"""Two to four cities side by side: what they share, and what sets them apart."""

from __future__ import annotations

from components import compare, filters, store
from data.compare import compare as beside

view = filters.current()
dataset = store.seen(view)

if len(view.cities) < 2:
    compare.ask(dataset, view)
else:
    compare.draw(dataset, view, beside(dataset, view))
