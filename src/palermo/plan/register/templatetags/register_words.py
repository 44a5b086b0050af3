"""The words for what the register stores as codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal
from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.foundation.bilingual import Shown, choose, colon, reader_language
from palermo.people.models import Organisation
from palermo.plan.register.concerns import Concern
from palermo.plan.register.vocabulary import P, Status

register = template.Library()

CONCERN_SENTENCES = {
    Concern.LATE: gettext_lazy("Its due date has passed, and it is not reported as complete."),
    Concern.FIRST_DATE_PASSED: gettext_lazy("Its first due date has passed; a later one was set since."),
    Concern.ONGOING_WITHOUT_END: gettext_lazy(
        "It is reported as ongoing and has no end, so nobody can tell whether it is late or done."
    ),
    Concern.NO_DUE_DATE: gettext_lazy("Nothing says by when it is to be done, so nobody can tell whether it is late."),
    Concern.NO_EVIDENCE: gettext_lazy("It is said to be acted on, but nothing that shows it is recorded here."),
    Concern.NOT_REPORTED: gettext_lazy("Whoever leads it did not report on it for this period."),
    Concern.NOT_STATED: gettext_lazy("No source that was read says how far it is in this period."),
    Concern.NEW: gettext_lazy("It was added to the plan in this period."),
}
"""What each concern means for one deliverable."""


@register.filter
def status_label(value: str) -> str:
    """The word for a status."""
    return str(Status(value).label)


@register.filter
def p_label(value: str) -> str:
    """The word for a P, or for having none."""
    return str(P(value).label) if value else _("No P")


@register.filter
def concern_label(value: str) -> str:
    """The word for a concern."""
    return str(Concern(value).label)


@register.filter
def concern_sentence(value: str) -> str:
    """What a concern means for one deliverable."""
    return str(CONCERN_SENTENCES[Concern(value)])


@register.filter
def name_on(organisation: Organisation, on: date | None) -> Shown:
    """The name that an organisation bore on a day, or without a day its newest; its code where it has none."""
    name = organisation.named_on(on)
    return name.full() if name else Shown(organisation.code, "en", is_other=False)


@register.filter
def figure_line(figure: Mapping[str, str]) -> str:
    """A figure of an account on one line: what it counts, how many, in what unit."""
    label = choose(figure.get("label_en", ""), figure.get("label_fr", "")).text
    unit = choose(figure.get("unit_en", ""), figure.get("unit_fr", "")).text
    value = format_decimal(Decimal(figure["value"]), locale=f"{reader_language()}_CA")
    return f"{label}{colon()} {value} {unit}".rstrip()


@register.filter
def years(code: str) -> str:
    """A fiscal year as people read it: `2013–2014` for `2013-2014`."""
    return code.replace("-", "–")
