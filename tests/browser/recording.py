"""A line to a server on which somebody listens: every byte that browsers send is kept."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Line:
    """The address of the line, and what was sent over it."""

    address: str
    sent: list[bytes] = field(default_factory=list)


@contextmanager
def listened_to(server: str) -> Iterator[Line]:
    """Pass everything on to a server, and keep what goes there."""
    host, port = urlsplit(server).hostname, urlsplit(server).port
    with socket.create_server(("127.0.0.1", 0)) as ear:
        line = Line(f"http://127.0.0.1:{ear.getsockname()[1]}")
        threading.Thread(target=_take_calls, args=(ear, (host, port), line), daemon=True).start()
        yield line
        ear.shutdown(socket.SHUT_RDWR)


def _take_calls(ear: socket.socket, server: tuple[str | None, int | None], line: Line) -> None:
    with suppress(OSError):
        while True:
            caller, _address = ear.accept()
            threading.Thread(target=_connect, args=(caller, server, line), daemon=True).start()


def _connect(caller: socket.socket, server: tuple[str | None, int | None], line: Line) -> None:
    with caller, socket.create_connection(server) as called:
        back = threading.Thread(target=_pass, args=(called, caller, None), daemon=True)
        back.start()
        _pass(caller, called, line.sent)
        back.join()


def _pass(come: socket.socket, go: socket.socket, kept: list[bytes] | None) -> None:
    with suppress(OSError):
        while content := come.recv(65_536):
            if kept is not None:
                kept.append(content)
            go.sendall(content)
    with suppress(OSError):
        go.shutdown(socket.SHUT_WR)
