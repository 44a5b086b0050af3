"""Each act leaves all or nothing, wherever the power is cut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.figures.releases.actions.deciding import approve, correct, reject, submit
from palermo.figures.releases.actions.preparing import choose_tables
from palermo.figures.releases.actions.records import Said, _taken_in, describe_column
from palermo.figures.releases.actions.rules import create_rule_set
from palermo.figures.releases.models import (
    BudgetEntry,
    HiddenMarks,
    RecordColumn,
    RecordFile,
    Release,
    ReleaseTable,
    RuleSet,
    TablePart,
)
from palermo.figures.releases.vocabulary import FileKind, Use
from tests.figures.releases.making import (
    DECIDED,
    SEX,
    Team,
    begun,
    described,
    protected,
    published,
    submitted,
    team,
    wanted,
)
from tests.figures.releases.making import sealed as seal
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db
MODELS = (RuleSet, RecordFile, RecordColumn, Release, ReleaseTable, TablePart, HiddenMarks, BudgetEntry, AuditEvent)


def stored() -> object:
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


def deciding(act: Callable[..., Release], **more: str) -> Callable[[Team], Callable[[], object]]:
    def made(who: Team) -> Callable[[], object]:
        release = submitted(who)
        return lambda: act(release=release, version=release.version, by=who.second, **more)

    return made


def submitting(who: Team) -> Callable[[], object]:
    release = protected(who)
    return lambda: submit(release=release, version=release.version, by=who.analyst)


def correcting(who: Team) -> Callable[[], object]:
    release = published(who)
    return lambda: correct(release=release, correction_en="Wrong.", correction_fr="", by=who.analyst)


def choosing(who: Team) -> Callable[[], object]:
    release = protected(who)
    tables = [wanted("sex"), wanted("place")]
    return lambda: choose_tables(release=release, version=release.version, tables=tables, by=who.analyst)


def describing(who: Team) -> Callable[[], object]:
    release = described(who)
    said = Said(Use.DIMENSION, "gender", "Gender", "Genre", SEX)
    return lambda: describe_column(release=release, version=release.version, position=2, said=said, by=who.analyst)


def uploading(who: Team) -> Callable[[], object]:
    release, kept = begun(who), seal(b"sex\nF\n")
    day = timezone.localdate() + timedelta(days=1)
    return lambda: _taken_in(release, release.version, kept, FileKind.CSV, 1, day, 0, who.analyst)


def ruling(who: Team) -> Callable[[], object]:
    return lambda: create_rule_set(code="other", owner=who.owner, decided=DECIDED, by=who.analyst)


@pytest.mark.parametrize(
    "prepared",
    [
        deciding(approve),
        deciding(reject, reason="No."),
        submitting,
        correcting,
        choosing,
        describing,
        uploading,
        ruling,
    ],
)
def test_all_or_nothing(prepared: Callable[[Team], Callable[[], object]]) -> None:
    assert_all_or_nothing(prepared(team()), stored)
