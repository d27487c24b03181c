"""The server: the dashboard script, its routes, and the doors before them. Run: `streamlit run app.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from components import briefing, files, head, prints, store, telling, upkeep, watch
from components.doors import Doors
from components.maps.routes import routes as map_routes
from data.load import DatasetError

ROUTES = [*files.routes, *briefing.routes, *prints.routes, *head.routes, *telling.routes, *map_routes, *watch.routes]

try:
    store.dataset()
except DatasetError as problem:
    sys.exit(str(problem))

watch.start()
app = st.App(Path(__file__).resolve().parent / "components/shell.py", routes=ROUTES, lifespan=upkeep.keeping,
             middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4),
                         Middleware(Doors, routes=ROUTES)])
