"""The server's answers to the map: tie paths trimmed to a view, and the cities of a view, as JSON over HTTP."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.maps.layers import PLACE_KEYS, assets
from components.store import dataset
from data import select
from data.model import ASSETS_DIR
from data.projection import CENTRES, projection
from data.tooltip import city_words
from data.view import View

_HEADERS = {"cache-control": "public, max-age=86400", "vary": "accept-encoding"}


async def paths(request: Request) -> Response:
    """The records of a tie file whose ties are in the places, networks and issues of the query."""
    name = request.path_params["name"]
    if name not in assets().values():
        return PlainTextResponse(f"{name}: must be a file of tie paths of this version, but is not.", 404)
    view, problems = _view(request, PLACE_KEYS)
    if problems:
        return PlainTextResponse(" ".join(problems), 400)
    return _answer(request, await run_in_threadpool(packed, trimmed, name, view))


async def cities(request: Request) -> Response:
    """The cities of the view in the query, with place on the map, size and words."""
    name = request.path_params["name"]
    if name not in CENTRES:
        return PlainTextResponse(f"{name}: must be one of {', '.join(CENTRES)}, but is not.", 404)
    view, problems = _view(request)
    if problems:
        return PlainTextResponse(" ".join(problems), 400)
    return _answer(request, await run_in_threadpool(packed, city_records, name, view))


routes = [Route("/api/paths/{name}", paths), Route("/api/cities/{name}.json", cities)]


def _view(request: Request, keys: tuple[str, ...] = ()) -> tuple[View, list[str]]:
    query = {key: request.query_params.getlist(key) for key in request.query_params if not keys or key in keys}
    view, problems = View.from_query(query)
    settled, unknown = select.settle(dataset(), view)
    return settled, problems + unknown


def _answer(request: Request, content: bytes) -> Response:
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(content, media_type="application/json", headers=_HEADERS | {"content-encoding": "gzip"})
    return Response(gzip.decompress(content), media_type="application/json", headers=_HEADERS)


@lru_cache(maxsize=64)
def packed(make: Callable[[str, View], bytes], name: str, view: View) -> bytes:
    """What `make` answers, compressed; kept for the next reader of the same view."""
    return gzip.compress(make(name, view), 5)


@lru_cache(maxsize=16)
def _lines(name: str) -> tuple[list[bytes], np.ndarray]:
    """The records of a tie file, and the row of the tie of each."""
    content = gzip.decompress((ASSETS_DIR / f"{name}.gz").read_bytes())
    lines = [line.rstrip(b",") for line in content.split(b"\n")[1:-1]]
    return lines, np.array([int(line[5 : line.index(b",")]) for line in lines])


def trimmed(name: str, view: View) -> bytes:
    """The file's records of the ties that the view does not leave out, as a JSON list."""
    lines, rows = _lines(name)
    wide = view.replace(domestic=True, districts=True, thin=True)
    keep = select.tie_sieve(dataset(), wide).drawn[rows]
    return b"[" + b",".join(lines[number] for number in np.flatnonzero(keep)) + b"]"


def city_records(name: str, view: View) -> bytes:
    """The cities of the view as JSON, small dots on top: `x`, `y` and radius `r` in km, opacity `o`, words `t`."""
    shown = select.cities(dataset(), view)
    if not (view.networks or view.issues):
        shown = shown[shown["ties_shown"] > 0]
    shown = shown.sort_values("ties_shown", ascending=False, kind="stable")
    plane = projection(name).points(shown.geometry.x.to_numpy(), shown.geometry.y.to_numpy()).round().astype(int)
    ties = shown["ties_shown"].to_numpy()
    radius = (10 + 8 * np.sqrt(ties)).round().astype(int)
    opacity = np.clip(40 + 25 * np.sqrt(ties), 60, 230).round().astype(int)
    columns = zip(shown["city_id"], plane[:, 0].tolist(), plane[:, 1].tolist(), radius.tolist(), opacity.tolist(),
                  city_words(shown), strict=True)
    return orjson.dumps([{"i": city, "x": x, "y": y, "r": r, "o": o, "t": t} for city, x, y, r, o, t in columns])
