"""Changes of services as people read them: what each sets, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import Shown, colon
from palermo.protection.directory.entry.page import Row, row_of
from palermo.protection.directory.entry.words import in_order, label_of, said_in_words
from palermo.protection.directory.forms_keeping import ReasonForm
from palermo.protection.directory.hsds.changing import CONFIRMED
from palermo.protection.directory.models import Change, State, Withheld


@dataclass(frozen=True)
class Field:
    """One field of a change: what stands there now, and what it says instead; without lines, nothing."""

    label: str
    now: list[Shown]
    after: list[Shown]


@dataclass(frozen=True)
class Told:
    """A change in words, with the form by which it is declined or undone where that can be done."""

    change: Change
    row: Row
    is_confirmation: bool
    fields: tuple[Field, ...]
    form: ReasonForm | None


def told(change: Change, form: ReasonForm | None = None) -> Told:
    """A change, with its service and that one's organization loaded."""
    now = change.service.document
    fields = tuple(
        Field(label_of(name), said_in_words(name, now.get(name)), said_in_words(name, change.patch[name]))
        for name in in_order(change.patch)
        if name not in CONFIRMED
    )
    can_end = change.state in (State.PROPOSED, State.APPLIED)
    is_confirmation = bool(change.patch) and not fields
    ending = form or (ReasonForm(change) if can_end else None)
    return Told(change, row_of(change.service), is_confirmation, fields, ending)


def taken_out_in_words(some: Iterable[Withheld]) -> list[str]:
    """What was taken out of entries, by what it was about: of the service itself, or of what stands around it."""
    kinds = {
        "organization": _("Organization"),
        "program": _("Program"),
        "location": _("Place"),
        "service_at_location": _("Place"),
    }
    said = ((kinds.get(one.kind, ""), _what(one)) for one in some)
    return list(dict.fromkeys(f"{kind}{colon()} {label}" if kind else label for kind, label in said))


def _what(lost: Withheld) -> str:
    """What an entry lost; a place loses its address only where it is hidden with another one."""
    if (lost.kind, lost.field) == ("location", "addresses"):
        return _("the address, since a confidential place stands there. It is sealed, and opens with that place.")
    return label_of(lost.field)
