"""Bilingual text, places, money and numbers in templates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from palermo.foundation import bilingual, days, money
from palermo.foundation.jurisdictions import jurisdiction

register = template.Library()


@register.filter
def text(thing: object, field: str) -> str:
    """The plain text of a bilingual field: for titles, attributes and places where no element may stand."""
    return bilingual.shown(thing, field).text


@register.filter
def in_language(thing: object, field: str) -> str | SafeString:
    """The text of a bilingual field, inside `<span lang>` where only the other language has it."""
    return marked(bilingual.shown(thing, field))


@register.filter
def marked(shown: bilingual.Shown) -> str | SafeString:
    """A chosen text, inside `<span lang>` where it is in the other language than the page."""
    if not shown.is_other:
        return shown.text
    return format_html('<span lang="{}">{}</span>', shown.language, shown.text)


@register.filter
def place(code: str) -> str:
    """The name of a jurisdiction."""
    return jurisdiction(code).name.text


@register.filter
def amount(value: Decimal, currency: str = "CAD") -> str:
    """An amount of money."""
    return money.written_amount(value, currency)


@register.filter
def exact(value: Decimal) -> str:
    """A number with every digit that says something."""
    return money.written_exactly(value)


@register.filter
def number(value: int) -> str:
    """A number with its thousands apart."""
    return money.written_number(value)


@register.filter
def file_size(size: int) -> str:
    """The size of a file, given in bytes: `33.7 KB`, `33,7 Ko`."""
    kilobytes = Decimal(size) / 1024
    if kilobytes < 1024:
        return _("%(number)s KB") % {"number": money.written_tenths(kilobytes)}
    return _("%(number)s MB") % {"number": money.written_tenths(kilobytes / 1024)}


@register.filter
def day(value: date | None) -> str | SafeString:
    """A day as people read it, inside `<time>`; nothing for no day."""
    if value is None:
        return ""
    of_day = localtime(value).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', of_day.isoformat(), days.long_date(of_day))


@register.filter
def clock(value: datetime) -> str:
    """The hour and minute of a moment."""
    return days.clock_time(value)


@register.filter
def quoted(words: str) -> str:
    """Words of somebody else, in the quotation marks of the page's language."""
    return _("“%(words)s”") % {"words": words}


@register.simple_tag
def colon() -> str:
    """The sign between a label and what it says."""
    return bilingual.colon()
