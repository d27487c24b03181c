"""What stands before every answer: limits, security headers, a real 404, the head of a page, and a net under errors."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components import access, files, head, policy, screen, watch
from components.prints import ADDRESS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (files.BUNDLE / "index.html").read_text(encoding="utf-8")
PAGE = PAGE.replace("<title>Streamlit</title>", f"<!--head-->{screen.SCRIPT}{screen.PRINT}{access.HEAD}")
LONGEST_QUERY, MOST_BODY = 10_000, 2_000_000
_STREAMLIT = ("media/", "component/", "manifest.json",
              *(f"_stcore/{name}" for name in ("health", "host-config", "metrics", "stream")))
_READING, _ROOT = ("GET", "HEAD"), '<div id="root">'
_NOTICE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · Atlas of City Alliances</title><style>
body {{ font: 1.1rem/1.5 sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem; background: #FBF8F2;
  color: #1C2430 }}
h1 {{ font-size: 1.6rem }} a {{ color: #1D4F91 }}
@media (prefers-color-scheme: dark) {{ body {{ background: #070B14; color: #E8ECF3 }} a {{ color: #F2C46D }} }}
</style><main><h1>{title}.</h1><p>{said}The Atlas of City Alliances begins at the <a href="/atlas">world map</a>.</p>
</main></html>"""


class Doors:
    """Sends `/` on to the map and anything unknown away with a 404; adds the security headers to every answer.

    A page is Streamlit's own, with the title, finding and picture of its view for those who do not run it.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[Route]) -> None:
        self.app, self.routes = app, routes
        self.pages = {page.stem for page in (ROOT / "pages").glob("*.py")}
        self.folders = {"static", "media", "component", "_stcore", *(route.path.split("/")[1] for route in routes)}
        self.headers = {False: policy.headers(), True: policy.headers(PAGE)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        if scope["type"] == "websocket" and _foreign(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, path, begun = time.perf_counter(), scope["path"].strip("/"), False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun, named = True, {key for key, _ in message.get("headers", [])}
                headers = [(key.encode(), value.encode()) for key, value in self.headers[path in self.pages].items()]
                message["headers"] = [*message.get("headers", []), *(pair for pair in headers if pair[0] not in named)]
            await send(message)

        try:
            answer = _refusal(scope) or await self._answer(scope, path)
            await answer(scope, receive, send_with_headers)
        except Exception:
            number = watch.failed("answer", {"path": scope["path"]})
            if begun:
                raise
            await _notice("Something went wrong", 500, f"It has been noted under the number {number}. ")(
                scope, receive, send_with_headers)
        first = path.split("/")[0]
        watch.answered(first if first in {*self.pages, *self.folders} else "other", time.perf_counter() - start)

    async def _answer(self, scope: Scope, path: str) -> ASGIApp:
        query = scope["query_string"].decode("latin-1")
        if not path:
            return RedirectResponse("atlas?" + query if query else "atlas")
        if path in self.pages:
            tags, opening = await head.head(Request(scope), path)
            page = PAGE.replace("<!--head-->", tags).replace(_ROOT, f"{_ROOT}{opening}")
            return HTMLResponse(page, headers={"cache-control": "no-cache"})
        if path.startswith("static/"):
            accepted = Headers(scope=scope).get("accept-encoding", "")
            return await run_in_threadpool(files.bundled, path, files.encoding(accepted)) or _missing()
        uploads = path.startswith("_stcore/upload_file/") and scope["method"] not in _READING
        ours = any(route.matches(scope)[0] == Match.FULL for route in self.routes)
        return self.app if ours or uploads or path.startswith(_STREAMLIT) else _missing()


def _foreign(headers: Headers) -> bool:
    """Whether a page of another site opens the stream. Streamlit would look up its own address, and all would wait."""
    origin = urlsplit(headers.get("origin", "")).netloc
    return bool(origin) and origin not in (headers.get("host", ""), urlsplit(os.environ.get(ADDRESS, "")).netloc)


def _refusal(scope: Scope) -> Response | None:
    """What is said to a request that asks or brings too much, or to change what can only be read."""
    size = Headers(scope=scope).get("content-length", "0")
    if scope["method"] not in _READING and not scope["path"].startswith("/_stcore/"):
        return PlainTextResponse(f"{scope['method']}: must be {' or '.join(_READING)}, but is not.", 405,
                                 {"allow": ", ".join(_READING)})
    if len(scope["query_string"]) > LONGEST_QUERY and not scope["path"].startswith("/_stcore/"):
        return _notice("This address is too long", 414, f"What stands behind its question mark must have at most "
                       f"{LONGEST_QUERY:,} characters, but has {len(scope['query_string']):,}. ")
    if not size.isdecimal() or int(size) > MOST_BODY:
        return PlainTextResponse(f"The request must bring at most {MOST_BODY:,} bytes, but says {size[:20]}.", 413)
    return None


def _missing() -> Response:
    return _notice("There is no such page", 404)


def _notice(title: str, status: int, said: str = "") -> HTMLResponse:
    return HTMLResponse(_NOTICE.format(title=title, said=said), status)
