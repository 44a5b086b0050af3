"""Reminders that a page leaves to the worker."""

from __future__ import annotations

from palermo.foundation.jobs import task
from palermo.people.models import User
from palermo.plan.reminders.actions.send import send_reminders


@task()
def send_now(by_pk: int) -> None:
    """Send what is due today, without waiting for what is to be tried again later."""
    send_reminders(by=User.objects.get(pk=by_pk), is_urgent=True)
