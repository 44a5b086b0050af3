"""What was taken out of entries, noted without its words, and forgotten once it is said anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from palermo.foundation.keys import among
from palermo.protection.directory.hsds.json_values import Json, written
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.models import Withheld


def note(kind: str, record: UUID, lost: Mapping[str, Json]) -> None:
    """Note which properties of an entry lost something, each with what is left of it."""
    for name, left in lost.items():
        now = {"left": _digest(left), "at": timezone.now()}
        Withheld.objects.update_or_create(kind=kind, record=record, field=name, defaults=now)


def forget_said_anew(given: Mapping[str, Mapping[UUID, Record]]) -> None:
    """Of what was written just now, some may say anew what it had lost.

    Args:
        given: what was written, by kinds and keys.
    """
    keys = {key for some in given.values() for key in some}
    for one in Withheld.objects.filter(record__in=among(keys)):
        part = given.get(one.kind, {}).get(one.record)
        if part is not None and _digest(part.document.get(one.field)) != one.left:
            one.delete()


def _digest(said: Json) -> str:
    return hashlib.sha256(written(said)).hexdigest()
