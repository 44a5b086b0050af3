"""A member enters what somebody told them by telephone: sealed in their browser, like what the public tells."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips.actions.arriving import NewBox, arrive
from palermo.prosecution.tips.actions.storing import Arriving, KnownError
from palermo.prosecution.tips.models import Channel, Desk, Message, Tip
from palermo.prosecution.tips.queries.desks import at_work


@transaction.atomic
def enter_call(*, by: User, desk: Desk, language: str, told: Arriving, box: NewBox | None = None) -> Tip:
    """Keep what a caller told. The same call again changes nothing, so that whoever heard no answer can send it again.

    Args:
        by: the member who took the call.
        desk: theirs.
        language: in which the caller spoke.
        told: what they told, sealed to every key at the desk.
        box: where the caller answers, if they want to be asked; its receipt stays with them.

    Raises:
        PermissionDenied: they have no confirmed key at this desk.
        NobodyReadsError: a member of today could not read it.
        KnownError: its id, or the receipt of its box, is another one's.
        FullError: the disk is full.
    """
    if not at_work(desk).filter(user=by).exists():
        raise PermissionDenied
    known = Message.objects.filter(pk=told.message).select_related("tip").first()
    if known and (known.tip.desk_id, known.tip.channel) != (desk.pk, Channel.TELEPHONE):
        raise KnownError
    tip = arrive(desk=desk, channel=Channel.TELEPHONE, language=language, told=told, box=box)
    if known is None:
        record(by=by, act="tips.call_entered", about=tip, desk=desk.code)
    return tip
