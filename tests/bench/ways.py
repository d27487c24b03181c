"""The same ties drawn in four ways, served on loopback: ours, the plain frame, Plotly, and a bare deck.gl page.

`/?way=ours&n=26000`, `way=plain`, `way=plotly` and `/bare?n=26000` are the pages. Each has a button that moves the
last year of the period back by ten; ties of unknown year stay in.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from itertools import chain
from pathlib import Path

import orjson
import pydeck
import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from tests.bench.sample import frame

BUNDLE = Path(pydeck.__file__).parent / "nbextension/static/index.js"
_BARE = """<!doctype html><meta charset="utf-8"><title>bare</title>
<style>body{margin:0}#map{position:relative;width:980px;height:470px}</style>
<button id="next">Next</button><div id="map"></div><script src="/bundle.js"></script><script>
let until = 2026, deck, all;
const spec = data => ({initialViewState: {target: [0, 0, 0], zoom: -5.15}, mapProvider: null,
  views: [{"@@type": "OrthographicView", controller: true, flipY: false}],
  layers: [{"@@type": "PathLayer", id: "ties", data, getPath: "@@=p", positionFormat: "XY", getWidth: 1,
    widthUnits: "pixels", getColor: [96, 168, 255, 40]}]});
fetch("/ties/COUNT.json").then(answer => answer.json()).then(rows => { all = rows;
  deck = createDeck({container: document.getElementById("map"), jsonInput: spec(all)}); });
document.getElementById("next").onclick = () => { until -= 10;
  updateDeck(spec(all.filter(row => row.y <= until)), deck); };
</script>"""


def ties(request: Request) -> Response:
    """The drawing file of so many ties."""
    return Response(_packed(request.path_params["count"]), media_type="application/json",
                    headers={"content-encoding": "gzip", "cache-control": "public, max-age=3600"})


@lru_cache(maxsize=8)
def _packed(count: int) -> bytes:
    rows = frame(count).to_dict("records")
    return gzip.compress(orjson.dumps([
        {"p": [*chain(*row["path"])], "y": row["start_year"], "e": row["end_year"], "t": row["words"]}
        for row in rows]), 6)


def bare(request: Request) -> Response:
    """A page with nothing but deck.gl, the file, and a button."""
    return HTMLResponse(_BARE.replace("COUNT", str(int(request.query_params["n"]))))


def bundle(request: Request) -> Response:
    """The deck.gl that pydeck brings along."""
    return FileResponse(BUNDLE)


app = st.App(Path(__file__).with_name("pages.py"), middleware=[Middleware(GZipMiddleware, minimum_size=1000)], routes=[
    Route("/ties/{count:int}.json", ties), Route("/bare", bare), Route("/bundle.js", bundle)])
