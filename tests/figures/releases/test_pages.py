"""The pages of releases: the whole way through forms, by two people; and what others are refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings

from palermo.figures.releases.models import Release
from palermo.people.models import Role, User
from tests.factories import MembershipFactory
from tests.figures.releases.making import CANARY, Team, csv, published, submitted, team

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    return client


def post(client: Client, name: str, release: Release, *parts: int, **data: str) -> str:
    """Send a form as the page has it, follow, and return the page that comes."""
    release.refresh_from_db()
    given = {"seen": str(release.version), **data}
    answer = client.post(reverse(name, args=[release.pk, *parts]), given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


ABOUT = {
    "made_of": "records",
    "title_en": "Permits",
    "about_en": "Permits by place.",
    "counts": "permit",
    "covers_from": "2024-01-01",
    "covers_to": "2024-12-31",
    "seen": "0",
}


def begun(client: Client, who: Team) -> Release:
    given = {**ABOUT, "population": who.population.code, "rule_set": str(who.rules.pk)}
    answer = client.post(reverse("release_begin"), given, follow=True)
    assert "Now bring what it is made of" in answer.content.decode()
    return Release.objects.get()


def uploaded(client: Client, release: Release, content: bytes) -> str:
    file = BytesIO(content)
    file.name = f"{CANARY}.csv"
    given = {"seen": str(release.version), "keep_days": "0", "erase_on": "", "file": file}
    given["erase_on"] = client.get(reverse("release_records", args=[release.pk])).context["form"]["erase_on"].value()
    return client.post(reverse("release_records", args=[release.pk]), given, follow=True).content.decode()


def test_the_whole_way_through_the_pages() -> None:
    who = team()
    analyst, second = signed_in(who.analyst), signed_in(who.second)
    release = begun(analyst, who)
    assert "sex" in uploaded(analyst, release, csv())
    page = post(analyst, "release_column", release, 2, do="look")
    assert "F; F; F" in page
    sex = {"use": "dimension", "code": "sex", "label_en": "Sex", "codes": "F; women; femmes\nM; men; hommes"}
    assert "Saved." in post(analyst, "release_column", release, 2, **sex)
    west = "W; west; ouest\nBC; B. C.; C.-B.; W\nAB; Alberta; Alberta; W\nON; Ontario; Ontario"
    place = {"use": "dimension", "code": "place", "label_en": "Place", "codes": west}
    assert "Saved." in post(analyst, "release_column", release, 3, **place)
    assert "By place and sex" in post(analyst, "release_tables", release, by_1="place", by_2="sex")
    page = post(analyst, "release_protect", release)
    assert "The attack failed, as it should" in page
    table = release.tables.get()
    assert f"left out: {table.hidden} of 15" in page
    losses = analyst.get(reverse("release_losses", args=[release.pk])).content.decode()
    assert f"2 because they are too small, and {table.besides} besides" in losses
    assert "too small" in analyst.get(reverse("release_table", args=[release.pk, 1])).content.decode()
    assert "Somebody else of your organization" in post(analyst, "release_submit", release, do="submit")
    release.refresh_from_db()
    own = {"do": "approve", "seen": str(release.version)}
    assert analyst.post(reverse("release_decide", args=[release.pk]), own).status_code == 403
    assert "Approved and published" in post(second, "release_decide", release, do="approve")
    release.refresh_from_db()
    public = Client().get(reverse("release", args=[release.identifier])).content.decode()
    for words in (release.identifier, "None of them can be worked out", "left out", "How to cite", "Release PAL-"):
        assert words in public
    assert "too small</span>" not in public
    assert "hidden besides" not in public
    assert f"{CANARY}" not in public


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "sdmx.csv", "json", "csv-metadata.json"])
def test_downloads(language: str, ending: str) -> None:
    release = published(team())
    with override(language):
        path = reverse("release_file", args=[release.identifier, 1, ending])
    answer = Client().get(path)
    assert answer.status_code == 200
    assert len(answer.content) > 200
    assert answer.content == Client().get(path).content


def test_a_file_that_is_no_csv_is_refused_and_nothing_of_it_stays(data: Path) -> None:
    who = team()
    client = signed_in(who.analyst)
    release = begun(client, who)
    page = uploaded(client, release, b"PK\x03\x04" + CANARY.encode())
    assert "This is a spreadsheet or an archive" in page
    release.refresh_from_db()
    assert release.records is None
    assert files(data) == []


def test_a_file_that_is_too_large_is_refused_while_it_streams_in(data: Path, settings: Settings) -> None:
    settings.RECORDS_LIMIT = 100_000
    who = team()
    client = signed_in(who.analyst)
    release = begun(client, who)
    assert "The file is too large" in uploaded(client, release, csv() * 200)
    assert files(data) == []


def test_the_upload_asks_for_the_proof_that_the_form_came_from_here(data: Path) -> None:
    who = team()
    release = begun(signed_in(who.analyst), who)
    client = Client(enforce_csrf_checks=True)
    client.force_login(who.analyst)
    answer = client.post(reverse("release_records", args=[release.pk]), {"file": BytesIO(csv())})
    assert answer.status_code == 403
    assert files(data) == []


def files(data: Path) -> list[Path]:
    """Every file of records and every key."""
    return [path for path in data.rglob("*") if path.is_file()]


@pytest.mark.parametrize("role", list(Role))
def test_who_of_another_organisation_or_role_sees_nothing(role: Role) -> None:
    release = submitted(team())
    elsewhere = signed_in(MembershipFactory.create(role=role).user)
    here = signed_in(MembershipFactory.create(role=role, organisation=release.owner).user)
    prepares = role in (Role.ANALYST, Role.COORDINATOR)
    for name in ("release_work", "release_losses", "release_records", "release_columns", "release_tables"):
        path = reverse(name, args=[release.pk])
        assert elsewhere.get(path).status_code == (404 if prepares else 403)
        assert here.get(path).status_code in ((200, 302) if prepares else (403,))
    assert Client().get(reverse("release_work", args=[release.pk])).status_code == 302
