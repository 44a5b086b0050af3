"""Organisations change names; what was said under the old one stays under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from palermo.audit.actions import record
from palermo.people.models import Organisation, OrganisationName, User
from palermo.plan.register.policies import may_rename


class NameTooEarlyError(Exception):
    """The organisation already has a name from that day or from a later one."""


@dataclass(frozen=True, slots=True)
class NewName:
    """A name and acronym, in one language at least, from a day on."""

    name_en: str
    name_fr: str
    acronym_en: str
    acronym_fr: str
    from_date: date


@transaction.atomic
def rename_organisation(*, organisation: Organisation, name: NewName, by: User) -> OrganisationName:
    """Give an organisation another name from a day on. The name before ends on the day before.

    Raises:
        NameTooEarlyError: a name of that day or a later one is known already.
        PermissionDenied: `by` may not rename it.
    """
    one = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_rename(by, one):
        raise PermissionDenied
    newest = OrganisationName.objects.filter(organisation=one).order_by(F("from_date").desc(nulls_last=True)).first()
    if newest and newest.from_date and newest.from_date >= name.from_date:
        raise NameTooEarlyError
    if newest:
        newest.to_date = name.from_date - timedelta(days=1)
        newest.save(update_fields=["to_date"])
    made = OrganisationName.objects.create(
        organisation=one,
        name_en=name.name_en,
        name_fr=name.name_fr,
        acronym_en=name.acronym_en,
        acronym_fr=name.acronym_fr,
        from_date=name.from_date,
    )
    record(by=by, act="organisation.rename", about=one, code=one.code, from_date=name.from_date.isoformat())
    return made
