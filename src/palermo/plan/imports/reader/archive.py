"""The ZIP container of an XLSX file, looked at before anything in it is unpacked.

It stands apart from what reads the sheets, whose library takes half a second to import.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from palermo.plan.imports.reader.reading import UnreadableError

MAX_UNPACKED_BYTES = 60_000_000
MAX_STRINGS_BYTES = 12_000_000
"""The texts of all cells, which are read as a whole: some ten times those of a long national plan."""
MAX_RATIO = 100
"""How many times larger than packed a file may be. Spreadsheets of plans measure between 3 and 30."""
SMALL_BYTES = 5_000_000
"""Below this, the ratio does not matter."""
DAMAGED = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    OSError,
    EOFError,
    RuntimeError,
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl and the ZIP reader raise on files that break the format; none of it is documented by them."""


def check_archive(data: bytes) -> zipfile.ZipFile:
    """Open the ZIP container, having checked in its directory that it does not unpack into far more.

    Raises:
        UnreadableError: the container is damaged (`spreadsheet_damaged`) or a bomb (`spreadsheet_bomb`).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED:
        raise damaged() from None
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > SMALL_BYTES and unpacked > MAX_RATIO * len(data)):
        raise UnreadableError(
            "spreadsheet_bomb",
            f"This spreadsheet would unpack from {len(data):,} to {unpacked:,} bytes and is not opened. "
            "Copy the rows of the plan into a new file.",
        )
    strings = sum(entry.file_size for entry in entries if entry.filename.endswith("sharedStrings.xml"))
    if strings > MAX_STRINGS_BYTES:
        raise UnreadableError(
            "spreadsheet_bomb",
            f"This spreadsheet holds {strings:,} bytes of text; at most {MAX_STRINGS_BYTES:,} are read. "
            "Copy the rows of the plan into a new file.",
        )
    return archive


def damaged() -> UnreadableError:
    """What is said of a file that is no sound XLSX."""
    return UnreadableError(
        "spreadsheet_damaged",
        "This spreadsheet is damaged or incomplete. Open it in its own program and save it again as XLSX.",
    )
