"""What several tests need: a small dataset, a running server, a browser page."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.load import Dataset, load
from tests.fixtures import world

ROOT = Path(__file__).resolve().parent.parent
SHELL = ROOT / "components/shell.py"
_FLAGS = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update",
          "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
_PATIENCE = 90


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
    started: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> str:
        process, base = _start(environment)
        started.append(process)
        _await(process, base)
        return base

    yield start
    for process in started:
        _stop(process)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of one server on the shipped tables, shared by all tests."""
    process, base = _start({})
    try:
        _await(process, base)
        yield base
    finally:
        _stop(process)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine, or the one that CHROMIUM names; with software rendering."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return browser_type_launch_args | {"args": _FLAGS} | ({"executable_path": found} if found else {})


def _start(environment: dict[str, str]) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
               "--server.address", "127.0.0.1", "--server.fileWatcherType", "none"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, start_new_session=True)
    return process, f"http://127.0.0.1:{port}"


def _await(process: subprocess.Popen[bytes], base: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            assert process.stdout is not None
            raise RuntimeError(f"streamlit run app.py stopped: {process.stdout.read().decode()}")
        try:
            with urllib.request.urlopen(f"{base}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        time.sleep(0.2)
    raise RuntimeError(f"streamlit run app.py must answer within {_PATIENCE} s, but did not")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
    if process.stdout is not None:
        process.stdout.close()
