"""Counts what a server sends to a browser on the wire, after compression: a proxy on loopback."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

_STREAM = b"GET /_stcore/stream"


@dataclass
class Wire:
    """The proxy's address, and the bytes sent to the browser so far over the WebSocket and over HTTP."""

    base: str
    socket: int = 0
    http: int = 0

    def clear(self) -> None:
        """Start counting from nothing."""
        self.socket = self.http = 0


@contextlib.contextmanager
def counted(base: str) -> Iterator[Wire]:
    """A proxy before the server at `base`, an address such as http://127.0.0.1:8501."""
    host, port = base.removeprefix("http://").split(":")
    with socket.create_server(("127.0.0.1", 0)) as door:
        wire = Wire(f"http://127.0.0.1:{door.getsockname()[1]}")
        threading.Thread(target=_serve, args=(door, (host, int(port)), wire), daemon=True).start()
        yield wire


def _serve(door: socket.socket, server: tuple[str, int], wire: Wire) -> None:
    with contextlib.suppress(OSError):
        while True:
            browser, _ = door.accept()
            threading.Thread(target=_join, args=(browser, socket.create_connection(server), wire), daemon=True).start()


def _join(browser: socket.socket, server: socket.socket, wire: Wire) -> None:
    with browser, server, contextlib.suppress(OSError):
        request = browser.recv(65_536)
        server.sendall(request)
        kind = "socket" if request.startswith(_STREAM) else "http"
        threading.Thread(target=_copy, args=(browser, server), daemon=True).start()
        while content := server.recv(65_536):
            setattr(wire, kind, getattr(wire, kind) + len(content))
            browser.sendall(content)


def _copy(browser: socket.socket, server: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while content := browser.recv(65_536):
            server.sendall(content)
        server.shutdown(socket.SHUT_WR)
