"""The pages of published reports: open to everybody, in both languages, and never changing."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.http import FileResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.plan.register.models import Plan
from palermo.plan.report.actions import files
from palermo.plan.report.actions.files import make_files
from palermo.plan.report.actions.publish import Correction, publish_edition
from palermo.plan.report.formats.registry import FORMATS
from palermo.plan.report.models import Edition
from tests.factories import UserFactory

from .conftest import grow_fourfold, newest, queries_of

PLAN, PERIOD = "example-city-2021", "2024-2025"
PAGES = ("reports", "edition", "edition_chart")
FIRST_USE = 50_000
"""Bytes of HTML and CSS that a page may take to its first use, compressed as they travel."""


def address(page: str, language: str = "en", **more: str | int) -> str:
    """A page of the city's newest report unless said otherwise."""
    given = {} if page == "reports" else {"plan_code": PLAN, "period_code": PERIOD, "number": 1}
    with override(language):
        return reverse(page, kwargs={**given, **more})


@pytest.mark.parametrize("who", ["nobody", "outsider", "elsewhere", "coordinator"])
def test_everybody_reads_every_page(
    client: Client, edition: Edition, elsewhere: User, coordinator: User, who: str
) -> None:
    people = {"outsider": UserFactory.create(), "elsewhere": elsewhere, "coordinator": coordinator}
    if who in people:
        client.force_login(people[who])
    for name in PAGES:
        for language in ("en", "fr"):
            answer = client.get(address(name, language))
            assert answer.status_code == 200
            assert f'<html lang="{language}">' in answer.content.decode()


def test_the_page_speaks_the_language_of_its_address(client: Client, edition: Edition) -> None:
    chart = {language: client.get(address("edition_chart", language)).content.decode() for language in ("en", "fr")}
    text = Plan.objects.get(code=PLAN).deliverables.order_by("position")[0]
    assert text.text_en in chart["en"]
    assert text.text_fr.replace("'", "&#x27;") in chart["fr"]


def test_what_is_not_published_is_not_found(client: Client, edition: Edition) -> None:
    wrong = ({"plan_code": "none"}, {"period_code": "1999-2000"}, {"number": 2}, {"number": 0}, {"number": 10**30})
    for more in wrong:
        for page in ("edition", "edition_chart"):
            assert client.get(address(page, **more)).status_code == 404, more


def test_a_page_that_is_none_gives_the_nearest(client: Client, edition: Edition) -> None:
    for page in ("0", "-1", "99", "x", "%00"):
        assert client.get(f"{address('edition_chart')}?page={page}").status_code == 200, page


def test_where_nothing_was_published_the_page_says_so(client: Client, db: None) -> None:
    assert "No report has been published yet" in client.get(address("reports")).content.decode()


def test_each_file_comes_whole_as_a_download(client: Client, edition: Edition) -> None:
    make_files(by=command_line(), edition=edition)
    page = client.get(address("edition")).content.decode()
    assert "not yet made" not in page
    for kind in FORMATS:
        for language in ("en", "fr"):
            file = address("edition_file", name=f"{language}.{kind.extension}")
            assert f'href="{file}"' in page
            answer = client.get(file)
            assert isinstance(answer, FileResponse)
            kept = edition.files.get(format=kind.key, language=language)
            body = answer.getvalue()
            name = f"{PLAN}-{PERIOD}-1-{language}.{kind.extension}"
            assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
            assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind.media_type, "nosniff")
            assert (len(body), hashlib.sha256(body).hexdigest()) == (kept.size, kept.sha256)


def test_files_with_other_names_are_not_found(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FORMATS", [kind for kind in FORMATS if kind.key == "csv"])
    make_files(by=command_line(), edition=edition)
    right = address("edition_file", name="en.csv")
    there = client.get(right)
    assert there.getvalue()
    assert there.status_code == 200
    for name in ("de.csv", "en.exe", "en", "encsv", ".csv", "en.csv.csv", "..%2Fen.csv", "%00.csv"):
        assert client.get(right.replace("en.csv", name)).status_code == 404, name


def test_files_that_are_not_made_yet_are_not_found(client: Client, edition: Edition) -> None:
    assert client.get(address("edition_file", name="en.pdf")).status_code == 404


@pytest.mark.parametrize(
    ("state", "words"), [("building", "Files are being made"), ("failed", "Some files could not be made")]
)
def test_the_page_says_how_its_files_are(client: Client, edition: Edition, state: str, words: str) -> None:
    Edition.objects.update(state=state)
    page = client.get(address("edition")).content.decode()
    assert words in page
    assert page.count("not yet made") == 12


def test_a_corrected_edition_leads_to_its_correction_and_back(client: Client, edition: Edition) -> None:
    said = Correction(en="A wrong date.", fr="Une date erronée.")
    publish_edition(by=command_line(), period=newest(edition.plan), correction=said)
    first, second = (client.get(address("edition", number=number)).content.decode() for number in (1, 2))
    assert "This edition has been corrected" in first
    assert f'href="{address("edition", number=2)}"' in first
    assert "A wrong date." in second
    assert f'href="{address("edition", number=1)}"' in second
    assert "corrected since" in client.get(address("reports")).content.decode()


def test_the_first_use_of_the_federal_report_is_light(client: Client, country: Plan) -> None:
    edition = publish_edition(by=command_line(), period=newest(country))
    more = {"plan_code": country.code, "period_code": edition.period.code}
    css = Path(settings.PACKAGE, "site", "static", "site", "palermo.css").read_bytes()
    for name in ("edition", "edition_chart"):
        for language in ("en", "fr"):
            page = client.get(address(name, language, **more)).content
            assert len(gzip.compress(page)) + len(gzip.compress(css)) <= FIRST_USE, (name, language)


def test_queries_do_not_grow(client: Client, edition: Edition) -> None:
    before = {name: queries_of(client, address(name)) for name in PAGES}
    grow_fourfold(edition.plan)
    larger = publish_edition(by=command_line(), period=edition.period, correction=Correction(en="More."))
    assert queries_of(client, address("reports")) == before["reports"]
    for name in ("edition", "edition_chart"):
        assert queries_of(client, address(name, number=larger.number)) == before[name]
