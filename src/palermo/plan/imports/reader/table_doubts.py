"""Every doubt that tables add to those of the document reader, by its stable code.

The detail of a doubt about a cell begins with the cell: `B12: soon`.
"""

from __future__ import annotations

MEANINGS: dict[str, str] = {
    "amount_unreadable": "No amount of money could be read from this cell.",
    "cell_error": "The cell holds an error of the spreadsheet, so it is read as empty.",
    "code_was_number": "The cell holds a number, not text: a code such as 1.10 would have become 1.1.",
    "column_repeated": "A column further left is already read as this; this one is only shown.",
    "date_order_guessed": "The day and the month could be the other way round.",
    "example_row_changed": "The row has the code of the template's example, but says something else.",
    "fiscal_year_unreadable": "No fiscal year could be read from this cell.",
    "formula_without_value": "The cell holds a formula that was never calculated, so it is read as empty.",
    "new_unreadable": "The cell says neither yes nor no.",
    "p_unknown": "The cell names none of the Ps.",
    "row_hidden": "The row is hidden in the spreadsheet.",
    "section_title_differs": "Another row gives this section another title; the first one is kept.",
    "sheet_hidden": "The sheet is hidden and was not read.",
}
