"""City ties against nation ties: do cities ally with each other regardless of their nations?"""

from __future__ import annotations

from components import divides, filters, store

dataset, view = store.dataset(), filters.current()

divides.PARTS[view.divide](dataset, view)
