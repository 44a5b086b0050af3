"""Deciding on services that may be the same: what comes of a form that is broken."""

from __future__ import annotations

import pytest

from palermo.audit.models import AuditEvent
from palermo.protection.directory.models import Likeness, Service, Verdict
from tests.protection.directory.keeping import kept, send, signed_in, somebody, words
from tests.protection.directory.samples import key

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("decision", ["", "explode", key("nothing")])
def test_a_decision_that_is_none_is_told_and_changes_nothing(decision: str) -> None:
    first, second = sorted((kept("Harbour House"), kept("Harbor House")), key=lambda one: one.pk)
    pair = Likeness.objects.create(first=first, second=second, probability=0.9, reasons=[])
    coordinator = signed_in(somebody())
    before = AuditEvent.objects.count()
    shown = words(send(coordinator, "directory_decide", pair.pk, decision=decision))
    assert "held something that this site cannot read." in shown
    pair.refresh_from_db()
    assert pair.verdict == Verdict.OPEN
    assert not Service.objects.filter(merged_into__isnull=False).exists()
    assert AuditEvent.objects.count() == before
