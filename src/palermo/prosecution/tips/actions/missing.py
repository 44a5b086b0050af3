"""Receipts of no box are counted by the hour."""

from __future__ import annotations

from django.db import transaction

from palermo.prosecution.tips.actions.counting import count
from palermo.prosecution.tips.queries.load import MISSED


@transaction.atomic
def missed() -> None:
    """Count that somebody gave a receipt of no box."""
    count(MISSED)
