"""What the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from palermo.figures.releases.models import AttackRun, Release, ReleaseTable, RuleSet, TablePart
from palermo.figures.releases.vocabulary import State
from tests.figures.releases.making import protected, published, submitted, team

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except (IntegrityError, DatabaseError):
        return True
    return False


def test_a_release_whose_attack_succeeded_is_not_published() -> None:
    release = submitted(team())
    stands = Release.objects.filter(pk=release.pk)
    whole = {
        "state": State.PUBLISHED,
        "year": 2026,
        "number": 7,
        "decided_by": team().second,
        "decided_at": release.submitted_at,
    }
    assert refused(lambda: stands.update(**whole, attack_succeeded=True))
    assert refused(lambda: stands.update(**whole, attack_succeeded=None))
    assert refused(lambda: stands.update(**whole, protected_from="0" * 64))
    assert refused(lambda: stands.update(**{**whole, "decided_by": release.prepared_by}))
    assert refused(lambda: stands.update(**{**whole, "number": None}))
    assert refused(lambda: stands.update(attack_succeeded=True))
    assert not refused(lambda: stands.update(**whole))


def test_nothing_published_changes_or_goes() -> None:
    release = published(team())
    for found in (
        Release.objects.filter(pk=release.pk),
        ReleaseTable.objects.filter(release=release),
        TablePart.objects.filter(table__release=release),
        AttackRun.objects.filter(release=release),
        RuleSet.objects.filter(pk=release.rule_set_id),
    ):
        field = {"Release": "title_en", "ReleaseTable": "title_en", "TablePart": "number", "RuleSet": "title_en"}
        name = field.get(found.model.__name__, "hidden")
        assert refused(lambda found=found, name=name: found.update(**{name: 3})), found.model  # type: ignore[misc]
        assert refused(lambda found=found: found._raw_delete(found.db)), found.model  # type: ignore[misc]


def test_what_is_not_published_stays_free() -> None:
    release = protected(team())
    assert not refused(lambda: TablePart.objects.filter(table__release=release).delete())
    assert not refused(lambda: Release.objects.filter(pk=release.pk).update(title_en="Other"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": 0},
        {"base": 1},
        {"epsilon": 0},
        {"delta": 1},
        {"dominance_largest": 2},
        {"method": "magic"},
        {"reason_en": "", "reason_fr": ""},
        {"decided_by_en": "", "decided_by_fr": ""},
        {"version": 1},
    ],
)
def test_rules_that_cannot_be(wrong: dict[str, object]) -> None:
    rules = team().rules
    rules.pk, rules.version = None, 2
    for name, value in wrong.items():
        setattr(rules, name, value)
    assert refused(lambda: rules.save(force_insert=True))
