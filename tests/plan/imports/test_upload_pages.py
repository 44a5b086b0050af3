"""Handing in a document through its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from palermo.people.models import Organisation, User
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.reader.limits import read_within_limits
from palermo.plan.imports.reader.tabular import TableReading
from palermo.plan.register.models import Plan
from tests.plan.imports.conftest import TABLE
from tests.plan.imports.handling import page
from tests.plan.imports.test_propose import BAD

pytestmark = pytest.mark.django_db


def upload_data(owner: Organisation, content: bytes = TABLE.encode(), **changes: object) -> dict[str, object]:
    return {"file": SimpleUploadedFile("my.csv", content), "owner": owner.pk, "plan": "", "period": ""} | changes


def test_a_document_is_uploaded_and_shown(signed_in: Client, owner: Organisation) -> None:
    answer = page(signed_in, "import_upload", **upload_data(owner, period="2013–2014"))
    for expected in ("my.csv", "Train the drivers of buses", "2013–2014", "line 2", "City Police"):
        assert expected in answer
    assert Proposal.objects.get().rows.count() == 3
    assert not Plan.objects.exists()


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_gets_a_sentence_and_other_answers_are_kept(
    signed_in: Client, owner: Organisation, bad: Callable[[], bytes]
) -> None:
    answer = signed_in.post(reverse("import_upload"), upload_data(owner, bad(), period="2013–2014"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing was saved." in text
    assert 'value="2013–2014"' in text
    assert not Proposal.objects.exists()


def test_a_document_without_a_plan_gets_the_reason(signed_in: Client, owner: Organisation) -> None:
    prose = ("It was a fine day in the city, and people walked about. " * 20).encode()
    assert "No plan was found: the document is running text" in page(
        signed_in, "import_upload", **upload_data(owner, prose)
    )
    french = signed_in.post(reverse("import_upload").replace("/en/", "/fr/"), upload_data(owner, prose))
    assert french.status_code == 422


@override_settings(UPLOAD_LIMIT=10)
def test_a_file_larger_than_the_limit_is_not_read(signed_in: Client, owner: Organisation) -> None:
    assert "larger than 0 MB" in page(signed_in, "import_upload", **upload_data(owner))
    assert not Proposal.objects.exists()


def test_a_period_that_is_none_is_refused(signed_in: Client, owner: Organisation) -> None:
    assert "Write the period as 2013–2014" in page(signed_in, "import_upload", **upload_data(owner, period="soon"))


def test_nobody_uploads_for_another_organisation(client: Client, outsider: User, owner: Organisation) -> None:
    client.force_login(outsider)
    answer = client.post(reverse("import_upload"), upload_data(owner))
    assert answer.status_code == 422
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_templates_are_downloaded_and_can_be_read(
    signed_in: Client, tmp_path: Path, language: str, extension: str
) -> None:
    answer = signed_in.get(reverse("import_template", args=[language, extension]))
    assert "attachment" in answer["Content-Disposition"]
    path = tmp_path / f"template.{extension}"
    path.write_bytes(answer.content)
    read = read_within_limits(path)
    assert isinstance(read, TableReading)
    assert (read.unknown_headers, read.refusal_code) == ([], "no_rows")


def test_there_is_no_template_in_another_language(signed_in: Client) -> None:
    assert signed_in.get(reverse("import_template", args=["de", "csv"])).status_code == 404


def test_unknown_headings_are_mapped_on_a_page(signed_in: Client, owner: Organisation) -> None:
    content = b"Zzz,<b>Qqq</b>\nTrain police,Ongoing\n<script>x</script>,Complete"
    answer = page(signed_in, "import_upload", **upload_data(owner, content, period="2013-2014"))
    assert "What do these columns hold?" in answer
    assert "<script>x" not in answer
    assert "<b>Qqq" not in answer
    proposal = Proposal.objects.get()
    assert "Say which one does" in page(signed_in, "import_headers", proposal.pk, header_0="status", header_1="ignore")
    answer = page(signed_in, "import_headers", proposal.pk, header_0="text", header_1="status")
    assert "Train police" in answer
