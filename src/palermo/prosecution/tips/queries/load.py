"""How much comes at present, and what is asked of whoever sends in that hour."""

from __future__ import annotations

from datetime import UTC, datetime
from shutil import disk_usage
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from palermo.people.policies import Viewer
from palermo.prosecution.tips.envelopes.work import MOST_BITS, is_done
from palermo.prosecution.tips.models import HourCount

TOLD, TOLD_PLAIN, MISSED = "told", "told plain", "missed"
"""What is counted: messages that were sealed in a browser, those that came in the clear, and receipts of no box."""
CALM = 100
"""So many messages in an hour ask for no work; each doubling asks for twice as much."""
FIRST_BITS = 4
"""The least work that is asked for at all."""
MOST_PLAIN = 1_000
"""Messages in the clear that are taken in an hour: those cannot do any work, and a flood of them ends here."""
LEAST_FREE = 512 * 1024 * 1024
"""Bytes that stay free on the disk: where nothing is left, nobody at the site can write anything any more."""
MOST_MISSED = 600
"""Receipts of no box that are looked up in an hour for whoever does no work."""


def this_hour() -> datetime:
    """The beginning of the hour: of time, nothing more exact is kept."""
    return timezone.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def number_of(hour: datetime) -> int:
    """The hours since the beginning of 1970."""
    return int(hour.timestamp()) // 3600


def bits_asked(viewer: Viewer) -> int:
    """How much work a message sealed in a browser has to have done now (`envelopes.work`)."""
    count = counted(viewer, TOLD)
    doubled = (count // CALM).bit_length()
    return min(FIRST_BITS + doubled - 1, MOST_BITS) if doubled else 0


def is_worked(about: UUID, hour: int, bits: int, answer: int) -> bool:
    """Whether so much work was done for a message or a box, in this hour or in the one before (`envelopes.work`)."""
    return 0 <= number_of(this_hour()) - hour <= 1 and is_done(about, hour, bits, answer)


def is_full(_viewer: Viewer) -> bool:
    """Whether the disk of the data folder has no room for another message."""
    return disk_usage(settings.DATA).free < LEAST_FREE


def counted(_viewer: Viewer, what: str) -> int:
    """How often something happened in this hour."""
    return HourCount.objects.filter(hour=this_hour(), what=what).values_list("count", flat=True).first() or 0
