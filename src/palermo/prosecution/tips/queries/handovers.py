"""To whom a tip was handed on, from whom it came, and who could get it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localtime

from palermo.people.models import Membership, Organisation, Role
from palermo.people.policies import Viewer, held_today
from palermo.prosecution.tips.models import Desk, DeskKey, Handover, Message, State, Tip
from palermo.prosecution.tips.policies import is_member


@dataclass(frozen=True)
class OtherDesk:
    """A desk that a tip can be handed on to, and the keys that it is sealed to there."""

    desk: Desk
    readers: list[DeskKey] = field(default_factory=list)


def handovers_of(viewer: Viewer, tip: Tip) -> list[Handover]:
    """To whom a tip was handed on, the first one first, each with its acts of handing on."""
    if not is_member(viewer, tip.desk):
        return []
    found = Handover.objects.filter(tip=tip).select_related("to__organisation", "acknowledged_by", "made")
    return list(found.prefetch_related("to__organisation__names", "handings__by").order_by("pk"))


def handed_from(viewer: Viewer, tip: Tip) -> Handover | None:
    """By whom and why a tip was handed on to the desk of the viewer; None where it came from the public."""
    if not is_member(viewer, tip.desk):
        return None
    found = Handover.objects.filter(made=tip).select_related("tip__desk__organisation", "to", "acknowledged_by")
    return found.prefetch_related("tip__desk__organisation__names", "handings__by").first()


def writes_back_to(viewer: Viewer, handover: Handover) -> list[DeskKey]:
    """The keys that what is written back is sealed to; none where there is nobody, or the tip there is erased."""
    if not is_member(viewer, handover.to) or handover.tip.state == State.ERASED:
        return []
    desk = handover.tip.desk_id
    return list(DeskKey.objects.filter(desk=desk, confirmed_at__isnull=False, retired_at__isnull=True))


def others_to_hand_to(viewer: Viewer, tip: Tip) -> list[OtherDesk]:
    """The other desks where somebody can read what is handed on, by code; not the one that it came from."""
    if not is_member(viewer, tip.desk):
        return []
    came_from = Handover.objects.filter(made=tip).values("tip__desk")
    keys = DeskKey.objects.filter(confirmed_at__isnull=False, retired_at__isnull=True)
    keys = keys.exclude(desk=tip.desk).exclude(desk__in=came_from)
    held = held_today(Membership.objects.filter(role=Role.DESK_MEMBER)).values_list("user", "organisation")
    at_work = set(held)
    found: dict[int, OtherDesk] = {}
    reached: set[int] = set()
    rows = keys.select_related("desk__organisation").prefetch_related("desk__organisation__names")
    for key in rows.order_by("desk__code", "made_at", "pk"):
        found.setdefault(key.desk_id, OtherDesk(key.desk)).readers.append(key)
        if (key.user_id, key.desk.organisation_id) in at_work:
            reached.add(key.desk_id)
    return [one for pk, one in found.items() if pk in reached]


def handed_messages(viewer: Viewer, tip: Tip) -> dict[str, list[str]]:
    """Which messages of a tip other desks have already: the codes of these desks, by the ids of the messages."""
    if not is_member(viewer, tip.desk):
        return {}
    found: dict[str, list[str]] = {}
    rows = tip.messages.filter(handed_on__isnull=False).values_list("pk", "handed_on__tip__desk__code")
    for message, desk in rows.order_by("number"):
        found.setdefault(str(message), []).append(desk)
    return found


def desks_of_writers(viewer: Viewer, tip: Tip) -> Callable[[Message], Organisation | None]:
    """For which other organization whoever wrote a message was at a desk on its day; None for those of this desk."""
    theirs: dict[int, list[Membership]] = {}
    if is_member(viewer, tip.desk):
        wrote = Membership.objects.filter(role=Role.DESK_MEMBER, user__in=tip.messages.values("by"))
        for one in wrote.select_related("organisation").prefetch_related("organisation__names").order_by("pk"):
            theirs.setdefault(one.user_id, []).append(one)

    def found(message: Message) -> Organisation | None:
        day = localtime(message.hour).date()
        held = [one for one in theirs.get(message.by_id or 0, ()) if _is_held(one, day)]
        is_ours = any(one.organisation_id == tip.desk.organisation_id for one in held)
        return held[0].organisation if held and not is_ours else None

    return found


def _is_held(membership: Membership, day: date) -> bool:
    return membership.from_date <= day and (membership.to_date is None or day <= membership.to_date)
