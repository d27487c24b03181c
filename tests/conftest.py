"""What several tests need: a small dataset, a running server, a browser page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.load import Dataset, load
from tests.fixtures import world
from tests.serving import ROOT, Server

SHELL = ROOT / "components/shell.py"
_FLAGS = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update",
          "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small world's tables; do not change it."""
    return world.write(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="session")
def small(tables: Path) -> Dataset:
    """The small world, loaded."""
    return load(tables)


@pytest.fixture
def app(tables: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Starts the dashboard on the small world, its box open, without a browser: `app("data", issue="climate")`."""
    from components import store

    monkeypatch.setenv("ATLAS_TABLES", str(tables))
    store.dataset.cache_clear()

    def start(page: str = "", **query: str) -> AppTest:
        test = AppTest.from_file(str(SHELL), default_timeout=60)
        test.session_state["box"] = True
        test.session_state["_came"] = float("-inf")
        for key, value in query.items():
            test.query_params[key.rstrip("_")] = value
        test.run()
        return test.switch_page(f"../pages/{page}.py").run() if page else test

    yield start
    store.dataset.cache_clear()


@pytest.fixture
def cold_server() -> Iterator[Callable[..., str]]:
    """Starts a server of its own for a test and gives its address: `cold_server(ATLAS_TABLES="…")`."""
    started: list[Server] = []

    def start(**environment: str) -> str:
        started.append(Server(**environment))
        started[-1].until_ready()
        return started[-1].base

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="session")
def served() -> Iterator[Server]:
    """One server on the shipped tables, shared by all tests."""
    with Server() as one:
        yield one


@pytest.fixture(scope="session")
def server(served: Server) -> str:
    """The address of the shared server."""
    return served.base


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine, or the one that CHROMIUM names; with software rendering."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return browser_type_launch_args | {"args": _FLAGS} | ({"executable_path": found} if found else {})

