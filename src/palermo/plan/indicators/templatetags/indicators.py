"""What pages of other rooms show of indicators."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from palermo.figures.series.words import number_words, span_words
from palermo.foundation.bilingual import shown
from palermo.plan.indicators.queries import Shown, indicators_of
from palermo.plan.register.models import Deliverable, Section
from palermo.plan.register.policies import may_change_plan
from palermo.plan.register.views.reading import viewer_of

register = template.Library()


@register.inclusion_tag("indicators/shown.html", takes_context=True)
def indicators_shown(context: Context, one: Deliverable | Section) -> dict[str, object]:
    """The series that show how a deliverable or a section does, each with its latest value."""
    viewer = viewer_of(context["request"])
    desk = "section_indicators" if isinstance(one, Section) else "deliverable_indicators"
    return {
        "indicators": indicators_of(viewer, one),
        "may_change": may_change_plan(viewer, one.plan),
        "desk": reverse(desk, args=[one.plan.code, one.code]),
    }


@register.inclusion_tag("indicators/value.html")
def indicator_value(each: Shown) -> dict[str, object]:
    """The newest value of an indicator with its mark, its years and the way to where it comes from."""
    value, series = each.value, each.series
    if value is None:
        return {"value": None}
    label = _("Where it comes from: %(title)s") % {"title": shown(series, "title").text}
    words, span = number_words(value, series), span_words(value.starts_on, value.ends_on)
    return {"value": value, "words": words, "span": span, "label": label}
