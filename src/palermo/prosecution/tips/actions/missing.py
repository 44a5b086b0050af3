"""Receipts of no box are counted by the hour."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from palermo.prosecution.tips.actions.counting import count
from palermo.prosecution.tips.queries import load


@transaction.atomic
def missed() -> bool:
    """Count that somebody gave a receipt of no box; false once there were too many, which are not even counted."""
    if load.counted(AnonymousUser(), load.MISSED) >= load.MOST_MISSED:
        return False
    count(load.MISSED)
    return True
