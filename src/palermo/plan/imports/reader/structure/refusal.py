"""Says why a document holds no plan, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.plan.imports.reader.structure.lines import Line

REASONS: dict[str, str] = {
    "no_text": "The document holds no text that can be read.",
    "only_prose": "No plan was found: the document is running text, without numbered actions, a table of actions or a status.",
    "only_bullets": "No plan was found: the document holds paragraphs and lists, but no numbered actions, no table of "
    "actions, and no heading or status that makes its lists the steps of a plan.",
    "empty_table": "No plan was found: there is a table of actions, but it has no rows.",
    "questions": "No plan was found: the numbered items are questions and answers.",
    "contents": "No plan was found: the numbered items are a table of contents.",
    "references": "No plan was found: the numbered items are references or footnotes.",
    "law_text": "No plan was found: the numbered items are the sections of a law.",
    "unmarked_list": "No plan was found: there is a numbered list, but nothing says that its items are actions of a plan.",
}


def why_no_plan(lines: Sequence[Line]) -> tuple[str, str]:
    """A stable code and a sentence for a document in which no rows were found."""
    if not lines:
        code = "no_text"
    elif sum(line.is_bullet for line in lines) >= 3:
        code = "only_bullets"
    else:
        code = "only_prose"
    return code, REASONS[code]
