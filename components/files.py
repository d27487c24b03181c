"""Files that never change, sent as they are kept: what the browser draws, Streamlit's bundle, the icon."""

from __future__ import annotations

import gzip
import mimetypes
import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from pathlib import Path

import brotli
import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from data.model import ASSETS_DIR

BUNDLE = Path(st.__file__).resolve().parent / "static"
ICON = Path(__file__).resolve().parent / "pictures/icon.png"
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}


def assets(request: Request) -> Response:
    """A file of data/assets, kept there compressed; its name holds its hash, so it may be kept for ever."""
    name = request.path_params["name"]
    packed = ASSETS_DIR / f"{name}.gz"
    if name not in _assets():
        return PlainTextResponse(f"{name}: must be a file of data/assets, but is not.", 404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if "gzip" in request.headers.get("accept-encoding", ""):
        return FileResponse(packed, media_type=kind, headers=FOR_EVER | {"content-encoding": "gzip"})
    return Response(gzip.decompress(packed.read_bytes()), media_type=kind, headers=FOR_EVER)


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=9), "gzip": partial(gzip.compress, compresslevel=6)}


@cache
def _assets() -> frozenset[str]:
    return frozenset(file.stem for file in ASSETS_DIR.glob("*.gz"))


@cache
def _bundle() -> frozenset[str]:
    return frozenset(str(file.relative_to(BUNDLE)) for file in (BUNDLE / "static").rglob("*") if file.is_file())


def encoding(accepted: str) -> str:
    """The best of PACKERS that a browser accepts, or nothing."""
    return next((name for name in PACKERS if re.search(rf"\b{name}\b", accepted)), "")


@lru_cache(maxsize=1024)
def bundled(path: str, encoding: str) -> Response | None:
    """A file of Streamlit's bundle, packed once a process instead of once a visitor; None where there is none."""
    if path not in _bundle():
        return None
    file = BUNDLE / path
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if not encoding:
        return FileResponse(file, media_type=kind, headers=FOR_EVER)
    packed = PACKERS[encoding](file.read_bytes())
    return Response(packed, media_type=kind, headers=FOR_EVER | {"content-encoding": encoding})


def icon(request: Request) -> Response:
    """The icon, before the dashboard has told the browser its own."""
    return FileResponse(ICON, headers={"cache-control": "public, max-age=86400"})


routes = [Route("/assets/{name}", assets), Route("/favicon.png", icon)]
