"""Sending what is due: claim a digest, hand it to the mail server, and only then record that it was sent.

`docs/decisions/reminders-claimed-before-sent.md` says what is promised where the process dies on the way.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.reminders.mails import digest_mail, message_id
from palermo.plan.reminders.models import Digest, DigestItem
from palermo.plan.reminders.planning import Due, planned
from palermo.plan.reminders.policies import may_send
from palermo.plan.reminders.queries.rows import own_cycles, rows

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""How long one process may take to send one mail; far longer than `EMAIL_TIMEOUT`."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(hours=12)
"""After a failure; the wait doubles with each further one."""
DOWN_AFTER = 3
"""So many mails in a row that find no server mean that it is down, and the rest is left for the next run."""


class NoMailServerError(Exception):
    """No mail server is set, so nothing would reach anybody, and nothing is marked as sent."""


class NotAcceptedError(Exception):
    """The mail server took none of the addresses."""


@dataclass(slots=True)
class Outcome:
    """What became of a run, in numbers of digests."""

    sent: int = 0
    failed: int = 0
    left: int = 0
    """Not tried: another process has it, its time has not come again, or the server is down."""


@dataclass(frozen=True, slots=True)
class _Claim:
    digest: Digest
    until: datetime
    """Which claim it is: a later one of the same digest has another end."""


def send_reminders(*, by: User, day: date | None = None, is_urgent: bool = False) -> Outcome:
    """Send everybody their digest of `day` (today). Run again, it sends only what did not go out.

    Each digest is a transaction of its own: one bad address stops nobody else's.

    Args:
        by: the command line, or a coordinator, who sends to those for whom something of their plans is due.
        day: the day to plan for.
        is_urgent: also try those digests whose time to be tried again has not come.

    Raises:
        PermissionDenied: `by` coordinates nothing.
        NoMailServerError: there is no mail server.
    """
    if not may_send(by):
        raise PermissionDenied
    if settings.PRODUCTION and not settings.MAIL_IS_SENT:
        raise NoMailServerError
    today = day or date.today()
    own = own_cycles(by)
    wanted = {
        person: dues for person, dues in planned(rows(today), today).items() if any(due.cycle in own for due in dues)
    }
    return _send_all(wanted, today, by, is_urgent=is_urgent)


def _send_all(wanted: dict[int, list[Due]], day: date, by: User, *, is_urgent: bool) -> Outcome:
    people = User.objects.filter(pk__in=list(wanted)).in_bulk()
    outcome, refused, connection = Outcome(), 0, get_connection()
    try:
        for number, dues in wanted.items():
            claim = _claim(people[number], dues, day, is_urgent=is_urgent) if refused < DOWN_AFTER else None
            if claim is None:
                outcome.left += 1
                continue
            error = _send(claim.digest, dues, connection)
            if error is None:
                _record_sent(claim.digest, dues, by)
                outcome.sent, refused = outcome.sent + 1, 0
            else:
                _release(claim, error)
                outcome.failed += 1
                refused = refused + 1 if _found_no_server(error) else 0
    finally:
        connection.close()
    return outcome


def _claim(person: User, dues: list[Due], day: date, *, is_urgent: bool) -> _Claim | None:
    """Take the person's digest for this process, with what is to be in it; None where it is not ours to send."""
    try:
        with transaction.atomic():
            return _claimed(person, dues, day, is_urgent=is_urgent)
    except IntegrityError:
        # Another process was quicker: it has made the digest, or told the person of this already.
        return None


def _claimed(person: User, dues: list[Due], day: date, *, is_urgent: bool) -> _Claim | None:
    now = timezone.now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    if not is_urgent:
        free &= Q(retry_at__isnull=True) | Q(retry_at__lte=now)
    digest, _new = Digest.objects.get_or_create(person=person, sent_at=None, defaults={"day": day})
    until = now + LEASE
    changed = Digest.objects.filter(free, pk=digest.pk, sent_at__isnull=True).update(
        day=day, claimed_until=until, attempts=F("attempts") + 1, message_id=message_id(person.pk, dues)
    )
    if not changed:
        return None
    digest.items.all().delete()
    DigestItem.objects.bulk_create(
        [
            DigestItem(
                digest=digest, person=person, of_id=each.number, due_on=each.due_on, distance=each.distance,
                task=each.task.value,
            )
            for each in dues
        ],
        batch_size=1000,
    )  # fmt: skip
    digest.refresh_from_db()
    digest.person = person
    return _Claim(digest, until)


def _send(digest: Digest, dues: list[Due], connection: BaseEmailBackend) -> Exception | None:
    """Hand the mail over; what went wrong, if something did."""
    mail: EmailMessage = digest_mail(digest, dues)
    mail.connection = connection
    try:
        connection.open()
        if mail.send() != 1:
            return NotAcceptedError()
    except (SMTPException, OSError, ValueError) as error:
        # A ValueError is an address that cannot stand in a mail. After an error the connection may be in any state.
        connection.close()
        return error
    return None


@transaction.atomic
def _record_sent(digest: Digest, dues: list[Due], by: User) -> None:
    """Say that it was sent, unless another process that held the lease after us has said so."""
    waiting = Digest.objects.filter(pk=digest.pk, sent_at__isnull=True)
    if waiting.update(sent_at=timezone.now(), claimed_until=None, retry_at=None, last_error=""):
        record(by=by, act="reminder.send", about=digest, returns=len(dues), day=digest.day.isoformat())


def _release(claim: _Claim, error: Exception) -> None:
    """Let it be tried again, after a wait that grows."""
    digest = claim.digest
    wait = min(FIRST_WAIT * 2 ** min(digest.attempts - 1, 10), LONGEST_WAIT)
    logger.warning("Digest %s was not sent: %s", digest.pk, type(error).__name__)
    Digest.objects.filter(pk=digest.pk, sent_at__isnull=True, claimed_until=claim.until).update(
        claimed_until=None, retry_at=timezone.now() + wait, last_error=type(error).__name__
    )


def _found_no_server(error: Exception) -> bool:
    if isinstance(error, SMTPConnectError | SMTPServerDisconnected):
        return True
    return isinstance(error, OSError) and not isinstance(error, SMTPException)
