"""Drafts of the parts for the Ps, made of nothing but what organisations said, and which parts they may fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.foundation.bilingual import LANGUAGES, Language, Shown, choose, colon
from palermo.people.models import OrganisationName
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.models import Account, ReportingPeriod
from palermo.plan.register.vocabulary import P, Status
from palermo.plan.report.formats.markdown_marks import escaped, language_mark, source_mark
from palermo.plan.report.models import FilledPart, Narrative, NarrativePart
from palermo.plan.report.models.narrative import LONGEST_TEXT
from palermo.plan.report.queries import accounts, last_filled, narratives

_CHUNK = 500


@dataclass(slots=True)
class Draft:
    """The draft of one part in both languages."""

    part: NarrativePart
    accounts: int = 0
    """How many accounts it is made of."""
    left_out: int = 0
    """How many there was no room for."""
    paragraphs: dict[Language, list[str]] = field(default_factory=lambda: {"en": [], "fr": []})
    length: int = 0
    """Characters of the longer of its two texts."""

    def add(self, texts: Mapping[Language, str]) -> None:
        """Add an account, if it still fits; after the first that does not, none is added."""
        longer = self.length + max(map(len, texts.values())) + 2
        if longer > LONGEST_TEXT or self.left_out:
            self.left_out += 1
            return
        self.length = longer
        self.accounts += 1
        for language in LANGUAGES:
            self.paragraphs[language].append(texts[language])

    def text(self, language: Language) -> str:
        """The whole draft in a language."""
        return "\n\n".join(self.paragraphs[language])


class Fate(StrEnum):
    """What filling does to a part."""

    FILL = "fill"
    SAME = "same"
    """It was filled before, nobody touched it since, and the returns say the same."""
    LEFT = "left"
    """Somebody wrote in it, so it stays as it is."""


@dataclass(frozen=True, slots=True)
class PartPlan:
    """One part, its draft, and what filling would do to it now."""

    draft: Draft
    fate: Fate
    standing: Narrative | None


def part_plans(viewer: Viewer, period: ReportingPeriod) -> list[PartPlan]:
    """What filling the report on a period would do, part by part, in the order of the report."""
    standing, filled = narratives(viewer, period), last_filled(viewer, period)
    return [
        PartPlan(draft, _fate(draft, standing.get(draft.part), filled.get(draft.part)), standing.get(draft.part))
        for draft in drafts(viewer, period)
    ]


def _fate(draft: Draft, standing: Narrative | None, filled: FilledPart | None) -> Fate:
    stands = (standing.text_en, standing.text_fr) if standing else ("", "")
    untouched = filled is not None and stands == (filled.text_en, filled.text_fr)
    if any(text.strip() for text in stands) and not untouched:
        return Fate.LEFT
    return Fate.SAME if stands == (draft.text("en"), draft.text("fr")) else Fate.FILL


def drafts(viewer: Viewer, period: ReportingPeriod) -> list[Draft]:
    """A draft for each P with accounts: a paragraph or more for each, in the order of the plan."""
    composed = composers(viewer, period)
    made = {p: Draft(NarrativePart(p)) for p in P.values}
    for one in accounts(viewer, period).iterator(chunk_size=_CHUNK):
        if one.deliverable.p:
            made[one.deliverable.p].add({language: composed[language].account(one) for language in LANGUAGES})
    return [draft for draft in made.values() if draft.accounts]


def composers(viewer: Viewer, period: ReportingPeriod) -> dict[Language, Composer]:
    """What writes accounts of a period down, in each language."""
    spoke = organisations(viewer).filter(accounts__period=period).distinct()
    names = {one.pk: one.named_on(period.ends_on) for one in spoke}
    return {language: Composer(language, names) for language in LANGUAGES}


class Composer:
    """Writes accounts down as Markdown in one language."""

    def __init__(self, language: Language, names: Mapping[int, OrganisationName | None]) -> None:
        """Look up once what is the same for all."""
        self.language, self.names = language, names
        with override(language):
            self.silent = _("Did not report.")
            self.statuses = {status.value: str(status.label) for status in Status}

    def account(self, one: Account) -> str:
        """Who says it, then the words, each paragraph with the mark of its return."""
        label = escaped(self.label(one))
        mark = source_mark(one.return_number, self.language)
        words = [f"{said} {mark}" for said in self.paragraphs(one)]
        return "\n\n".join((f"**{label}** {words[0]}", *words[1:]))

    def label(self, one: Account) -> str:
        """What a draft begins an account with: of what it is, and whose."""
        name = self.names.get(one.organisation_id)
        who = name.full(self.language).text if name else ""
        return f"{one.deliverable.code}, {who}{colon(self.language)}"

    def paragraphs(self, one: Account) -> Iterator[str]:
        """Its words as Markdown, marked where they are in the other language."""
        said = self.said(one)
        told = f"{language_mark(said.language)} " if said.is_other else ""
        yield from (f"{told}{escaped(each)}" for each in re.split(r"\n\s*\n", said.text.strip()))

    def said(self, one: Account) -> Shown:
        """What was done; without it why not; and without that how far it is."""
        if one.status == Status.NOT_REPORTED:
            return Shown(self.silent, self.language, is_other=False)
        done = choose(one.narrative_en.strip(), one.narrative_fr.strip(), self.language)
        why = choose(one.reason_en.strip(), one.reason_fr.strip(), self.language)
        status = Shown(f"{self.statuses[one.status]}.", self.language, is_other=False)
        return next(each for each in (done, why, status) if each.text)
