"""What can be counted of reminders, for those who coordinate the plans that they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from palermo.figures.measures import CountedCell, Measure, MeasureDimension, MeasureSpan
from palermo.people.policies import Viewer
from palermo.plan.register.measures.dimensions import PLAN, cells
from palermo.plan.reminders.models import DigestItem
from palermo.plan.reminders.planning import Task
from palermo.plan.reminders.policies import of_own_plans

TASKS = {
    Task.WRITE: _("To write a return"),
    Task.CLEAR: _("To clear a return"),
    Task.ACCEPT: _("To accept a return"),
}
_SENT = (PLAN, MeasureDimension("task", _("What people were asked to do"), lambda: list(TASKS.items())))


def sent(viewer: Viewer, span: MeasureSpan) -> Iterable[CountedCell]:
    """Reminders that were sent within the span, by plan and by what was asked. One query."""
    within = {"digest__sent_at__isnull": False, "digest__day__gte": span.starts_on, "digest__day__lte": span.ends_on}
    rows = (
        DigestItem.objects.filter(of_own_plans(viewer, "of__cycle__period__plan"), **within)
        .order_by()
        .values_list("of__cycle__period__plan__code", "task")
        .annotate(count=Count("pk"))
    )
    counts: Counter[tuple[str, ...]] = Counter({(plan, task): count for plan, task, count in rows})
    return cells(_SENT, counts, over=("task",))


MEASURES = (
    Measure(
        code="reminders_sent",
        title=_("Reminders sent"),
        definition=_(
            "How often somebody was reminded of a return by mail: one for each return and person, also where one mail "
            "spoke of several. Reminders that could not be sent are not counted."
        ),
        counts="reminder",
        dimensions=_SENT,
        count=sent,
        is_public=False,
        source=_("The reminders of plans that you coordinate."),
    ),
)
