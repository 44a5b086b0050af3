"""What pages of other rooms show of recommendations."""

from __future__ import annotations

from django import template
from django.template.context import Context

from palermo.plan.recommendations.queries import recommendations_answered_by
from palermo.plan.register.models import Deliverable
from palermo.plan.register.views.reading import viewer_of

register = template.Library()


@register.inclusion_tag("recommendations/answered.html", takes_context=True)
def answered_recommendations(context: Context, one: Deliverable) -> dict[str, object]:
    """The recommendations that a deliverable answers, where there are any."""
    return {"found": recommendations_answered_by(viewer_of(context["request"]), one)}
