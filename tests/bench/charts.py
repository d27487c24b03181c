"""Server time of the pages other than the map, and of the questions asked of the graph."""

from __future__ import annotations

import logging
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from components import prints, scenes
from data import graph, partners, paths, roster, select
from data.load import load
from data.view import View
from data.words import CHART_NAMES, DIVIDES, SHAPES

ROOT = Path(__file__).resolve().parents[2]
QUERIES: dict[str, tuple[str, dict[str, str]]] = {
    **{f"networks: {chart}": ("networks", {"chart": chart}) for chart in CHART_NAMES},
    **{f"structure: {shape}": ("structure", {"shape": shape}) for shape in SHAPES},
    "networks: network": ("networks", {"chart": "network", "network": "c40"}),
    "networks: joining": ("networks", {"chart": "joining", "city": "lagos-ng"}),
    "structure: paths": ("structure", {"shape": "paths", "city": "chicago-us,nairobi-ke"}),
    "city: Chicago": ("city", {"city": "chicago-us"}), "city: Shanghai": ("city", {"city": "shanghai-cn"}),
    "compare: two cities": ("compare", {"city": "chicago-us,toronto-ca"}),
    "partners: Chicago": ("partners", {"city": "chicago-us"}),
    **{f"divides: {part}": ("divides", {"divide": part, "country": "KEN" if part == "country" else ""})
       for part in DIVIDES},
}
PREVIEWS = {
    "atlas: flows": ("atlas", View()), "atlas: Chicago": ("atlas", View(cities=("chicago-us",))),
    "atlas: C40": ("atlas", View(networks=("c40",))), "atlas: all ties": ("atlas", View(picture="ties")),
    "atlas: ties of Europe": ("atlas", View(picture="ties", camera="europe")),
    "city: Nairobi": ("city", View(cities=("nairobi-ke",))), "networks: growth": ("networks", View(chart="growth")),
    "networks: web": ("networks", View(chart="web")), "structure: ranking": ("structure", View(shape="ranking")),
    "divides: question": ("divides", View())}
CHANGES, ASKED = 6, 100


def _spent(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def _opened(page: str, query: dict[str, str]) -> AppTest:
    test = AppTest.from_file(str(ROOT / "components/shell.py"), default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    return test.switch_page(f"../pages/{page}.py")


def pages() -> Iterator[tuple[str, str, str]]:
    """Page, milliseconds of its first draw on a warm server, median milliseconds of a changed period."""
    logging.disable(logging.WARNING)
    for page, query in QUERIES.values():
        _opened(page, query).run()
    for name, (page, query) in QUERIES.items():
        test = _opened(page, query)
        select.forget()
        roster.roster.cache_clear()
        first, changes = _spent(test.run), []
        for number in range(CHANGES):
            test.slider(key="period").set_value((1950 + number, 2020))
            changes.append(_spent(test.run))
        yield name, f"{first:.0f} ms", f"{statistics.median(changes):.0f} ms"


def pictures() -> Iterator[tuple[str, str, str, str]]:
    """Page, milliseconds of its preview when nothing is kept, when it is kept, and its size."""
    prints.preview("data", View())
    for name, (page, view) in PREVIEWS.items():
        select.forget()
        scenes.scene.cache_clear()
        cold = _spent(lambda page=page, view=view: prints.preview(page, view))
        kept = _spent(lambda page=page, view=view: prints.preview(page, view))
        yield name, f"{cold:.0f} ms", f"{kept:.2f} ms", f"{len(prints.preview(page, view)) / 1000:.0f} kB"


def questions() -> Iterator[tuple[str, str]]:
    """The summary of the whole graph; the median and the longest of many path queries and suggestions."""
    dataset, dice = load(), random.Random(1)
    core = dataset.ties[dataset.ties["core"] & (dataset.ties["place"] == "certain")]
    yield "graph.summary of the core ties", f"{_spent(lambda: graph.summary(core[['city_a', 'city_b']])) / 1000:.1f} s"
    cities = dice.sample(sorted(set(core["city_a"]) | set(core["city_b"])), 2 * ASKED)
    pairs = list(zip(cities[::2], cities[1::2], strict=True))
    asked: dict[str, list[Callable[[], Any]]] = {
        "paths.chains, ties": [lambda a=a, b=b: paths.chains(dataset, a, b) for a, b in pairs],
        "paths.chains, ties and networks": [
            lambda a=a, b=b: paths.chains(dataset, a, b, "ties and networks") for a, b in pairs],
        "partners.suggest": [lambda a=a: partners.suggest(dataset, a) for a, _ in pairs]}
    for name, asks in asked.items():
        asks[0]()
        spent = [_spent(ask) for ask in asks[1:]]
        yield name, f"{statistics.median(spent):.0f} ms, at most {max(spent):.0f} ms"
