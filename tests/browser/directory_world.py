"""What the browser finds of the directory: a service with a change that waits and a history, and links."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from palermo.people.invitations import hashed
from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.protection.directory.actions.changes import change, confirm, decline, undo
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.links import make_link, withdraw_link
from palermo.protection.directory.actions.merging import merge
from palermo.protection.directory.actions.referring import Agreed, refer
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import (
    Consent,
    Intake,
    Likeness,
    Organization,
    ProviderLink,
    Service,
    Source,
)
from tests.browser.people import COORDINATOR

TOKEN = "the-secret-of-a-link-that-everybody-may-know"
MONTHLY: Document = {
    "id": "4b0f7a7e-2f3a-4c52-9a55-0d3c2b8f1a10", "freq": "MONTHLY", "byday": "1MO", "opens_at": "09:00",
    "closes_at": "12:00",
}  # fmt: skip
"""Hours that the form of a service cannot show."""


def shelter() -> Service:
    """A service that tells of beds, at a secret place; everything below happened to it."""
    found = Service.objects.filter(document__has_key="capacities", service_at_locations__location__is_confidential=True)
    return found.order_by("pk")[0]


def office() -> Service:
    """A service without beds, whose hours are more than the form can show."""
    return Service.objects.filter(document__schedules__0__id=MONTHLY["id"])[0]


def fill() -> None:
    """Make all of it, in a house where the sample is."""
    by, one = User.objects.get(email=COORDINATOR), shelter()
    assert one.organization is not None
    reviewed = _linked(one.organization, is_reviewed=True)
    ProviderLink.objects.filter(pk=reviewed.pk).update(token_sha256=hashed(TOKEN))
    withdraw_link(by=by, link=_linked(one.organization, is_reviewed=False))
    confirm(by=reviewed, service=one)
    made = change(by=by, service=one, patch={"fees_description": "Free", "takes_children": None})
    undo(by=by, applied=made, reason="It was another house.")
    decline(by=by, proposed=change(by=reviewed, service=one, patch={"phones": None}), reason="They answer.")
    change(
        by=reviewed, service=one, patch={"phones": _one_more(one), "wait_time": "A week " * 20, "genders": ["women"]}
    )
    other = Service.objects.exclude(document__has_key="capacities").order_by("pk")[0]
    change(by=by, service=other, patch={"schedules": [MONTHLY]})
    _came_in()


def _came_in() -> None:
    """A file of which rows were left out and put aside, one that was interrupted, a pair, and a referral."""
    source, by = Source.objects.create(name="Neighbours"), User.objects.get(email=COORDINATOR)
    rows = [f"{name},506-555-014{number},," for number, name in enumerate(("A room", "Rooms", "Meals", "Food"))]
    doubtful = ["A bed,506-555-0148,,perhaps", "Advice,not known,,no", "Clothes,506-555-0149,38,no"]
    sheet = "\n".join(["Service,Telephone,Shoe size,Confidential", *rows, *doubtful])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ours.csv"
        path.write_text(sheet, encoding="utf-8")
        take_in_file(by=by, path=path, kind="service", source=source)
        path = Path(folder) / "theirs.ndjson"
        path.write_text(json.dumps({"id": MONTHLY["id"], "name": "Wrong", "status": "shut"}), encoding="utf-8")
        # Of the same source, it would end the waiting of what is not in it.
        take_in_file(by=by, path=path, kind="service", source=Source.objects.create(name="Others"))
    Intake.objects.create(source=source, file_name="cut.csv", sha256="0" * 64, kind="service", total=9, done=4, by=by)
    pairs = sorted(Service.objects.filter(source=source), key=lambda one: one.pk)
    open_pair = _pair(pairs[0], pairs[1])
    merge(by=by, pair=_pair(pairs[2], pairs[3]), kept=pairs[2])
    assert open_pair.verdict == "open"
    one = shelter()
    agreed = Agreed(Consent.SPOKEN, timezone.localdate() + timedelta(days=9), ["contact", "needs"])
    refer(by=by, service=one, visit=one.service_at_locations.get(), code="B-7", agreed=agreed)


def _pair(first: Service, second: Service) -> Likeness:
    return Likeness.objects.create(
        first=first, second=second, probability=0.9, reasons=[["phone", "same", None], ["place", "near", 1.5]]
    )


def _linked(organization: Organization, *, is_reviewed: bool) -> ProviderLink:
    return make_link(by=command_line(), organization=organization, label="Night desk", is_reviewed=is_reviewed)[0]


def _one_more(one: Service) -> list[Document]:
    kept = one.document["phones"]
    assert isinstance(kept, list)
    return [*kept, {"id": "0b3c7f0e-53a5-4f6a-8a53-4f6b1f0b7b11", "number": "506-555-0177", "description": "At night"}]
