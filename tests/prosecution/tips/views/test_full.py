"""A disk that is nearly full: nothing more is taken in, everybody is told so, and nothing that they wrote is lost."""

from __future__ import annotations

import json
from shutil import disk_usage

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from palermo.prosecution.tips.envelopes.bundle import Told
from palermo.prosecution.tips.envelopes.receipts import box_keys
from palermo.prosecution.tips.models import Message, Slot, Tip
from palermo.prosecution.tips.queries import load
from palermo.prosecution.tips.reading import written
from palermo.prosecution.tips.words import languages, words
from tests.prosecution.tips.telling import manned, sent
from tests.prosecution.tips.views.test_box import RECEIPT, told_with_box

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """More is to stay free than there is in all."""
    monkeypatch.setattr(load, "LEAST_FREE", disk_usage(settings.DATA).total + 1)


def test_the_space_that_is_free_is_that_of_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "LEAST_FREE", 0)
    assert not load.is_full(AnonymousUser())
    monkeypatch.setattr(load, "LEAST_FREE", disk_usage(settings.DATA).total + 1)
    assert load.is_full(AnonymousUser())


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("language", languages())
def test_the_form_says_so_and_keeps_the_words(client: Client, language: str) -> None:
    manned()
    answer = client.post(f"/en/tell/in/{language}/", {"what": "Quokka at the gate", "contact": "no"})
    assert answer.status_code == 507
    assert words(language)["full"] in answer.text
    assert words(language)["full_hint"] in answer.text
    assert "Quokka at the gate" in answer.text
    assert not Tip.objects.exists()
    assert not Slot.objects.exists()


@pytest.mark.usefixtures("full")
def test_a_script_is_told(client: Client) -> None:
    answer = client.post("/en/tell/sealed/", sent(manned(), Told({"what": "x"})))
    assert (answer.status_code, answer.json()["why"]) == (507, "full")
    assert not Tip.objects.exists()


def test_what_came_already_is_acknowledged_all_the_same(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    body = sent(manned(), Told({"what": "x"}))
    assert client.post("/en/tell/sealed/", body).status_code == 200
    monkeypatch.setattr(load, "LEAST_FREE", disk_usage(settings.DATA).total + 1)
    body["bundle"].seek(0)  # type: ignore[attr-defined]
    assert client.post("/en/tell/sealed/", body).json() == {"taken": True}


def test_a_box_opens_and_keeps_the_answer_that_it_cannot_take(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at = manned()
    tip = told_with_box(client, at)
    monkeypatch.setattr(load, "LEAST_FREE", disk_usage(settings.DATA).total + 1)
    plain = client.post("/en/tell/box/", {"receipt": RECEIPT, "answer": "Wombat on Fridays"})
    assert plain.status_code == 507
    assert words("en")["full"] in plain.text
    assert "Wombat on Fridays" in plain.text
    body = sent(at, Told({"answer": "x"}), tip=tip.pk, locator=written(box_keys(RECEIPT).locator))
    answer = client.post("/en/tell/box/answer/", body)
    assert (answer.status_code, json.loads(answer.content)["why"]) == (507, "full")
    assert Message.objects.count() == 1
