"""Sets invented plans as PDF, with and without rules."""

from __future__ import annotations

from collections.abc import Sequence

import typst

HEADINGS = ("No.", "Action", "Responsible agency", "Timeframe", "Status", "Progress")
WIDTHS = "(auto, 3fr, 2fr, 1.6fr, 1.5fr, 2fr)"


def pdf(source: str) -> bytes:
    """A PDF from a source in typesetting markup."""
    made = typst.compile(source.encode())
    if not isinstance(made, bytes):
        raise TypeError("one document was expected")
    return made


def table(rows: Sequence[Sequence[str]], stroke: str = "0.5pt", headings: Sequence[str] = HEADINGS) -> str:
    """The markup of a table with a repeated heading row."""
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    head = ", ".join(f"[*{heading}*]" for heading in headings)
    return f"#table(columns: {WIDTHS}, stroke: {stroke}, table.header({head}), {cells})"


def plan(stroke: str = "0.5pt") -> str:
    """A plan of two objectives with four rows."""
    first = [
        ("1.1", "Train border officers to recognise debt bondage", "NIS, NPF", "2021/22", "Ongoing", "Six courses."),
        (
            "1.2",
            "Broadcast a drama on recruitment fraud in five languages",
            "Ministry of Information",
            "2022",
            "Done",
            "",
        ),
        (
            "1.3",
            "Publish figures on referrals every six months",
            "NAPTIP (with IOM)",
            "by June 2023",
            "Not started",
            "",
        ),
    ]
    second = [("2.1", "Open two shelters in the delta", "Ministry of Women", "2024", "In progress", "")]
    return (
        "#set text(size: 9pt)\n= National Action Plan on Trafficking in Persons\nIt was agreed in the spring.\n"
        f"== Objective 1: Prevention\n{table(first, stroke)}\n"
        f"== Objective 2: Protection of victims\n{table(second, stroke)}\n"
    )
