"""Measures selection, and a filter change from click to first draw call, ours against the plain way."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from data import codes, select
from data.load import load
from data.view import View
from tests.bench.wire import Wire, counted

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
DRAWS = """(() => { window.draws = []; for (const name of ['drawElementsInstanced', 'drawArraysInstanced',
'drawElements', 'drawArrays']) { const draw = WebGL2RenderingContext.prototype[name];
WebGL2RenderingContext.prototype[name] = function (...all) { window.draws.push(performance.now());
return draw.apply(this, all); }; } })()"""
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


@contextlib.contextmanager
def serving(script: str) -> Iterator[str]:
    """The address of a Streamlit server on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port),
                               "--server.address", "127.0.0.1", "--server.headless", "true"], cwd=ROOT,
                              stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, start_new_session=True)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{base}/_stcore/health", timeout=1):
                break
            time.sleep(0.2)
        yield base
    finally:
        os.killpg(server.pid, signal.SIGTERM)


def still(page: Page) -> None:
    """Wait until no draw call has come for a second and a half."""
    page.wait_for_selector(CANVAS, timeout=120_000)
    page.wait_for_function("() => window.draws.length && performance.now() - window.draws.at(-1) > 1500",
                           timeout=240_000, polling=250)


def measure(page: Page, wire: Wire, times: int) -> list[Change]:
    """Flip the switch for undated ties and wait for the map, `times` times; the first of a session is the heaviest."""
    still(page)
    switch = page.get_by_text("Undated ties too")
    changes = []
    for _ in range(times):
        wire.clear()
        start = page.evaluate("() => { window.draws.length = 0; return performance.now() }")
        switch.click()
        page.wait_for_function("() => window.draws.length > 0", timeout=120_000, polling=5)
        first = page.evaluate("() => window.draws[0]")
        still(page)
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


def main() -> None:
    """Print the table."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, headless Chromium, software rendering\n")
    print("| selection | median |\n| --- | ---: |")
    for name, value in selection():
        print(f"| {name} | {value} |")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    print("\n| way | first picture | click to first draw (median) | WebSocket per change (most) | HTTP (most) |")
    print("| --- | ---: | ---: | ---: | ---: |")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, script, path in (("ours", "app.py", "/atlas"), ("plain", "tests/bench/plain.py", "/")):
            with serving(script) as base, counted(base) as wire:
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.add_init_script(DRAWS)
                first_picture(page, wire.base + path)
                page.close()
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.add_init_script(DRAWS)
                warm = first_picture(page, wire.base + path)
                changes = measure(page, wire, 5)
                page.close()
            middle = statistics.median(change.milliseconds for change in changes)
            sizes = " | ".join(f"{max(getattr(change, kind) for change in changes) / 1000:.1f} kB"
                               for kind in ("socket", "http"))
            print(f"| {name} | {warm:.1f} s | {middle:.0f} ms | {sizes} |")


if __name__ == "__main__":
    main()
