"""Which entries a line tells of that cannot be read."""

from __future__ import annotations

import json
import time
from uuid import UUID

import pytest

from palermo.protection.directory.hsds.broken_lines import ids_in
from tests.protection.directory.samples import key, service

A, B = service("A"), service("B")
ID = f'"id": "{key("A")}"'


@pytest.mark.parametrize(
    "line",
    [
        json.dumps(A)[:-5],
        json.dumps({**{name: A[name] for name in sorted(A, reverse=True)}, "last": 1}) + "}",
        f'{{{ID}, "name": "A \t \\" B"}}',
        f'{{{ID}, "name": "5" pipe"}}',
        f'{{"name": "No {{ of ours", {ID}, "x": [',
        f'{{"organization": {{"id": "{key("house")}"}}, {ID.upper().replace("ID", "id")}, }}',
        f'{{{ID}, "name": "\\',
    ],
)
def test_the_id_of_a_broken_entry_is_found(line: str) -> None:
    assert ids_in(line.encode()) == (UUID(key("A")),)
    assert ids_in(line.encode() + b"\xff") == (UUID(key("A")),)


def test_two_entries_on_one_line_are_both_found() -> None:
    assert ids_in((json.dumps(A) + json.dumps(B)).encode()) == (UUID(key("A")), UUID(key("B")))


@pytest.mark.parametrize(
    "line",
    [
        "", "nonsense", "3", '"id"', "{", '{"id": ', '{"id": 3}', '{"id": "A"', f"[{{{ID}}}]", f'{{"service": {{{ID}}}',
        json.dumps(A) + '{"name": "B"', f'{{{ID}, {ID}, ', f'of A", {ID}}}', f'{{"id": {{{ID}}}}}', f'{{"id" {ID}}}x{{',
    ],
)  # fmt: skip
def test_where_one_id_cannot_be_found_none_is_known(line: str) -> None:
    assert ids_in(line.encode()) == ()


@pytest.mark.parametrize("sign", [b"\\", b'\\"', b'"', b"{", b'"id":'])
def test_no_line_takes_long(sign: bytes) -> None:
    begun = time.perf_counter()
    ids_in(b'{"' + sign * 300_000)
    assert time.perf_counter() - begun < 5
