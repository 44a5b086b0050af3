"""Words that the pages of the report room need."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the language of the page."""
    return {"en": _("in English"), "fr": _("in French")}[code]
