"""Under what a tip is filed besides what stands in itself, and which others tell of the same event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from palermo.people.policies import Viewer
from palermo.prosecution.tips.models import Desk, Tip
from palermo.prosecution.tips.policies import is_member

SHOWN_DIGITS, ALL_DIGITS = 8, 32
"""Digits of a tip's id: those that people call it by, and the whole."""
_SIGNS = frozenset("0123456789abcdef")


class NoTipError(LookupError):
    """No tip of the desk is called so."""


class SeveralError(LookupError):
    """Several tips of the desk are called so: more digits of the id are needed."""


def elements_of(viewer: Viewer, tip: Tip) -> Mapping[str, list[str]]:
    """The codes of acts and of means that a tip is filed under, by which of the two they are."""
    found: dict[str, list[str]] = defaultdict(list)
    if is_member(viewer, tip.desk):
        for element, code in tip.elements.values_list("element", "code"):
            found[element].append(code)
    return found


def same_event(viewer: Viewer, tip: Tip) -> list[Tip]:
    """The other tips that tell of the same event, the newest first."""
    if tip.occurrence_id is None or not is_member(viewer, tip.desk):
        return []
    return list(Tip.objects.filter(occurrence=tip.occurrence_id).exclude(pk=tip.pk).order_by("-hour", "id"))


def called(viewer: Viewer, desk: Desk, written: str) -> Tip:
    """The tip of a desk that somebody means by its code, or by more of its id. Case, spaces and hyphens do not matter.

    Raises:
        NoTipError: the desk has none, or this is no code.
        SeveralError: it has several.
    """
    digits = "".join(written.split()).replace("-", "").lower()
    is_code = SHOWN_DIGITS <= len(digits) <= ALL_DIGITS and set(digits) <= _SIGNS
    if not is_code or not is_member(viewer, desk):
        raise NoTipError
    within = (UUID(digits.ljust(ALL_DIGITS, "0")), UUID(digits.ljust(ALL_DIGITS, "f")))
    found = list(Tip.objects.filter(desk=desk, pk__range=within)[:2])
    if len(found) != 1:
        raise SeveralError if found else NoTipError
    return found[0]
