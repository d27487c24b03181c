"""Measures selection, the dashboard, and a filter change from click to first draw call in four ways."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from data import codes, select
from data.load import load
from data.view import View
from tests.bench.charts import pages, pictures, questions
from tests.bench.wire import Wire, counted
from tests.serving import Server

FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
DRAWS = """(() => { window.draws = []; for (const name of ['drawElementsInstanced', 'drawArraysInstanced',
'drawElements', 'drawArrays']) { const draw = WebGL2RenderingContext.prototype[name];
WebGL2RenderingContext.prototype[name] = function (...all) { window.draws.push(performance.now());
return draw.apply(this, all); }; } })()"""
PATHS = """(() => { const set = SVGPathElement.prototype.setAttribute; SVGPathElement.prototype.setAttribute =
function (name, value) { if (name === 'd') window.draws.push(performance.now()); return set.call(this, name, value); };
})()"""  # Plotly's maps are SVG
CHANGES, COUNTS = 5, (1_000, 10_000, 26_000, 100_000)
CANVAS = "[data-testid=stDeckGlJsonChart] canvas"
VIEWS = {"the default": View(), "an issue area": View(issues=("climate",)), "a country": View(countries=("JPN",)),
         "a city": View(cities=("chicago-us",)), "a network": View(networks=("c40",)),
         "a period": View(from_year=1990, to_year=2010), "all rows": View(domestic=True, districts=True, thin=True)}


@dataclass(frozen=True)
class Change:
    """One filter change: milliseconds from click to first draw call; compressed bytes by WebSocket and by HTTP."""

    milliseconds: float
    socket: int
    http: int


def measure(page: Page, wire: Wire, times: int) -> list[Change]:
    """Flip the switch for undated ties and wait for the map, `times` times; the first of a session is the heaviest."""
    page.wait_for_selector(CANVAS, timeout=120_000)
    page.set_default_timeout(240_000)
    quiet(page)
    switch = page.get_by_text("Undated ties too")
    changes = []
    for _ in range(times):
        wire.clear()
        start = page.evaluate("() => { window.draws.length = 0; return performance.now() }")
        switch.click()
        page.wait_for_function("() => window.draws.length > 0", timeout=120_000, polling=5)
        first = page.evaluate("() => window.draws[0]")
        quiet(page)
        changes.append(Change(first - start, wire.socket, wire.http))
    return changes


def first_picture(page: Page, address: str) -> float:
    """Seconds from opening an address on a warm server to the first draw call."""
    start = time.monotonic()
    page.goto(address)
    page.wait_for_function("() => window.draws.length > 0", timeout=120_000, polling=5)
    return time.monotonic() - start


def selection() -> list[tuple[str, str]]:
    """Milliseconds of each selection, the median of 15 cold ones."""
    start = time.perf_counter()
    dataset = load()
    rows = [("load the dataset", f"{1000 * (time.perf_counter() - start):.0f} ms")]
    codes.encode(dataset)
    for name, view in VIEWS.items():
        for what in (select.ties, select.memberships, select.cities):
            spent = []
            for _ in range(15):
                select.forget()
                start = time.perf_counter()
                what(dataset, view)
                spent.append(1000 * (time.perf_counter() - start))
            rows.append((f"select {what.__name__}: {name}", f"{statistics.median(spent):.1f} ms"))
    return rows


def ways(browser: Browser, counts: tuple[int, ...]) -> Iterator[str]:
    """Rows of the table of ways: median click to first draw call, bytes on the wire and server time of a change."""
    with Server("tests/bench/ways.py") as server, counted(server.base) as wire:
        for count in counts:
            for name, path in (("ours", "?way=ours&n="), ("plain frame", "?way=plain&n="),
                               ("Plotly scattergeo", "?way=plotly&n="), ("bare deck.gl page", "bare?n=")):
                yield f"| {count:,} | {name} | {_way(browser, wire, f'{wire.base}/{path}{count}')} |"


def _way(browser: Browser, wire: Wire, address: str) -> str:
    page = browser.new_page(viewport={"width": 1100, "height": 640})
    page.add_init_script(DRAWS + (";" + PATHS if "plotly" in address else ""))
    page.set_default_timeout(120_000)
    page.goto(address)
    quiet(page)
    spent, sizes, server = [], [], []
    for _ in range(CHANGES):
        wire.clear()
        start = page.evaluate("() => { window.draws.length = 0; return performance.now() }")
        page.get_by_role("button", name="Next").click()
        page.wait_for_function("() => window.draws.length > 0", polling=5)
        spent.append(page.evaluate("() => window.draws[0]") - start)
        quiet(page)
        sizes.append(wire.socket + wire.http)
        said = page.get_by_text("server ").all_inner_texts()
        server += [float(said[0].split("server ")[1].split()[0])] if said else []
    page.close()
    taken = f"{statistics.median(server):.0f} ms" if server else "none"
    return f"{statistics.median(spent):.0f} ms | {statistics.median(sizes) / 1000:.1f} kB | {taken}"


def quiet(page: Page) -> None:
    """Wait for a second and a half without a draw call, and until what was called for is drawn."""
    page.wait_for_function("() => window.draws.length && performance.now() - window.draws.at(-1) > 1500", polling=250)
    page.evaluate("""() => document.querySelectorAll('canvas').forEach(canvas => {
        const gl = canvas.getContext('webgl2');
        if (gl) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)) })""")


def dashboard(browser: Browser) -> str:
    """The row of the dashboard itself: first picture, and the switch for undated ties."""
    with Server() as server, counted(server.base) as wire:
        for _ in range(2):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(DRAWS)
            warm = first_picture(page, f"{wire.base}/atlas")
            changes = measure(page, wire, CHANGES)
            page.close()
    middle = statistics.median(change.milliseconds for change in changes)
    most = [max(getattr(change, kind) for change in changes) / 1000 for kind in ("socket", "http")]
    return f"| {warm:.1f} s | {middle:.0f} ms | {most[0]:.1f} kB | {most[1]:.1f} kB |"


def main() -> None:
    """Print the tables."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, headless Chromium, software rendering\n")
    print("| selection | median |\n| --- | ---: |")
    for name, value in selection():
        print(f"| {name} | {value} |")
    print("\n| page | first draw | changed period (median) |\n| --- | ---: | ---: |")
    for row in pages():
        print(f"| {' | '.join(row)} |", flush=True)
    print("\n| preview | nothing kept | kept | size |\n| --- | ---: | ---: | ---: |")
    for row in pictures():
        print(f"| {' | '.join(row)} |", flush=True)
    print("\n| question | time |\n| --- | ---: |")
    for name, value in questions():
        print(f"| {name} | {value} |", flush=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        print("\n| first picture | click to first draw (median) | WebSocket per change (most) | HTTP (most) |")
        print("| ---: | ---: | ---: | ---: |")
        print(dashboard(browser), flush=True)
        print("\n| ties | way | click to first draw (median) | bytes per change | server time |")
        print("| ---: | --- | ---: | ---: | ---: |")
        for row in ways(browser, COUNTS):
            print(row, flush=True)


if __name__ == "__main__":
    main()
