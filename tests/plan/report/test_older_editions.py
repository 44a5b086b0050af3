"""Editions that were published before figures carried their origin keep reading as they did.

`edition_before_origins.json` is the year of `year.py`, as it was frozen by the code of then; only its drawings were
made smaller. A correction of such an edition is a new one, and has the origins.
"""

from __future__ import annotations

import io
import json
from importlib.resources import files

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from palermo.foundation.bilingual import LANGUAGES
from palermo.plan.report.actions.publish import Correction, publish_edition
from palermo.plan.report.formats.document_json import from_json, to_json
from palermo.plan.report.formats.links import with_site
from palermo.plan.report.formats.registry import FORMATS
from palermo.plan.report.frozen import published_document, written_content
from palermo.plan.report.models import Edition, EditionAccount, EditionRow

from .year import Year


def written(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


@pytest.fixture
def older(year: Year) -> Edition:
    """The edition as the database holds it."""
    kept = json.loads(files("tests.plan.report").joinpath("edition_before_origins.json").read_bytes())
    edition = Edition.objects.create(
        plan=year.plan,
        period=year.period,
        number=1,
        content_en=written(kept["content_en"]),
        content_fr=written(kept["content_fr"]),
        sha256="0" * 64,
        published_by=year.coordinator,
        published_at=timezone.now(),
    )
    for position, (code, en, fr) in enumerate(kept["rows"], 1):
        cells = {"cells_en": written(en), "cells_fr": written(fr)}
        EditionRow.objects.create(edition=edition, position=position, code=code, **cells)
    for position, (code, number, en, fr) in enumerate(kept["accounts"], 1):
        cells = {"cells_en": written(en), "cells_fr": written(fr), "return_number": number}
        EditionAccount.objects.create(edition=edition, position=position, code=code, **cells)
    return edition


def test_it_is_read_and_written_as_it_was(older: Edition) -> None:
    for content in (older.content_en, older.content_fr):
        assert json.loads(to_json(from_json(content))) == json.loads(content)
    for language in LANGUAGES:
        document = published_document(older, language)
        assert json.loads(written_content(document))["document"]["parts"]
        assert [table.origin for table in document.tables()] == [None] * len(list(document.tables()))


def test_every_file_of_it_can_be_made(older: Edition) -> None:
    for language in LANGUAGES:
        document = with_site(published_document(older, language), "https://plan.example.ca")
        for kind in FORMATS:
            target = io.BytesIO()
            kind.render(document, target)
            assert target.getvalue()
            if kind.key == "json":
                said = json.loads(target.getvalue())
                assert "origin" not in {key for table in said["tables"] for key in table}
            if kind.key == "html":
                assert "report-origin" not in target.getvalue().decode().partition("</style>")[2]


def test_its_pages_show_it_and_a_correction_carries_origins(older: Edition, year: Year, client: Client) -> None:
    where = ["lantern", older.period.code]
    for language, words in (("en", "The plan has 3 deliverables."), ("fr", "Le plan compte 3 produits livrables.")):
        with override(language):
            page = client.get(reverse("edition", args=[*where, 1])).content.decode()
            assert words in page
            assert "report-origin" not in page
            for name in ("edition_chart", "edition_accounts"):
                assert client.get(reverse(name, args=[*where, 1])).status_code == 200
    assert client.get(f"/api/v1/editions/lantern/{older.period.code}/1/rows").status_code == 200
    publish_edition(by=year.coordinator, period=year.period, correction=Correction(en="Origins.", fr="Origines."))
    assert "report-origin" in client.get(reverse("edition", args=[*where, 2])).content.decode()
    assert "report-origin" not in client.get(reverse("edition", args=[*where, 1])).content.decode()
