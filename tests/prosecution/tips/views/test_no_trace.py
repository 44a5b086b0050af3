"""Every answer under the addresses for the public leaves no trace, and pages hold no code but what has its hash."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from palermo.prosecution.tips.queries import load
from palermo.prosecution.tips.reading import written
from palermo.prosecution.tips.scripts import every_script, scripts
from tests.prosecution.tips.desks import a_tip, window_of
from tests.prosecution.tips.handing import two_desks
from tests.prosecution.tips.telling import manned

pytestmark = pytest.mark.django_db
PATHS = ("tell", "tell_protected", "tell_words", "tell_box")
POSTED = ("tell_sealed", "tell_box_sealed", "tell_box_answer")


@pytest.mark.parametrize("name", [*PATHS, *POSTED])
@pytest.mark.parametrize("method", ["get", "post", "head", "put"])
def test_every_answer_leaves_no_trace(client: Client, name: str, method: str) -> None:
    manned()
    answer = getattr(client, method)(reverse(name))
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    policy = dict(one.strip().split(" ", 1) for one in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "ETag" not in answer
    assert answer.cookies == {}


def test_an_error_leaves_no_trace_either(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("palermo.prosecution.tips.queries.desks.public_desk", lambda _viewer: 1 / 0)
    answer = client.get("/en/tell/")
    assert answer.status_code == 500
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert client.get("/en/tell/nothing-here/")["Cache-Control"] == "no-store"
    assert client.get("/en/")["Referrer-Policy"] != "no-referrer"


def test_pages_have_no_code_in_them_and_the_hash_of_each_script(client: Client) -> None:
    manned()
    for path, name in (("/en/tell/", "tell"), ("/fr/tell/box/", "box")):
        page = client.get(path).content.decode()
        assert not re.search(r"\son[a-z]+=|style=|javascript:", page)
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page)
        assert all('type="application/json"' in one for one in inline)
        for script in scripts(name):
            assert f'integrity="{script.integrity}"' in page
        assert page.count("integrity=") == len(scripts(name)) == page.count("tips/")


def test_pages_of_the_desk_have_none_either_and_nobody_keeps_them() -> None:
    at = two_desks()
    tip, window = a_tip(at.first.key.desk), window_of(at.first.user)
    pages = {reverse("tips"): (), reverse("tips_keys"): scripts("keys"), reverse("tips_call"): scripts("call")}
    pages |= {reverse(f"tips_{name}", args=[tip.pk]): scripts(of) for name, of in (("one", "desk"), ("hand", "hand"))}
    for path, expected in pages.items():
        answer = window.get(path)
        page = answer.content.decode()
        policy = dict(one.strip().split(" ", 1) for one in answer["Content-Security-Policy"].split(";"))
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == ("'none'", "'self'", "'self'")
        assert not re.search(r"\son[a-z]+=|style=|javascript:", page)
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page)
        assert all('type="application/json"' in one for one in inline)
        assert [one for one in expected if f'integrity="{one.integrity}"' not in page] == []
        assert page.count("integrity=") == len(expected)


def test_the_hashes_of_all_scripts_are_published_on_the_page_and_beside_the_program(client: Client) -> None:
    published = (Path(__file__).parents[4] / "docs" / "tips-scripts.sha256").read_text().splitlines()
    assert published == [f"{one.sha256}  {one.path}" for one in every_script()]
    page = client.get("/en/tell/protected/").content.decode()
    assert all(one.sha256 in page for one in every_script())


def test_readers_and_the_hour_stand_in_the_page_for_its_script(client: Client) -> None:
    at = manned()
    page = client.get("/en/tell/").content.decode()
    said = json.loads(re.search(r'id="to-seal"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    [key] = at.desk.keys.all()
    assert said == {
        "readers": [{"id": str(key.pk), "point": written(bytes(key.point))}],
        "hour": load.number_of(load.this_hour()),
        "bits": 0,
    }
