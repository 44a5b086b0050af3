"""Forms of services, filled in as a browser does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import QueryDict

from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.profile import patched
from palermo.protection.directory.hsds.schema import problems
from tests.protection.directory.samples import key

WEEKDAYS: Document = {
    "id": key("weekdays"), "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00",
}  # fmt: skip
EVENING: Document = {
    "id": key("evening"), "freq": "WEEKLY", "byday": "FR", "opens_at": "18:00", "closes_at": "02:00",
}  # fmt: skip
MONTHLY: Document = {
    "id": key("monthly"), "freq": "MONTHLY", "byday": "1MO", "opens_at": "09:00", "closes_at": "12:00",
}  # fmt: skip
PHONE: Document = {
    "id": key("phone"), "number": "506-555-0100", "extension": 7, "type": "voice", "e164": "+15065550100",
    "description": "Day", "description_fr": "Jour",
}  # fmt: skip
FAX: Document = {"id": key("fax"), "number": "506-555-0101", "type": "fax"}


def document(**said: object) -> Any:  # noqa: ANN401 - to be changed at will
    """A service with something in every field of the form."""
    return {
        "id": key("service"),
        "name": "A safe bed",
        "name_fr": "Un lit sûr",
        "description": "  A room.\r\nMeals.\n",
        "status": "active",
        "email": "desk@example.org",
        "url": "https://example.org",
        "languages": [
            {"id": key("french"), "code": "fr", "name": "French", "name_fr": "français"},
            {"id": key("klingon"), "name": "Klingon"},
        ],
        "genders": ["women", "trans"],
        "takes_children": True,
        "indigenous_led": False,
        "minimum_age": 16,
        "maximum_age": 17.5,
        "phones": [PHONE, FAX],
        "schedules": [WEEKDAYS, EVENING],
        "alert": "Not in the form.",
        **said,
    }


def sent(form: EntryForm, **said: object) -> QueryDict:
    """What a browser sends of a form as it stands, with some fields written anew."""
    data = QueryDict(mutable=True)
    for bound in form:
        value = said.get(bound.name, bound.value())
        if isinstance(value, list):
            data.setlist(bound.name, value)
        elif value is True:
            data[bound.name] = "on"
        elif value is not False and bound.name != "replace_hours":
            # A browser ends the lines of a text with both signs, and sends what is empty, too.
            data[bound.name] = "" if value is None else str(value).replace("\r\n", "\n").replace("\n", "\r\n")
    return data


def changed(before: Document, after: Document | None = None, /, **said: object) -> EntryForm:
    """The form of somebody who opened it on one document and sends it when another stands there."""
    form = EntryForm(after or before, sent(EntryForm(before), **said))
    form.is_valid()
    return form


def patch(before: Document, /, **said: object) -> Any:  # noqa: ANN401 - a document, to be looked into
    """The patch that somebody makes of a form; what comes of it is as the standard has it."""
    form = changed(before, **said)
    assert form.errors == {}
    found = form.patch()
    assert found is not None
    after = patched(before, found)
    assert problems("service", after) == []
    return found


def is_new(identifier: object) -> bool:
    """Whether an id was made just now, and not by the tests."""
    return UUID(str(identifier)).version == 4
