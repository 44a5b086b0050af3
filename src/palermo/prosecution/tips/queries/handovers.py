"""To whom a tip was handed on, from whom it came, and who could get it."""

from __future__ import annotations

from dataclasses import dataclass, field

from palermo.people.models import Membership, Role
from palermo.people.policies import Viewer, held_today
from palermo.prosecution.tips.models import Desk, DeskKey, Handover, State, Tip
from palermo.prosecution.tips.policies import is_member


@dataclass(frozen=True)
class OtherDesk:
    """A desk that a tip can be handed on to, and the keys that it is sealed to there."""

    desk: Desk
    readers: list[DeskKey] = field(default_factory=list)


def handovers_of(viewer: Viewer, tip: Tip) -> list[Handover]:
    """To whom a tip was handed on, the first one first."""
    if not is_member(viewer, tip.desk):
        return []
    found = Handover.objects.filter(tip=tip).select_related("to__organisation", "by", "acknowledged_by", "made")
    return list(found.prefetch_related("to__organisation__names").order_by("at", "pk"))


def handed_from(viewer: Viewer, tip: Tip) -> Handover | None:
    """By whom and why a tip was handed on to the desk of the viewer; None where it came from the public."""
    if not is_member(viewer, tip.desk):
        return None
    found = Handover.objects.filter(made=tip).select_related("tip__desk__organisation", "to", "by", "acknowledged_by")
    return found.prefetch_related("tip__desk__organisation__names").first()


def writes_back_to(viewer: Viewer, handover: Handover) -> list[DeskKey]:
    """The keys that what is written back is sealed to; none where there is nobody, or the tip there is erased."""
    if not is_member(viewer, handover.to) or handover.tip.state == State.ERASED:
        return []
    desk = handover.tip.desk_id
    return list(DeskKey.objects.filter(desk=desk, confirmed_at__isnull=False, retired_at__isnull=True))


def others_to_hand_to(viewer: Viewer, tip: Tip) -> list[OtherDesk]:
    """The other desks where somebody can read what is handed on, by code."""
    if not is_member(viewer, tip.desk):
        return []
    keys = DeskKey.objects.filter(confirmed_at__isnull=False, retired_at__isnull=True).exclude(desk=tip.desk)
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
