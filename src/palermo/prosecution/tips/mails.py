"""The mail to a member of a desk: numbers and where to look, and nothing of what any tip is about."""

from __future__ import annotations

import hashlib
from datetime import date
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from palermo.foundation.addresses import site_address
from palermo.people.models import User
from palermo.prosecution.tips.reminding import Waiting


def reminder_mail(user: User, waiting: Waiting, day: date) -> EmailMessage:
    """The mail of a day to one person, in their language.

    A mail passes through servers that nobody here knows. It names no tip, no desk and no form of exploitation, and does
    not even say in its subject that it is about tips.
    """
    with translation.override(user.language):
        context = {"due": waiting.due, "erasing": waiting.erasing, "address": site_address() + reverse("tips")}
        subject = " ".join(render_to_string("tips/reminder_subject.txt", context).split())
        body = render_to_string("tips/reminder_body.txt", context).strip() + "\n"
    headers = {"Message-ID": _message_id(user, day), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, to=[user.email], headers=headers)


def _message_id(user: User, day: date) -> str:
    """The same for the same person and day, and telling nobody which these are."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY} desks {user.pk} {day:%Y%m%d}".encode()).hexdigest()[:40]
    return f"<{digest}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2] or 'localhost'}>"
