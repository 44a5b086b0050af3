"""Time to read an invented progress report at n, 4n and 16n rows. Prints figures, judges nothing.

Run with: python benchmarks/reader.py
"""

from __future__ import annotations

import resource
from time import perf_counter

from palermo.plan.imports.reader.text import read_text

SMALLEST = 250
AGENCIES = ("Ministry of Labour", "Border Guard, Police", "Ministry of Health", "National Police")
STATUSES = ("Ongoing", "Complete", "In progress", "Not started")


def lost_columns(count: int) -> str:
    """A chart that lost its columns, as in the text of a PDF, with a task for every ten rows."""
    parts = ["Progress report on the action plan\n\nTask Deliverable Timeline Status Lead\n\n"]
    for place in range(count):
        if place % 10 == 0:
            parts.append(f"{place // 100 + 1}.{place // 10 % 10 + 1}\nStrengthen the work of\nall partners\n\n")
        parts.append(f"Deliver module {place} of the course for\ninspectors and keep it up to date.\n\n")
        parts.append(f"Start:\n2012/13\n\n{STATUSES[place % 4]}\n\n{AGENCIES[place % 4]}\n\n")
    return "".join(parts)


def labelled_list(count: int) -> str:
    """Numbered actions with labels below each."""
    parts = ["National action plan: second progress report\n\n"]
    for place in range(count):
        parts.append(f"Action {place + 1}: Deliver module {place} of the course\n")
        parts.append(f"Lead: {AGENCIES[place % 4]}\nTimeline: Q3 2024\nStatus: {STATUSES[place % 4]}\n\n")
    return "".join(parts)


def pipe_table(count: int) -> str:
    """A table whose cells are set apart by strokes."""
    rows = (
        f"| {place + 1} | Deliver module {place} | {AGENCIES[place % 4]} | 2024 | {STATUSES[place % 4]} |\n"
        for place in range(count)
    )
    return "# Action plan\n\n| No. | Action | Lead | Deadline | Status |\n|---|---|---|---|---|\n" + "".join(rows)


def flat_table(count: int) -> str:
    """A table of which only running lines are left, each row wrapped over two."""
    rows = (
        f"{place // 10 + 1}.{place % 10 + 1} Deliver module {place} of the course for the inspectors of the\n"
        f"regions {AGENCIES[2]} Q{place % 4 + 1} 2024 {STATUSES[place % 4]} Reached many schools\n"
        for place in range(count)
    )
    return "Action plan\n\nNo. Activity Lead agency Deadline Status Comments\n" + "".join(rows)


def main() -> None:
    print(f"{'shape':<16}{'rows':>8}{'seconds':>10}{'ms a row':>10}{'found':>8}")
    for shape in (lost_columns, labelled_list, pipe_table, flat_table):
        for count in (SMALLEST, 4 * SMALLEST, 16 * SMALLEST):
            text = shape(count)
            started = perf_counter()
            reading = read_text(text)
            spent = perf_counter() - started
            print(f"{shape.__name__:<16}{count:>8}{spent:>10.2f}{1000 * spent / count:>10.2f}{len(reading.rows):>8}")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
