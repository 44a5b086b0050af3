"""The report as PDF/UA-1: tagged, with contents, page numbers and bookmarks, set after `report.typ`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from palermo.plan.report.formats.document import ReportDocument
from palermo.plan.report.formats.pdf_data import PdfData
from palermo.plan.report.formats.target import Target, opened
from palermo.plan.report.formats.typeset import FontSource

LONGEST_SECONDS = 600


class PdfError(RuntimeError):
    """The typesetter could not make the file; the message holds what it said."""


def render(document: ReportDocument, target: Target, fonts: FontSource = "system") -> None:
    """Write the report as PDF.

    The same document makes the same bytes on the same machine: the only date in it is the edition's day.

    Args:
        document: the report.
        target: where the file goes.
        fonts: `bundled` leaves the machine's fonts alone, so that every machine makes the same pages.

    Raises:
        DocumentError: the document contradicts itself.
        PdfError: the typesetter refused it, or took longer than ten minutes.
    """
    with TemporaryDirectory(prefix="palermo-pdf-") as name:
        folder = Path(name)
        _prepare(document, folder)
        _typeset(folder, fonts)
        with opened(target) as stream, (folder / "report.pdf").open("rb") as made:
            shutil.copyfileobj(made, stream)


def _prepare(document: ReportDocument, folder: Path) -> None:
    made = PdfData(document)
    with (folder / "report.json").open("w", encoding="utf-8") as stream:
        json.dump(made.whole(), stream, ensure_ascii=False)
    for name, svg in made.svgs.items():
        (folder / name).write_text(svg, encoding="utf-8")
    template = files(__package__).joinpath("report.typ").read_text(encoding="utf-8")
    (folder / "report.typ").write_text(template, encoding="utf-8")


def _typeset(folder: Path, fonts: FontSource) -> None:
    command = [sys.executable, "-m", "palermo.plan.report.formats.typeset", str(folder), fonts]
    try:
        # The command is ours and its arguments are no words of the document.
        done = subprocess.run(command, capture_output=True, timeout=LONGEST_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"The PDF was not ready after {LONGEST_SECONDS} seconds.") from error
    if done.returncode:
        raise PdfError(done.stderr.decode("utf-8", "replace").strip() or f"Typesetting ended with {done.returncode}.")
