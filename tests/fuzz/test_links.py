"""A few of the links that the fuzzer throws, those that once broke the Atlas, and what its judge sees."""

from __future__ import annotations

import asyncio

import pytest
from streamlit.proto.Element_pb2 import Element

from components.maps.layers import assets
from data.pack import pack
from data.story import Slide, Story, to_text
from data.view import View
from tests.fuzz.judge import Answer, faults, judged, rendered, tracebacks
from tests.fuzz.links import Link, drawn
from tests.fuzz.values import MARK
from tests.serving import Server

COUNT, SEED = 150, 2026
_TITLED = Story(f"` :red[{MARK}] ${MARK}$", (Slide("atlas", View()),))
EARLIER = {
    "a city without a tie": Link("page", "/city?city=cowichan-bay-ca"),
    "a briefing of a city without a tie": Link("briefing", "/api/briefing.html?city=cowichan-bay-ca"),
    "sixty unknown cities": Link("picture", "/preview.png?city=" + ",".join(f"san-s{n}-xx" for n in range(60))),
    "tie paths of a file that has none": Link("map", f"/api/paths/{assets()['dots-atlantic']}"),
    "markdown after a backtick": Link("page", f"/partners?region=%60![{MARK}](http://{MARK}.example/)"),
    "markdown in a key": Link("page", f"/present?%60[{MARK}](//{MARK}.example)=1"),
    "markdown for a story": Link("page", f"/present?tell=%60[{MARK}](//{MARK}.example)"),
    "a file of a very long name": Link("file", f"/static/{'a' * 300}"),
    "an asset of a very long name": Link("file", f"/assets/{'a' * 300}.json"),
    "a null in the name of a file": Link("file", "/static/%00"),
    "a country that has half of all ends": Link("page", "/divides?country=DEU"),
    "a room of unknown names": Link("page", "/room?room=" + pack("\n".join(f"?{n:03}akub zw{n}" for n in range(300)))),
    "bridges of no known class": Link("page", "/divides?divide=bridges&city=koshigaya-jp,sant-feliu-de-codines-es"),
    "markdown as the title of a story": Link("page", f"/present?story={to_text(_TITLED)}"),
    "a path below a route": Link("path", "/preview.png/x")}


def test_no_link_of_the_grammar_breaks_the_server(served: Server) -> None:
    before = len(served.said)
    verdicts = asyncio.run(judged(served.base, drawn(COUNT, SEED), lambda: served.seconds))
    assert not "\n".join(f"{verdict.link}: {'; '.join(verdict.wrong)}" for verdict in verdicts if verdict.wrong)
    assert not tracebacks(served.said[before:])


@pytest.mark.parametrize("link", EARLIER.values(), ids=EARLIER)
def test_a_link_that_once_broke_the_atlas_is_answered(served: Server, link: Link) -> None:
    verdict, = asyncio.run(judged(served.base, [link], lambda: served.seconds))
    assert not verdict.wrong


def test_the_same_seed_draws_the_same_links() -> None:
    assert drawn(300, 7) == drawn(300, 7) != drawn(300, 8)


@pytest.mark.parametrize("text", [
    f"`issue=`![{MARK}](http://{MARK}.example/)` is not", f"see http://{MARK}.example/", f"[{MARK}](//{MARK})",
    f"a ` and ${MARK}$", f":red[{MARK}]", f"`a\n\n# {MARK}`"])
def test_the_judge_sees_what_a_warning_would_render(text: str) -> None:
    element = Element()
    element.alert.body = text
    assert list(rendered(element))


@pytest.mark.parametrize("text", [
    f"`issue=![{MARK}](http://{MARK}.example/)` is not", f"`` `[{MARK}](//{MARK}) ``", f"\\[{MARK}\\]\\(//{MARK}\\)",
    f"<script>{MARK}()</script>", f"plain {MARK}"])
def test_the_judge_lets_text_be_text(text: str) -> None:
    element = Element()
    element.alert.body = text
    assert not list(rendered(element))


def test_the_judge_sees_a_tag_where_html_is_rendered() -> None:
    element = Element()
    element.html.body = f"<p><img src=x onerror={MARK}()></p>"
    assert list(rendered(element))


@pytest.mark.parametrize(("status", "kind", "body"), [
    (500, "text/plain", b"an error of the server"), (200, "text/html", b"Traceback (most recent call last): x"),
    (400, "text/plain", b""), (404, "application/json", b'{"not": "found here"}'),
    (200, "text/html", b"<p><script>zq9()</script>"), (503, "text/plain", b"too many pictures")])
def test_the_judge_refuses_an_answer(status: int, kind: str, body: bytes) -> None:
    assert list(faults(Link("page", "/atlas"), Answer(status, {"content-type": kind}, body)))


def test_a_server_with_too_much_to_draw_may_say_so() -> None:
    busy = Answer(503, {"content-type": "text/plain", "retry-after": "5"}, b"Too many pictures")
    assert not list(faults(Link("picture", "/preview.png"), busy))


def test_tracebacks_are_found_in_the_log_and_in_its_json() -> None:
    plain = 'Traceback (most recent call last):\n  File "/a.py", line 2, in b\nKeyError: 2\n'
    log = f'{{"event": "error", "traceback": "Traceback:\\nValueError: one"}}\n{{"event": "view"}}\n{plain}'
    assert sorted(tracebacks(log)) == ["/a.py:2 KeyError", ": ValueError"]
