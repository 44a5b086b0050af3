"""Evidence: what is taken, who sees it, and that nothing of a refused file stays."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from pytest_django import Settings as SettingsWrapper

from palermo.audit.models import AuditEvent
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.returns.actions import evidence
from palermo.plan.returns.actions.cycles import close_period
from palermo.plan.returns.evidence_types import (
    DOCX,
    EXTENSIONS,
    JPEG,
    PDF,
    PNG,
    TEXT,
    XLSX,
    ActiveContentError,
    UnknownTypeError,
    type_of,
)
from palermo.plan.returns.models import Cycle, Proof
from tests.plan.returns.conftest import Desk
from tests.plan.returns.visiting import browser
from tests.raising import assert_all_or_nothing


def word_document() -> bytes:
    kept = io.BytesIO()
    Document().save(kept)
    return kept.getvalue()


def workbook() -> bytes:
    kept = io.BytesIO()
    Workbook().save(kept)
    return kept.getvalue()


def packed(**members: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return kept.getvalue()


class TestTypes:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"%PDF-1.7\n", PDF),
            (b"\x89PNG\r\n\x1a\n\x00", PNG),
            (b"\xff\xd8\xff\xe0\x00", JPEG),
            ("Cours donnés à l’été\n".encode(), TEXT),
            (b"\xef\xbb\xbfcode,title\n", TEXT),
        ],
    )
    def test_by_content(self, content: bytes, kind: str) -> None:
        assert type_of(content) == kind

    def test_office_documents_that_other_libraries_wrote(self) -> None:
        assert type_of(word_document()) == DOCX
        assert type_of(workbook()) == XLSX

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"MZ\x90\x00\x03",
            b"\x7fELF\x02",
            b"<html><script>",
            b"  <!DOCTYPE html>",
            b"<svg onload=alert(1)>",
            b"PK\x03\x04broken",
            packed(a="b"),
            packed(mimetype="application/x-other"),
            b"text with \x00 in it",
            "été".encode("latin-1"),
        ],
    )
    def test_what_is_not_taken(self, content: bytes) -> None:
        with pytest.raises(UnknownTypeError):
            type_of(content)

    def test_macros_are_not_taken(self) -> None:
        with pytest.raises(ActiveContentError):
            type_of(_with_macros())

    @given(st.binary(max_size=300))
    def test_any_content_is_known_or_refused(self, content: bytes) -> None:
        with suppress(UnknownTypeError):
            assert type_of(content) in EXTENSIONS


def _with_macros() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/vbaProject.bin", "x")
    return kept.getvalue()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: SettingsWrapper) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept_files(folder: Path) -> list[str]:
    return [name for _folder, _folders, names in os.walk(folder) for name in names]


def add(desk: Desk, content: bytes = b"%PDF-1.7 outline", who: str = "focal_point") -> Proof:
    upload = ContentFile(content, name="Robin Example, list.pdf")
    return evidence.add_file(of=desk.one, upload=upload, title_en="Outline", title_fr="", by=desk[who])


class TestAdding:
    def test_a_file_lies_under_a_name_that_says_nothing(self, desk: Desk, own_folder: Path) -> None:
        proof = add(desk)
        assert proof.content_type == PDF
        assert len(kept_files(own_folder)) == 1
        assert "Robin" not in kept_files(own_folder)[0]
        assert "Robin" not in str(list(AuditEvent.objects.values()))

    @pytest.mark.parametrize(
        ("content", "code"), [(b"MZ\x90", "unknown_type"), (_with_macros(), "macros"), (b"a" * 2000, "too_large")]
    )
    def test_nothing_of_a_refused_file_stays(
        self, desk: Desk, own_folder: Path, settings: SettingsWrapper, content: bytes, code: str
    ) -> None:
        settings.UPLOAD_LIMIT = 1000
        with pytest.raises(evidence.NotTakenError) as refused:
            add(desk, content)
        assert refused.value.code == code
        assert (Proof.objects.count(), kept_files(own_folder)) == (0, [])

    @pytest.mark.parametrize(
        ("command", "code"),
        [("false", "refused_by_antivirus"), ("/no/such/program", "antivirus_failed"), ("grep -q PDF", "")],
    )
    def test_the_virus_check_has_its_say(
        self, desk: Desk, settings: SettingsWrapper, own_folder: Path, command: str, code: str
    ) -> None:
        settings.ANTIVIRUS = command
        if not code:
            assert add(desk).pk
            return
        with pytest.raises(evidence.NotTakenError) as refused:
            add(desk)
        assert refused.value.code == code
        assert kept_files(own_folder) == []

    def test_all_or_nothing_on_disk_too(self, desk: Desk, own_folder: Path) -> None:
        def stored() -> object:
            return Proof.objects.count(), AuditEvent.objects.count(), len(kept_files(own_folder))

        assert_all_or_nothing(lambda: add(desk), stored)

    def test_only_writers_add_and_only_what_is_with_them(self, desk: Desk) -> None:
        for who in set(desk.people) - {"focal_point", "alternate"}:
            with pytest.raises(PermissionDenied):
                add(desk, who=who)
        desk.put(state="submitted", status="complete")
        desk.one.refresh_from_db()
        with pytest.raises(PermissionDenied):
            add(desk)

    def test_a_link_is_kept_with_its_day(self, desk: Desk) -> None:
        address = reverse("return_evidence_add", args=[desk.one.pk])
        client = browser(desk["focal_point"])
        client.post(address, {"title_en": "Outline", "url": "https://example.org/outline"})
        assert Proof.objects.get().seen_on is not None
        for bad in ({"title_en": "", "url": "https://example.org/"}, {"title_en": "A", "url": "http://example.org/"}):
            assert client.post(address, bad).status_code == 200
        assert client.post(address, {"title_en": "A"}).status_code == 200
        assert Proof.objects.count() == 1

    def test_a_refusal_is_a_sentence(self, desk: Desk) -> None:
        address = reverse("return_evidence_add", args=[desk.one.pk])
        upload = SimpleUploadedFile("run.pdf", b"MZ\x90\x00")
        told = browser(desk["focal_point"]).post(address, {"title_en": "A", "file": upload}).content.decode()
        assert "Send a PDF" in told

    def test_what_was_taken_out_can_be_put_back(self, desk: Desk) -> None:
        proof = add(desk)
        client, address = browser(desk["alternate"]), reverse("evidence_one", args=[proof.code])
        client.post(address, {"do": "remove"})
        assert Proof.objects.get().removed_at is not None
        client.post(address, {"do": "restore"})
        assert Proof.objects.get().removed_at is None


class TestSeeing:
    def _closed(self, desk: Desk) -> None:
        cycle = Cycle.objects.get()
        close_period(cycle=cycle, version=cycle.version, by=desk["coordinator"])

    def test_internal_until_cleared_and_closed(self, desk: Desk) -> None:
        proof = add(desk)
        address = reverse("evidence_file", args=[proof.code])
        assert Client().get(address).status_code == 404
        desk.put(state="accepted", was_cleared=True, status="complete")
        told = browser(desk["clearing_officer"]).post(
            reverse("evidence_one", args=[proof.code]), {"do": "publish", "names_nobody": "on"}
        )
        assert told.status_code == 302
        assert Client().get(address).status_code == 404
        self._closed(desk)
        answer = Client().get(address)
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 outline"  # type: ignore[attr-defined]
        assert answer.headers["Content-Disposition"] == 'attachment; filename="outline.pdf"'
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_nobody_publishes_without_having_looked(self, desk: Desk) -> None:
        proof = add(desk)
        address = reverse("evidence_one", args=[proof.code])
        told = browser(desk["clearing_officer"]).post(address, {"do": "publish"}).content.decode()
        assert "Look at it first" in told
        with pytest.raises(ValueError, match="names or shows"):
            evidence.clear_for_publication(proof=proof, names_nobody=False, by=desk["clearing_officer"])
        assert Proof.objects.get().is_public is False

    def test_who_publishes(self, desk: Desk) -> None:
        proof = add(desk)
        for who in set(desk.people) - {"clearing_officer"}:
            with pytest.raises(PermissionDenied):
                evidence.clear_for_publication(proof=proof, names_nobody=True, by=desk[who])
        desk.put(was_cleared=True)
        evidence.clear_for_publication(proof=proof, names_nobody=True, by=desk["coordinator"])
        evidence.keep_internal(proof=proof, by=desk["clearing_officer"])
        assert Proof.objects.get().is_public is False
        ReportingPeriod.objects.update(gathering="closed")
        with pytest.raises(PermissionDenied):
            evidence.clear_for_publication(proof=proof, names_nobody=True, by=desk["clearing_officer"])

    def test_reading_it_inside_is_recorded_and_only_for_readers_of_the_return(self, desk: Desk) -> None:
        proof = add(desk)
        address = reverse("evidence_read", args=[proof.code])
        for who, status in (("reader", 200), ("coordinator", 404), ("other_focal_point", 404), ("nobody", 403)):
            answer = browser(desk[who]).get(address)
            assert answer.status_code == status, who
            # A file that is handed over stays open until it is read.
            list(getattr(answer, "streaming_content", ()))
        assert AuditEvent.objects.filter(act="evidence.read").count() == 1


def test_files_lie_outside_what_is_served() -> None:
    assert not str(settings.MEDIA_ROOT).startswith(str(settings.STATIC_ROOT))
    assert not getattr(settings, "MEDIA_URL", "").strip("/")
