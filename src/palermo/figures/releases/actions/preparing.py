"""Preparing a release: what it is, and which tables are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import prod

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.figures.releases import policies
from palermo.figures.releases.actions.changing import NotPossibleError, changed, stepped, to_change
from palermo.figures.releases.models import Population, Release, ReleaseTable, RuleSet
from palermo.figures.releases.sources import dimensions_of, may_be_made_of, numbers_of
from palermo.figures.releases.vocabulary import Source
from palermo.people.models import User

MOST_TABLES = 20
MOST_DIMENSIONS = 5
MOST_CELLS = 200_000
"""Of one table, totals included."""


@dataclass(frozen=True, slots=True)
class About:
    """What a release is."""

    title_en: str
    title_fr: str
    about_en: str
    about_fr: str
    counts: str
    covers_from: date
    covers_to: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table that is wanted: its title, its dimensions in order, and the number that it sums ("": records counted)."""

    title_en: str
    title_fr: str
    dimensions: tuple[str, ...]
    sums: str = ""


@transaction.atomic
def begin_release(
    *, population: Population, rule_set: RuleSet, source: Source, source_code: str = "", about: About, by: User
) -> Release:
    """Begin a release of a population, for the organisation whose population it is.

    Raises:
        PermissionDenied: `by` does not prepare releases for it.
        NotPossibleError: `not_yours` of a measure that is not there, or a series that `by` enters nothing in.
    """
    if not policies.may_prepare_for(by, population.owner_id):
        raise PermissionDenied
    if not may_be_made_of(by, source, source_code):
        raise NotPossibleError("not_yours")
    made = Release(
        owner_id=population.owner_id,
        population=population,
        rule_set=rule_set,
        source=source,
        source_code=source_code,
        prepared_by=by,
        version=0,
        **asdict(about),
    )
    return stepped(made, by=by, act="release.begin", population=population.code, source=source.value)


@transaction.atomic
def change_release(*, release: Release, version: int, rule_set: RuleSet, about: About, by: User) -> Release:
    """Change what a release is, or the rules that it is protected by. It must then be protected anew.

    Raises:
        PermissionDenied: `by` may not change it.
        ChangedMeanwhileError: somebody else did.
    """
    one = to_change(release, by, version)
    one.rule_set = rule_set
    for name, value in asdict(about).items():
        setattr(one, name, value)
    return changed(one, by=by, act="release.change", rules=f"{rule_set.code} {rule_set.version}")


@transaction.atomic
def choose_tables(*, release: Release, version: int, tables: Sequence[Wanted], by: User) -> Release:
    """Say which tables are wanted, in order, in place of those that were. They must then be protected anew.

    Raises:
        PermissionDenied: `by` may not change the release.
        ChangedMeanwhileError: somebody else did.
        NotPossibleError: `too_many_tables`, `no_dimensions`, `too_many_dimensions`, `unknown_dimension`,
            `same_dimension`, `unknown_number`, `too_many_cells`, `same_table`.
    """
    one = to_change(release, by, version)
    _check(one, tables)
    ReleaseTable.objects.filter(release=one).delete()
    ReleaseTable.objects.bulk_create(
        ReleaseTable(
            release=one,
            position=position,
            title_en=table.title_en,
            title_fr=table.title_fr,
            wanted=list(table.dimensions),
            sums=table.sums,
        )
        for position, table in enumerate(tables, start=1)
    )
    return changed(one, by=by, act="release.choose_tables", tables=len(tables))


def _check(one: Release, tables: Sequence[Wanted]) -> None:
    sizes = {said.code: len(said.codes) + 1 for said in dimensions_of(one)}
    numbers = {"", *(column.code for column in numbers_of(one))}
    if len(tables) > MOST_TABLES:
        raise NotPossibleError("too_many_tables")
    if len({(frozenset(table.dimensions), table.sums) for table in tables}) < len(tables):
        raise NotPossibleError("same_table")
    for table in tables:
        if not table.dimensions:
            raise NotPossibleError("no_dimensions")
        if len(table.dimensions) > MOST_DIMENSIONS:
            raise NotPossibleError("too_many_dimensions")
        if len(set(table.dimensions)) < len(table.dimensions):
            raise NotPossibleError("same_dimension")
        if not set(table.dimensions) <= set(sizes):
            raise NotPossibleError("unknown_dimension")
        if table.sums not in numbers:
            raise NotPossibleError("unknown_number")
        if prod(sizes[code] for code in table.dimensions) > MOST_CELLS:
            raise NotPossibleError("too_many_cells")
