"""The server's pictures of a page: the still for print, the preview for a chat, the picture of a slide."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from functools import lru_cache, partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components import still, store
from components.maps.routes import asked
from components.shown import FORMS, Shown
from data.view import View
from data.words import PAGES

HEADERS = {"cache-control": "public, max-age=86400"}
ADDRESS = "ATLAS_ADDRESS"
MOST_WAITING, MOST_DRAWING = 12, 3
_SMALL_WIDTH, _SLIDE_WIDTH = 1_600, 2_400
_waiting, _drawing = asyncio.Semaphore(MOST_WAITING), asyncio.Semaphore(MOST_DRAWING)


async def stills(request: Request) -> Response:
    """The page of the query for print; `theme` is dark or light, `small=1` is for a screen."""
    form = request.path_params["form"]
    if form not in FORMS:
        return PlainTextResponse(f"still.{form}: must be one of {', '.join(FORMS)}, but is not.", 404)
    small, ground = request.query_params.get("small") == "1", request.query_params.get("theme", "light")
    page, view, problems = await page_of(request, "theme", "small")
    if ground not in ("dark", "light"):
        problems = [*problems, "theme: must be dark or light, but is neither."]
    name = f"atlas-{view.drawn if page == 'atlas' else page}-{store.dataset().version}.{form}"
    place = {"content-disposition": f'{"inline" if small else "attachment"}; filename="{name}"'}
    return await drawn(problems, partial(_still, page, view, form, ground == "dark", base(request), small),
                        FORMS[form], place)


async def previews(request: Request) -> Response:
    """The picture beside a link to the page of the query."""
    page, view, problems = await page_of(request)
    return await drawn(problems, partial(preview, page, view), "image/png")


async def slides(request: Request) -> Response:
    """The map or chart of the page of the query alone, on the dark ground."""
    page, view, problems = await page_of(request)
    return await drawn(problems, partial(slide, page, view), "image/webp")


async def page_of(request: Request, *more: str) -> tuple[str, View, list[str]]:
    """The page, the View of a request's query, and what in it is wrong; `more` are keys that are no part of either."""
    page = request.query_params.get("page", "atlas")
    view, problems = await asked(request, without=("page", *more))
    if page not in PAGES:
        return "atlas", view, [f"page: must be one of {', '.join(PAGES)}, but is not.", *problems]
    return page, view if view.edition == "then" else view.replace(data=""), problems


def base(request: Request) -> str:
    """Scheme and host of the server: what the environment variable ADDRESS says, else as the reader sees it."""
    return (os.environ.get(ADDRESS) or str(request.base_url)).rstrip("/")


async def drawn(problems: list[str], draw: Callable[[], bytes | str], kind: str,
                headers: dict[str, str] | None = None) -> Response:
    """What is drawn, or what is wrong with the query, or that too many are waiting for theirs."""
    if problems:
        return PlainTextResponse(" ".join(problems), 400)
    if _waiting.locked():
        return PlainTextResponse("Too many pictures are being drawn. Try again in a few seconds.", 503,
                                 {"retry-after": "5"})
    async with _waiting, _drawing:
        content = await run_in_threadpool(draw)
    return Response(content, media_type=kind, headers=HEADERS | (headers or {}))


@lru_cache(maxsize=2)
def _still(page: str, view: View, form: str, dark: bool, address: str, small: bool) -> bytes:
    return still.still(Shown(store.seen(view), page, view, address), form, dark,
                       _SMALL_WIDTH if small else still.FULL_WIDTH)


@lru_cache(maxsize=128)
def preview(page: str, view: View) -> bytes:
    """The preview of a page, kept for the next who asks."""
    return still.preview(Shown(store.seen(view), page, view))


@lru_cache(maxsize=40)
def slide(page: str, view: View) -> bytes:
    """The picture of a slide, kept for the next who asks."""
    return still.alone(Shown(store.seen(view), page, view), "webp", True, _SLIDE_WIDTH)


routes = [Route("/api/still.{form}", stills), Route("/preview.png", previews), Route("/slide.webp", slides)]
