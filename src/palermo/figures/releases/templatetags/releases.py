"""Words of releases for templates."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from palermo.figures.releases.queries.cells import Cell
from palermo.figures.series.vocabulary import Counted
from palermo.foundation.bilingual import choose
from palermo.foundation.money import written_number
from palermo.people.models import Organisation

register = template.Library()


@register.filter
def cell(one: Cell) -> str | SafeString:
    """A cell of a table: its number, or a word for why there is none."""
    if one.value is not None:
        return written_number(one.value)
    why = {"s": pgettext("cell", "too small"), "b": pgettext("cell", "hidden besides")}.get(
        one.why, pgettext("cell", "left out")
    )
    return format_html('<span class="tag">{}</span>', why)


@register.filter
def counted(code: str) -> str:
    """What is counted, in words."""
    return str(Counted(code).label) if code in Counted.values else code


@register.filter
def organisation_name(one: Organisation) -> str | SafeString:
    """The name of an organisation today. Reads prefetched names."""
    named = one.named_on()
    if named is None:
        return one.code
    shown = choose(named.name_en, named.name_fr)
    return format_html('<span lang="{}">{}</span>', shown.language, shown.text) if shown.is_other else shown.text


@register.filter
def or_in_french(english: str, french: str) -> str | SafeString:
    """The label of a code in the reader's language, or else in the other."""
    shown = choose(english, french)
    return format_html('<span lang="{}">{}</span>', shown.language, shown.text) if shown.is_other else shown.text


@register.filter
def percent_of(part: int, whole: int) -> str:
    """A share in whole percent."""
    return written_number(round(100 * part / whole)) if whole else "0"
