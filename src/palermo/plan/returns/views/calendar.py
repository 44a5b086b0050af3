"""Calendars: when the promises of a plan fall due, and when one's own returns do."""

from __future__ import annotations

from textwrap import shorten

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.foundation.bilingual import Shown, reader_language, shown
from palermo.people.guards import ALL_STAFF, for_roles, public, signed_in
from palermo.plan.register.models import DueDate
from palermo.plan.register.queries.plans import plans
from palermo.plan.returns.icalendar import Entry, calendar_file
from palermo.plan.returns.queries.calendar import OwedDay, due_dates, owed_days

TITLE_LENGTH = 120


@public
def plan_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The due dates of a plan's promises, as a file to subscribe to."""
    plan = plans(request.user).filter(code=code).first()
    if plan is None:
        raise Http404
    entries = [_promise(request, code, due) for due in due_dates(request.user, plan)]
    return _file(request, shown(plan, "title").text, entries, f"{plan.code}.ics")


@for_roles(*ALL_STAFF)
def work_calendar(request: HttpRequest) -> HttpResponse:
    """When the returns fall due that the reader's organisations owe, or that the reader awaits."""
    entries = [_owed(request, day) for day in owed_days(signed_in(request))]
    return _file(request, _("My work"), entries, "work.ics")


def _promise(request: HttpRequest, plan_code: str, due: DueDate) -> Entry:
    one = due.deliverable
    text = shown(one, "text")
    title = Shown(shorten(f"{one.code} {text}", TITLE_LENGTH, placeholder="…"), text.language, is_other=text.is_other)
    address = request.build_absolute_uri(reverse("deliverable", args=[plan_code, one.code]))
    return Entry(f"due-{one.pk}", due.due_on, title, text, address)


def _owed(request: HttpRequest, day: OwedDay) -> Entry:
    period, organisation = day.cycle.period, day.organisation
    told = ngettext("%(count)s return is still open", "%(count)s returns are still open", day.count)
    title = _("Returns due for %(period)s") % {"period": period.label}
    words = [shown(period.plan, "title").text, told % {"count": day.count}]
    name = organisation.named_on() if organisation else None
    words += [name.full().text] if name else []
    address = reverse("returns") if organisation else reverse("cycle", args=[period.plan.code, period.code])
    key = f"owed-{day.cycle.pk}-{organisation.pk if organisation else 'all'}"
    return Entry(key, day.cycle.due_on, _said(title), _said("\n".join(words)), request.build_absolute_uri(address))


def _said(words: str) -> Shown:
    return Shown(words, reader_language(), is_other=False)


def _file(request: HttpRequest, name: str, entries: list[Entry], file_name: str) -> HttpResponse:
    made = calendar_file(name, reader_language(), entries, host=request.get_host(), made_at=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)
