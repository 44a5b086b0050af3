"""To whom a tip was handed on, from whom it came, and who could get it."""

from __future__ import annotations

from dataclasses import dataclass, field

from palermo.people.models import Membership, Organisation, Role
from palermo.people.policies import Viewer, held_today
from palermo.prosecution.tips.models import Desk, DeskKey, Handover, State, Tip
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


def others_who_wrote(viewer: Viewer, tip: Tip) -> dict[int, Organisation]:
    """Who wrote in a tip without being of its desk, and for which organization: what was handed on or written back."""
    if not is_member(viewer, tip.desk):
        return {}
    wrote = Membership.objects.filter(role=Role.DESK_MEMBER, user__in=tip.messages.values("by"))
    of_the_desk = wrote.filter(organisation=tip.desk.organisation_id).values("user")
    found = wrote.exclude(user__in=of_the_desk).select_related("organisation").prefetch_related("organisation__names")
    return {one.user_id: one.organisation for one in found.order_by("from_date", "pk")}
