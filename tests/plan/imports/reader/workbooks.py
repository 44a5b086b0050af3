"""Builds XLSX files by hand, so that a test can break one in exactly one place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9))
    + "]>"
)


def cell(text: str, ref: str = "") -> str:
    """One cell of text, as XML."""
    place = f' r="{ref}"' if ref else ""
    return f'<c{place} t="inlineStr"><is><t>{text}</t></is></c>'


def row(*texts: str, attributes: str = "") -> str:
    """One row of texts, as XML."""
    return f"<row{attributes}>{''.join(map(cell, texts))}</row>"


def sheet(*rows: str, after: str = "", doctype: str = "") -> str:
    """One sheet, as XML."""
    return f'<?xml version="1.0"?>{doctype}<worksheet {MAIN}><sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def strings(*items: str, doctype: str = "") -> str:
    """The table of shared strings, as XML."""
    inner = "".join(f"<si><t>{item}</t></si>" for item in items)
    return f'<?xml version="1.0"?>{doctype}<sst {MAIN}>{inner}</sst>'


def workbook(sheets: Sequence[str], shared: str = "", states: Sequence[str] = ()) -> bytes:
    """A whole file. `states` are those of the sheets: visible, hidden."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _types(len(sheets), bool(shared)))
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(len(sheets), bool(shared)))
        archive.writestr("xl/workbook.xml", _book(len(sheets), states))
        for number, content in enumerate(sheets, start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", content)
        if shared:
            archive.writestr("xl/sharedStrings.xml", shared)
    return target.getvalue()


def _types(count: int, has_strings: bool) -> str:
    parts = [f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>']
    parts += [
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        for number in range(1, count + 1)
    ]
    if has_strings:
        parts.append(f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SHEET_TYPE}.sharedStrings+xml"/>')
    return f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">{"".join(parts)}</Types>'


def _relations(count: int, has_strings: bool) -> str:
    parts = [
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, count + 1)
    ]
    if has_strings:
        parts.append(f'<Relationship Id="rId99" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>')
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{"".join(parts)}</Relationships>'


def _book(count: int, states: Sequence[str]) -> str:
    padded = [*states, *["visible"] * (count - len(states))]
    parts = [
        f'<sheet name="Sheet {number}" sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        for number, state in enumerate(padded, start=1)
    ]
    return f'<?xml version="1.0"?><workbook {MAIN} xmlns:r="{_OFFICE}"><sheets>{"".join(parts)}</sheets></workbook>'
