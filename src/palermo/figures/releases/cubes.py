"""A published table in the shape that every file format is written from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from django.utils.timezone import localtime
from django.utils.translation import override

from palermo.figures.exchange import Cube, CubeAgency, CubeCell, CubeDimension, CubeText, CubeUnit
from palermo.figures.protection.shapes import TOTAL
from palermo.figures.releases.freezing import Frame, frames
from palermo.figures.releases.models import AttackRun, Release, ReleaseTable, TablePart
from palermo.figures.releases.statements import protection_words
from palermo.figures.series.vocabulary import Counted


def cube_of(release: Release, table: ReleaseTable, attack: AttackRun, address: str) -> Cube:
    """A table of a published release, its labels and the statement of its protection included."""
    rules = release.rule_set.rules()
    notes = [
        CubeText(en, fr) for en, fr in zip(protection_words(rules, "en"), protection_words(rules, "fr"), strict=True)
    ]
    notes.append(CubeText(attack.statement_en, attack.statement_fr))
    if release.corrects:
        notes.append(CubeText(release.correction_en, release.correction_fr))
    return Cube(
        code=f"{release.identifier}-{table.position}",
        title=CubeText(
            f"{release.title_en}: {table.title_en}", f"{release.title_fr}\N{NO-BREAK SPACE}: {table.title_fr}"
        ),
        definition=CubeText(release.about_en, release.about_fr),
        unit=CubeUnit(release.counts, _in_both(release.counts)),
        agency=_agency(release),
        dimensions=tuple(_dimension(frame) for frame in frames(table)),
        cells=tuple(_cells(release, table)),
        identifier=release.identifier,
        published_on=localtime(release.decided_at).date() if release.decided_at else None,
        address=address,
        notes=tuple(notes),
    )


def _in_both(counts: str) -> CubeText:
    label = Counted(counts).label
    with override("en"):
        english = str(label)
    with override("fr"):
        return CubeText(english, str(label))


def _agency(release: Release) -> CubeAgency:
    name = release.owner.named_on(localtime(release.decided_at).date() if release.decided_at else None)
    return CubeAgency(release.owner.code, CubeText(name.name_en, name.name_fr) if name else CubeText())


def _dimension(frame: Frame) -> CubeDimension:
    codes = tuple((code, CubeText(en, fr)) for code, en, fr, _parent in frame["codes"] if code != TOTAL)
    return CubeDimension(frame["code"], CubeText(frame["label_en"], frame["label_fr"]), codes)


def _cells(release: Release, table: ReleaseTable) -> Iterator[CubeCell]:
    mark = "final" if table.base == 1 and table.reach == 0 else "approximate"
    combinations = product(*([code[0] for code in frame["codes"]] for frame in frames(table)))
    for codes, value in zip(combinations, _values(table), strict=True):
        yield CubeCell(codes, release.covers_from, release.covers_to, value, "suppressed" if value is None else mark)


def _values(table: ReleaseTable) -> Iterator[int | None]:
    for part in TablePart.objects.filter(table=table).order_by("number").iterator(chunk_size=20):
        yield from part.values
