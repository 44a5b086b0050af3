"""Entries from files of every form, and files that hold none."""

from __future__ import annotations

from pathlib import Path

import pytest

from palermo.protection.directory.hsds import reading
from palermo.protection.directory.hsds.reading import UnreadableError, entries_of


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "ids"),
    [
        ("one.json", b'{"id": "a"}', ["a"]),
        ("list.json", b'[{"id": "a"}, {"id": "b"}]', ["a", "b"]),
        ("page.json", b'{"total_items": 2, "contents": [{"id": "a"}, {"id": "b"}]}', ["a", "b"]),
        ("marked.json", b'\xef\xbb\xbf{"id": "a"}', ["a"]),
        ("none.json", b"[]", []),
        ("lines.ndjson", b'{"id": "a"}\n\n{"id": "b"}', ["a", "b"]),
        ("lines.JSONL", b'{"id": "a"}\r\n', ["a"]),
    ],
)
def test_entries_are_found(tmp_path: Path, name: str, data: bytes, ids: list[str]) -> None:
    assert [entry["id"] for entry in entries_of(written(tmp_path, name, data))] == ids


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("empty.json", b"", 1),
        ("broken.json", b'[{"id": "a"},\n{"id"', 2),
        ("words.json", b'"service"', 1),
        ("latin.json", '{"id": "é"}'.encode("latin-1"), 1),
        ("infinite.json", b'{"latitude": Infinity}', 1),
        ("deep.json", b"[" * 100_000, 1),
        ("lines.ndjson", b'{"id": "a"}\n{"id": ', 2),
        ("lines.ndjson", b'{"id": "a"}\n3\n', 2),
        ("long.ndjson", b'{"id": "a"}\n{"id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}', 2),
    ],
)
def test_what_is_no_entry_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, line: int
) -> None:
    monkeypatch.setattr(reading, "LONGEST_LINE", 20)
    with pytest.raises(UnreadableError) as caught:
        list(entries_of(written(tmp_path, name, data)))
    assert caught.value.line == line
