"""The proof that a tip was erased, and what can be checked of it at this moment."""

from __future__ import annotations

from dataclasses import dataclass

from palermo.audit.chain import event_hash
from palermo.audit.models import AuditEvent
from palermo.people.policies import Viewer
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.models import Erasure, Tip
from palermo.prosecution.tips.policies import is_member


@dataclass(frozen=True)
class Proof:
    """What is left of an erased tip."""

    erasure: Erasure
    event: AuditEvent | None
    """Of erasing it, in the trail."""
    is_told_alike: bool
    """Whether the trail says the same as the proof, in an event that nobody changed since."""
    is_gone: bool
    """Whether nothing lies now where its key lay."""


def proof_of(viewer: Viewer, tip: Tip) -> Proof | None:
    """The proof that a tip was erased, for a member of its desk; None while it is not."""
    if not is_member(viewer, tip.desk):
        return None
    erasure = Erasure.objects.filter(tip=tip).select_related("by").first()
    if erasure is None:
        return None
    events = AuditEvent.objects.filter(act="tips.erased", about_kind=Tip._meta.label_lower, about_id=str(tip.pk))
    event = events.order_by("-number").first()
    return Proof(erasure, event, event is not None and _says(event, erasure), slots.is_destroyed(erasure.slot))


def _says(event: AuditEvent, erasure: Erasure) -> bool:
    said = {name: getattr(erasure, name) for name in ("slot", "messages", "size", "sha256")}
    return said.items() <= event.details.items() and event_hash(event) == event.hash
