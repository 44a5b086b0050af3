"""The words of reminders."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.foundation.days import long_date
from palermo.plan.reminders.mails import Group
from palermo.plan.reminders.planning import Task

register = template.Library()


@register.filter
def heading(group: Group) -> str:
    """What the person is asked to do, how often, and by when."""
    return _heading(group) % {"count": group.count, "day": long_date(group.cycle.due_on)}


def _heading(group: Group) -> str:
    """The words, with `%(count)s` and `%(day)s` in them."""
    count = group.count
    if group.task == Task.CLEAR:
        if group.is_late:
            return ngettext(
                "%(count)s return waits to be cleared. It was due on %(day)s.",
                "%(count)s returns wait to be cleared. They were due on %(day)s.",
                count,
            )
        return ngettext(
            "%(count)s return waits to be cleared. It is due on %(day)s.",
            "%(count)s returns wait to be cleared. They are due on %(day)s.",
            count,
        )
    if group.task == Task.ACCEPT:
        return ngettext(
            "%(count)s cleared return waits for your answer. It was due on %(day)s.",
            "%(count)s cleared returns wait for your answer. They were due on %(day)s.",
            count,
        )
    if group.is_late:
        return ngettext(
            "%(count)s return is still to be written. It was due on %(day)s.",
            "%(count)s returns are still to be written. They were due on %(day)s.",
            count,
        )
    return ngettext(
        "%(count)s return is still to be written. It is due on %(day)s.",
        "%(count)s returns are still to be written. They are due on %(day)s.",
        count,
    )


@register.filter
def distance(days: int) -> str:
    """How far from the due date: `3 days before`, `7 days after`, `on the day`."""
    if days == 0:
        return _("on the due date")
    if days < 0:
        return ngettext("%(count)s day before", "%(count)s days before", -days) % {"count": -days}
    return ngettext("%(count)s day after", "%(count)s days after", days) % {"count": days}


@register.filter
def failure(kind: str) -> str:
    """A sentence on why a mail was not sent, from the kind of the error."""
    return {
        "SMTPRecipientsRefused": _("The mail server refuses the address. Ask the person for the right one."),
        "NotAcceptedError": _("The mail server did not take it. Check the address."),
        "SMTPAuthenticationError": _("The mail server refuses our password. Tell whoever runs this site."),
        "SMTPSenderRefused": _("The mail server refuses our address. Tell whoever runs this site."),
        "ValueError": _("The address cannot stand in a mail. Ask the person for the right one."),
        "BadHeaderError": _("The address cannot stand in a mail. Ask the person for the right one."),
        "UnicodeEncodeError": _("The address cannot stand in a mail. Ask the person for the right one."),
    }.get(kind, _("The mail server could not be reached or had a fault. It will be tried again by itself."))
