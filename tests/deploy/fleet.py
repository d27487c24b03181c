"""The shipped nginx before three replicas of the Atlas, all on loopback."""

from __future__ import annotations

import grp
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.serving import ROOT, Server, free_port

_PLACES = os.pathsep.join((os.environ["PATH"], "/usr/sbin", str(Path(sys.executable).parent)))
NGINX = Path(shutil.which("nginx", path=_PLACES) or "nginx")
DEPLOY = ROOT / "deploy"
_NAMED = re.compile(r"server [\w-]+:8501 resolve")


def command(folder: Path, listen: int, replicas: Sequence[int]) -> list[str]:
    """The command that runs the shipped configuration out of a folder; only ports and addresses are made local.

    Raises:
        RuntimeError: nginx is not there.
        ValueError: the shipped files do not name one port, and as many replicas as asked for.
    """
    if not NGINX.exists():
        raise RuntimeError(f"{NGINX}: must be there for the tests of deploy/ (Debian package nginx), but is not.")
    config, listens = re.subn(r"listen 8080;", f"listen 127.0.0.1:{listen};", (DEPLOY / "nginx.conf").read_text())
    shipped = re.sub(r"^resolver .*\n", "", (DEPLOY / "replicas.conf").read_text(), flags=re.MULTILINE)
    ports = iter(replicas)
    local, servers = _NAMED.subn(lambda _: f"server 127.0.0.1:{next(ports)}", shipped)
    if (listens, servers) != (1, len(replicas)):
        raise ValueError(f"deploy/nginx.conf: must listen on 8080 once, before {len(replicas)} replicas, but has "
                         f"{listens} and {servers}.")
    (folder / "nginx.conf").write_text(config)
    (folder / "replicas.conf").write_text(local)
    owner = f"{pwd.getpwuid(os.geteuid()).pw_name} {grp.getgrgid(os.getegid()).gr_name}"
    return [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr",
            "-g", f"daemon off;{f' user {owner};' if os.geteuid() == 0 else ''}"]


class Fleet:
    """Replicas and their proxy, `with Fleet(folder) as fleet`; `base` is the address of the proxy."""

    def __init__(self, folder: Path) -> None:
        self.replicas = [Server() for _ in range(3)]
        self.base = f"http://127.0.0.1:{(port := free_port())}"
        self._held = ExitStack()
        self._log = folder / "access.log"
        with self._log.open("ab") as log:
            self._proxy = subprocess.Popen(command(folder, port, [one.port for one in self.replicas]), stdout=log)
        self._held.callback(self._stop)

    def __enter__(self) -> Self:
        with self._held:
            for replica in self.replicas:
                replica.until_ready()
            self._until_ready()
            self._held = self._held.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._held.close()

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The access log so far, oldest first."""
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    def logged(self, path: str, count: int = 1, after: int = 0) -> list[dict[str, Any]]:
        """The requests of a path, without the first `after` lines of the log, as soon as they are `count`.

        nginx writes a request down when it is over, which a reader may know a little earlier.

        Raises:
            LookupError: there are fewer after 10 s.
        """
        until = time.monotonic() + 10
        while len(found := [one for one in self.requests[after:] if one["path"] == path]) < count:
            if time.monotonic() > until:
                raise LookupError(f"{path}: must be in the access log {count} times, but is there {len(found)} times.")
            time.sleep(0.02)
        return found

    def place(self, request: dict[str, Any]) -> int:
        """The place in `replicas` of the one that answered a request in the end."""
        return [f"127.0.0.1:{replica.port}" for replica in self.replicas].index(request["replica"].split(", ")[-1])

    def restart(self, place: int) -> None:
        """End a replica in good order, start it again on its port, and return when it answers."""
        self.replicas[place].stop()
        self.replicas[place] = Server(port=self.replicas[place].port)
        self.replicas[place].until_ready()

    def _until_ready(self) -> None:
        until = time.monotonic() + 10
        while time.monotonic() < until and self._proxy.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.base}/nginx-health", timeout=1):
                    return
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.05)
        raise RuntimeError("nginx must answer within 10 s, but did not.")

    def _stop(self) -> None:
        self._proxy.send_signal(signal.SIGTERM)
        self._proxy.wait(timeout=10)
        for replica in self.replicas:
            replica.stop()
