"""Server time of the page of networks: each chart drawn first on a warm server, and after a change of a filter."""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from data import roster, select
from data.words import CHART_NAMES

ROOT = Path(__file__).resolve().parents[2]
QUERIES = {"network": {"network": "c40"}, "joining": {"city": "lagos-ng"}}
CHANGES = 6


def _spent(test: AppTest) -> float:
    start = time.perf_counter()
    test.run()
    return 1000 * (time.perf_counter() - start)


def _opened(chart: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "components/shell.py"), default_timeout=60)
    for key, value in (QUERIES.get(chart, {}) | {"chart": chart}).items():
        test.query_params[key] = value
    test.run()
    return test.switch_page("../pages/networks.py")


def _forget() -> None:
    select.forget()
    roster.roster.cache_clear()


def charts() -> Iterator[tuple[str, str, str]]:
    """Chart, milliseconds of its first draw, median milliseconds of a changed filter; at the end the sum of all."""
    logging.disable(logging.WARNING)
    total = 0.0
    _opened("lives").run()
    for chart in CHART_NAMES:
        test = _opened(chart)
        _forget()
        first = _spent(test)
        total += first
        changes = []
        for number in range(CHANGES):
            test.slider(key="period").set_value((1950 + number, 2020))
            changes.append(_spent(test))
        yield chart, f"{first:.0f} ms", f"{statistics.median(changes):.0f} ms"
    yield "all of them, one after the other", f"{total:.0f} ms", ""
