"""What is wrong with a file of figures, each as a sentence that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from palermo.figures.exchange.problems import Place, Problem


def sentence(problem: Problem) -> str:
    """What is wrong and what to do, in the reader's language."""
    words = str(_SENTENCES[problem.code]) % problem.about
    nearest = problem.about.get("nearest")
    return " ".join([words, _("Did you mean “%(nearest)s”?") % {"nearest": nearest}]) if nearest else words


def place_words(place: Place) -> str:
    """Where it is: a cell such as `E7`, or a line and its column; empty for the whole file."""
    if place.cell:
        return place.cell
    if not place.line:
        return ""
    if not place.column:
        return pgettext("place in a file", "Line %(line)s") % {"line": place.line}
    return pgettext("place in a file", "Line %(line)s, column “%(column)s”") % {
        "line": place.line,
        "column": place.column,
    }


_SENTENCES = {
    # Of the file as a whole.
    "empty": gettext_lazy("The file is empty. Choose a file with figures."),
    "too_large": gettext_lazy("The file is larger than %(limit)s MB. A file of figures of one series is smaller."),
    "locked": gettext_lazy(
        "This file has a password or is of an old kind. Save it as Excel (.xlsx) without a password."
    ),
    "not_a_workbook": gettext_lazy("This is no spreadsheet. Save it as Excel (.xlsx) or as CSV."),
    "damaged": gettext_lazy("The file is damaged. Open it in the program that made it, and save it again."),
    "bomb": gettext_lazy("The file would unpack into far more than figures need. Copy the figures into a new file."),
    "too_many_rows": gettext_lazy(
        "The file has more than %(limit)s rows of figures. Nothing was read. Upload it in parts."
    ),
    "no_text": gettext_lazy("This is neither a spreadsheet nor a CSV file. Save it as Excel (.xlsx) or as CSV."),
    "no_sheet": gettext_lazy("The sheet “%(name)s” is missing. Call the sheet with the figures so."),
    "no_rows": gettext_lazy("The file has headings and no figures."),
    "missing_column": gettext_lazy("The column “%(name)s” is missing. Download a template to see all columns."),
    "unknown_column": gettext_lazy("The column “%(written)s” is not known here. Correct its heading or delete it."),
    "column_twice": gettext_lazy("The column “%(written)s” stands here for the second time. Keep one of the two."),
    "more": gettext_lazy("After %(limit)s mistakes the rest of the file was not looked at."),
    "other_definition": gettext_lazy(
        "The definition of the series was changed since you uploaded the file. Upload it again."
    ),
    # Of one cell.
    "formula": gettext_lazy("This is a formula. Copy the cell and paste it as a value."),
    "broken": gettext_lazy("This cell shows an error of the spreadsheet. Write a text or a number."),
    "stray": gettext_lazy("This cell has no heading, so that nothing is read from it. Empty it."),
    "number": gettext_lazy("“%(written)s” is no number. Write digits, such as 1250 or 12.5."),
    "ambiguous_number": gettext_lazy("“%(written)s” could be two numbers. Write 1250 or 1.25, without a comma."),
    "too_large_number": gettext_lazy("At most %(limit)s digits before the decimal sign are kept."),
    "too_fine": gettext_lazy("At most %(limit)s digits after the decimal sign are kept."),
    "fraction": gettext_lazy("What is counted here is counted in whole numbers."),
    "negative": gettext_lazy("A number is never below zero."),
    "no_value": gettext_lazy("Give a number, or mark it as suppressed or not available."),
    "value_with_mark": gettext_lazy("A number cannot be given and be marked as suppressed or not available."),
    "mark": gettext_lazy("“%(written)s” is none of the marks. Choose one from the list in the template."),
    "no_code": gettext_lazy("Choose a code, or write %(total)s for all together."),
    "unknown_code": gettext_lazy("“%(written)s” is not in the list of codes."),
    "date": gettext_lazy("“%(written)s” is no day. Write year, month and day, such as 2014-03-31."),
    "bad_span": gettext_lazy("The last day lies before the first."),
    "period": gettext_lazy("“%(written)s” is no span. Write it as 2013, 2013-Q1, 2013-04 or 2013-04-01/P1Y."),
    "twice": gettext_lazy("The same days and codes are given twice, also in line %(line)s. Keep one of the two."),
    "other_unit": gettext_lazy(
        "This counts “%(written)s”, and the series counts “%(unit)s”. Numbers of unlike things stay apart."
    ),
    "other_series": gettext_lazy("This figure is of the series “%(written)s”, not of “%(series)s”."),
    "unknown_document": gettext_lazy("No source document has the code “%(written)s”."),
    "too_long": gettext_lazy("This text has %(length)s characters; at most %(limit)s are kept. Shorten it."),
    "action": gettext_lazy(
        "The file asks to delete (“%(written)s”). Figures are never deleted, only revised with a reason."
    ),
    "multiplied": gettext_lazy(
        "The figures are given as multiples (“%(written)s”). Write them out in full, and 0 in this column."
    ),
}
