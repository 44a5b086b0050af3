"""Bilingual text, places, money and numbers in templates."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from palermo.foundation import bilingual, money
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
def number(value: int) -> str:
    """A number with its thousands apart."""
    return money.written_number(value)
