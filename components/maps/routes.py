"""The server's answers to the map: what `records` makes for a view, as JSON over HTTP."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.maps import records
from components.maps.layers import PATH_KEYS, assets
from components.store import dataset
from data.model import ASSETS_DIR
from data.settle import settle
from data.view import View
from data.words import PROJECTIONS

_HEADERS = {"cache-control": "public, max-age=86400", "vary": "accept-encoding"}
_MAKERS: dict[str, Callable[[View], bytes]] = {
    "cities": records.city_records, "members": records.member_records, "flows": records.flow_records,
    "hairlines": records.hairline_records, "countries": records.country_records,
    "spokes": records.spoke_records, "between": records.between_records}
_WIDTHS = range(200, 7_681)


async def paths(request: Request) -> Response:
    """The records of a tie file whose ties are in the places, networks and issues of the query."""
    name = request.path_params["name"]
    if name not in assets().values() or not (ASSETS_DIR / f"{name}.rows.gz").is_file():
        return PlainTextResponse(f"{name}: must be a file of tie paths of this version, but is not.", 404)
    view, problems = await asked(request, PATH_KEYS)
    if problems:
        return PlainTextResponse(" ".join(problems), 400)
    return _answer(request, await run_in_threadpool(packed, records.trimmed, name, view))


async def made(request: Request) -> Response:
    """Flows, countries, cities, members, spokes or names of the view in the query, in the projection of the path."""
    what, name = request.path_params["what"], request.path_params["name"]
    if name not in PROJECTIONS or what not in (*_MAKERS, "names"):
        return PlainTextResponse(f"{what}/{name}: must be one of {', '.join((*_MAKERS, 'names'))} in one of the "
                                 f"projections {', '.join(PROJECTIONS)}, but is not.", 404)
    view, problems = await asked(request, without=("width",))
    view = view.replace(projection=name)
    if what == "between" and len(view.cities) != 2:
        problems = [*problems, "city: must name two cities, but does not."]
    if problems:
        return PlainTextResponse(" ".join(problems), 400)
    if what in _MAKERS:
        return _answer(request, await run_in_threadpool(packed, _MAKERS[what], view))
    width = request.query_params.get("width", "")
    if not width.isdecimal() or len(width) > 4 or int(width) not in _WIDTHS:
        return PlainTextResponse("width: must be a number of pixels from 200 to 7680, but is not.", 400)
    return _answer(request, await run_in_threadpool(packed, records.name_records, view, int(width)))


routes = [Route("/api/paths/{name}", paths), Route("/api/{what}/{name}.json", made)]


async def asked(request: Request, keys: tuple[str, ...] = (),
                without: tuple[str, ...] = ()) -> tuple[View, list[str]]:
    """The View of a request's query, of some of its keys or without some, and what in it is wrong.

    Who asks for many unknown cities waits for the search of their like; nobody else does.
    """
    query = {key: request.query_params.getlist(key) for key in request.query_params
             if (not keys or key in keys) and key not in without}
    return await run_in_threadpool(_read, query)


def _read(query: dict[str, list[str]]) -> tuple[View, list[str]]:
    view, problems = View.from_query(query)
    settled, unknown = settle(dataset(), view)
    return settled, problems + unknown


def _answer(request: Request, content: bytes) -> Response:
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(content, media_type="application/json", headers=_HEADERS | {"content-encoding": "gzip"})
    return Response(gzip.decompress(content), media_type="application/json", headers=_HEADERS)


@lru_cache(maxsize=128)
def packed(make: Callable[..., bytes], *what: object) -> bytes:
    """What `make` answers, compressed; kept for the next reader of the same view."""
    return gzip.compress(make(*what), 5)
