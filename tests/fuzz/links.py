"""The grammar of the links that are thrown: real pages and routes, real keys, and values real, misplaced and hostile.

Dice make the links, not hypothesis: its generator tries variations of what it has just drawn, and links that are all
alike find little.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from components.maps.layers import assets
from data.grammar import KEYS
from data.words import PAGES, PROJECTIONS
from tests.fuzz.values import MARK, hostile, ids, real

_SUITED: dict[str, tuple[str, ...]] = {
    "atlas": ("map", "city", "network", "country", "across", "proj"), "networks": ("chart", "chart", "network", "city"),
    "city": ("city", "city", "city"), "compare": ("city", "city", "city"),
    "structure": ("shape", "rank", "city", "city"), "divides": ("divide", "divide", "country", "close", "cut"),
    "partners": ("city", "city", "issue"), "room": ("room", "room", "room", "as"), "data": ("data", "as", "network"),
    "present": ("story", "story", "tell")}
SCREENS = (*PAGES, "present")
_STRANGE = (
    "citty", "Issue", "", "__proto__", "utm_source", "x" * 300, "%00", "%zz", "city[]", "\u00e9", "as%20", "%3Cb%3E",
    f"%60[{MARK}](//{MARK}.example)")
_MAPS = ("cities", "members", "flows", "hairlines", "countries", "spokes", "between", "names")
_PICTURES = ("/preview.png", "/slide.webp", "/api/still.png", "/api/still.svg", "/api/still.pdf")
_FILES = (
    "/", "/robots.txt", "/sitemap.xml", "/favicon.png", "/manifest.json", "/_stcore/health", "/_stcore/host-config",
    "/_stcore/metrics", "/_stcore/none", "/_stcore/stream", "/_stcore/upload_file/a/b", "/media/none",
    "/component/none/x.js", "/static/none.js", "/assets/none.json", "/assets/assets.json.gz", "/api", "/api/none",
    "/.env", "/.git/config", "/metrics", "/healthz", "/app.py", "/components/shell.py", "/data/tables/ties.parquet",
    "/.streamlit/config.toml", "/home")
_SHAPES = (
    "//{0}", "/{0}/", "/{0}//", "/./{0}", "/../{0}", "/{0}/..", "/{0}/../{0}", "/%2e%2e/{0}", "/{0}%2f", "/%2f{0}",
    "/{0}%00", "/{0}%zz", "/{0};a=b", "/{0}/x", "/{0}.html", "/{0}\\", "/{0}%20", "//evil.example/{0}",
    "/\\evil.example/{0}", "/{0}#a", "/{0}/%c0%ae%c0%ae/etc/passwd", "/{0}%ff", "http://evil.example/{0}", "*",
    "/{0}/{0}/{0}", "/{0}\u00e9")
_PLACES = (
    *SCREENS, "ATLAS", "City", "preview.png", "stage", "api/still.png", "assets/x.json", "_stcore/health")
_HEADED = (
    "/", "/atlas?city=chicago-us", "/preview.png?page=divides", "/robots.txt", "/sitemap.xml", "/static/none.js",
    "/stage?tell=2-chicago", "/api/countries/atlantic.json", "/api/briefing.html?city=chicago-us",
    "/api/still.svg?page=data&small=1", "/_stcore/health", "/_stcore/stream")
_HEADERS = (
    ("host", "evil.example"), ("host", f'{MARK}"><script>{MARK}()</script>'), ("host", ""), ("host", "[::1"),
    ("host", "localhost:99999"), ("host", "a b"), ("x-forwarded-host", "evil.example"),
    ("x-forwarded-proto", "javascript"), ("forwarded", "host=evil.example"), ("accept-encoding", "gzip;q=0"),
    ("accept-encoding", "gzip, " * 3_000), ("accept-encoding", "br, zstd, *;q=0.1"),
    ("accept", "text/" + "x" * 4_000), ("cookie", "a=b; " * 2_000), ("range", "bytes=0-0,5-1,-99999999999999999999"),
    ("if-none-match", '"' * 999), ("if-modified-since", "never"), ("if-range", "\u00e9"), ("content-length", "0"),
    ("expect", "100-continue"), ("upgrade", "websocket"), ("connection", "upgrade"), ("user-agent", "Twitterbot/1.0"),
    ("authorization", "Basic " + "A" * 999))
_METHODS = ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "GET")


@dataclass(frozen=True)
class Link:
    """A request: what it is for, its target as it stands on the wire, its method, and a header beside the usual."""

    kind: str
    target: str
    method: str = "GET"
    header: tuple[str, str] | None = None


def drawn(count: int, seed: int) -> list[Link]:
    """So many links, the same for the same seed; half of them lead to a page."""
    return [_link(Random(f"{seed}-{number}")) for number in range(count)]


def _link(dice: Random) -> Link:
    return dice.choices(list(_MAKERS), list(_MAKERS.values()))[0](dice)


def _query(dice: Random, *more: str) -> str:
    """A query of the keys of a view and some more, mostly with values that they may have."""
    keys = (*KEYS, *more)
    return "&".join(_part(dice, keys) for _ in range(dice.choice([0, 1, 1, 2, 2, 3, 4, 6])))


def _part(dice: Random, keys: Sequence[str]) -> str:
    key, chance = dice.choice(keys), dice.random()
    if chance < 0.6:
        return f"{key}={real(key, dice)}"
    if chance < 0.7:
        return f"{key}={real(dice.choice(keys), dice)}"
    return f"{key if chance < 0.95 else dice.choice(_STRANGE)}={hostile(dice)}"


def _asked(dice: Random, kind: str, path: str, *more: str) -> Link:
    query = _query(dice, *more)
    return Link(kind, f"{path}?{query}" if query else path)


def _page(dice: Random) -> Link:
    page = dice.choice(SCREENS)
    return _asked(dice, "page", f"/{page}", "story", "tell", "embed", "embed_options", *2 * _SUITED[page])


def _picture(dice: Random) -> Link:
    return _asked(dice, "picture", dice.choice(_PICTURES), "page", "page", "page", "theme", "small")


def _map(dice: Random) -> Link:
    made = f"/api/{dice.choice(_MAPS)}/{dice.choice(list(PROJECTIONS))}.json"
    file = f"/api/paths/{dice.choice(list(assets().values()))}"
    return _asked(dice, "map", dice.choice([made, made, file]), "width", "width")


def _briefing(dice: Random) -> Link:
    city = dice.choice([f"city={dice.choice(ids('city'))}&", f"city={hostile(dice)}&", ""])
    return Link("briefing", f"/api/briefing.{dice.choice(['pdf', 'html', 'docx'])}?{city}{_query(dice)}")


def _stage(dice: Random) -> Link:
    key = dice.choice(["story", "story", "tell"])
    return Link("stage", f"/stage?{key}={dice.choice([real(key, dice), hostile(dice)])}")


def _file(dice: Random) -> Link:
    folder = dice.choice(["", "static/", "assets/", "media/", "api/", "component/"])
    return _asked(dice, "file", dice.choice([dice.choice(_FILES), f"/{folder}{hostile(dice)}"]))


def _path(dice: Random) -> Link:
    return _asked(dice, "path", dice.choice(_SHAPES).format(dice.choice(_PLACES)))


def _header(dice: Random) -> Link:
    return Link("header", dice.choice(_HEADED), dice.choice(_METHODS), dice.choice(_HEADERS))


_MAKERS: dict[Callable[[Random], Link], int] = {_page: 50, _picture: 12, _map: 10, _briefing: 5, _stage: 5, _file: 6,
                                                _path: 6, _header: 6}
