"""Tabular packages to try things with."""

from __future__ import annotations

import zipfile
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.tabular import Loose, tabular_entries


def key(name: str) -> str:
    """The same id for the same name, every time."""
    return str(uuid5(NAMESPACE_URL, name))


def read(path: Path) -> tuple[list[tuple[str, Document]], list[Loose]]:
    loose: list[Loose] = []
    return list(tabular_entries(path, loose)), loose


def entries(path: Path) -> list[tuple[str, Document]]:
    found, loose = read(path)
    assert loose == []
    return found


def put(folder: Path, **files: str | bytes) -> Path:
    """A folder with these tables."""
    for name, text in files.items():
        (folder / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def packed(folder: Path, *, under: str = "", method: int = zipfile.ZIP_DEFLATED) -> Path:
    """The same as an archive."""
    path = folder.parent / f"{folder.name}.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for file in folder.iterdir():
            archive.write(file, under + file.name)
    return path


ORGANIZATION = f"id,name,description\n{key('house')},House of Lindens,A house.\n"
SERVICE = f"id,organization_id,name,status\n{key('talk')},{key('house')},Someone to talk to,active\n"
