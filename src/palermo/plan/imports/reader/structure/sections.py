"""Builds the sections of a plan from headings and from the wider columns of its tables."""

from __future__ import annotations

from palermo.plan.imports.reader.reading import ReadSection
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.headings import p_of
from palermo.plan.imports.reader.structure.tables import Heading
from palermo.plan.imports.reader.vocabulary import fold


class Sections:
    """The sections found so far and those that are open where the reader stands."""

    def __init__(self) -> None:
        self.found: list[ReadSection] = []
        self._open: list[tuple[int, ReadSection]] = []
        self._known: dict[tuple[str | None, str, str], ReadSection] = {}
        self._keys: set[str] = set()
        self._counts: dict[str | None, int] = {}

    @property
    def current(self) -> str | None:
        """The key of the innermost open section."""
        return self._open[-1][1].key if self._open else None

    def enter(self, heading: Heading) -> ReadSection:
        """Opens the section of a heading: closes those as narrow or narrower, and knows one that is repeated."""
        while self._open and self._open[-1][0] >= heading.rank and not _is_within(heading, self._open[-1][1]):
            self._open.pop()
        self._leave_foreign_code(heading)
        identity = (self.current, heading.code, fold(heading.title) if not heading.code else "")
        section = self._known.get(identity) or self._add(heading, identity)
        self._open.append((heading.rank, section))
        return section

    def _leave_foreign_code(self, heading: Heading) -> None:
        """A dotted code names its own parent; an open section with another code is not it."""
        while self._open and heading.code.count(".") and self._open[-1][1].code.count("."):
            if heading.code.startswith(self._open[-1][1].code):
                break
            self._open.pop()

    def _add(self, heading: Heading, identity: tuple[str | None, str, str]) -> ReadSection:
        lines = (heading.line, heading.last_line or heading.line) if heading.line else None
        section = ReadSection(
            key=self._key(heading),
            code=heading.code,
            title=heading.title,
            parent=self.current,
            level=len(self._open) + 1,
            p=p_of(heading.title) or (self._open[-1][1].p if self._open else None),
            lines=lines,
            page=heading.page,
        )
        if heading.label == "generic":
            section.doubts.append(doubt("section_guessed", heading.title))
        self.found.append(section)
        self._known[identity] = section
        return section

    def _key(self, heading: Heading) -> str:
        key = heading.code
        if not key or key in self._keys:
            key = f"{heading.label or 's'}{heading.code or len(self.found) + 1}".replace(" ", "-")
        while key in self._keys:
            key += "x"
        self._keys.add(key)
        return key

    def next_row(self) -> int:
        """The number of the next printed row in the current section, from 1."""
        self._counts[self.current] = self._counts.get(self.current, 0) + 1
        return self._counts[self.current]


def _is_within(heading: Heading, section: ReadSection) -> bool:
    """Whether a heading's code goes on from that of a section, as A.1 does from A."""
    return bool(section.code) and heading.code.startswith(f"{section.code}.")
