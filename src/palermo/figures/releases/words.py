"""Why something is not possible, or what is wrong with records, in the reader's words, without any value of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.figures.releases.described import NotDescribedError
from palermo.figures.releases.keeping import GoneError
from palermo.foundation.money import written_number


def not_described(error: NotDescribedError) -> str:
    """Why a description of a column cannot be used, and what to do."""
    words = {
        "bad_line": _("Line %(about)s is not of the form: code; English; French; the code that it is a part of."),
        "bad_name": _(
            "“%(about)s” cannot be a name: use letters, digits and _, beginning with a letter, or another word."
        ),
        "bad_code": _("“%(about)s” cannot be a code: use letters, digits, _ and -, without blanks."),
        "same_codes": _("The code “%(about)s” stands there twice."),
        "no_codes": _("List the codes that may stand in the column."),
        "too_many_codes": _("List at most %(about)s codes."),
        "no_label": _("“%(about)s” needs words in one language at least."),
        "unknown_parent": _("“%(about)s” is said to hold others, and is not in the list."),
        "circle": _("Some codes are parts of each other."),
        "code_taken": _("Another column is called “%(about)s” already."),
        "unknown_missing": _("“%(about)s” is not in the list, or is the sum of others."),
    }
    return words[error.code] % {"about": error.about}


def not_possible(code: str) -> str:
    """Why an act is not possible, and what to do."""
    words = {
        "no_tables": _("Choose the tables first."),
        "no_records": _("The records were erased. Upload them again."),
        "no_records_here": _("This release is not made of records."),
        "erase_day": _("Give a day from today on, at most 180 days away."),
        "not_protected": _("Protect the tables first."),
        "attack_succeeded": _(
            "The attack succeeded, so that this release cannot be approved. Change its tables or its rules."
        ),
        "stale": _(
            "Something changed since the attack: the rules, the tables, or what else is published of this population. "
            "Protect and attack it again."
        ),
        "no_reason": _("Say why."),
        "corrected_already": _("A correction of this release is published or on its way already."),
        "no_correction": _("Say what is corrected."),
        "too_many_tables": _("A release has at most 20 tables."),
        "same_table": _("There is a table by the same dimensions already."),
        "no_dimensions": _("A table is laid out by one dimension at least."),
        "too_many_dimensions": _("A table has at most 5 dimensions."),
        "same_dimension": _("A table is laid out by each dimension only once."),
        "unknown_dimension": _("This release has no such dimension any more."),
        "unknown_number": _("This release has no such number any more."),
        "too_many_cells": _("The table would have more than 200,000 cells. Leave a dimension out."),
        "not_yours": _("You cannot make a release of this."),
        "over_budget": _("The budget of noise of this population is spent."),
    }
    return words[code]


def not_read(code: str) -> str:
    """Why a file of records cannot be read, and what to do. `code` is that of a RecordsError."""
    words = {
        "empty": _("The file is empty."),
        "no_records": _("The file names its columns and has no records under them."),
        "spreadsheet": _("This is a spreadsheet or an archive. Save the records as CSV, in UTF-8."),
        "not_utf8": _("The file is not text in UTF-8. Save the records as CSV, in UTF-8."),
        "too_many_columns": _("The file has more than 1,000 columns."),
        "nameless_column": _("A column has no name. The first row names the columns."),
        "same_names": _("Two columns have the same name."),
        "header": _("The first row cannot be read as the names of columns."),
        "long_row": _("A row is longer than 2 MB, or a quotation mark is never closed."),
        "open_quote": _("A quotation mark is never closed."),
        "ragged": _("More than 10,000 rows do not have as many fields as the first row."),
        "too_many_rows": _("The file has more than 50,000,000 rows."),
        "nested_column": _("A column holds something other than text, whole numbers, yes and no, or dates."),
        "large_group": _("A row group of the file is too large. Write the file in smaller row groups."),
        "too_many_groups": _("The file has too many row groups."),
        "large_sum": _("A column sums up to more than can be held."),
        "missing_column": _("A column that was described is not in the file."),
    }
    return words.get(code, _("The file cannot be read: it is broken, or is neither CSV nor Parquet."))


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with records: the row and the column as people count, 0 where it is the whole."""

    row: int
    column: int
    words: str


def troubles(problems: Sequence[tuple[int, int, str]]) -> list[Trouble]:
    """What kept tables from being protected, in the reader's words."""
    told = [Trouble(row, column, _trouble(row, code)) for row, column, code in problems if code != "more"]
    return told + [Trouble(0, 0, _trouble(number, code)) for number, _column, code in problems if code == "more"]


def _trouble(number: int, code: str) -> str:
    if code.startswith("file:"):
        return not_read(code.removeprefix("file:"))
    if code == "more":
        told = {"number": written_number(number)}
        return ngettext("and %(number)s further field", "and %(number)s further fields", number) % told
    words = {
        "unknown": _("The field holds something that is no code of the column."),
        "sum": _("The field holds the code of a sum. Give one of the codes that it is the sum of."),
        "empty": _("The field is empty."),
        "not_utf8": _("The field is not text in UTF-8."),
        "fields": _("The row has too few or too many fields."),
        "number": _("The field holds no whole number of at least 0, or one that is too large."),
        "gone": _("The records were erased. Upload them again."),
        "shape": _("A table would be too large, or its codes do not fit together."),
        "made_up": _(
            "No records can be made up of these: it takes two columns at least, at most 50, at most 20,000,000 "
            "fields, and not too many codes."
        ),
        "changed": _("Something else was published of this population meanwhile. Protect the tables again."),
        "unprotectable": _(
            "Some number could be worked out whatever is left out, for instance because an earlier release shows it. "
            "Change the tables."
        ),
        "needs_records": _("These rules are for records alone: choose other rules, or make a release of records."),
        "needs_counts": _("Sums cannot be protected by these rules: they are for counts alone."),
        "not_by_these": _("Nothing is known by the dimensions of a table for these days."),
        "does_not_add_up": _("A total differs from the sum of its parts, so that nothing could be protected."),
        "not_whole": _("A value is missing, or is no whole number of at least 0."),
        "not_known": _("What the release is made of is not there any more."),
        "no_records_yet": _("Upload the records first."),
    }
    return words.get(code, _("Something went wrong on our side. It has been recorded; try again."))


def gone(_error: GoneError) -> str:
    """That records are not there any more."""
    return not_possible("no_records")
