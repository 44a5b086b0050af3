"""Words of the spreadsheet's preview for templates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from palermo.foundation.bilingual import LANGUAGES, reader_language
from palermo.foundation.days import long_date
from palermo.plan.register.vocabulary import Status
from palermo.plan.returns.queries.history import LABELS
from palermo.plan.returns.spreadsheet.comparing import Difference, Keep

register = template.Library()


@register.filter
def field_label(name: str) -> str:
    """What a field of a return is called."""
    return str(LABELS[name])


@register.filter
def said_in(value: str, name: str) -> SafeString:
    """A value of a field as its reader sees it, marked with its language where it is a text in one."""
    if not value:
        return format_html('<span class="soft">{}</span>', _("Nothing"))
    language = name.rpartition("_")[2]
    if language in LANGUAGES:
        return format_html('<div class="text" lang="{}">{}</div>', language, value)
    if name == "status":
        return format_html("{}", Status(value).label)
    if name == "new_due_on":
        return format_html("{}", long_date(date.fromisoformat(value)))
    if name == "spent":
        return format_html("{}", format_decimal(Decimal(value), "#,##0.00", locale=f"{reader_language()}_CA"))
    return format_html("{}", value)


@register.filter
def keep_label(choice: Keep) -> str:
    """What choosing it means."""
    return {
        Keep.SAVED: _("Keep what was saved meanwhile"),
        Keep.FILE: _("Take what the file says"),
        Keep.BOTH: _("Keep both, one below the other"),
    }[choice]


@register.simple_tag
def chosen(choices: dict[tuple[int, str], Keep], number: int, difference: Difference, choice: Keep) -> str:
    """Marks what was chosen before, when the page is shown anew."""
    return "checked" if choices.get((number, difference.field)) == choice else ""
