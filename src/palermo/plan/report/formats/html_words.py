"""Words as HTML. Everything that comes from a document is escaped here and nowhere else needs to be."""

from __future__ import annotations

import re
from html import escape

from palermo.plan.report.formats.document import Origin, Run, Runs
from palermo.plan.report.formats.words import printable

DEEPEST = 6
CODE = re.compile(r"[a-z0-9_]+")


def heading(level: int, words: str, key: str = "", language: str = "") -> str:
    """A heading: level 1 is `h2`, because the title of the page is the `h1`."""
    anchor = (f' id="{key}"' if key else "") + lang(language)
    tag = f"h{min(level + 1, DEEPEST)}"
    return f"<{tag}{anchor}>{lines(words)}</{tag}>\n"


def lang(language: str) -> str:
    """The attribute that says what language something is in; none where it is the document's."""
    return f' lang="{escape(language)}"' if language else ""


def lines(words: str) -> str:
    """Words escaped, with their line breaks."""
    return escape(printable(words)).replace("\n", "<br>\n")


def runs_html(runs: Runs) -> str:
    """Runs with their look, links and languages."""
    return "".join(_run(run) for run in runs)


def origin_html(origin: Origin | None) -> str:
    """Where the numbers of a table come from, as a note under it; nothing where nobody said."""
    return f'<p class="report-table-note report-origin">{runs_html(origin.runs)}</p>\n' if origin else ""


def _run(run: Run) -> str:
    html = lines(run.text)
    if run.bold:
        html = f"<strong>{html}</strong>"
    if run.italic:
        html = f"<em>{html}</em>"
    if run.language:
        html = f"<span{lang(run.language)}>{html}</span>"
    if run.link:
        html = f'<a href="{escape(printable(run.link))}">{html}</a>'
    if run.source:
        html = f'<span class="report-source">{html}</span>'
    return html
