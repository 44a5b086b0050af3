"""Members are reminded by mail of what waits at their desks: claimed first, then handed to the mail server.

A reminder is a row that is there before its mail: two processes cannot send it twice. Where the server refuses it, the
row is deleted, and the next run tries again. A process that dies in between leaves the row: the mail of that day may be
lost, and the next one comes when something new waits, or after a week.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.people.policies import is_command_line
from palermo.prosecution.tips.mails import reminder_mail
from palermo.prosecution.tips.models import DeskReminder
from palermo.prosecution.tips.queries.waiting import to_tell
from palermo.prosecution.tips.reminding import Waiting

logger = logging.getLogger(__name__)

DOWN_AFTER = 3
"""So many mails in a row that find no server mean that it is down, and the rest is left for the next run."""


class NotAcceptedError(Exception):
    """The mail server took none of the addresses."""


@dataclass(slots=True)
class Reminded:
    """What became of a run, in numbers of mails."""

    sent: int = 0
    failed: int = 0
    left: int = 0
    """Not tried: another process has it, or the server is down."""


def remind_desks(*, by: User, day: date | None = None) -> Reminded:
    """Send each member of a desk the mail of a day, if there is something to tell them. Run again, it sends the rest.

    Without a mail server nothing is claimed, and nothing sent.

    Raises:
        PermissionDenied: it is not the command line that asks.
    """
    if not is_command_line(by):
        raise PermissionDenied
    today, outcome, refused = day or timezone.localdate(), Reminded(), 0
    if settings.PRODUCTION and not settings.MAIL_IS_SENT:
        return outcome
    connection = get_connection()
    try:
        for user, waiting in to_tell(by, today):
            claim = _claim(user, waiting, today) if refused < DOWN_AFTER else None
            if claim is None:
                outcome.left += 1
            elif error := _send(user, waiting, today, connection):
                _take_back(claim, error)
                outcome.failed += 1
                refused = refused + 1 if _found_no_server(error) else 0
            else:
                _told(by, claim, waiting)
                outcome.sent, refused = outcome.sent + 1, 0
    finally:
        connection.close()
    return outcome


def _claim(user: User, waiting: Waiting, day: date) -> DeskReminder | None:
    """Take the mail of a day for this process; None where another one was quicker."""
    new = waiting.new if waiting.newest == day else 0
    try:
        with transaction.atomic():
            return DeskReminder.objects.create(user=user, day=day, new=new)
    except IntegrityError:
        return None


def _send(user: User, waiting: Waiting, day: date, connection: BaseEmailBackend) -> Exception | None:
    """Hand the mail over; what went wrong, if something did."""
    mail = reminder_mail(user, waiting, day)
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


def _take_back(claim: DeskReminder, error: Exception) -> None:
    """Let it be tried again. Of the error its kind alone is said: its message could repeat an address."""
    logger.warning("Desk reminder %s was not sent: %s", claim.pk, type(error).__name__)
    claim.delete()


@transaction.atomic
def _told(by: User, claim: DeskReminder, waiting: Waiting) -> None:
    record(by=by, act="tips.reminded", about=claim, count=waiting.due + waiting.erasing)


def _found_no_server(error: Exception) -> bool:
    if isinstance(error, SMTPConnectError | SMTPServerDisconnected):
        return True
    return isinstance(error, OSError) and not isinstance(error, SMTPException)
