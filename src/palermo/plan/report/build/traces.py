"""Where the words of a report that is being written come from, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from palermo.foundation.bilingual import LANGUAGES, Language
from palermo.people.policies import Viewer
from palermo.plan.register.models import Account, ReportingPeriod
from palermo.plan.report.build.filling import composers
from palermo.plan.report.models import Narrative, NarrativePart
from palermo.plan.report.queries import accounts, narratives
from palermo.plan.report.tracing import Known, Said, Sentence, count_untraced, traced

_TOLD = ("narrative_en", "narrative_fr", "reason_en", "reason_fr", "proof_en", "proof_fr")


@dataclass(frozen=True, slots=True)
class PartTrace:
    """The sentences of one part in each language, each with the returns that it comes from."""

    part: NarrativePart
    narrative: Narrative
    sentences: dict[Language, list[Sentence]]

    @property
    def total(self) -> int:
        """How many sentences the part has, both languages together."""
        return sum(map(len, self.sentences.values()))

    @property
    def untraced(self) -> int:
        """How many of them come from no return."""
        return sum(map(count_untraced, self.sentences.values()))


def part_traces(viewer: Viewer, period: ReportingPeriod) -> list[PartTrace]:
    """Every part that has a text, in the order of the report. A fixed number of queries."""
    known = Known(_said(viewer, period))
    return [
        PartTrace(NarrativePart(part), one, {"en": traced(one.text_en, known), "fr": traced(one.text_fr, known)})
        for part, one in narratives(viewer, period).items()
        if one.text_en.strip() or one.text_fr.strip()
    ]


def _said(viewer: Viewer, period: ReportingPeriod) -> Iterator[Said]:
    """What each account says: its own words, and those that a draft puts around or in place of them."""
    composed = composers(viewer, period)
    for one in accounts(viewer, period).iterator(chunk_size=500):
        yield Said(
            number=one.return_number,
            texts=(*_own_words(one), *(composed[language].said(one).text for language in LANGUAGES)),
            labels=tuple(composed[language].label(one) for language in LANGUAGES),
        )


def _own_words(one: Account) -> list[str]:
    return [getattr(one, field) for field in _TOLD]
