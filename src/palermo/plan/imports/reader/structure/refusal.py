"""Says why a document holds no plan, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.plan.imports.reader.structure.kinds import LEADERS, kind_of_items
from palermo.plan.imports.reader.structure.lines import Line
from palermo.plan.imports.reader.structure.outline import nodes_of
from palermo.plan.imports.reader.vocabulary import fold

REASONS: dict[str, str] = {
    "no_text": "The document holds no text that can be read.",
    "only_prose": "No plan was found: the document is running text, without numbered actions, a table of actions or "
    "a status for each.",
    "only_bullets": "No plan was found: the document holds paragraphs and lists, but no numbered actions, no table of "
    "actions, and no heading or status that makes its lists the steps of a plan.",
    "empty_table": "No plan was found: there is a table of actions, but it has no rows.",
    "questions": "No plan was found: the numbered items are questions and answers.",
    "contents": "No plan was found: the numbered items are a table of contents.",
    "references": "No plan was found: the numbered items are references or footnotes.",
    "law_text": "No plan was found: the numbered items are the sections of a law.",
    "instructions": "No plan was found: the numbered items are instructions of another kind.",
    "unmarked_list": "No plan was found: there is a numbered list, but nothing says that its items are actions of a "
    "plan.",
}


def why_no_plan(lines: Sequence[Line], has_table_head: bool) -> tuple[str, str]:
    """A stable code and a sentence for a document in which no rows were found."""
    code = _code(lines, has_table_head)
    return code, REASONS[code]


def _code(lines: Sequence[Line], has_table_head: bool) -> str:
    if not lines:
        return "no_text"
    if has_table_head:
        return "empty_table"
    if sum(LEADERS.search(line.text) is not None for line in lines) >= 3:
        return "contents"
    items = [node.opening for node in nodes_of(lines) if node.kind == "thing"]
    kind = kind_of_items(items, fold(" ".join(line.text for line in lines))) if len(items) >= 3 else ""
    if kind:
        return kind
    if len(items) >= 3:
        return "unmarked_list"
    return "only_bullets" if sum(line.is_bullet for line in lines) >= 3 else "only_prose"
