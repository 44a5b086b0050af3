"""The report as a Word file: real headings, lists and table headers, so that it can be read aloud and worked on."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.section import Section
from docx.shared import Inches
from docx.text.paragraph import Paragraph as WordParagraph

from palermo.foundation.days import long_date
from palermo.plan.report.formats.document import ReportDocument
from palermo.plan.report.formats.outline import edition_facts, edition_words
from palermo.plan.report.formats.target import Target, opened
from palermo.plan.report.formats.word_blocks import Body, is_wide
from palermo.plan.report.formats.word_styles import set_styles
from palermo.plan.report.formats.word_xml import anchor_run, field_end, field_runs, field_start, text_run
from palermo.plan.report.formats.words import one_line, printable

LONGEST_PROPERTY = 255
MARGIN = Inches(0.9)
SHORT_SIDE, LONG_SIDE = Inches(8.5), Inches(11)


def render(document: ReportDocument, target: Target) -> None:
    """Write the Word file.

    Raises:
        DocumentError: the document contradicts itself.
    """
    word = docx.Document()
    set_styles(word, document.language)
    _properties(word, document)
    _frame(word.sections[0], document)
    _cover(word, document)
    body = Body(word, document)
    _contents(word, document, body)
    _about(document, body)
    wide = False
    for part in document.parts:
        if is_wide(part) != wide:
            wide = not wide
            _turn(word.add_section(WD_SECTION.NEW_PAGE), wide)
        body.part(part)
    held = io.BytesIO()
    word.save(held)
    with opened(target) as stream:
        stream.write(held.getbuffer())


def _properties(word: Document, document: ReportDocument) -> None:
    said = word.core_properties
    said.title = _property(f"{document.title} – {document.period_label}")
    said.subject = _property(document.plan_title)
    said.author = _property(document.publisher)
    said.keywords = _property(", ".join(document.keywords))
    said.language = document.language
    said.comments = _property(edition_words(document))
    published = document.published_on
    said.created = datetime.combine(published, time(12), UTC) if published else datetime(1980, 1, 1, tzinfo=UTC)
    said.modified = said.created
    said.last_modified_by = said.author


def _property(words: str) -> str:
    """Words for a property, cut where it may not be longer."""
    line = one_line(words)
    return line if len(line) <= LONGEST_PROPERTY else f"{line[: LONGEST_PROPERTY - 1]}…"


def _frame(section: Section, document: ReportDocument) -> None:
    """Header and footer, which the cover does not have."""
    _turn(section, wide=False)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = one_line(f"{document.title} – {document.period_label}")
    before, _, rest = document.labels.page_of.partition("{page}")
    between, _, after = rest.partition("{pages}")
    footer = section.footer.paragraphs[0]
    for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        footer._p.append(text_run(words))
        if field:
            footer._p.extend(field_runs(field, [text_run("1")]))


def _turn(section: Section, wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG_SIDE, SHORT_SIDE) if wide else (SHORT_SIDE, LONG_SIDE)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.different_first_page_header_footer = False


def _cover(word: Document, document: ReportDocument) -> None:
    word.add_paragraph(one_line(document.title), style="Title")
    if document.subtitle:
        word.add_paragraph(printable(document.subtitle), style="Subtitle")
    published = document.published_on
    dated = long_date(published, document.language) if published else ""
    lines = (document.plan_title, document.period_label, document.publisher, edition_words(document), dated)
    for line in lines:
        if line:
            word.add_paragraph(printable(line))
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _contents(word: Document, document: ReportDocument, body: Body) -> None:
    """A table of contents that links at once, and that Word completes with its page numbers."""
    word.add_paragraph(document.labels.contents, style="TOC Heading")
    entries = [(1, document.labels.about), *((part.level, one_line(part.heading)) for part in document.parts)]
    paragraph: WordParagraph | None = None
    for number, (level, words) in enumerate(entries):
        paragraph = word.add_paragraph(style=f"Contents {level}")
        if number == 0:
            paragraph._p.extend(field_start('TOC \\o "1-2" \\h \\z \\u', is_dirty=True))
        paragraph._p.append(anchor_run(body.anchor(number), text_run(words)))
    if paragraph is not None:
        paragraph._p.append(field_end())
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _about(document: ReportDocument, body: Body) -> None:
    labels = document.labels
    body.top_heading(1, labels.about)
    body.pairs(edition_facts(document))
    if document.statuses:
        body.heading(2, labels.statuses)
        body.pairs((status.label, status.meaning) for status in document.statuses)
