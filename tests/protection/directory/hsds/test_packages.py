"""Tabular packages as folders and archives, described or not, and files that are none."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.protection.directory.hsds import packages
from palermo.protection.directory.hsds.packages import UnreadableTableError
from palermo.protection.directory.hsds.reading import UnreadableError
from palermo.protection.directory.hsds.shape import ENTITIES
from palermo.protection.directory.hsds.tabular import Loose
from tests.protection.directory.hsds.tables import ORGANIZATION, entries, key, packed, put, read

DESCRIBED = {
    "resources": [
        {"name": "organization", "path": "data/Organismes.txt", "dialect": {"delimiter": ";", "quoteChar": "'"},
         "encoding": "windows-1252"},
        {"name": "Phones", "path": ["a.tsv", "b.tsv"], "dialect": {"delimiter": "\t"}},
        {"name": "program", "path": "programs.csv"},
    ]
}  # fmt: skip


@pytest.mark.parametrize("under", ["", "export 2026/"])
def test_the_descriptor_is_followed(tmp_path: Path, under: str) -> None:
    files = {
        "datapackage.json": json.dumps(DESCRIBED).encode(),
        "data/Organismes.txt": f"id;name;description\r\n{key('house')};'Élan; d''ici';à\r\n".encode("cp1252"),
        "a.tsv": f"id\tnumber\torganization_id\n1\t506\t{key('house')}\n".encode(),
        "b.tsv": f"id\tnumber\torganization_id\n2\t507\t{key('house')}\n".encode("utf-8-sig"),
        "contacts.csv": f"id,name,organization_id\n1,Ann,{key('house')}\n".encode(),
    }
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(under + name, data)
    found, loose = read(path)
    assert loose == [Loose("missing_file", f"{under}programs.csv", 0)]
    assert found == [
        (
            "organization",
            {
                "id": key("house"), "name": "Élan; d'ici", "description": "à",
                "phones": [{"id": "1", "number": "506"}, {"id": "2", "number": "507"}],
                "contacts": [{"id": "1", "name": "Ann"}],
            },
        )
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_encoding_and_delimiter_is_found_out(tmp_path: Path, encoding: str, mark: str) -> None:
    lines = [
        ["id", "NAME ", "description"],
        ["", "", ""],
        [key("house"), "Maison « Été »", "Là où l’on dîne à Noël, é"],
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(lines)
    put(tmp_path, organizations=text.getvalue().encode(encoding))
    assert entries(tmp_path)[0][1] == dict(zip(["id", "name", "description"], lines[2], strict=True))


@pytest.mark.parametrize(
    ("files", "file", "line"),
    [
        ({}, "", 1),
        ({"phones": "number,service_id\n1,2\n"}, "phones.csv", 1),
        ({"phones": "id,number,number\n1,2,3\n"}, "phones.csv", 1),
        ({"phones": "id,,number\n1,2,3\n"}, "phones.csv", 1),
        ({"services": "id,name\n1,2\n\n1,2,3\n"}, "services.csv", 4),
        ({"phones": 'id,number\n1,"two\nlines"\n2,"never ends\n'}, "phones.csv", 4),
        ({"phones": "id,number\n1," + "9" * 200_000}, "phones.csv", 2),
        ({"phones": b"%PDF-1.4\xff"}, "phones.csv", 1),
        ({"phones": b"\xff\xfei\x00d"[:3]}, "phones.csv", 1),
    ],
)
def test_what_is_no_package_is_told_with_file_and_line(
    tmp_path: Path, files: dict[str, str | bytes], file: str, line: int
) -> None:
    with pytest.raises(UnreadableTableError) as caught:
        read(put(tmp_path, **files))
    assert (caught.value.file, caught.value.line) == (file, line)


@pytest.mark.parametrize(
    "descriptor",
    [
        "", "[]", "{}", '{"resources": 3}', "[" * 100_000, '{"resources": [{"path": "../phones.csv"}]}',
        '{"resources": [{"path": "/etc/passwd"}]}', '{"resources": [{"path": "http://example.com/phones.csv"}]}',
        '{"resources": [{"path": "a\\\\..\\\\phones.csv"}]}',
        '{"resources": [{"path": "phones.csv", "encoding": "punycode"}]}',
        '{"resources": [{"path": "phones.csv", "encoding": "\\u0000"}]}',
        '{"resources": [{"path": "phones.csv", "dialect": {"delimiter": "||"}}]}',
        '{"resources": [{"path": "phones.csv", "dialect": {"delimiter": "\\n"}}]}',
    ],
)  # fmt: skip
def test_a_descriptor_that_leads_elsewhere_is_refused(tmp_path: Path, descriptor: str) -> None:
    (tmp_path / "datapackage.json").write_text(descriptor, encoding="utf-8")
    with pytest.raises(UnreadableTableError) as caught:
        read(put(tmp_path, phones="id,number\n1,2\n"))
    assert caught.value.file == "datapackage.json"


def test_an_encoding_that_does_not_hold_is_told(tmp_path: Path) -> None:
    descriptor = {"resources": [{"path": "phones.csv", "encoding": "utf-8"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    put(tmp_path, phones=b"id,number\n" + b"1,2\n" * 100_000 + b"\xe9")
    with pytest.raises(UnreadableTableError) as caught:
        read(tmp_path)
    assert caught.value.file == "phones.csv"


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("id,number\n1,2\n")
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "phones.csv").symlink_to(outside)
    assert entries(put(folder, organizations=ORGANIZATION))[0][0] == "organization"


def test_archives_that_unpack_into_too_much_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_UNPACKED_BYTES", 1_000_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("phones.csv", b" " * 600_000)
        archive.writestr("contacts.csv", b" " * 600_000)
    with pytest.raises(UnreadableError):
        read(path)


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    path = packed(put(folder, phones="id,number\n" * 9_000))
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (20).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(UnreadableError):
        read(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_archives_packed_in_rare_ways_are_refused(tmp_path: Path, method: int) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    with pytest.raises(UnreadableError):
        read(packed(put(folder, phones="id\n1\n"), method=method))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_two_files_of_a_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("phones.csv", "id\n1\n")
        archive.writestr("phones.csv", "id\n2\n")
    with pytest.raises(UnreadableError):
        read(path)


def test_no_folder_of_endlessly_many_files_is_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_FILES", 1)
    with pytest.raises(UnreadableError):
        read(put(tmp_path, phones="", contacts=""))


def test_what_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.zip")


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), max_size=5))
def test_damaged_archives_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("organizations.csv", ORGANIZATION * 3)
        archive.writestr("datapackage.json", json.dumps({"resources": [{"path": "organizations.csv"}]}))
    damaged = bytearray(data.getvalue())
    for place, byte in changes:
        damaged[place % len(damaged)] = byte
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(damaged)
        file.flush()
        with suppress(UnreadableError):
            assert {kind for kind, _document in read(Path(file.name))[0]} <= set(ENTITIES)


def test_a_file_without_a_name_in_an_archive_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "nameless.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), "id\n1\n")
        archive.writestr("__MACOSX/._organizations.csv", b"\0\5")
        archive.writestr("organizations.csv", ORGANIZATION)
    assert len(entries(path)) == 1
