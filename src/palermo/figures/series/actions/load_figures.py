"""Loading a figures file: all of it or nothing, and what is known already stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from palermo.audit.actions import record
from palermo.figures.series import figures_file as files
from palermo.figures.series.actions.loading_definitions import (
    Known,
    load_code_lists,
    load_documents,
    load_organisations,
    load_series,
    load_sums,
    refuse,
)
from palermo.figures.series.actions.loading_observations import load_observations
from palermo.figures.series.models import CodeList, Series, SourceDocument
from palermo.people.models import Organisation, User
from palermo.people.policies import is_command_line


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much of a file was new."""

    series: int = 0
    observations: int = 0
    others: int = 0
    """Organisations, documents, code lists and sums."""

    @property
    def is_new(self) -> bool:
        """Whether anything was added."""
        return bool(self.series or self.observations or self.others)


@transaction.atomic
def load_figures(*, file: files.FiguresFile, by: User) -> Loaded:
    """Add what a figures file holds and the register does not. Loading it twice changes nothing.

    What is known by its code stays as it stands, so that nobody's later change is undone; of a series that is known,
    observations that are missing are added. A value that differs from the one that stands is a revision where the file
    gives a reason, and is refused without.

    Args:
        file: as `figures_file.read` gave it.
        by: the command line.

    Raises:
        PermissionDenied: `by` is somebody else.
        FiguresFileError: the file names something that is not known, or contradicts what is. Nothing was written.
    """
    if not is_command_line(by):
        raise PermissionDenied
    others = load_organisations(file.organisations)
    known = Known(
        {each.code: each for each in Organisation.objects.all()},
        {each.code: each for each in SourceDocument.objects.all()},
        {each.code: each for each in CodeList.objects.all()},
        {each.code: each for each in Series.objects.filter(code__in=_series_named(file))},
    )
    others += load_documents(file.documents, known) + load_code_lists(file.code_lists, known)
    new = load_series(file.series, known)
    refuse(known.problems)
    made = load_observations(file, known, by)
    loaded = Loaded(len(new), made, others + load_sums(file.sums, known))
    refuse(known.problems)
    if loaded.is_new:
        told = {"series": loaded.series, "observations": loaded.observations, "others": loaded.others}
        about: models.Model = next(iter([*known.series.values(), *known.documents.values()]), by)
        record(by=by, act="figures.load", about=about, **told)
    return loaded


def _series_named(file: files.FiguresFile) -> set[str]:
    named = {each.code for each in file.series} | {each.series or "" for each in file.observations}
    named |= {each.retired.successor or "" for each in file.series if each.retired}
    return named | {term.series for each in file.sums for term in each.terms}
