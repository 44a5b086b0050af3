"""Taking a spreadsheet in: who may, what wins, and all or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import Membership, User
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.returns.actions.drafting import Content, save_draft
from palermo.plan.returns.actions.spreadsheet import (
    Choices,
    OtherPreviewError,
    UndecidedError,
    drop_upload,
    forget_old_uploads,
    take_in_spreadsheet,
)
from palermo.plan.returns.models import Return, SpreadsheetUpload
from palermo.plan.returns.policies import own_uploads
from palermo.plan.returns.queries.spreadsheet_preview import own_upload, sheet_preview
from palermo.plan.returns.spreadsheet.comparing import Keep
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ReturnFactory, focal_point_of
from tests.plan.returns.spreadsheet.handling import at, download, sheet_of, upload, write
from tests.raising import assert_all_or_nothing


def take(kept: SpreadsheetUpload, by: User, choices: Choices | None = None, seen: str = "") -> int:
    found = seen or sheet_preview(by, kept).fingerprint
    return take_in_spreadsheet(upload=kept, seen=found, choices=choices or {}, by=by)


def save(desk: Desk, **words: str) -> Return:
    one = desk.fresh()
    before = Content.of(one)
    kept = {name: words.get(name, getattr(before, name)) for name in Content.__dataclass_fields__}
    return save_draft(of=one, version=one.version, content=Content(**kept), by=desk["alternate"])


def problems(desk: Desk, data: bytes) -> list[tuple[str, str]]:
    by = desk["focal_point"]
    return [(each.cell, each.code) for each in sheet_preview(by, upload(desk, data)).problems]


class TestWhatWouldHappen:
    def test_a_file_that_was_not_touched_has_nothing_to_take_in(self, desk: Desk) -> None:
        desk.put(status="ongoing", narrative_en="=1\r\n2", spent="12.50")
        found = sheet_preview(desk["focal_point"], upload(desk, download(desk)))
        assert (found.changed, found.problems) == ((), ())
        with pytest.raises(UndecidedError):
            take(SpreadsheetUpload.objects.get(), desk["focal_point"])

    def test_what_was_not_changed_in_the_file_stays_as_it_was_saved_meanwhile(self, desk: Desk) -> None:
        data = write(download(desk), narrative_fr="Quarante.")
        save(desk, narrative_en="Forty.", status="complete")
        take(upload(desk, data), desk["focal_point"])
        one = desk.fresh()
        assert (one.narrative_en, one.narrative_fr, one.status) == ("Forty.", "Quarante.", "complete")

    @pytest.mark.parametrize(
        ("choice", "stands"), [(Keep.SAVED, "Theirs."), (Keep.FILE, "Mine."), (Keep.BOTH, "Theirs.\n\nMine.")]
    )
    def test_of_two_texts_a_person_chooses(self, desk: Desk, choice: Keep, stands: str) -> None:
        desk.put(narrative_en="Old.")
        data = write(download(desk), narrative_en="Mine.", reason_en="Late.")
        save(desk, narrative_en="Theirs.")
        kept = upload(desk, data)
        [changed] = sheet_preview(desk["focal_point"], kept).changed
        [conflict] = changed.conflicts
        assert (conflict.downloaded, conflict.saved, conflict.file) == ("Old.", "Theirs.", "Mine.")
        with pytest.raises(UndecidedError):
            take(kept, desk["focal_point"])
        assert desk.fresh().narrative_en == "Theirs."
        take(kept, desk["focal_point"], {(desk.one.pk, "narrative_en"): choice})
        assert (desk.fresh().narrative_en, desk.fresh().reason_en) == (stands, "Late.")

    def test_what_cannot_be_chosen_is_no_decision(self, desk: Desk) -> None:
        data = write(download(desk), status="complete")
        save(desk, status="ongoing")
        with pytest.raises(UndecidedError):
            take(upload(desk, data), desk["focal_point"], {(desk.one.pk, "status"): Keep.BOTH})

    def test_keeping_what_was_saved_writes_nothing(self, desk: Desk) -> None:
        data = write(download(desk), status="complete")
        version = save(desk, status="ongoing").version
        choices = {(desk.one.pk, "status"): Keep.SAVED}
        assert take(upload(desk, data), desk["focal_point"], choices) == 0
        assert (desk.fresh().status, desk.fresh().version) == ("ongoing", version)

    def test_returns_that_are_not_with_their_writers_are_named(self, desk: Desk) -> None:
        data = write(download(desk), narrative_en="Mine.", spent=5)
        desk.put(state="submitted", status="complete")
        assert problems(desk, data) == [(at("narrative_en"), "not_with_writer")]
        assert problems(desk, download(desk)) == []

    def test_returns_of_others_are_nobody_s_business(self, desk: Desk) -> None:
        elsewhere = ReturnFactory.create(cycle=desk.cycle)
        earlier = ReturnFactory.create(organisation=desk.organisation)
        mine = ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation)
        for number in (elsewhere.pk, earlier.pk, 99_999):
            data = write(download(desk), 3, number=number, narrative_en="Not mine.")
            assert ("A3", "unknown_number") in problems(desk, data)
            with pytest.raises(UndecidedError):
                take(SpreadsheetUpload.objects.get(), desk["focal_point"])
        mine.delete()
        assert problems(desk, write(download(desk), number=elsewhere.pk)) == [("", "other_desk")]
        assert not Return.objects.exclude(narrative_en="").exists()

    def test_returns_that_the_file_leaves_out_stay(self, desk: Desk) -> None:
        data = write(download(desk), narrative_en="Forty.")
        ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation, narrative_en="Fifty.")
        kept = upload(desk, data)
        assert sheet_preview(desk["focal_point"], kept).left_out == 1
        assert take(kept, desk["focal_point"]) == 1
        assert set(Return.objects.values_list("narrative_en", flat=True)) == {"Forty.", "Fifty."}


class TestAllOrNothing:
    def test_every_write_stands_or_falls_with_the_others(self, desk: Desk) -> None:
        ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation)
        data = write(write(download(desk), 2, narrative_en="Forty."), 3, narrative_en="Fifty.")
        kept = upload(desk, data)

        def stored() -> object:
            returns = list(Return.objects.order_by("pk").values_list("version", "narrative_en"))
            return returns, AuditEvent.objects.count(), SpreadsheetUpload.objects.count()

        assert_all_or_nothing(lambda: take(kept, desk["focal_point"]), stored)
        assert set(Return.objects.values_list("narrative_en", flat=True)) == {"Forty.", "Fifty."}
        told = list(AuditEvent.objects.values_list("act", flat=True))
        assert told == ["spreadsheet.upload", "return.save", "return.save", "spreadsheet.take_in"]
        assert not SpreadsheetUpload.objects.exists()

    def test_uploading_is_one_act_too(self, desk: Desk) -> None:
        data = write(download(desk), narrative_en="Forty.")
        upload(desk, download(desk))

        def stored() -> object:
            return list(SpreadsheetUpload.objects.values_list("pk", "rows")), AuditEvent.objects.count()

        assert_all_or_nothing(lambda: upload(desk, data), stored)
        assert SpreadsheetUpload.objects.count() == 1

    def test_one_mistake_keeps_all_of_it_out(self, desk: Desk) -> None:
        ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation)
        data = write(write(download(desk), 2, narrative_en="Forty."), 3, spent="much")
        with pytest.raises(UndecidedError):
            take(upload(desk, data), desk["focal_point"])
        assert desk.fresh().narrative_en == ""

    def test_what_was_saved_after_the_preview_shows_another_one(self, desk: Desk) -> None:
        kept = upload(desk, write(download(desk), narrative_en="Mine."))
        seen = sheet_preview(desk["focal_point"], kept).fingerprint
        save(desk, reason_en="Late.")
        with pytest.raises(OtherPreviewError):
            take(kept, desk["focal_point"], seen=seen)
        assert desk.fresh().narrative_en == ""
        take(kept, desk["focal_point"])
        assert (desk.fresh().narrative_en, desk.fresh().reason_en) == ("Mine.", "Late.")

    def test_another_file_uploaded_after_the_preview_is_not_taken_in_unseen(self, desk: Desk) -> None:
        seen = sheet_preview(desk["focal_point"], upload(desk, write(download(desk), narrative_en="Seen."))).fingerprint
        later = upload(desk, write(download(desk), narrative_en="Unseen."))
        with pytest.raises(OtherPreviewError):
            take(later, desk["focal_point"], seen=seen)
        assert desk.fresh().narrative_en == ""

    def test_a_period_that_was_closed_meanwhile_takes_nothing(self, desk: Desk) -> None:
        kept = upload(desk, write(download(desk), narrative_en="Mine."))
        seen = sheet_preview(desk["focal_point"], kept).fingerprint
        ReportingPeriod.objects.update(gathering="closed")
        with pytest.raises(OtherPreviewError):
            take(kept, desk["focal_point"], seen=seen)
        with pytest.raises(UndecidedError):
            take(kept, desk["focal_point"])

    def test_it_is_taken_in_once(self, desk: Desk) -> None:
        kept = upload(desk, write(download(desk), narrative_en="Mine."))
        again = SpreadsheetUpload.objects.get(pk=kept.pk)
        seen = sheet_preview(desk["focal_point"], kept).fingerprint
        take(kept, desk["focal_point"])
        with pytest.raises(OtherPreviewError):
            take(again, desk["focal_point"], seen=seen)
        assert AuditEvent.objects.filter(act="spreadsheet.take_in").count() == 1

    def test_the_trail_holds_no_words_of_it(self, desk: Desk) -> None:
        take(upload(desk, write(download(desk), narrative_en="Forty officers.")), desk["focal_point"])
        event = AuditEvent.objects.get(act="spreadsheet.take_in")
        assert event.details == {
            "plan": desk.plan.code,
            "period": "2013-2014",
            "organisation": desk.organisation.code,
            "returns": 1,
        }
        assert "officers" not in str(list(AuditEvent.objects.values_list("details", flat=True)))


class TestWhoMay:
    def test_only_its_writers_upload(self, desk: Desk) -> None:
        data = download(desk)
        for who, user in desk.people.items():
            if who in {"focal_point", "alternate"}:
                assert upload(desk, data, by=user).person == user
            else:
                with pytest.raises(PermissionDenied):
                    upload(desk, data, by=user)

    def test_nobody_else_sees_it_takes_it_in_or_drops_it(self, desk: Desk) -> None:
        kept = upload(desk, write(download(desk), narrative_en="Mine."))
        seen = sheet_preview(desk["focal_point"], kept).fingerprint
        for who, user in desk.people.items():
            if who == "focal_point":
                continue
            assert own_upload(user, sheet_of(desk)) is None
            assert sheet_preview(user, kept).changed == ()
            with pytest.raises(PermissionDenied):
                take(kept, user, seen=seen)
            with pytest.raises(PermissionDenied):
                drop_upload(upload=kept, by=user)
        assert desk.fresh().narrative_en == ""

    def test_who_lost_the_role_takes_nothing_in(self, desk: Desk) -> None:
        kept = upload(desk, write(download(desk), narrative_en="Mine."))
        seen = sheet_preview(desk["focal_point"], kept).fingerprint
        Membership.objects.filter(user=desk["focal_point"]).update(to_date=timezone.localdate() - timedelta(days=1))
        with pytest.raises(PermissionDenied):
            take(kept, desk["focal_point"], seen=seen)

    def test_after_a_day_it_is_gone(self, desk: Desk) -> None:
        kept = upload(desk, write(download(desk), narrative_en="Mine."))
        seen = sheet_preview(desk["focal_point"], kept).fingerprint
        SpreadsheetUpload.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
        assert not own_uploads(desk["focal_point"]).exists()
        with pytest.raises(OtherPreviewError):
            take(kept, desk["focal_point"], seen=seen)
        upload(desk, download(desk), by=focal_point_of(desk.organisation))
        assert not SpreadsheetUpload.objects.filter(pk=kept.pk).exists()

    def test_only_what_is_old_is_forgotten(self, desk: Desk) -> None:
        kept = upload(desk, download(desk))
        assert forget_old_uploads() == 0
        SpreadsheetUpload.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
        assert forget_old_uploads() == 1
        assert not SpreadsheetUpload.objects.filter(pk=kept.pk).exists()

    def test_dropping_it_deletes_it(self, desk: Desk) -> None:
        drop_upload(upload=upload(desk, download(desk)), by=desk["focal_point"])
        assert not SpreadsheetUpload.objects.exists()
        assert AuditEvent.objects.filter(act="spreadsheet.drop").count() == 1


def test_it_asks_the_same_number_of_questions_whatever_is_owed(desk: Desk) -> None:
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as going_out:
            data = download(desk)
        kept = upload(desk, write(data, narrative_en="Forty."))
        with CaptureQueriesContext(connection) as coming_back:
            sheet_preview(desk["focal_point"], kept)
        return len(going_out), len(coming_back)

    ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation)
    few = asked()
    ReturnFactory.create_batch(38, cycle=desk.cycle, organisation=desk.organisation)
    assert asked() == few
