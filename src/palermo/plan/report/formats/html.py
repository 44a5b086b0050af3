"""The report as HTML: one file to keep, or one part to stand inside a page of the site.

The file holds its own style and no script. A part carries classes only (all begin with `report-`;
`report.css` beside this module shows what each is for), so that it fits a page with a strict content policy.
Widths of columns are classes too: `report-col-5` to `report-col-60`, in steps of five hundredths of the
table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from palermo.plan.report.formats.document import Part, ReportDocument
from palermo.plan.report.formats.html_blocks import Page
from palermo.plan.report.formats.html_words import heading, lines
from palermo.plan.report.formats.outline import edition_facts, edition_words
from palermo.plan.report.formats.target import Target, opened
from palermo.plan.report.formats.words import one_line

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(document: ReportDocument, target: Target) -> None:
    """Write the report as one HTML file in UTF-8.

    Raises:
        DocumentError: the document contradicts itself.
    """
    with opened(target) as stream:
        for piece in _file(document):
            stream.write(piece.encode())


def html_pieces(document: ReportDocument, part: Part) -> Iterator[str]:
    """One part of the report for a page whose own title is the `h1`, piece by piece."""
    return Page(document).part(part)


def html_fragment(document: ReportDocument, part: Part) -> str:
    """One part of the report for a page whose own title is the `h1`. It is safe to print as it is."""
    return "".join(html_pieces(document, part))


def _file(document: ReportDocument) -> Iterator[str]:
    labels = document.labels
    yield from _head(document)
    yield f'<body>\n<a class="report-skip" href="#report-content">{escape(labels.skip_to_content)}</a>\n'
    yield f'<header class="report-cover">\n<p class="report-plan">{lines(document.plan_title)}</p>\n'
    yield f"<h1>{lines(document.title)}</h1>\n"
    for line in (document.subtitle, document.period_label, edition_words(document)):
        if line:
            yield f"<p>{lines(line)}</p>\n"
    yield "</header>\n"
    yield from _contents(document)
    yield '<main id="report-content" tabindex="-1">\n'
    yield from _about(document)
    page = Page(document)
    for part in document.parts:
        yield from page.part(part)
    yield "</main>\n</body>\n</html>\n"


def _head(document: ReportDocument) -> Iterator[str]:
    title = one_line(f"{document.title} – {document.period_label}")
    yield f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(title)}</title>\n"
    if document.publisher:
        yield f'<meta name="author" content="{escape(one_line(document.publisher))}">\n'
    if document.keywords:
        yield f'<meta name="keywords" content="{escape(one_line(", ".join(document.keywords)))}">\n'
    style = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    yield f"<style>\n{style}</style>\n</head>\n"


def _contents(document: ReportDocument) -> Iterator[str]:
    labels = document.labels
    yield '<nav class="report-contents" aria-labelledby="report-contents">\n'
    yield heading(1, labels.contents, "report-contents")
    yield f'<ul>\n<li><a href="#report-about">{escape(labels.about)}</a>'
    level = 1
    for part in document.parts:
        step = part.level - level
        yield "\n<ul>\n" if step > 0 else "</li>\n" + "</ul>\n</li>\n" * -step
        yield f'<li><a href="#report-part-{part.key}">{lines(part.heading)}</a>'
        level = part.level
    yield "</li>\n" + "</ul>\n</li>\n" * (level - 1) + "</ul>\n</nav>\n"


def _about(document: ReportDocument) -> Iterator[str]:
    labels = document.labels
    yield '<section class="report-part" aria-labelledby="report-about">\n'
    yield heading(1, labels.about, "report-about")
    yield from _definitions(edition_facts(document))
    if document.statuses:
        yield heading(2, labels.statuses, "report-statuses")
        yield from _definitions((status.label, status.meaning) for status in document.statuses)
    yield "</section>\n"


def _definitions(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield '<dl class="report-definitions">\n'
    for term, meaning in pairs:
        yield f"<dt>{lines(term)}</dt>\n<dd>{lines(meaning)}</dd>\n"
    yield "</dl>\n"
