"""A story made ready to be told: its slides with findings, sources and pictures; the stage, and what is left behind."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import lru_cache, partial
from urllib.parse import urlencode

import shapely
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components import draft, handout, policy, prints, stage, still, store
from components.leaf import Leaf
from components.maps.still import frame
from components.shown import NAME, Shown, query
from data import story
from data.projection import projection
from data.story import Slide, Story, StoryError

_PAPER_WIDTH, _COARSE_KM = 2_000, 15.0


def leaves(told: Story, address: str) -> list[Leaf]:
    """The slides of a story with their words; `address` is scheme and host of the server."""
    return [_leaf(slide, address) for slide in told.slides]


def stage_of(told: Story, address: str, home: str) -> str:
    """The story on the stage, its pictures fetched from the server."""
    pictures = [f"/slide.webp?{query(slide.page, slide.view)}" for slide in told.slides]
    return stage.html(told.title, leaves(told, address), pictures, land(), home)


def html(told: Story, address: str) -> bytes:
    """The story on the stage as a file that needs no other."""
    pictures = [f"data:image/webp;base64,{base64.b64encode(prints.slide(slide.page, slide.view)).decode()}"
                for slide in told.slides]
    return stage.html(told.title, leaves(told, address), pictures, land(), "").encode()


def pptx(told: Story, address: str) -> bytes:
    """The story as a PowerPoint file."""
    return handout.pptx(told.title, leaves(told, address), _paper(told))


def pdf(told: Story, address: str) -> bytes:
    """The story as a PDF."""
    return handout.pdf(told.title, leaves(told, address), _paper(told))


FORMS: dict[str, tuple[str, str, Callable[[Story, str], bytes]]] = {
    "PPTX": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", pptx),
    "PDF": ("pdf", "application/pdf", pdf), "HTML": ("html", "text/html", html)}


def _paper(told: Story) -> list[bytes]:
    """The pictures of a story on the light ground."""
    return [still.alone(Shown(store.seen(slide.view), slide.page, slide.view), "png", False, _PAPER_WIDTH)
            for slide in told.slides]


def _leaf(slide: Slide, address: str) -> Leaf:
    data = store.seen(slide.view)
    said = Shown(data, slide.page, slide.view).scene(True)
    link = slide.view.replace(data=slide.view.data or data.version).link(slide.page)
    words = (slide.title, slide.text or said.sentence) if slide.title else (said.finding, slide.text)
    return Leaf(*words, slide.notes, f"{NAME}: {len(data.sources):,} sources, dataset {data.version}", address + link,
                frame(said.map) if said.map else None)


@lru_cache(maxsize=1)
def land() -> str:
    """The land of the Atlantic plane as path data of SVG, in whole km, y to the south."""
    shapes = projection("atlantic").shapes(store.dataset().countries.geometry.dropna())
    rings = shapely.get_rings(shapely.get_parts(shapely.simplify(shapes.to_numpy(), _COARSE_KM)))
    kept = [shapely.get_coordinates(ring).round().astype(int) for ring in rings]
    return "".join("M" + "L".join(f"{x} {-y}" for x, y in ring) + "Z" for ring in kept if len(ring) > 3)


async def show(request: Request) -> Response:
    """The stage of a story that ships (`tell`) or that is in the link (`story`)."""
    name, text = request.query_params.get("tell", ""), request.query_params.get("story", "")
    if name and name not in story.shipped():
        return PlainTextResponse(f"tell: must be one of {', '.join(story.shipped())}, but is not.", 404)
    try:
        told = story.shipped()[name] if name else await run_in_threadpool(_sent, text)
    except StoryError as error:
        return PlainTextResponse(str(error), 400)
    home = f"/present?{urlencode({'tell': name} if name else {'story': text})}"
    answer = await prints.drawn([], partial(stage_of, told, prints.base(request), home), "text/html",
                                {"cache-control": "no-cache"})
    answer.headers.update(policy.headers(bytes(answer.body).decode()))
    return answer


def _sent(text: str) -> Story:
    """The story of a link, settled."""
    return draft.settled(*story.from_text(text))[0]


routes = [Route("/stage", show)]
