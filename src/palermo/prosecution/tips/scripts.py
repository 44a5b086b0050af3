"""The scripts that seal and open, with the hashes that browsers check before they run them, and people can compare."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

_STATIC = Path(__file__).resolve().parent / "static"
_SEALING = ("bytes", "hpke", "envelope", "receipt", "work")
_AT_THE_DESK = ("bytes", "hpke", "envelope", "receipt", "passphrase", "desk-key", "desk-page")
BY_PAGE = {
    "tell": (*_SEALING, "pictures", "sending", "telling", "tell"),
    "box": (*_SEALING, "pictures", "sending", "box"),
    "desk": (*_AT_THE_DESK, "pictures", "desk-messages", "desk"),
    "hand": (*_AT_THE_DESK, "pictures", "desk-messages", "desk-hand"),
    "call": (*_AT_THE_DESK, "pictures", "sending", "telling", "call"),
    "keys": (*_AT_THE_DESK, "desk-keys"),
}
"""The scripts of each page, in the order in which they run."""


@dataclass(frozen=True)
class Script:
    """A script by its path among static files."""

    path: str
    sha256: str
    """In hexadecimal, as `sha256sum` writes it."""

    @property
    def integrity(self) -> str:
        """As browsers want it (Subresource Integrity)."""
        return f"sha256-{base64.b64encode(bytes.fromhex(self.sha256)).decode()}"


@cache
def scripts(page: str) -> tuple[Script, ...]:
    """The scripts of a page; none where it has none."""
    return tuple(_script(f"tips/{name}.js") for name in BY_PAGE.get(page, ()))


@cache
def every_script() -> tuple[Script, ...]:
    """All scripts of tips, by their names."""
    return tuple(_script(f"tips/{path.name}") for path in sorted((_STATIC / "tips").glob("*.js")))


def _script(path: str) -> Script:
    return Script(path, sha256((_STATIC / path).read_bytes()).hexdigest())
