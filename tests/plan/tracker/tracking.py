"""What tests of the tracker share."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date

from django.test import Client
from django.urls import reverse

from palermo.people.models import Organisation
from palermo.plan.register.models import Account, Deliverable, DueDate, ReportingPeriod
from tests.factories import (
    DeliverableFactory,
)


def promised(period: ReportingPeriod, **fields: object) -> Deliverable:
    return DeliverableFactory.create(plan=period.plan, **fields)


def due(one: Deliverable, on: date, revision: int = 0, **fields: object) -> DueDate:
    return DueDate.objects.create(deliverable=one, due_on=on, revision=revision, **fields)


def account(one: Deliverable, period: ReportingPeriod, organisation: Organisation, **fields: object) -> Account:
    number = Account.objects.count() + 1
    return Account.objects.create(
        deliverable=one, period=period, organisation=organisation, return_number=number, **fields
    )


def rows_of(period: ReportingPeriod) -> list[dict[str, str]]:
    response = Client().get(reverse("plan_tracker_csv", args=[period.plan.code]) + f"?period={period.code}")
    assert response.status_code == 200
    text = b"".join(map(bytes, response)).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def page_of(period: ReportingPeriod, query: str = "", language: str = "en") -> str:
    address = reverse("plan_tracker", args=[period.plan.code]).replace("/en/", f"/{language}/")
    return str(Client().get(f"{address}?period={period.code}{query}").content.decode())


def some(row: Mapping[str, str], *names: str) -> list[str]:
    return [row[name] for name in names]
