"""How tests open the pages of returns and send their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse

from palermo.people.models import User
from tests.plan.returns.conftest import Desk

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

EMPTY = {"status": "", "currency": "CAD", "narrative_en": "", "narrative_fr": "", "reason_en": "", "reason_fr": ""}
EMPTY |= {"proof_en": "", "proof_fr": "", "new_due_on": "", "spent": ""}


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(desk: Desk, who: str, do: str, **fields: str) -> Answer:
    version = fields.pop("version", str(desk.fresh().version))
    data = {**EMPTY, "version": version, "do": do, **fields}
    return browser(desk[who]).post(reverse("return", args=[desk.one.pk]), data)


def page(desk: Desk, who: str, name: str = "return", *args: object, query: str = "") -> str:
    address = reverse(name, args=args or ([desk.one.pk] if name.startswith("return_") or name == "return" else []))
    answer = browser(desk[who]).get(address + query)
    assert answer.status_code == 200
    return answer.content.decode()
