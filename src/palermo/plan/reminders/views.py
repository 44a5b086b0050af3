"""Pages of reminders."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.foundation.pagination import page_of
from palermo.people.guards import ALL_STAFF, coordinators, for_roles, signed_in
from palermo.plan.reminders.jobs import send_now
from palermo.plan.reminders.policies import may_send
from palermo.plan.reminders.queries import shown


@for_roles(*ALL_STAFF)
def reminders(request: HttpRequest) -> HttpResponse:
    """What the reader is reminded of, and was."""
    reader = signed_in(request)
    context = {
        "groups": shown.own_groups(reader),
        "page": page_of(shown.own_digests(reader), request.GET.get("page")),
        "may_send": may_send(reader),
    }
    return render(request, "reminders/own.html", context)


@coordinators
def reminders_ahead(request: HttpRequest) -> HttpResponse:
    """What will go out today or on a later day."""
    context = {"ahead": shown.ahead(request.user, _day(request.GET.get("day", ""))), "today": date.today()}
    return render(request, "reminders/ahead.html", context)


@coordinators
def reminders_sent(request: HttpRequest) -> HttpResponse:
    """What went out and to whom, and what could not be sent."""
    context = {
        "failed": shown.failed(request.user)[:200],
        "page": page_of(shown.digests(request.user).filter(sent_at__isnull=False), request.GET.get("page")),
    }
    return render(request, "reminders/sent.html", context)


@coordinators
@require_POST
def reminders_send(request: HttpRequest) -> HttpResponse:
    """Send now what is due today."""
    if settings.PRODUCTION and not settings.MAIL_IS_SENT:
        messages.error(request, _("There is no mail server. Ask whoever runs this site to set one."))
    else:
        send_now.enqueue(by_pk=signed_in(request).pk)
        messages.success(request, _("The reminders of today are being sent. Nobody gets a second one."))
    return redirect("reminders_sent")


def _day(given: str) -> date:
    """The day asked for; today where it is past or no day at all."""
    try:
        return max(date.fromisoformat(given), date.today())
    except ValueError:
        return date.today()
