"""Bytes that come as text: their encoding, and what is refused."""

from __future__ import annotations

import pytest

from palermo.plan.imports.reader.reading import UnreadableError
from palermo.plan.imports.reader.text import decode

FRENCH = "Plan d’action : prévenir, protéger, poursuivre. Les mesures sont présentées à l’été 2024.\n" * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded_whatever_its_encoding(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


def test_latin_1_is_decoded() -> None:
    text = FRENCH.replace("’", "'")
    assert decode(text.encode("latin-1")) == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"PK\x03\x04rest", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"\xff\xfea", "damaged"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode(data)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
