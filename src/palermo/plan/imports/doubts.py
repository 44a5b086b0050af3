"""Every doubt in plain words. The codes are those of the readers and of the comparison; the words are for people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    # Of documents
    "cells_guessed": _("Nothing marks where the cells of this row end. It was judged from their words."),
    "column_guessed": _("The heading of this column is not known. What it holds was judged from its cells."),
    "date_unreadable": _("No date could be read from these words. They are kept as printed."),
    "due_read_from_status": _("The due date was read from the words of the status."),
    "language_unknown": _("The language of the document could not be told. It is taken for English."),
    "lead_unknown": _("This was read as who is responsible, but it does not look like an organization."),
    "leads_unnamed": _("Others share the lead whom the document does not name."),
    "list_guessed": _("These items were read as steps of the plan because of the headings above them."),
    "no_status_anywhere": _("The document states no status for anything."),
    "parts_unclear": _("The row holds several starts or statuses. How its text divides among them was guessed."),
    "row_merged_uncertain": _("Two printed rows may have been read as one, or one as two."),
    "section_guessed": _("The section was judged from where the row stands, not from a heading or a code."),
    "split_by_sentence": _("The row was divided at its sentences, because it holds several starts or statuses."),
    "starts_fewer_than_parts": _("The row holds several things but fewer starts. Which start is whose was guessed."),
    "status_guessed": _("The words of the status do not fully decide what it was read as."),
    "status_unknown_word": _("The words of the status are not known, so it is left as not stated."),
    "statuses_fewer_than_parts": _("The row holds more things than statuses. The rest are left as not stated."),
    "statuses_more_than_parts": _("The row holds more statuses than things."),
    "text_missing": _("A status, time or lead stands here without the text that it belongs to."),
    "timeline_meaning_guessed": _("The column does not say whether its time is a start or a due date."),
    # Of tables
    "amount_unreadable": _("No amount of money could be read from this cell."),
    "cell_error": _("The cell holds an error of the spreadsheet, so it is read as empty."),
    "code_was_number": _("The cell holds a number, not text: a code such as 1.10 would have become 1.1."),
    "column_repeated": _("A column further left is already read as this. This one is only shown."),
    "date_order_guessed": _("The day and the month could be the other way round."),
    "example_row_changed": _("The row has the code of the template’s example, but says something else."),
    "fiscal_year_unreadable": _("No fiscal year could be read from this cell."),
    "formula_without_value": _("The cell holds a formula that was never calculated, so it is read as empty."),
    "new_unreadable": _("The cell says neither yes nor no."),
    "p_unknown": _("The cell names none of the Ps."),
    "row_hidden": _("The row is hidden in the spreadsheet."),
    "section_title_differs": _("Another row gives this section another title. The first one is kept."),
    "sheet_hidden": _("The sheet is hidden and was not read."),
    # Of the comparison with the plan
    "matched_by_place": _(
        "It stands in the same place as this deliverable of the plan, but its words differ a good deal. Is it the same?"
    ),
    "matched_other_words": _("It has the code of this deliverable of the plan, but other words. Is it the same?"),
    "not_matched": _("The plan has nothing like it, so it would be added. Is it really new?"),
    "code_not_free": _("The printed code is already taken, so another one was made from its place."),
}

REASONS: dict[str, str | Promise] = {
    # Why a file cannot be read
    "archive": _("This is an archive of other files. Unpack it and import the file that holds the plan."),
    "binary": _("This file holds no text. Import a plan as text, PDF, CSV, XLSX or JSON."),
    "csv_no_columns": _("This table has no columns: its rows are not divided alike by commas, semicolons or tabs."),
    "csv_open_quote": _("A row of this table cannot be read: a quotation mark is not closed."),
    "damaged": _("This file is damaged or breaks off. Download it again, or save it anew, and import that."),
    "empty": _("This file is empty. Choose a file that holds a plan."),
    "encrypted": _("This PDF is protected by a password. Save a copy without one and import that."),
    "json_fields": _("This plan file has fields that cannot be read."),
    "json_format_version": _("This plan file is of a version that cannot be read."),
    "json_not_a_plan": _("This JSON file is not a plan file of Palermo."),
    "json_not_yours": _("This plan file belongs to an organization whose plans you do not coordinate."),
    "json_other_plan": _("This is the file of another plan than the one that you chose."),
    "json_references": _("This plan file contradicts itself."),
    "json_syntax": _("This file is not complete JSON."),
    "json_too_deep": _("This JSON is nested too deep to be a plan file."),
    "mapping_unknown_field": _("One of the columns was mapped to something that is not a field of a plan."),
    "not_a_file": _("There is no such file. Choose a file that holds a plan."),
    "old_excel": _("This is an old Excel file. Save it as XLSX or CSV and import that."),
    "old_office": _("This is an old office file. Save it as PDF, XLSX or plain text and import that."),
    "old_word": _("This is an old Word document. Save it as PDF or as plain text and import that."),
    "open_sheet": _("This is an OpenDocument spreadsheet. Save it as XLSX or CSV and import that."),
    "open_text": _("This is an OpenDocument text. Save it as PDF or as plain text and import that."),
    "password": _("This file is protected by a password. Save a copy without the password and import that."),
    "picture": _("This is a picture. Import the document as text, PDF with text, XLSX or CSV."),
    "reader_failed": _("This file could not be read. Save it in another format, or import a part of it."),
    "rich_text": _("This is an RTF document. Save it as PDF or as plain text and import that."),
    "scanned": _("This PDF holds pictures of pages and no text. Run text recognition on it and import the result."),
    "slides": _("This is a slide presentation. Save it as PDF and import that."),
    "spreadsheet_bomb": _("This spreadsheet would unpack to far too much. Copy the rows of the plan into a new file."),
    "spreadsheet_damaged": _("This spreadsheet is damaged or incomplete. Save it again as XLSX and import that."),
    "text_too_long": _("This text is too long to be a plan. Import only the part that holds the plan."),
    "too_large": _("This file is too large. Take out its pictures, or import only the part that holds the plan."),
    "too_many_columns": _("This table has too many columns to be a plan."),
    "too_many_pages": _("This PDF has too many pages. Import only the part that holds the plan."),
    "too_many_rows": _("This table has too many rows. Take out what is not part of the plan."),
    "too_much_memory": _("Reading this file needed too much memory. Import only the part that holds the plan."),
    "too_slow": _("Reading this file took too long and was stopped. Import only the part that holds the plan."),
    "truncated": _("This file is incomplete: its end is missing. Copy or download it again."),
    "web_page": _("This is the source of a web page. Print the page to PDF, or save its text, and import that."),
    "word": _("This is a Word document. Save it as PDF or as plain text and import that."),
    # Why a document holds no plan
    "contents": _("No plan was found: the numbered items are a table of contents."),
    "empty_table": _("No plan was found: there is a table of actions, but it has no rows."),
    "instructions": _("No plan was found: the numbered items are instructions of another kind."),
    "law_text": _("No plan was found: the numbered items are the sections of a law."),
    "no_known_header": _("No row of this table has headings that are known. Say what each column holds."),
    "no_rows": _("This table has headings, but no rows below them."),
    "no_text": _("The document holds no text that can be read."),
    "no_text_column": _("No column of this table is known to hold what is to be done. Say which one does."),
    "only_bullets": _(
        "No plan was found: the document holds paragraphs and lists, but no numbered actions, no table of actions, "
        "and no heading or status that makes its lists the steps of a plan."
    ),
    "only_prose": _(
        "No plan was found: the document is running text, without numbered actions, a table of actions or a status."
    ),
    "questions": _("No plan was found: the numbered items are questions and answers."),
    "references": _("No plan was found: the numbered items are references or footnotes."),
    "unmarked_list": _(
        "No plan was found: there is a numbered list, but nothing says that its items are actions of a plan."
    ),
}

LACKS: dict[str, str | Promise] = {
    "code": _("Give the plan a code, which becomes part of its address."),
    "code_taken": _("Another plan has this code already. Give another one, or import into that plan."),
    "contradiction": _("The plan would contradict itself."),
    "document": _("Give the source document a title, since statuses will point to it."),
    "jurisdiction": _("Say for which country, province or city the plan holds."),
    "organisation": _("Say who this organization is."),
    "owner": _("Say which organization owns the plan."),
    "period_locked": _("Organizations answer for this period by returns, so a document cannot change it."),
    "period": _("Say which period the document reports on, since it states progress."),
    "rows": _("Keep at least one row."),
    "text": _("Give this row a text, or drop it."),
    "title": _("Give the plan a title."),
}
"""What a proposal still lacks."""


def in_words(code: str) -> str:
    """A doubt in the reader's language; a code that nobody wrote words for stands for itself."""
    return str(WORDS.get(code, code))


def reason(code: str, message: str) -> str:
    """Why a file was refused in the reader's language, or as the reader of files said it."""
    return str(REASONS.get(code, message))
