"""The files of a tabular package: a folder or ZIP archive of CSV files, which `datapackage.json` may describe.

The descriptor is that of a Tabular Data Package (Frictionless Data, Data Package 1 with CSV Dialect); of it, the paths,
the delimiter, the quotation mark and the encoding are followed. Nothing is unpacked onto the disk.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TextIO, TypeAlias

from palermo.foundation.encodings import EncodingError, decoded
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.reading import UnreadableError

Files: TypeAlias = "Mapping[str, Callable[[], IO[bytes]]]"
"""What opens each file, by its path within the package."""

DESCRIPTOR = "datapackage.json"
MAX_UNPACKED_BYTES = 200_000_000
"""Of all tables together: some 65,000 services with all their parts, which take six times as much in memory."""
MAX_DESCRIPTOR_BYTES = 5_000_000
MAX_FILES = 1_000
DELIMITERS = ",;\t|"
_ENCODINGS = {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii", "cp1252", "iso8859-1", "iso8859-15"}
"""Encodings that are followed, as Python names them; others are rarely meant and some take forever."""
_BROKEN = (OSError, EOFError, RuntimeError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error, struct.error)
"""What the ZIP reader raises on archives that break the format or are locked."""
_FIRST_CHARACTERS = 65_536


class UnreadableTableError(UnreadableError):
    """A file of the package cannot be read. `file` says which one; empty where it is the package itself."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}: {reason}" if file else reason, line)
        self.file = file


@dataclass(frozen=True)
class Table:
    """One file of rows: its path, what the descriptor calls it, and how it is written; empty what is not said."""

    path: str
    name: str = ""
    delimiter: str = ""
    quote: str = '"'
    encoding: str = ""


@contextmanager
def opened(path: Path) -> Iterator[Files]:
    """The files of a package, to be read while it is open.

    Raises:
        OSError: it cannot be opened.
        UnreadableError: it is neither folder nor sound ZIP archive, or holds more than is read.
    """
    if path.is_dir():
        yield _in_folder(path)
        return
    with path.open("rb") as file:
        try:
            archive = zipfile.ZipFile(file)
        except (*_BROKEN, ValueError):
            raise UnreadableTableError("", 1, "it is neither a folder nor a ZIP archive") from None
        with archive:
            files = _in_archive(archive)
            try:
                yield files
            except _BROKEN:
                raise UnreadableTableError("", 1, "the ZIP archive is damaged or locked") from None


def tables_of(files: Files) -> tuple[list[Table], list[str]]:
    """The tables of a package, and the paths that its descriptor names and it does not hold.

    CSV files that the descriptor does not name are tables, too.

    Raises:
        UnreadableError: the descriptor is none, or names a file outside the package.
    """
    descriptors = sorted((path for path in files if PurePosixPath(path).name == DESCRIPTOR), key=lambda path: len(path))
    described = list(_described(files, descriptors[0])) if descriptors else []
    paths = {table.path for table in described}
    found = [table for table in described if table.path in files]
    found += [Table(path) for path in sorted(files) if path.lower().endswith(".csv") and path not in paths]
    return found, [table.path for table in described if table.path not in files]


def rows_of(files: Files, table: Table, known: frozenset[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table that are not empty, the headings first, each with the number of its first line.

    Where nothing says what stands between the cells, it is what makes the most headings `known`.

    Raises:
        UnreadableError: its text cannot be read, or the cells of a row never end.
    """
    with _text(files[table.path], table) as text:
        mark = table.delimiter or _delimiter(text, table, known)
        reader = csv.reader(text, delimiter=mark, quotechar=table.quote, strict=True)
        line = 1
        try:
            for cells in reader:
                if any(cell and not cell.isspace() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error:
            raise UnreadableTableError(table.path, line, "a quotation mark is not closed, or a cell too long") from None
        except UnicodeError:
            raise UnreadableTableError(table.path, line, f"it is not in {table.encoding}") from None


def _in_folder(folder: Path) -> Files:
    """The regular files below a folder; links that lead out of it are not followed."""
    root, size = folder.resolve(), 0
    found: dict[str, Callable[[], IO[bytes]]] = {}
    for seen, path in enumerate(folder.rglob("*")):
        if seen >= MAX_FILES:
            raise UnreadableTableError("", 1, f"the folder holds more than {MAX_FILES} files")
        if path.suffix.lower() in {".csv", ".json", ".tsv", ".txt"} and path.is_file():
            if not path.resolve().is_relative_to(root):
                continue
            size += path.stat().st_size
            found[path.relative_to(folder).as_posix()] = _opener(path)
    _check(size)
    return found


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _in_archive(archive: zipfile.ZipFile) -> Files:
    """The files of an archive. The ZIP reader holds each to the size that it says it has."""
    found: dict[str, Callable[[], IO[bytes]]] = {}
    parts = [part for part in archive.infolist() if part.filename and not part.is_dir()]
    parts = [part for part in parts if not part.filename.startswith("__MACOSX/")]
    _check(sum(part.file_size for part in parts))
    for part in parts:
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadableTableError(part.filename, 1, "it is packed in a way that is not read")
        if part.filename in found:
            raise UnreadableTableError(part.filename, 1, "the archive holds it twice")
        found[part.filename] = _part_opener(archive, part)
    return found


def _part_opener(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(part)


def _check(size: int) -> None:
    if size > MAX_UNPACKED_BYTES:
        raise UnreadableTableError("", 1, f"its files hold more than {MAX_UNPACKED_BYTES // 1_000_000} megabytes")


def _described(files: Files, path: str) -> Iterator[Table]:
    """The tables that a descriptor names; one may be in several files."""
    with files[path]() as file:
        data = file.read(MAX_DESCRIPTOR_BYTES + 1)
    try:
        said: Json = json.loads(data.decode("utf-8-sig")) if len(data) <= MAX_DESCRIPTOR_BYTES else None
    except (ValueError, RecursionError):
        said = None
    resources = said.get("resources") if isinstance(said, Mapping) else None
    if not isinstance(resources, list):
        raise UnreadableTableError(path, 1, "it does not say which tables the package has")
    for resource in resources:
        if isinstance(resource, Mapping):
            places = resource.get("path")
            for place in places if isinstance(places, list) else [places]:
                if place is not None:
                    yield _table(path, resource, str(place))


def _table(descriptor: str, resource: Mapping[str, Json], place: str) -> Table:
    path = PurePosixPath(place)
    if path.is_absolute() or ".." in path.parts or "://" in place or "\\" in place:
        raise UnreadableTableError(descriptor, 1, "it names a file outside the package")
    dialect = resource.get("dialect")
    marks = dialect if isinstance(dialect, Mapping) else {}
    delimiter, quote = str(marks.get("delimiter") or ""), str(marks.get("quoteChar") or '"')
    if len(delimiter) > 1 or len(quote) != 1 or delimiter == quote or not {delimiter, quote}.isdisjoint("\r\n \0"):
        raise UnreadableTableError(descriptor, 1, "what it says to stand between or around cells is no single sign")
    encoding = str(resource.get("encoding") or "")
    return Table(
        (PurePosixPath(descriptor).parent / path).as_posix(),
        str(resource.get("name") or ""),
        delimiter,
        quote,
        _encoding(descriptor, encoding) if encoding else "",
    )


def _encoding(descriptor: str, said: str) -> str:
    """Python's name of an encoding; UTF-8 with the mark that some programs put at its beginning."""
    try:
        found = codecs.lookup(said).name
    except (LookupError, ValueError):
        found = ""
    if found not in _ENCODINGS:
        raise UnreadableTableError(descriptor, 1, "it names an encoding that is not read")
    return "utf-8-sig" if found in {"utf-8", "ascii"} else found


def _text(opener: Callable[[], IO[bytes]], table: Table) -> TextIO:
    """The text of a table. What is not said to be in another encoding is UTF-8 if it can be, or else guessed."""
    encoding = table.encoding
    if not encoding and _is_utf_8(opener):
        encoding = "utf-8-sig"
    if encoding:
        return io.TextIOWrapper(opener(), encoding=encoding, newline="")
    with opener() as file:
        try:
            return io.StringIO(decoded(file.read()), newline="")
        except EncodingError:
            raise UnreadableTableError(table.path, 1, "it is no text") from None


def _is_utf_8(opener: Callable[[], IO[bytes]]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opener() as file:
        try:
            while data := file.read(1 << 20):
                decoder.decode(data)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(text: TextIO, table: Table, known: frozenset[str]) -> str:
    """What stands between the cells of the first line that is not empty."""
    try:
        start = text.read(_FIRST_CHARACTERS).strip()
        text.seek(0)
    except UnicodeError:
        raise UnreadableTableError(table.path, 1, f"it is not in {table.encoding}") from None
    first = start.splitlines()[0] if start else ""

    def score(mark: str) -> int:
        return sum(cell.strip(f' {table.quote}"').lower() in known for cell in first.split(mark))

    return max(DELIMITERS, key=score)
