"""Writing to the trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from django.db import models, transaction
from django.utils import timezone

from palermo.audit.chain import event_hash
from palermo.audit.keys import keys_of
from palermo.audit.models import AuditEvent, AuditHead, AuditSubject
from palermo.people.models import User

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


def record(*, by: User, act: str, about: models.Model, **details: Json) -> AuditEvent:
    """Add one act to the trail, in the transaction of the act itself.

    Args:
        by: who acts.
        act: what was done, such as `plan.create`.
        about: the record that it was done to; it must have been saved.
        details: what else the trail should tell. Never personal data. `plan` with `code`, `plan` alone and `also` are
            what the event is found by (`keys.keys_of`).

    Raises:
        TransactionManagementError: outside a transaction, since an act and its trace stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An act is recorded in the transaction that does it.")
    head = _locked_head()
    event = AuditEvent(
        number=head.count + 1,
        at=timezone.now(),
        by_id=by.pk,
        by_name=by.name,
        act=act,
        about_kind=about._meta.label_lower,
        about_id=str(about.pk),
        details=dict(details),
        previous_hash=head.hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    AuditSubject.objects.bulk_create(AuditSubject(key=key, number=event.number) for key in keys_of(event.details))
    head.count, head.hash = event.number, event.hash
    head.save()
    return event


def _locked_head() -> AuditHead:
    AuditHead.objects.get_or_create(pk=1)
    return AuditHead.objects.select_for_update().get(pk=1)
