"""Hours in templates."""

from __future__ import annotations

from datetime import datetime

from django import template

from palermo.prosecution.tips.words_desk import hour_said

register = template.Library()


@register.filter
def hour(value: datetime) -> str:
    """The hour in which something happened."""
    return hour_said(value)
