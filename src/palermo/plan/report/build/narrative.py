"""What people wrote, as blocks of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from palermo.foundation.bilingual import LANGUAGES, Language, choose
from palermo.plan.report.build.chart import TAGS, reader_tag
from palermo.plan.report.build.sources import Place, sources_in
from palermo.plan.report.formats.document import (
    Block,
    BulletList,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Part,
    Quote,
    ReportDocument,
    Runs,
)
from palermo.plan.report.formats.html import html_fragment
from palermo.plan.report.formats.labels import labels_for
from palermo.plan.report.formats.markdown import ProblemKind, read_markdown
from palermo.plan.report.models import Narrative, NarrativePart

PROBLEMS = {
    ProblemKind.IMAGE: _("A picture was left out: %(detail)s"),
    ProblemKind.LINK: _("A link was left out, because it leads neither to the web nor to a mail address: %(detail)s"),
    ProblemKind.HEADING: _("A heading was moved to another level: %(detail)s"),
    ProblemKind.SOURCE: _("No return with this number was made public in this period: %(detail)s"),
}


def narrative_blocks(
    written: Narrative | None, heading: str, places: Mapping[int, Place], level: int = 1
) -> tuple[Block, ...]:
    """The text in the reader's language, else the other one, marked as such; nothing where nothing was written."""
    if written is None:
        return ()
    words = choose(written.text_en, written.text_fr)
    sources = sources_in(words.text, places, reader_tag() if words.is_other else "")
    blocks = read_markdown(words.text, part_key=written.part, part_heading=heading, level=level, sources=sources).blocks
    return tuple(_marked(block, TAGS[words.language]) for block in blocks) if words.is_other else blocks


def _marked(block: Block, tag: str) -> Block:
    """The block with its language on every run of text."""
    if isinstance(block, Heading | Paragraph | Quote):
        return replace(block, runs=_runs(block.runs, tag))
    if isinstance(block, BulletList | NumberedList):
        return _marked_list(block, tag)
    return block


def _marked_list(block: BulletList | NumberedList, tag: str) -> BulletList | NumberedList:
    items = tuple(
        ListItem(_runs(item.runs, tag), tuple(_marked_list(nested, tag) for nested in item.nested))
        for item in block.items
    )
    return replace(block, items=items)


def _runs(runs: Runs, tag: str) -> Runs:
    return tuple(replace(run, language=run.language or tag) for run in runs)


def preview_html(
    part: NarrativePart, text_en: str, text_fr: str, places: Mapping[int, Place]
) -> dict[Language, tuple[SafeString, list[str]]]:
    """Both texts as they would be printed, each with what had to be left out of it."""
    texts: dict[Language, str] = {"en": text_en, "fr": text_fr}
    return {language: _preview(part, texts[language], language, places) for language in LANGUAGES}


def _preview(
    part: NarrativePart, text: str, language: Language, places: Mapping[int, Place]
) -> tuple[SafeString, list[str]]:
    with override(language):
        heading, sources = str(part.label), sources_in(text, places)
    read = read_markdown(text, part_key=part, part_heading=heading, sources=sources)
    shown = Part(part.replace("_", "-"), heading, read.blocks)
    document = ReportDocument(
        language=TAGS[language],
        title=heading,
        plan_title="",
        period_label="",
        labels=labels_for(TAGS[language]),
        parts=(shown,),
    )
    problems = [str(PROBLEMS[problem.kind]) % {"detail": problem.detail} for problem in read.problems]
    return mark_safe(html_fragment(document, shown)), problems  # noqa: S308 - made by our own renderer
