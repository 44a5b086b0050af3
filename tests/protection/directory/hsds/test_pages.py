"""Lists that are one page of several."""

from __future__ import annotations

import pytest

from palermo.protection.directory.hsds.pages import Page, is_one_of_several, page_of


@pytest.mark.parametrize(
    ("said", "page"),
    [
        (b'"total_pages": 2, "page_number": 1, "total_items": 3', (1, 2, 3)),
        (b'"total_pages": 2.0', (None, 2, None)),
        (b'"last_page": false', (None, None, None)),
        (b'"first_page": false', (None, None, None)),
        (b'"total_items": 9', (None, None, 9)),
        (b'"page_number": 2', (2, None, None)),
        (b'"total_pages": "2", "page_number": "1", "total_items": "3"', (1, 2, 3)),
    ],
)
def test_a_page_of_several_is_known_by_what_it_says(
    said: bytes, page: tuple[int | None, int | None, int | None]
) -> None:
    text = b'\xef\xbb\xbf{%b, "contents": [{"id":\r\n "a\\n"}, {}]}' % said
    number, count, total = page
    assert page_of(text) == Page(number, count, total, (b'{"id":   "a\\n"}', b"{}"))


@pytest.mark.parametrize(
    "text",
    [
        b'{"total_pages": 1, "page_number": 1, "total_items": 1, "last_page": true, "contents": [{}]}',
        b'{"total_pages": true, "total_items": "nine", "last_page": null, "contents": []}',
        b'{"total_pages": "%s", "page_number": "-2", "contents": []}' % (b"9" * 5_000),
        b'{"total_pages": 2, "contents": {}}',
        b'{"total_pages": 2}',
        b'{"total_pages": 1e400, "contents": []}',
        b"[1]",
        b"{",
        b'{"contents": ' + b"[" * 100_000,
    ],
)
def test_anything_else_is_no_page_of_several(text: bytes) -> None:
    assert page_of(text) is None


def test_numbers_without_end_are_none() -> None:
    assert not is_one_of_several({"total_pages": float("inf"), "contents": []})


def test_entries_of_a_page_are_known_by_their_ids() -> None:
    entries = [b'{"id": "A"}', b'{"id": "b"}', b'{"id": 3}', b"{}", b"3", b'{"id": "c"', b"[" * 100_000]
    assert Page(1, 1, 1, tuple(entries)).ids == {"a", "b"}
