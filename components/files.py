"""Files that never change, sent as they are kept: what the browser draws, Streamlit's bundle, the icon."""

from __future__ import annotations

import gzip
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from data.model import ASSETS_DIR

BUNDLE = Path(st.__file__).resolve().parent / "static"
ICON = Path(__file__).resolve().parent / "pictures/icon.png"
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
_FILE = re.compile(r"[\w-]+(\.[\w-]+)+")


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
def bundled(path: str, compressed: bool) -> Response | None:
    """A file of Streamlit's bundle, compressed once a process instead of once a visitor; None where there is none."""
    file = (BUNDLE / path).resolve()
    if not file.is_relative_to(BUNDLE / "static") or not file.is_file():
        return None
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if not compressed:
        return FileResponse(file, media_type=kind, headers=FOR_EVER)
    packed = gzip.compress(file.read_bytes(), 6)
    return Response(packed, media_type=kind, headers=FOR_EVER | {"content-encoding": "gzip"})


def icon(request: Request) -> Response:
    """The icon, before the dashboard has told the browser its own."""
    return FileResponse(ICON, headers={"cache-control": "public, max-age=86400"})


routes = [Route("/assets/{name}", assets), Route("/favicon.png", icon)]
