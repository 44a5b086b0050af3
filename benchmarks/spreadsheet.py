"""Returns of one organisation as a spreadsheet, out and back: queries, seconds and size at n, 4n and 16n returns.

    python benchmarks/spreadsheet.py [n ...]

Each return has three texts of some 700 signs; every row is changed in the file. `out` is the download, `back` the
upload with its preview, `in` taking all of it in. Promised: as many queries for 125 returns as for 2,000, and time in
proportion.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

SIZES = (125, 500, 2_000)
TEXT = "Forty officers were trained in the year, in six places. " * 12


def main(sizes: list[int]) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.fresh import in_a_fresh_house

    print(f"{'returns':>8}{'queries':>9}{'out s':>8}{'KB':>8}{'back s':>8}{'page KB':>9}{'in s':>8}")
    for size in sizes:
        in_a_fresh_house(_run, size)


def _run(size: int) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    address = _desk(size, client)
    with CaptureQueriesContext(connection) as captured:
        start = time.perf_counter()
        data = client.get(f"{address}returns.xlsx").content
        out, asked = time.perf_counter() - start, len(captured)
    upload = SimpleUploadedFile("returns.xlsx", _changed(data, size))
    start = time.perf_counter()
    page = client.post(address, {"file": upload}, follow=True)
    back, start = time.perf_counter() - start, time.perf_counter()
    seen = page.content.decode().partition('name="seen" value="')[2].partition('"')[0]
    answer = client.post(f"{address}preview/", {"do": "take_in", "seen": seen})
    taken = time.perf_counter() - start
    if answer.status_code != 302:
        raise SystemExit(f"{answer.status_code}")
    print(
        f"{size:>8}{asked:>9}{out:>8.2f}{len(data) / 1024:>8.0f}{back:>8.2f}{len(page.content) / 1024:>9.0f}"
        f"{taken:>8.2f}",
        flush=True,
    )


def _desk(size: int, client: object) -> str:
    """An organisation with so many returns, somebody of it signed in, and the address of its spreadsheet."""
    from django.test import Client
    from django.urls import reverse

    from tests.plan.returns.conftest import made_desk
    from tests.plan.returns.factories import ReturnFactory

    if not isinstance(client, Client):
        raise TypeError
    desk = made_desk()
    words = {"narrative_en": TEXT, "narrative_fr": TEXT, "reason_en": TEXT}
    ReturnFactory.create_batch(size - 1, cycle=desk.cycle, organisation=desk.organisation, **words)
    client.force_login(desk["focal_point"])
    return reverse("returns_sheet", args=[desk.organisation.code, desk.plan.code, desk.cycle.period.code])


def _changed(data: bytes, size: int) -> bytes:
    """The file with other words in every row."""
    from openpyxl import load_workbook

    from palermo.plan.returns.spreadsheet.columns import PLACES, SHEET

    book = load_workbook(io.BytesIO(data))
    for line in range(2, size + 2):
        book[SHEET].cell(line, PLACES["narrative_en"] + 1).value = f"Row {line}: {TEXT}"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
