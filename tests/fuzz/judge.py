"""Asks a server for hostile links and says what is wrong with its answers, over HTTP and as a page is read."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import re
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from google.protobuf.message import Message
from websockets.exceptions import WebSocketException

from data.pack import PackError, pack, unpack
from tests.fuzz.links import SCREENS, Link
from tests.fuzz.values import MARK, MARKUP
from tests.reader import PATIENCE, Reader

Clock = Callable[[], float]
SLOW, HUNG, AT_ONCE, PAUSE = 2.0, 20.0, 2, 1.0
_BUSY = 503
_FEWEST_WORDS = 2
_FAILED = "This page cannot be drawn"
_TRACES = (b"Traceback (most recent call last)", b'File "/', b"site-packages",
           str(Path(__file__).resolve().parents[2]).encode())
_ESCAPED_OR_CODE = re.compile(r"\\[^\w\s]|(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_TAG = re.compile(rf"<[a-z/!][^<>]*{MARK}|<(script|svg|img|b)\b[^<>]*>\W*{MARK}", re.IGNORECASE)
_MARKDOWN = re.compile(rf"\]\([^)]*{MARK}|(https?://|www\.)[^\s]*{MARK}|\$[^$]*{MARK}[^$]*\$|:\w[\w-]*\[[^\]]*{MARK}|"
                       rf"^#+ .*{MARK}", re.IGNORECASE | re.MULTILINE)
_RENDERED = {"body", "label", "help", "content", "caption", "message", "text"}
_AS_TYPED = {"code", "exception", "arrow_data_frame", "plotly_chart", "deck_gl_json_chart", "json"}


@dataclass(frozen=True)
class Verdict:
    """What became of a link: status, the longest wait in seconds, size of the body in bytes, and what is wrong.

    `again` are the seconds of the second time, of one that was slow.
    """

    link: Link
    status: int
    seconds: float
    size: int
    wrong: tuple[str, ...]
    again: float | None = None


@dataclass(frozen=True)
class Answer:
    """An answer over HTTP, its body decompressed."""

    status: int
    headers: dict[str, str]
    body: bytes


async def judged(base: str, links: Sequence[Link], clock: Clock = time.perf_counter) -> list[Verdict]:
    """A verdict for each link; those that were slow are asked again when nothing else is, a little changed.

    That second time counts, by the clock: the time of the wall, or, as others may need the machine, the processor time
    of the server.
    """
    waiting, verdicts = iter(enumerate(links)), dict[int, Verdict]()

    async def work() -> None:
        for number, link in waiting:
            verdicts[number] = await _judged(base, link)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return [await _again(base, verdict, number, clock) for number, verdict in sorted(verdicts.items())]


async def smallest(base: str, verdict: Verdict) -> Verdict:
    """The verdict on the shortest link in which something is still wrong, found by leaving out parts of its query."""
    path, _, query = verdict.link.target.partition("?")
    parts = query.split("&") if query else []
    for place in range(len(parts)):
        shorter = "&".join(parts[:place] + parts[place + 1:])
        tried = await _judged(base, replace(verdict.link, target=f"{path}?{shorter}".rstrip("?")))
        if tried.wrong:
            return await smallest(base, tried)
    return verdict


async def _again(base: str, verdict: Verdict, number: int, clock: Clock) -> Verdict:
    if verdict.seconds <= SLOW:
        return verdict
    await asyncio.sleep(PAUSE)
    start = clock()
    waited = (await _judged(base, _varied(verdict.link, number))).seconds
    spent = clock() - start
    hung = f"slow: must be answered within {SLOW:.0f} s, but took {verdict.seconds:.1f} s and then {spent:.1f} s"
    wrong = (hung,) if spent > SLOW or waited > HUNG else ()
    return replace(verdict, again=spent, wrong=verdict.wrong + wrong)


def _varied(link: Link, number: int) -> Link:
    """The link with another last year and other names in its room, so that no cache knows it."""
    path, _, query = link.target.partition("?")
    kept = [_renamed(part) for part in query.split("&") if part and not part.startswith("to=")]
    return replace(link, target=f"{path}?{'&'.join([*kept, f'to={1950 + number % 70}'])}")


def _renamed(part: str) -> str:
    key, _, packed = part.partition("=")
    try:
        seats = unpack(packed).split("\n") if key == "room" else []
    except PackError:
        seats = []
    return f"{key}={pack(chr(10).join(f'{seat}e' if seat[:1] == '?' else seat for seat in seats))}" if seats else part


async def _judged(base: str, link: Link) -> Verdict:
    start = time.perf_counter()
    try:
        answer = await asyncio.to_thread(ask, base, link)
    except (OSError, HTTPException) as error:
        return Verdict(link, 0, time.perf_counter() - start, 0, (f"no answer: {type(error).__name__}: {error}",))
    seconds, wrong = time.perf_counter() - start, list(faults(link, answer))
    if answer.status == 200 and link.method == "GET" and urlsplit(link.target).path[1:] in SCREENS and not link.header:
        drawn, more = await _read(base, link.target)
        seconds, wrong = max(seconds, drawn), wrong + more
    return Verdict(link, answer.status, seconds, len(answer.body), tuple(wrong))


def ask(base: str, link: Link) -> Answer:
    """Send a link as it is, which no client of good manners would, and take the answer.

    Raises:
        OSError: the server hung up or said nothing for PATIENCE.
        HTTPException: what it said is not HTTP.
    """
    parts = urlsplit(base)
    headers = dict([("host", parts.netloc), ("connection", "close"), *([link.header] if link.header else [])])
    lines = [f"{link.method} {link.target} HTTP/1.1", *map(": ".join, headers.items()), "", ""]
    with socket.create_connection((parts.hostname, parts.port), PATIENCE) as wire:
        wire.sendall("\r\n".join(lines).encode())
        got = HTTPResponse(wire, method=link.method)
        got.begin()
        body, said = got.read(), {key.lower(): value for key, value in got.getheaders()}
    return Answer(got.status, said, gzip.decompress(body) if body and said.get("content-encoding") == "gzip" else body)


def faults(link: Link, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer over HTTP, a sentence each."""
    body, kind = answer.body, answer.headers.get("content-type", "")
    if answer.status >= 500 and not (answer.status == _BUSY and "retry-after" in answer.headers):
        yield f"status: must be below 500, but is {answer.status}"
    yield from (f"body: must not have {trace.decode()!r}, but has" for trace in _TRACES if trace in body)
    if answer.headers.get("set-cookie", "").startswith("a"):
        yield "set-cookie: must not be what the link says, but is"
    if 400 <= answer.status < 500 and link.method != "HEAD":
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"<style.*?</style>|<[^>]*>", " ", body.decode("utf-8", "replace")))
        if len(words) < _FEWEST_WORDS or (kind and not kind.startswith("text/")):
            yield f"status {answer.status}: must say in words what is wrong, but says {body[:60]!r}"
    if kind.startswith("text/html") and any(markup.encode() in body for markup in MARKUP if "<" in markup):
        yield "body: must have the link's HTML as text, but has it as HTML"


async def _read(base: str, target: str) -> tuple[float, list[str]]:
    """The seconds until a page was drawn, and what is wrong with it."""
    try:
        async with Reader(base) as reader:
            seconds = await reader.open(target)
    except (TimeoutError, OSError, WebSocketException, LookupError) as error:
        return PATIENCE, [f"page: must be drawn, but {type(error).__name__}: {error}"]
    wrong = [f"page: must show no exception, but shows {error}" for error in reader.errors]
    if _FAILED in reader.words:
        wrong.append("page: must be drawn, but says that it cannot be")
    if not any(element.WhichOneof("type") == "heading" for element in reader.drawn) or not reader.words.strip():
        wrong.append("page: must have a headline, but has none")
    if not reader.finding.removesuffix("Atlas of City Alliances").strip(" ·"):
        wrong.append(f"title: must be a finding, but is {reader.finding!r}")
    return seconds, wrong + [f"page: must show the link's text as text, but shows {what}"
                             for element in reader.drawn for what in rendered(element)]


def rendered(element: Message) -> Iterator[str]:
    """The hostile text that a page would show as more than text: as HTML, a link, a picture, a formula or colour."""
    kind = element.WhichOneof("type") or "empty"
    content = getattr(element, kind)
    as_html = kind == "html" or bool(getattr(content, "allow_html", False))
    for name, text in _texts(content):
        if MARK not in text or kind in _AS_TYPED or name not in _RENDERED:
            continue
        plain = text if as_html else _ESCAPED_OR_CODE.sub("", text)
        if (_TAG if as_html else _MARKDOWN).search(plain):
            yield f"{kind}.{name} {text[:200]!r}"


def _texts(message: Any) -> Iterator[tuple[str, str]]:
    """All texts in a message of Streamlit, each with the name of its field."""
    for field, value in message.ListFields():
        for one in [value] if isinstance(value, (str, Message)) else value if field.is_repeated else []:
            if isinstance(one, str):
                yield field.name, one
            elif isinstance(one, Message):
                yield from _texts(one)


def alike(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """The failures by what is wrong, numbers and quoted text aside."""
    def cause(verdict: Verdict) -> str:
        return f"{verdict.link.kind}: " + re.sub(r"['\"].*|\d+", "#", verdict.wrong[0])

    failed = sorted((verdict for verdict in verdicts if verdict.wrong), key=cause)
    return {said: list(group) for said, group in itertools.groupby(failed, cause)}


def tracebacks(log: str) -> dict[str, list[str]]:
    """The tracebacks of a server's log, as they stand there or in its lines of JSON, by their last place and error."""
    noted = [json.loads(line).get("traceback", "") for line in log.splitlines() if line.startswith("{")]
    plain = re.findall(r"^Traceback.*\n(?:[ |+].*\n|\n)*.*", log, re.MULTILINE)
    found: dict[str, list[str]] = {}
    for text in filter(None, [*noted, *plain]):
        places = re.findall(r'File "(?!.*/(?:lib|site-packages)/)(.+)", line (\d+)', text) or [("", "")]
        error = text.rstrip().splitlines()[-1].partition(":")[0]
        found.setdefault(f"{':'.join(places[-1])} {error}", []).append(text)
    return found
