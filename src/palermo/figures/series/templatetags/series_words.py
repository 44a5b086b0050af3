"""Numbers, spans and codes in templates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from palermo.figures.series import words
from palermo.figures.series.models import Observation, Series
from palermo.figures.series.serving import served_by
from palermo.people.models import Organisation

register = template.Library()


@register.filter
def span(thing: object) -> str:
    """The days of a number or row, as people name them."""
    return words.span_words(_day(thing, "starts_on"), _day(thing, "ends_on"))


@register.filter
def told(one: Observation, series: Series) -> str:
    """A number with its mark in words."""
    return words.number_words(one, series)


@register.filter
def valued(value: Decimal, series: Series) -> str:
    """A plain value in the unit of a series."""
    return words.value_words(value, series)


@register.filter
def unit(series: Series) -> str:
    """What one of the numbers is."""
    return words.unit_words(series)


@register.filter
def of_key(labels: words.CodeLabels, key: str) -> str:
    """The words of a combination of codes."""
    return labels.key(key)


@register.filter
def cells_of(labels: words.CodeLabels, key: str) -> list[str]:
    """The word of each dimension for a combination of codes."""
    return labels.cells(key)


@register.filter
def apart(numbers: tuple[Observation, ...], series: Series) -> str:
    """How far the largest of some numbers lies from the smallest; empty where fewer than two have a value."""
    values = [one.value for one in numbers if one.value is not None]
    return words.difference_words(values, series) if len(values) > 1 else ""


@register.filter
def named(organisation: Organisation) -> str | SafeString:
    """The name of an organisation today."""
    name = organisation.named_on()
    if name is None:
        return organisation.code
    full = name.full()
    return format_html('<span lang="{}">{}</span>', full.language, full.text) if full.is_other else full.text


@register.filter
def cited(one: Observation) -> str:
    """Where in its document a number stands: `page 9`."""
    return words.place_words(one)


@register.inclusion_tag("series/serves.html", takes_context=True)
def serves(context: Context, series: Series) -> dict[str, object]:
    """What a series serves, as the apps tell it; nothing where it serves nothing."""
    return {"served": served_by(context["request"].user, series)}


@register.simple_tag
def number_link(one: Observation, series: Series) -> SafeString:
    """A number with its mark, leading to where it comes from."""
    return format_html('<a href="{}">{}</a>', reverse("number", args=[one.pk]), words.number_words(one, series))


def _day(thing: object, field: str) -> date:
    day = getattr(thing, field)
    if not isinstance(day, date):
        raise TypeError(f"{field} is no day")
    return day
