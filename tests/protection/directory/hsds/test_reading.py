"""Entries from files of every form, and files that hold none."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from palermo.protection.directory.hsds import reading
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.reading import UnreadableError, all_of, entries_of


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
        ("lines.ndjson", b'{"id": "a"}\n{"id": \n{"id": "b"}\n', 2),
        ("lines.ndjson", b'{"id": "a"}\n3\n', 2),
        ("page.json", b'{"total_pages": 2, "contents": [{"id": "a"}]}', 1),
        ("page.json", b'{"last_page": false, "contents": [{"id": "a"}]}', 1),
        ("twice.ndjson", b'{"id": "a"}\n\n{"id":"A","x":1}\n', 3),
        ("twice.json", b'[{"id": "a"}, {"id": "A", "x": 1}]', 1),
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


def rules(path: Path) -> list[tuple[int, int, str]]:
    return [(one.number, one.line, one.rule) for one in all_of(path)]


def test_lines_that_are_no_entries_are_told_beside_those_that_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONGEST_LINE", 300_000)
    broken = [b'{"id": ', b"3", b'{"id": "' + b"a" * 700_000 + b'"}', b"[" * 200_000, b'{"id": "\xff"}']
    data = b'{"id": "a"}\n\n' + b"\n".join(broken) + b'\n{"id": "b"}'
    assert rules(written(tmp_path, "lines.ndjson", data)) == [
        (1, 1, ""), (2, 3, "not_json"), (3, 4, "no_entry"), (4, 5, "line_too_long"), (5, 6, "line_too_deep"),
        (6, 7, "not_json"), (7, 8, ""),
    ]  # fmt: skip
    digests = [one.digest for one in all_of(tmp_path / "lines.ndjson")]
    assert len(set(digests)) == 6


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'{"id": "a"}\n{"id": "b"}\n{"id": "c', 3),  # a download that broke off
        (b'{"id": "a"}\n{"id": "b"}\n12', 3),
        (b"<html>\n<p>Sorry\n", 1),
        (b"\n3\n[\n", 2),
        (b'{"id": "a"}\n' + b"x\n" * 3, 4),
    ],
)
def test_lines_that_break_off_or_are_something_else_are_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, line: int
) -> None:
    monkeypatch.setattr(reading, "MOST_BROKEN", 2)
    with pytest.raises(UnreadableError) as caught:
        rules(written(tmp_path, "lines.ndjson", data))
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.json", b'[{"id": "a", "x": 1, "y": 2}, {"y": 2, "id": "a", "x": 1}, {"id": "A"}, {}, {}]'),
        ("lines.ndjson", b'{"id": "a", "x": 1, "y": 2}\n{"y":2,"id":"a","x":1}\n{"id": "A"}\n{}\n{}\n'),
    ],
)
def test_an_entry_that_comes_twice_is_one_unless_it_says_something_else(tmp_path: Path, name: str, data: bytes) -> None:
    found = [(one.number, one.rule, one.document) for one in all_of(written(tmp_path, name, data))]
    assert found == [(1, "", {"id": "a", "x": 1, "y": 2}), (3, "same_id", {"id": "A"}), (4, "", {}), (5, "", {})]


def test_entries_that_cannot_be_compared_are_not_taken_for_the_same() -> None:
    said: dict[bytes, bytes] = {}
    deep: Json = []
    for _ in range(100_000):
        deep = [deep]
    assert [reading._before(said, {"id": "a", "x": deep}) for _ in range(2)] == ["", "same_id"]


def test_json_that_would_fill_the_memory_is_told_to_come_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_WHOLE", 12)
    with pytest.raises(UnreadableError, match="NDJSON"):
        list(entries_of(written(tmp_path, "list.json", b'[{"id": "a"}]')))
    assert list(entries_of(written(tmp_path, "one.json", b'{"id": "ab"}')))
    assert list(entries_of(written(tmp_path, "lines.ndjson", b'{"id": "ab"}\n' * 9)))


def test_to_know_which_entries_came_takes_little_memory(tmp_path: Path) -> None:
    count = 20_000
    lines = "".join(f'{{"id": "{number:036}", "description": "{"x" * 400}"}}\n' for number in range(count))
    path = written(tmp_path, "lines.ndjson", lines.encode())
    tracemalloc.start()
    assert sum(1 for _one in all_of(path)) == count
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 300 * count
