"""What was taken out of entries, noted without its words, and forgotten once it is said anew."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import timezone

from palermo.foundation.keys import among
from palermo.protection.directory.hsds.json_values import Json, written
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.models import Given, Withheld


def note(kind: str, record: UUID, lost: Mapping[str, Json]) -> None:
    """Note which properties of an entry lost something, each with what is left of it."""
    for name, left in lost.items():
        now = {"left": _digest(left), "at": timezone.now()}
        Withheld.objects.update_or_create(kind=kind, record=record, field=name, defaults=now)


def forget_said_anew(given: Mapping[str, Mapping[UUID, Record]], whole: Mapping[str, Collection[UUID]]) -> None:
    """Of what was written just now, some may say anew what it had lost, or its source may say it no more.

    Args:
        given: what was written, by kinds and keys.
        whole: of these, what a source said as a whole. It came in, so that nothing of it had to be taken out. Of
            services that people changed, it may be theirs that was: they say it anew.
    """
    keys = {key for some in given.values() for key in some}
    lost = list(Withheld.objects.filter(record__in=among(keys)))
    changed = set(Given.objects.filter(pk__in=among({one.record for one in lost})).values_list("pk", flat=True))
    for one in lost:
        part = given.get(one.kind, {}).get(one.record)
        if part is None:
            continue
        is_whole = one.record in whole.get(one.kind, ()) and one.record not in changed
        if is_whole or _digest(part.document.get(one.field)) != one.left:
            one.delete()


def _digest(said: Json) -> str:
    return hashlib.sha256(written(said)).hexdigest()
