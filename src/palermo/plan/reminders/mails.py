"""The mail of a digest: plain text in the reader's language, with no name and no victim's data in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator

from palermo.foundation.addresses import site_address
from palermo.foundation.bilingual import shown
from palermo.plan.reminders.models import Digest
from palermo.plan.reminders.planning import Due, Task
from palermo.plan.returns.models import Cycle, Return

LISTED = 20
"""Of each kind so many are named; for the others the mail leads to the list."""
TITLE_LENGTH = 110


@dataclass(frozen=True, slots=True)
class Line:
    """One return as the mail names it."""

    code: str
    title: str
    organisation: str
    """Empty where every line of the group is of the reader's own organisation."""
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """What a person is to do in one period."""

    task: Task
    cycle: Cycle
    count: int
    distance: int
    lines: tuple[Line, ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.lines)

    @property
    def is_late(self) -> bool:
        """Whether the due date has passed."""
        return self.distance > 0


def message_id(person: int, dues: Sequence[Due]) -> str:
    """The same for the same reminders to the same person, and another for any others."""
    told = ";".join(sorted(f"{due.number} {due.due_on:%Y%m%d} {due.distance} {due.task}" for due in dues))
    digest = hashlib.sha256(f"{settings.SECRET_KEY} reminders {person}: {told}".encode()).hexdigest()[:40]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{digest}@{domain}>"


def digest_mail(digest: Digest, dues: Sequence[Due]) -> EmailMessage:
    """The mail to one person; its `person` has been loaded."""
    with translation.override(digest.person.language):
        context = {
            "groups": groups(dues),
            "count": len(dues),
            "late": sum(due.distance > 0 for due in dues),
            "list_address": site_address() + reverse("reminders"),
        }
        subject = " ".join(render_to_string("reminders/subject.txt", context).split())
        body = render_to_string("reminders/body.txt", context).strip() + "\n"
    headers = {"Message-ID": digest.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, to=[digest.person.email], headers=headers)


def groups(dues: Sequence[Due]) -> list[Group]:
    """What one person is to do, by task and period, the most pressing period first within a task."""
    return groups_of_each({0: dues})[0]


def groups_of_each(dues: Mapping[int, Sequence[Due]]) -> dict[int, list[Group]]:
    """The same for several people, by their keys; three queries, however many they are."""
    parts = {person: _parts(each) for person, each in dues.items()}
    named = [due.number for each in parts.values() for part in each for due in part[:LISTED]]
    found = (
        Return.objects.filter(pk__in=named)
        .select_related("deliverable", "organisation")
        .prefetch_related("organisation__names")
        .in_bulk()
    )
    wanted = {part[0].cycle for each in parts.values() for part in each}
    cycles = Cycle.objects.filter(pk__in=wanted).select_related("period__plan").in_bulk()
    return {person: [_group(part, cycles, found) for part in each] for person, each in parts.items()}


def _parts(dues: Sequence[Due]) -> list[list[Due]]:
    order = list(Task)
    kept = sorted(dues, key=lambda due: (order.index(due.task), due.due_on, due.cycle))
    return [list(each) for _key, each in groupby(kept, key=lambda due: (due.task, due.cycle))]


def _group(part: Sequence[Due], cycles: Mapping[int, Cycle], found: Mapping[int, Return]) -> Group:
    return Group(
        task=part[0].task,
        cycle=cycles[part[0].cycle],
        count=len(part),
        distance=max(due.distance for due in part),
        lines=tuple(_line(found[due.number]) for due in part[:LISTED]),
    )


def _line(one: Return) -> Line:
    name = one.organisation.named_on()
    return Line(
        code=one.deliverable.code,
        title=Truncator(" ".join(shown(one.deliverable, "text").text.split())).chars(TITLE_LENGTH),
        organisation=name.short().text if name else one.organisation.code,
        address=site_address() + reverse("return", args=[one.pk]),
    )
