"""Values of a link's keys as they stand on the wire: real ones, and what an attacker, a cut or a bug would make."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random
from urllib.parse import quote

import brotli
import pandas as pd

from data import story
from data.grammar import LISTS, SWITCHES
from data.model import TABLES_DIR
from data.pack import pack
from data.story import LONGEST, Slide, Story
from data.view import View
from data.words import CHOICES, ISSUES, KINDS, PAGES, REGIONS

MARK = "zq9"
MARKUP = (
    f"<script>{MARK}()</script>", f"<img src=x onerror={MARK}()>", f'"><svg onload={MARK}()>', f"' onload='{MARK}()",
    f"`![{MARK}](http://{MARK}.example/)", f"![{MARK}](http://{MARK}.example/)", f"[{MARK}](http://{MARK}.example/)",
    f"`[{MARK}](//{MARK}.example)", f"` <http://{MARK}.example/> `", f"`` ` http://{MARK}.example/ ` ``",
    f"` ${MARK}$ `", f"` :red[{MARK}]", f"`\n\n# {MARK} [{MARK}](http://{MARK}.example/)", f"</title><b>{MARK}",
    f"www.{MARK}.example", f"]({MARK}) [{MARK}]: http://{MARK}.example/",
    f"| {MARK} | `![{MARK}](http://{MARK}.example/) |")
WORDS = (
    "", " ", ",", ",,,,", "0", "-1", "-44", "9" * 30, "1e400", "NaN", "Infinity", "null", "undefined", "None", "true",
    "1990.5", "0x7E4", "१९९०", "1990\u200b", "' OR 1=1 --", "1; DROP TABLE ties", "../../../../etc/passwd",
    "..\\..\\windows\\win.ini", "file:///etc/passwd", "{{7*7}}", "${7*7}", "#{7*7}", "%s%s%n", "{0.__class__}",
    "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "\t=1", "\r\nset-cookie: a=b", "\x00", "\x1b[31m", "\u202eagas\u202c",
    "\u200b\u200d\ufeff", "\ufffe\uffff", "\ud800", "\U0001f3f4\U000e0067\U000e007f", "chicago", "chicago-u",
    "chciago-us", "chicago-us-us", "Chicago-US", "c4o", "us", "USA ", "XXX", "climat", "sisters", "san-san-san", "-",
    "--")
LARGE = (
    "x" * 5_000, "a," * 2_500, "chicago-us," * 400, "🏙️" * 40, "e\u0301" * 60, "\u0300" * 500, "ﷺ" * 100,
    "a-" * 39 + "b", "-" * 2_000, "`" * 500, "(" * 3_000, "9" * 4_000)
RAW = (
    "%", "%z", "%zz", "%00", "%0d%0aset-cookie:a", "%c0%ae%c0%ae/", "%ed%a0%80", "%ff%fe", "%25%32%35", "+", "%2B",
    ";", "&", "=", "?", "&&=&", "[]", "a[b]=c", "\u00e9", "//", "%26issue=climate", "a%3Db", "%" * 300,
    "%F4%90%80%80")
_FORGED = (
    "", "javascript:alert(1)", "//evil.example/atlas", "http://[::1", "/atlas?" + "&" * 500, "/present", "/ATLAS",
    "/../../etc/passwd", "/atlas?city=" + ",".join(f"san-{n}-xx" for n in range(60)), "/atlas?room=AAAA", "?from=%zz",
    "/atlas?" + "city=chicago-us&" * 50, "/networks?chart=overlap&network=c40,nowhere",
    f"/atlas?city=`[{MARK}](//{MARK})")
_NO_STORIES = (
    "s1-", "s2-AAAA", "s1-9999999-AAAA", "s0-x", "s1-" + "A" * 5_000, "s1-AAAA", "hello")
_TABLES = {"country": ("countries", "iso3"), "city": ("cities", "city_id"), "network": ("networks", "network_id")}
_CLOSED = {"issue": ISSUES, "kind": KINDS, "region": REGIONS}
_BOMB = 256 * 2**20
SIZES = (1, 1, 1, 2, 2, 3, 4, 12, 60)


@lru_cache
def ids(key: str) -> list[str]:
    """All ids of the shipped tables that a key may name."""
    table, column = _TABLES[key]
    return [str(value) for value in pd.read_parquet(TABLES_DIR / f"{table}.parquet", columns=[column])[column]]


def quoted(text: str) -> str:
    """A text on the wire; a lone surrogate as the bytes that no text has."""
    return quote(text, safe=",", errors="surrogatepass")


def real(key: str, dice: Random) -> str:
    """What a key may have, on the wire."""
    if key in LISTS:
        return ",".join(dice.choices(list(_CLOSED.get(key) or ids(key)), k=dice.choice(SIZES)))
    if key in SWITCHES or key == "small":
        return dice.choice("01")
    if key in ("from", "to"):
        return str(dice.randint(1850, 2026))
    return dice.choice(list(CHOICES[key][1])) if key in CHOICES else _OTHERS[key](dice)


def hostile(dice: Random) -> str:
    """What no key should have, on the wire; not everything is refused by every key."""
    return dice.choice(_HOSTILE)(dice)


def _text(dice: Random) -> str:
    """Letters of any script, controls, marks and half pairs."""
    planes = ((32, 127), (0, 32), (0x80, 0x500), (0x590, 0x700), (0x2000, 0x2100), (0xD800, 0xE000), (0x1F300, 0x1F700))
    return "".join(chr(dice.randrange(*dice.choice(planes))) for _ in range(dice.randint(1, 30)))


def _several(dice: Random) -> str:
    return ",".join(map(quoted, dice.choices(WORDS, k=dice.randint(2, 5))))


def _strangers(dice: Random) -> str:
    """Ids of the right form that the tables do not know, up to 300 of them."""
    near = dice.choice(ids("city"))
    form = dice.choice([f"{near[:-3]}{{}}{near[-3:]}", "q{}", "q-{}-xx", "sa-{}n-us", "q_{}"])
    return ",".join(form.format(number) for number in range(dice.choice([1, 3, 60, 300])))


def _packed(dice: Random) -> str:
    """A room or a story, whole, cut off, altered, or swollen."""
    text = dice.choice([_room, _story])(dice)
    place = dice.randrange(len(text) + 1)
    altered = f"{text[:place]}{dice.choice(['A', '_', '%', '%c3', '=', '.'])}{text[place + 1:]}"
    return dice.choice([text, text[:place], altered, _swollen(dice.choice(["", "s1-"]))])


def _room(dice: Random) -> str:
    if dice.random() < 0.3:
        mark = dice.choice(["", "", "?x "])
        return _letters("\n".join(f"{mark}{city}" for city in dice.sample(ids("city"), dice.choice([2, 30, 300, 301]))))
    typed = [f"?{_anything(dice)}" for _ in range(dice.randint(0, 6))]
    return _letters("\n".join(sorted({*dice.sample(ids("city"), dice.randint(0, 6)), *typed})))


def _story(dice: Random) -> str:
    if dice.random() < 0.2:
        return dice.choice(_NO_STORIES)
    if dice.random() < 0.3:
        rows = [f"{dice.choice(_FORGED)}\x1ft\x1fx\x1fn"] * dice.choice([1, 40, 1_000])
        return _told(_letters("\x1e".join(["T\x1f2026.11.0", *rows])))
    slides = [Slide(dice.choice(list(PAGES)), View(cities=tuple(dice.sample(ids("city"), dice.randint(0, 3)))),
                    _anything(dice)[:LONGEST["title"]], _anything(dice)[:LONGEST["text"]], _anything(dice)[:1_000])
              for _ in range(dice.randint(0, 4))]
    return story.to_text(Story(_anything(dice)[:LONGEST["title"]], tuple(slides)))


def _anything(dice: Random) -> str:
    words = dice.choice([dice.choice(MARKUP), dice.choice(WORDS), _text(dice), dice.choice(LARGE)[:75]])
    return words.encode("utf-8", "replace").decode()


def _letters(text: str) -> str:
    return pack(text)


def _told(packed: str) -> str:
    return f"s1-{len(packed)}-{packed}"


@lru_cache
def _swollen(mark: str) -> str:
    """A few letters that unpack to hundreds of megabytes."""
    maker = brotli.Compressor(quality=5)
    parts = [maker.process(bytes(2**20)) for _ in range(_BOMB // 2**20)]
    return mark + base64.urlsafe_b64encode(b"0000" + b"".join(parts) + maker.finish()).decode().rstrip("=")


def _one(values: Sequence[str], onto_wire: Callable[[str], str] = str) -> Callable[[Random], str]:
    return lambda dice: onto_wire(dice.choice(values))


_HOSTILE = (
    _one(WORDS, quoted), _one(WORDS, quoted), _one(MARKUP, quoted), _one(MARKUP, quoted), _one(LARGE, quoted),
    _one(RAW), lambda dice: quoted(_text(dice)), _several, _strangers, _packed)
_OTHERS: dict[str, Callable[[Random], str]] = {
    "room": _room, "story": _story, "tell": _one(list(story.shipped())), "theme": _one(["dark", "light"]),
    "data": _one(["2026.11.0", "2026.10.0", "1999.1.1", "9999.99.999"]), "page": _one(list(PAGES)),
    "width": lambda dice: str(dice.randint(200, 7_680)), "embed": _one(["true", "false"]),
    "embed_options": _one(["dark_theme", "light_theme", "show_toolbar", "hide_loading_screen", "a,b"])}
