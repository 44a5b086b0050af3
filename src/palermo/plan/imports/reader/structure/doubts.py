"""Every doubt that the document reader can raise, by its stable code."""

from __future__ import annotations

from palermo.plan.imports.reader.reading import Doubt

MEANINGS: dict[str, str] = {
    "cells_guessed": "No mark or gap stands between the cells of this row; where one ends was judged from its words.",
    "column_guessed": "The heading of this column is not known; what it holds was judged from its cells.",
    "date_unreadable": "The time is kept as printed; no date could be read from it.",
    "due_read_from_status": "The due date was read from the words of the status.",
    "lead_unknown": "This was read as who is responsible, but it does not look like an organization.",
    "leads_unnamed": "Others share the lead whom the document does not name.",
    "list_guessed": "These items were read as the steps of the plan because of the headings above them.",
    "no_status_anywhere": "The document states no status for anything.",
    "parts_unclear": "The row holds several starts or statuses; how its text divides among them was guessed.",
    "row_merged_uncertain": "Two printed rows may have been read as one, or one as two.",
    "section_guessed": "The section was judged from the place of the row, not from a heading or code.",
    "split_by_sentence": "The row was divided at its sentences, because it holds several starts or statuses.",
    "starts_fewer_than_parts": "The row holds several things but fewer starts; which start is whose was guessed.",
    "status_guessed": "The words of the status do not fully decide what it is read as.",
    "status_unknown_word": "The words of the status are not known, so it is left as not stated.",
    "statuses_fewer_than_parts": "The row holds several things but fewer statuses; the rest are left as not stated.",
    "statuses_more_than_parts": "The row holds more statuses than things.",
    "text_missing": "A status, time or lead stands here without the text that it belongs to.",
    "timeline_meaning_guessed": "The column does not say whether its time is a start or a due date.",
}


def doubt(code: str, detail: str = "") -> Doubt:
    """A doubt with a code that is documented here. Raises KeyError for any other."""
    if code not in MEANINGS:
        raise KeyError(code)
    return Doubt(code, detail)
