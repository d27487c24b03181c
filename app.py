"""The server: the dashboard script, the map's files, security headers, and a real 404. Run: `streamlit run app.py`."""

from __future__ import annotations

import gzip
import mimetypes
import re
import sys
from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components import briefing, head, prints, screen, store, telling, upkeep
from components.maps.routes import routes as map_routes
from data.load import DatasetError
from data.model import ASSETS_DIR

ROOT = Path(__file__).resolve().parent
ICON = ROOT / "components/pictures/icon.png"
HEADERS: dict[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "content-security-policy": "; ".join((
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors *",
    )),
}
BUNDLE = Path(st.__file__).resolve().parent / "static"
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
PAGE = (BUNDLE / "index.html").read_text(encoding="utf-8")
PAGE = PAGE.replace("<title>Streamlit</title>", f"<!--head-->{screen.SCRIPT}{screen.PRINT}")
_FILE = re.compile(r"[\w-]+(\.[\w-]+)+")
_STREAMLIT = ("static", "media", "component", "_stcore", "manifest.json")
_MISSING = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>No such page · Atlas of City Alliances</title>
<body style="font:1.1rem/1.5 sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem">
<h1 style="font-size:1.6rem">There is no such page.</h1>
<p>The Atlas of City Alliances begins at the <a href="/atlas">world map</a>.</p></body></html>"""


def assets(request: Request) -> Response:
    """A file of data/assets, kept there compressed; its name holds its hash, so it may be kept for ever."""
    name = request.path_params["name"]
    packed = ASSETS_DIR / f"{name}.gz"
    if not _FILE.fullmatch(name) or not packed.is_file():
        return PlainTextResponse(f"{name}: must be a file of data/assets, but is not.", 404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if "gzip" in request.headers.get("accept-encoding", ""):
        return FileResponse(packed, media_type=kind, headers=FOR_EVER | {"content-encoding": "gzip"})
    return Response(gzip.decompress(packed.read_bytes()), media_type=kind, headers=FOR_EVER)


@lru_cache(maxsize=1024)
def bundled(path: str) -> Response | None:
    """A file of Streamlit's bundle, compressed once a process instead of once a visitor; None where there is none."""
    file = (BUNDLE / path).resolve()
    if not file.is_relative_to(BUNDLE / "static") or not file.is_file():
        return None
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    packed = gzip.compress(file.read_bytes(), 6)
    return Response(packed, media_type=kind, headers=FOR_EVER | {"content-encoding": "gzip"})


def icon(request: Request) -> Response:
    """The icon, before the dashboard has told the browser its own."""
    return FileResponse(ICON, headers={"cache-control": "public, max-age=86400"})


ROUTES = [Route("/assets/{name}", assets), Route("/favicon.png", icon), *briefing.routes, *prints.routes,
          *head.routes, *telling.routes, *map_routes]


class Doors:
    """Sends `/` on to the map and anything unknown away with a 404; adds the security headers to every answer.

    A page is Streamlit's own, with the title, finding and picture of its view for those who do not run it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.pages = {page.stem for page in (ROOT / "pages").glob("*.py")}
        self.folders = {*_STREAMLIT, *(route.path.split("/")[1] for route in ROUTES)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(key.encode(), value.encode()) for key, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *headers]
            await send(message)

        answer = self.app if scope["type"] != "http" else await self._answer(scope)
        await answer(scope, receive, send_with_headers)

    async def _answer(self, scope: Scope) -> ASGIApp:
        path, query = scope["path"].strip("/"), scope["query_string"].decode("latin-1")
        if not path:
            return RedirectResponse("atlas?" + query if query else "atlas")
        if path in self.pages:
            tags = await head.head(Request(scope), path)
            return HTMLResponse(PAGE.replace("<!--head-->", tags), headers={"cache-control": "no-cache"})
        if path.startswith("static/") and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            return bundled(path) or self.app
        return self.app if path.split("/")[0] in self.folders else HTMLResponse(_MISSING, 404)


try:
    store.dataset()
except DatasetError as problem:
    sys.exit(str(problem))

app = st.App(ROOT / "components/shell.py", routes=ROUTES, lifespan=upkeep.keeping,
             middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4), Middleware(Doors)])
