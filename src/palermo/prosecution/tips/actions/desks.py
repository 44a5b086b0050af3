"""Which organizations receive tips, and which of their desks the public tells."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import Organisation, User
from palermo.prosecution.tips.models import Desk
from palermo.prosecution.tips.policies import may_set_up


@transaction.atomic
def set_up_desk(*, by: User, organisation: Organisation, is_public: bool = False) -> Desk:
    """Give an organisation a desk, and have the public tell it and no other where that is asked for.

    Raises:
        PermissionDenied: they do not coordinate for the organisation.
    """
    desk = Desk.objects.select_for_update().filter(organisation=organisation).order_by("pk").first()
    desk = desk or Desk(organisation=organisation, code=organisation.code)
    if not may_set_up(by, desk):
        raise PermissionDenied
    if is_public:
        Desk.objects.filter(is_public=True).exclude(pk=desk.pk).update(is_public=False)
        desk.is_public = True
    desk.save()
    record(by=by, act="tips.set_up", about=desk, desk=desk.code, is_public=desk.is_public)
    return desk
