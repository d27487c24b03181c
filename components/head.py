"""What a page says of itself before it is drawn, for chats and search engines: title, finding, picture of its view."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from xml.etree import ElementTree

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components import store, watch
from components.prints import base, page_of
from components.scenes import scene
from components.shown import NAME, query
from components.still import PREVIEW_HEIGHT, PREVIEW_WIDTH
from data import story
from data.view import View
from data.words import PAGES

ABOUT = "How the world’s cities ally with each other: sister cities, agreements and networks, each with its source."
_LONGEST = 300


async def head(request: Request, page: str) -> tuple[str, str]:
    """The tags for the head of a page, and what stands there until it is drawn, in HTML.

    What the query says wrong is left to the page.
    """
    if page not in PAGES:
        title = f"Present · {NAME}"
        return _tags(title, ABOUT, f"{base(request)}/{page}", f"{base(request)}/preview.png"), _opening(title, ABOUT)
    _, view, _ = await page_of(request)
    try:
        title, said = await run_in_threadpool(_words, page, view)
    except Exception:  # the page itself says what failed, and must come
        watch.failed("head", watch.facts(page, view))
        title, said = f"{PAGES[page]} · {NAME}", ABOUT
    picture = f"{base(request)}/preview.png?{query(page, view)}"
    return _tags(title, said, base(request) + view.link(page), picture), _opening(title, said)


def _opening(title: str, said: str) -> str:
    """The finding in words, for who waits on a slow line for what draws it."""
    return f"<main class='opening'><p>{escape(title)}</p><p>{escape(said)}</p></main>"


@lru_cache(maxsize=1024)
def _words(page: str, view: View) -> tuple[str, str]:
    """Title and description of a page."""
    shown = scene(store.dataset(), page, view, True)
    return f"{shown.finding} · {NAME}", shown.account or ABOUT


def _tags(title: str, said: str, address: str, picture: str) -> str:
    said = said if len(said) <= _LONGEST else said[:_LONGEST].rsplit(" ", 1)[0] + " …"
    named = {"description": said, "twitter:card": "summary_large_image"}
    graph = {"og:type": "website", "og:site_name": NAME, "og:title": title.removesuffix(f" · {NAME}"),
             "og:description": said, "og:url": address, "og:image": picture, "og:image:width": str(PREVIEW_WIDTH),
             "og:image:height": str(PREVIEW_HEIGHT), "og:image:alt": title}
    return "".join([
        f"<title>{escape(title)}</title>", f'<link rel="canonical" href="{escape(address)}">',
        *(f'<meta name="{key}" content="{escape(value)}">' for key, value in named.items()),
        *(f'<meta property="{key}" content="{escape(value)}">' for key, value in graph.items())])


def robots(request: Request) -> Response:
    """What search engines may read: the pages, not the files that they fetch."""
    return PlainTextResponse(f"User-agent: *\nDisallow: /api/\nDisallow: /slide.webp\nSitemap: {base(request)}"
                             "/sitemap.xml\n")


def sitemap(request: Request) -> Response:
    """Every page, every network and every city with a tie, for search engines."""
    links = [f"/{page}" for page in PAGES] + ["/present"] + [f"/present?tell={name}" for name in story.shipped()]
    links += [View(networks=(network,), chart="network").link("networks")
              for network in store.dataset().networks["network_id"]]
    cities = store.dataset().cities.query("ties > 0").sort_values("ties", ascending=False)
    links += [f"/city?city={city}" for city in cities["city_id"]]
    root = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for link in links:
        ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = base(request) + link
    return Response(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), media_type="application/xml")


routes = [Route("/robots.txt", robots), Route("/sitemap.xml", sitemap)]
