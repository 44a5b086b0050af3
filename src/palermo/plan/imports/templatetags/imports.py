"""Small words of the imports pages."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from palermo.plan.register.vocabulary import P

register = template.Library()


@register.filter
def joined(texts: Iterable[str]) -> str:
    """Texts with commas between them."""
    return ", ".join(texts)


@register.filter
def p_label(value: str) -> str:
    """A P in words, "" for none."""
    return str(P(value).label) if value in P.values else ""


@register.filter
def shown_period(code: str) -> str:
    """A period as people read it: 2013–2014."""
    return code.replace("-", "–")
