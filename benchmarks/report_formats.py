"""How long each file of a report takes, and how much memory, as its action chart grows by four and by sixteen.

The promise: a plan of 10,000 deliverables over 5 periods has its report in every format in under 20 seconds each.
Every measurement runs in a process of its own, in which memory is the largest that it, or the typesetter that it
started, ever held.

    python benchmarks/report_formats.py [FORMAT ...]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from palermo.plan.report.formats.document import ACTION_CHART, Cell, Column, Part, ReportDocument, Row, RowSource, Table
from palermo.plan.report.formats.labels import labels_for
from palermo.plan.report.formats.registry import FORMATS

SIZES = (625, 2_500, 10_000)
ROWS_IN_SECTION = 16
PERIODS = tuple(f"{year}-{year + 1}" for year in range(2020, 2025))
STATUSES = {
    "en-CA": ("Ongoing", "In progress", "Complete", "Not stated"),
    "fr-CA": ("Permanent", "En cours", "Terminé", "Non précisé"),
}
CODES = ("ongoing", "in_progress", "complete", "not_stated")
WORDS = {
    "en-CA": "Offer training on the signs of exploitation to people who inspect workplaces, round {number}",
    "fr-CA": "Offrir aux inspecteurs du travail une formation sur les signes d’exploitation, étape {number}",
}


def chart_rows(language: str, rows: int) -> Iterator[Row]:
    for number in range(rows):
        section = number // ROWS_IN_SECTION
        statuses = (
            Cell(STATUSES[language][(number + period) % 4], code=CODES[(number + period) % 4])
            for period in range(len(PERIODS))
        )
        yield (
            f"Part {section // 40}",
            f"{section // 40}.{section % 40}",
            f"{section // 40}.{section % 40}-{number % ROWS_IN_SECTION + 1:02}",
            WORDS[language].format(number=number),
            "Labour Programme; Harbour Police",
            Cell(date(2020 + number % 6, 1 + number % 12, 1), printed=f"{2020 + number % 6}"),
            *statuses,
        )


def report(language: str, rows: int) -> ReportDocument:
    chart = Table(
        key=ACTION_CHART,
        caption="Action chart",
        columns=(
            Column("part", "Part", role="group"),
            Column("section", "Section", role="group"),
            Column("code", "Code", role="row_header"),
            Column("text", "Deliverable", width=4),
            Column("lead", "Lead", width=2),
            Column("due", "Due", kind="date", with_printed=True),
            *(Column(f"status-{period}", f"Status {period}", kind="status") for period in PERIODS),
        ),
        rows=RowSource(lambda: chart_rows(language, rows)),
        wide=True,
    )
    return ReportDocument(
        language=language,
        title="Report",
        plan_title="Plan",
        period_label=PERIODS[-1],
        labels=labels_for(language),
        parts=(Part("chart", "Action chart", (chart,)),),
    )


def measure(key: str, language: str, rows: int) -> None:
    """Make one file and print its seconds, those that a processor worked, its megabytes and the peak of memory."""
    chosen = next(each for each in FORMATS if each.key == key)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"report.{chosen.extension}"
        began = time.perf_counter()
        chosen.render(report(language, rows), made)
        seconds = time.perf_counter() - began
        size = made.stat().st_size
    own = resource.getrusage(resource.RUSAGE_SELF)
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime
    print(f"{seconds:.2f} {worked:.2f} {size / 1e6:.1f} {max(own.ru_maxrss, started.ru_maxrss) / 1024:.0f}")


def main(keys: list[str]) -> None:
    """Print a line for each format, language and size."""
    print(f"{'format':<8}{'language':<10}{'rows':>8}{'seconds':>10}{'of CPU':>10}{'file MB':>10}{'peak MB':>10}")
    for key in keys or [each.key for each in FORMATS]:
        for language in STATUSES:
            for rows in SIZES:
                command = [sys.executable, __file__, "--one", key, language, str(rows)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                seconds, worked, size, peak = done.stdout.split()
                print(f"{key:<8}{language:<10}{rows:>8,}{seconds:>10}{worked:>10}{size:>10}{peak:>10}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main(sys.argv[1:])
