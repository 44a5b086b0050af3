"""What taking in an uploaded file of figures would do by now: what it adds, what it revises, what is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from palermo.figures.exchange.cube import TOTAL, CubeText
from palermo.figures.exchange.problems import Place, Problem
from palermo.figures.exchange.shape import ReadFigure, SeriesShape
from palermo.figures.exchange.sheets import clean
from palermo.figures.series.actions.checking import problems_of as entry_problems
from palermo.figures.series.actions.enter import NewObservation
from palermo.figures.series.actions.revise import Revision, revision_problems
from palermo.figures.series.actions.writing import dimensions_of
from palermo.figures.series.models import FiguresUpload, Observation, Series, SourceDocument
from palermo.figures.series.policies import own_uploads
from palermo.figures.series.queries.cubes import cube_dimensions, unit_of
from palermo.figures.series.taking_in_json import figures_of, problems_of
from palermo.figures.series.taking_in_words import place_words, sentence
from palermo.figures.series.vocabulary import PARTS_ALLOWED
from palermo.people.policies import Viewer

Place4 = tuple[date, date, str, str]
"""First day, last day, key and the code of the document: what no two figures share."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A figure that stands, and what would stand in its place."""

    figure: ReadFigure
    standing: Observation
    to: Revision

    @property
    def has_reason(self) -> bool:
        """Whether the file or the form says why."""
        return bool(self.to.reason_en or self.to.reason_fr)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that has to be corrected first: where, and what, in the reader's language."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class TakingIn:
    """Everything that taking it in would do."""

    added: tuple[tuple[ReadFigure, NewObservation], ...]
    revised: tuple[Revised, ...]
    unchanged: int
    wrong: tuple[Wrong, ...]

    @property
    def lacks_reason(self) -> bool:
        """Whether a revision has no reason yet."""
        return any(not each.has_reason for each in self.revised)

    @property
    def fingerprint(self) -> str:
        """Stands for exactly this preview: a figure that was entered or revised meanwhile gives another one."""
        added = [each.line for each, _new in self.added]
        revised = [[each.figure.line, each.standing.pk] for each in self.revised]
        told = [added, revised, self.unchanged, len(self.wrong)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def series_shape(series: Series) -> SeriesShape:
    """What a file for the series has to fit. One query, for a series of `queries.one_series`."""
    documents = SourceDocument.objects.order_by("code").values_list("code", "title_en", "title_fr")
    return SeriesShape(
        code=series.code,
        title=CubeText(series.title_en, series.title_fr),
        unit=unit_of(series),
        dimensions=cube_dimensions(series),
        documents={code: title_en or title_fr for code, title_en, title_fr in documents},
        is_whole=series.counts not in PARTS_ALLOWED,
    )


def own_upload(viewer: Viewer, series: Series) -> FiguresUpload | None:
    """What the viewer uploaded for the series and has not decided about."""
    return own_uploads(viewer).filter(series=series).first()


def taking_in(viewer: Viewer, upload: FiguresUpload, reason: CubeText) -> TakingIn:
    """Compare an upload of the viewer's own with what stands by now. Six queries, however many figures.

    Args:
        viewer: who uploaded it; anybody else sees nothing of it.
        upload: what was uploaded.
        reason: why figures are revised, where the file itself does not say.
    """
    if not own_uploads(viewer).filter(pk=upload.pk).exists():
        return TakingIn((), (), 0, ())
    return compared(upload, upload.series, reason)


def compared(upload: FiguresUpload, series: Series, reason: CubeText) -> TakingIn:
    """An upload beside every figure of its series as last revised."""
    dimensions = dimensions_of(series)
    names = [one.code for one, _codes in dimensions.values()]
    wrong = [_told(one) for one in problems_of(upload)]
    if upload.series_version != series.version:
        wrong.append(_told(Problem("other_definition")))
    standing = _standing(series)
    documents = {one.code: one for one in SourceDocument.objects.all()}
    added: list[tuple[ReadFigure, NewObservation]] = []
    revised: list[Revised] = []
    unchanged = 0
    for figure in figures_of(upload, names):
        new = _new(figure, names, documents)
        now = standing.get((figure.starts_on, figure.ends_on, new.key, figure.document))
        if now is None:
            added.append((figure, new))
        elif _says_the_same(figure, now):
            unchanged += 1
        else:
            revised.append(Revised(figure, now, _revision(figure, now, new, reason)))
    rows = [new for _figure, new in added]
    for each in entry_problems(series, rows, dimensions):
        wrong.append(Wrong(place_words(Place(added[each.row - 1][0].line, each.field)), each.words))
    for one in revised:
        wrong += _wrong_revision(series, one)
    return TakingIn(tuple(added), tuple(revised), unchanged, tuple(wrong))


def _told(problem: Problem) -> Wrong:
    return Wrong(place_words(problem.place), sentence(problem))


def _standing(series: Series) -> Mapping[Place4, Observation]:
    found = Observation.objects.filter(series=series, revised_by__isnull=True).select_related("document")
    return {(one.starts_on, one.ends_on, one.key, one.document.code if one.document else ""): one for one in found}


def _new(figure: ReadFigure, names: Sequence[str], documents: Mapping[str, SourceDocument]) -> NewObservation:
    codes = {name: code for name, code in zip(names, figure.codes, strict=True) if code != TOTAL}
    return NewObservation(
        starts_on=figure.starts_on,
        ends_on=figure.ends_on,
        value=figure.value,
        codes=codes,
        mark=figure.mark,
        footnote_en=figure.footnote.en,
        footnote_fr=figure.footnote.fr,
        document=documents.get(figure.document),
        page=figure.page,
        known_on=figure.known_on,
    )


def _says_the_same(figure: ReadFigure, now: Observation) -> bool:
    """Whether nothing changes, past what files do to blanks and line ends."""
    texts = ((figure.footnote.en, now.footnote_en), (figure.footnote.fr, now.footnote_fr), (figure.page, now.page))
    is_same = (figure.value, figure.mark) == (now.value, now.mark) and figure.known_on in {None, now.known_on}
    return is_same and all(clean(said).strip() == clean(stands).strip() for said, stands in texts)


def _revision(figure: ReadFigure, now: Observation, new: NewObservation, reason: CubeText) -> Revision:
    """What would stand in place of a figure.

    A day that is the one of the figure that stands was left as it was downloaded: the revision is known from today.
    """
    said = figure.reason or reason
    return Revision(
        value=new.value,
        mark=new.mark,
        reason_en=said.en,
        reason_fr=said.fr,
        footnote_en=new.footnote_en,
        footnote_fr=new.footnote_fr,
        document=new.document,
        page=new.page,
        known_on=None if figure.known_on == now.known_on else figure.known_on,
    )


def _wrong_revision(series: Series, one: Revised) -> list[Wrong]:
    """What is wrong with a revision, but for a reason that is still to be given on the page."""
    found = revision_problems(series, one.standing, one.to)
    return [Wrong(place_words(Place(one.figure.line, field)), words) for field, words in found if field != "reason_en"]
