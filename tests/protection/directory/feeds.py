"""A server on this machine that answers as tests want it to."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import ClassVar


class Feed(BaseHTTPRequestHandler):
    """Answers with what a test puts here."""

    said: ClassVar[tuple[int, str, bytes]] = (200, "application/json", b"")
    raw: ClassVar[dict[str, bytes]] = {}
    """Whole answers, by the paths that they are for."""

    def do_GET(self) -> None:
        if self.path in self.raw:
            self.wfile.write(self.raw[self.path])
            return
        code, kind, body = self.said
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if code == 302:
            self.send_header("Location", body.decode())
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing while tests run."""


def says(*documents: object, kind: str = "application/x-ndjson", code: int = 200) -> None:
    Feed.said = (code, kind, "\n".join(json.dumps(one) for one in documents).encode())
