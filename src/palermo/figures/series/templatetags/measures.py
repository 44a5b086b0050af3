"""The way from numbers on a page to what they mean and where they come from."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from palermo.figures import measures

register = template.Library()


@register.simple_tag
def counted_by(code: str, **asked: str) -> SafeString:
    """A small link from numbers that a measure counts to its page; `asked` names codes that narrow it to them.

    Codes that are empty are left out, so that a page need not know whether a plan has a period.
    """
    query = urlencode({name: wanted for name, wanted in asked.items() if wanted})
    address = reverse("measure", args=[code]) + (f"?{query}" if query else "")
    words, title = _("Where do these numbers come from?"), measures.one(code).title
    return format_html(
        '<p class="small"><a href="{}">{}<span class="for-ears"> {}</span></a></p>', address, words, title
    )
