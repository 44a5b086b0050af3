"""Gives the sections of a document their codes: those of the plan where it has them, else new ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from palermo.plan.imports.cleaning import clean, clean_code
from palermo.plan.imports.merging import same_words
from palermo.plan.imports.reader.reading import ReadSection
from palermo.plan.imports.values import FrameSection, KeptDoubt, Tongue
from palermo.plan.planfile_models import PlanFile, Section

_LONGEST_TITLE = 500


def sections_of(found: Sequence[ReadSection], plan: PlanFile | None, language: Tongue) -> list[FrameSection]:
    """The sections of a document, parents first, each with its code in the plan."""
    known = _Known(plan.sections if plan else (), language)
    keys = {one.key for one in found}
    taken = {clean_code(one.code) for one in found if one.code} | {one.code for one in known.sections}
    numbers: dict[str, int] = defaultdict(int)
    sections: dict[str, FrameSection] = {}
    for one in found:
        parent = one.parent if one.parent in keys else None
        above = sections[parent].code if parent in sections else ""
        held = known.find(one, above)
        code = held.code if held else clean_code(one.code) or _next_code(above, numbers, taken)
        taken.add(code)
        sections[one.key] = _section(one, parent, code, held, language)
    return list(sections.values())


def _section(one: ReadSection, parent: str | None, code: str, held: Section | None, language: Tongue) -> FrameSection:
    """What the plan says of it, completed by what the document says in a language that the plan lacks."""
    title = clean(one.title, _LONGEST_TITLE) or code
    title_fr = clean(one.title_fr, _LONGEST_TITLE)
    said = {"en": "" if language == "fr" else title, "fr": title if language == "fr" else title_fr}
    words = clean(one.text)
    text = {"en": "" if language == "fr" else words, "fr": words if language == "fr" else ""}
    return FrameSection(
        key=one.key,
        code=code,
        parent=parent,
        title_en=(held.title.en if held else "") or said["en"],
        title_fr=(held.title.fr if held else "") or said["fr"],
        text_en=(held.text.en if held else "") or text["en"],
        text_fr=(held.text.fr if held else "") or text["fr"],
        p=(held.p or "" if held else "") or one.p or "",
        is_known=held is not None,
        first_line=one.lines[0] if one.lines else None,
        page=one.page,
        doubts=[KeptDoubt(code=doubt.code, detail=doubt.detail) for doubt in one.doubts],
    )


def _next_code(above: str, numbers: dict[str, int], taken: set[str]) -> str:
    """The next free number below the section above: `3`, or `2.3`."""
    while True:
        numbers[above] += 1
        code = f"{above}.{numbers[above]}" if above else str(numbers[above])
        if code not in taken:
            return code


class _Known:
    """The sections of the plan, found by code, by title or, at the top, by P."""

    def __init__(self, sections: Iterable[Section], language: Tongue) -> None:
        self.sections = list(sections)
        self._language = language
        self._by_code = {one.code: one for one in self.sections}

    def find(self, read: ReadSection, above: str) -> Section | None:
        """The section of the plan that is meant, None where it has none."""
        if read.code:
            return self._by_code.get(clean_code(read.code))
        titled = [one for one in self.sections if same_words(getattr(one.title, self._language), read.title)]
        if titled:
            return next((one for one in titled if (one.parent or "") == above), titled[0])
        by_p = [one for one in self.sections if one.parent is None and one.p and one.p == read.p]
        return by_p[0] if not above and len(by_p) == 1 else None
