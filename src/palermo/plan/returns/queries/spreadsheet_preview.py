"""What taking in an uploaded spreadsheet would do by now: every change, every conflict, everything that is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils.cell import coordinate_to_tuple

from palermo.audit.actions import Json
from palermo.people.policies import Viewer
from palermo.plan.register.vocabulary import Gathering
from palermo.plan.returns import policies
from palermo.plan.returns.models import Return, SpreadsheetUpload
from palermo.plan.returns.queries.facts import SAID
from palermo.plan.returns.queries.spreadsheet import SheetDesk
from palermo.plan.returns.spreadsheet.columns import PLACES, WRITTEN
from palermo.plan.returns.spreadsheet.comparing import Difference, as_texts, differences
from palermo.plan.returns.spreadsheet.grid import address
from palermo.plan.returns.spreadsheet.problems import Problem
from palermo.plan.returns.spreadsheet.reading import Reading, ReadRow, Said
from palermo.plan.returns.vocabulary import WITH_WRITER, State


@dataclass(frozen=True, slots=True)
class Changed:
    """One return that would change, and in what."""

    one: Return
    line: int
    """Its row in the file."""
    found: tuple[Difference, ...]

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        """Those that a person must decide."""
        return tuple(each for each in self.found if each.is_conflict)


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """Everything that taking it in would do."""

    changed: tuple[Changed, ...]
    problems: tuple[Problem, ...]
    left_out: int
    """Returns of the organisation that the file does not hold."""

    @property
    def conflicts(self) -> int:
        """How many fields a person must decide."""
        return sum(len(each.conflicts) for each in self.changed)

    @property
    def fingerprint(self) -> str:
        """Stands for exactly this preview: what was saved meanwhile gives another one."""
        changed = [
            [each.one.pk, each.one.version, [[one.field, one.saved, one.file, one.is_conflict] for one in each.found]]
            for each in self.changed
        ]
        wrong = [[each.code, each.cell] for each in self.problems]
        return hashlib.sha256(json.dumps([changed, wrong]).encode()).hexdigest()


def own_upload(viewer: Viewer, desk: SheetDesk) -> SpreadsheetUpload | None:
    """What the viewer uploaded for this desk and has not decided about."""
    return policies.own_uploads(viewer).filter(organisation=desk.organisation, cycle=desk.cycle).first()


def sheet_preview(viewer: Viewer, upload: SpreadsheetUpload) -> SheetPreview:
    """Compare an upload of the viewer's own with what is stored by now."""
    found = policies.returns_to_read(viewer).filter(organisation=upload.organisation_id, cycle=upload.cycle_id)
    is_own = policies.own_uploads(viewer).filter(pk=upload.pk).exists()
    return compared(upload, list(found.select_related("cycle__period", "deliverable")) if is_own else [])


def compared(upload: SpreadsheetUpload, returns: Sequence[Return]) -> SheetPreview:
    """An upload beside all returns of its desk as they are."""
    rows, problems = from_json(upload)
    by_number = {one.pk: one for one in returns}
    changed: list[Changed] = []
    for row in rows:
        one = by_number.get(row.number)
        if one is None:
            problems.append(Problem("unknown_number", address(row.line, 0)))
            continue
        saved = as_texts({name: getattr(one, name) for name in SAID})
        found = differences(row, saved, one.version)
        if found and not (one.state in WITH_WRITER and one.cycle.period.gathering == Gathering.OPEN):
            where = address(row.line, PLACES[found[0].field])
            problems.append(Problem("not_with_writer", where, {"state": str(State(one.state).label)}))
        elif found:
            changed.append(Changed(one, row.line, found))
    problems.sort(key=lambda each: coordinate_to_tuple(each.cell) if each.cell else (0, 0))
    if rows and all(row.number not in by_number for row in rows):
        problems = [Problem("other_desk")]
    return SheetPreview(tuple(changed), tuple(problems), len(by_number.keys() - {row.number for row in rows}))


def as_json(reading: Reading) -> tuple[list[Json], list[Json]]:
    """What was read, as it is kept: rows and problems."""
    rows: list[Json] = [
        {
            "number": row.number,
            "version": row.version,
            "line": row.line,
            "said": {name: [said.file, said.downloaded] for name, said in row.said.items()},
        }
        for row in reading.rows
    ]
    problems: list[Json] = [
        {"code": each.code, "cell": each.cell, "about": dict(each.about)} for each in reading.problems
    ]
    return rows, problems


def from_json(upload: SpreadsheetUpload) -> tuple[list[ReadRow], list[Problem]]:
    """What was read, as `as_json` kept it, in the order of the columns: databases keep the parts of JSON in theirs."""
    rows = [ReadRow(row["number"], row["version"], row["line"], _said(row["said"])) for row in upload.rows]
    return rows, [Problem(**each) for each in upload.problems]


def _said(kept: Mapping[str, tuple[str, str | None]]) -> dict[str, Said]:
    return {name: Said(*kept[name]) for name in WRITTEN if name in kept}
