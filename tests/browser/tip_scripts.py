"""The scripts that seal tips, in a page of the site, and what tests give to them and get back."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import Browser, Page

import palermo.prosecution.tips
from palermo.prosecution.tips.envelopes import sealing
from palermo.prosecution.tips.envelopes.sealing import Author, Bound
from tests.browser.visiting import Visit

STATIC = Path(palermo.prosecution.tips.__path__[0]) / "static" / "tips"
SOURCES = "\n".join(
    (STATIC / f"{name}.js").read_text(encoding="utf-8") for name in ("bytes", "hpke", "envelope", "receipt", "work")
)
HELPERS = """
const privateKey = (der) => crypto.subtle.importKey("pkcs8", Bytes.read(der), Hpke.CURVE, false, ["deriveBits"]);
const opens = async (attempt) => {
  try {
    await attempt();
    return true;
  } catch {
    return false;
  }
};
const changed = (bytes, at) => bytes.map((byte, place) => (place === at ? byte ^ 1 : byte));
"""


@dataclass(frozen=True)
class Scripts:
    """A page of the site in which the scripts are."""

    page: Page

    def run(self, code: str, before: str = "", **given: object) -> Any:  # noqa: ANN401 - whatever JSON holds
        """What some code returns, to which the scripts are there, and what is `given` to it."""
        return self.page.evaluate(f"async (given) => {{\n{before}\n{SOURCES}\n{HELPERS}\n{code}\n}}", given)


@pytest.fixture(scope="module")
def scripts(browser: Browser, empty_site: str) -> Iterator[Scripts]:
    with Visit(browser, empty_site) as visit:
        visit.go("/methods/")
        yield Scripts(visit.page)
    assert visit.complaints == []


@dataclass(frozen=True)
class Reader:
    """Somebody who has a key."""

    private: EllipticCurvePrivateKey

    @property
    def point(self) -> bytes:
        return sealing.point_of(self.private.public_key())

    @property
    def der(self) -> str:
        """The private key as a browser takes it."""
        return text(self.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(sealing.new_private_key())


def text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def content(said: str) -> bytes:
    return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))


def bound_to(author: Author = Author.REPORTER) -> Bound:
    return Bound(uuid4(), uuid4(), author)


def said(bound: Bound) -> dict[str, str]:
    """What a message is bound to, as scripts have it."""
    return {"tip": str(bound.tip), "message": str(bound.message), "author": bound.author.value}
