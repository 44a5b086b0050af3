"""Spreadsheets to try things with."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from palermo.protection.directory.hsds.schema import problems
from palermo.protection.directory.hsds.spreadsheet import Row, spreadsheet_entries

ENGLISH = [
    "Organization", "Service", "Description", "Who may come", "Needs", "Telephone", "E-mail", "Website", "Street",
    "City", "Province", "Postal code", "Confidential", "Languages", "Hours", "Cost", "Accessible", "Last confirmed",
    "Status", "Service (français)", "Description FR", "Area",
]  # fmt: skip
HOUSE = [
    "House of Lindens", "A safe bed", "A room of your own.", "Women over 16", "safe-place; Someone to talk to",
    "506-858-1234 ext. 12; 1-833-900-1010 (toll free)", "help@example.ca", "www.example.ca", "12 Main Street",
    "Moncton", "New Brunswick", "e1c4z3", "yes", "English, French and Cree", "Mon-Fri 9:00-17:00", "Free", "yes",
    "2026-03-01", "open", "Un lit sûr", "Une chambre à vous.", "East of Moncton",
]  # fmt: skip
FRENCH = [
    "Organisme", "Nom du service", "Description", "Qui peut venir", "Besoins", "Téléphone", "Courriel", "Site web",
    "Adresse", "Ville", "Province", "Code postal", "Confidentiel", "Langues", "Heures d’ouverture", "Coût",
    "Accessible", "Dernière confirmation", "Statut", "Secteur",
]  # fmt: skip
MAISON = [
    "Maison du Tilleul", "Un lit sûr", "Une chambre à vous.", "Femmes", "Un endroit sûr cette nuit", "506 858-1234",
    "aide@example.ca", "https://example.ca", "12, rue Main", "Moncton", "N.-B.", "E1C 4Z3", "oui",
    "bilingue", "lun. au ven. 8 h 30 à 16 h 30", "Gratuit", "non", "1er mars 2026", "fermé temporairement",
    "À l’est de Moncton",
]  # fmt: skip


def table(folder: Path, *rows: Sequence[str], mark: str = ",", encoding: str = "utf-8") -> Path:
    """A CSV file with these rows."""
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    path = folder / "services.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def workbook(folder: Path, *rows: Sequence[object]) -> Path:
    """An XLSX file with these rows."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    return saved(folder, book)


def saved(folder: Path, book: Workbook) -> Path:
    path = folder / "services.xlsx"
    book.save(path)
    return path


def read(path: Path, source: str = "house") -> list[Row]:
    """The rows; every entry of them is as the standard and the profile have it."""
    rows = list(spreadsheet_entries(path, source))
    assert [problem for row in rows if row.document for problem in problems("service", row.document)] == []
    return rows


def one(path: Path) -> tuple[Any, list[tuple[str, str, str]]]:
    """The only entry, and its doubts."""
    (row,) = read(path)
    return row.document, doubts(row)


def doubts(row: Row) -> list[tuple[str, str, str]]:
    return [(each.code, each.column, each.text) for each in row.doubts]


def small(folder: Path, heading: str, said: str) -> tuple[Any, list[tuple[str, str, str]]]:
    """The entry of a service of which one thing is said, and its doubts."""
    return one(table(folder, ["Organization", "Service", heading], ["House", "Bed", said]))


def said(document: Any, *names: str) -> dict[str, Any]:  # noqa: ANN401 - to look into it
    return {name: document[name] for name in names if name in document}
