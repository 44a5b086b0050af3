"""What is wrong with a spreadsheet that came back, cell by cell, each with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. Kept as a code, so that it can be said in the language of whoever reads it."""

    code: str
    cell: str = ""
    """Such as `E7`; empty where it is wrong with the file as a whole."""
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return str(_SENTENCES[self.code]) % self.about


class RefusedError(Exception):
    """Nothing of the file is read. `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


_SENTENCES = {
    # Of the file as a whole.
    "empty": gettext_lazy("The file is empty. Choose the spreadsheet that you downloaded here and filled in."),
    "too_large": gettext_lazy("The file is larger than %(limit)s MB. Take out pictures and sheets that you added."),
    "not_a_workbook": gettext_lazy("This is no XLSX file. In your office program choose Save as, then Excel (.xlsx)."),
    "locked": gettext_lazy(
        "This file has a password or is of an old kind. Save it as Excel (.xlsx) without a password."
    ),
    "damaged": gettext_lazy("The file is damaged. Open it in your office program, save it again, and send that."),
    "bomb": gettext_lazy(
        "The file would unpack into far more than a year’s returns. Copy your words into a new download."
    ),
    "no_sheet": gettext_lazy(
        "The sheet “%(name)s” is missing. Download the spreadsheet again and copy your words into it."
    ),
    "too_many_rows": gettext_lazy(
        "The sheet has more than %(limit)s rows. Delete the rows that do not come from here."
    ),
    "no_rows": gettext_lazy("The sheet has no row with a return. Download the spreadsheet again."),
    "other_desk": gettext_lazy(
        "No row of it is a return of this organization for this period. Perhaps it is the file of another one."
    ),
    "heading": gettext_lazy(
        "The heading “%(heading)s” should stand here. Write it so, or put the column back in its place."
    ),
    # Of one cell.
    "not_read": gettext_lazy("Nothing is read from this cell. Move what it says into a coloured cell, and empty it."),
    "no_number": gettext_lazy(
        "This row does not say which return it is. Download the spreadsheet again and copy it there."
    ),
    "unknown_number": gettext_lazy("This row is no return of this organization for this period. Delete the row."),
    "twice": gettext_lazy("This return stands in the file twice, also in row %(row)s. Keep one of the two rows."),
    "locked_changed": gettext_lazy(
        "This cell was locked and says something else now. Nothing is read from it: put the old words back."
    ),
    "not_with_writer": gettext_lazy(
        "This return is not with its writers (%(state)s), so nothing of it can change. Put the old words back here."
    ),
    "formula": gettext_lazy("This is a formula. Copy the cell and paste it as a value."),
    "broken": gettext_lazy("This cell shows an error of the spreadsheet. Write a text or a number."),
    "status": gettext_lazy("This is none of the statuses. Choose one from the list in the cell."),
    "date": gettext_lazy("This is no date. Write year, month and day, such as 2027-03-31."),
    "money": gettext_lazy(
        "This is no amount. Write a number of at most two decimals that is not below zero, such as 1250.50."
    ),
    "currency": gettext_lazy("Write three capital letters, such as CAD."),
    "too_long": gettext_lazy("This text has %(length)s characters; at most %(limit)s are kept. Shorten it."),
}
