"""The dashboard in a process of its own, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 90.0


class Server:
    """One server, `with Server() as server`; its log goes to a file, for a pipe that nobody reads would stop it."""

    def __init__(self, script: str = "app.py", port: int = 0, **environment: str) -> None:
        self.port = port or free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._log, name = tempfile.mkstemp()
        Path(name).unlink()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(self.port),
             "--server.address", "127.0.0.1", "--server.fileWatcherType", "none"],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)} | environment, stdout=self._log,
            stderr=subprocess.STDOUT, start_new_session=True)

    def __enter__(self) -> Self:
        self.until_ready()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.stop()

    def until_ready(self) -> None:
        """Return when the server answers.

        Raises:
            RuntimeError: it has ended, with what it said, or PATIENCE is over.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"streamlit run app.py stopped: {self.said}")
            try:
                with urllib.request.urlopen(f"{self.base}/_stcore/health", timeout=1) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                pass
            time.sleep(0.2)
        raise RuntimeError(f"streamlit run app.py must answer within {PATIENCE:.0f} s, but did not")

    @property
    def said(self) -> str:
        """All that the server has logged."""
        return os.pread(self._log, os.fstat(self._log).st_size, 0).decode()

    @property
    def memory(self) -> int:
        """Resident memory in bytes."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    @property
    def seconds(self) -> float:
        """Processor time spent so far, in seconds."""
        spent = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()[11:13]
        return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End the server as a crash does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End the server in good order, if it is still there."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=20)
        os.close(self._log)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
