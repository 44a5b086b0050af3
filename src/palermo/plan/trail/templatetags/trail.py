"""Whether a page may lead to the history of a deliverable."""

from __future__ import annotations

from django import template

from palermo.people.policies import Viewer
from palermo.plan.register.models import Deliverable
from palermo.plan.trail.policies import reader_of

register = template.Library()


@register.filter
def has_history_for(one: Deliverable, viewer: Viewer | None) -> bool:
    """Whether the viewer may read what was done about a deliverable. Costs nothing for who is not signed in."""
    return viewer is not None and reader_of(viewer, one).may_read
