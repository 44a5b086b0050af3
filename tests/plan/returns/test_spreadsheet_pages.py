"""The pages of the spreadsheet, as the people who use them find them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from palermo.plan.register.models import ReportingPeriod
from palermo.plan.returns.forms_spreadsheet import XLSX
from palermo.plan.returns.models import Return, SpreadsheetUpload
from palermo.plan.returns.spreadsheet.columns import SHEET
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ReturnFactory
from tests.plan.returns.spreadsheet.handling import at, download, write
from tests.plan.returns.visiting import browser

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


def address(desk: Desk, name: str = "returns_sheet") -> str:
    return reverse(name, args=[desk.organisation.code, desk.plan.code, desk.cycle.period.code])


def send(desk: Desk, data: bytes, who: str = "focal_point") -> Answer:
    file = SimpleUploadedFile("my returns.xlsx", data)
    return browser(desk[who]).post(address(desk), {"file": file}, follow=True)


def decide(desk: Desk, told: str, do: str = "take_in", **choices: str) -> Answer:
    """Send what the preview offers; `told` is its page."""
    seen = re.findall(r'name="seen" value="(\w+)"', told)
    data = {"do": do, "seen": seen[0] if seen else "", **choices}
    return browser(desk["focal_point"]).post(address(desk, "returns_sheet_preview"), data, follow=True)


class TestOut:
    def test_the_list_leads_there_and_only_while_the_period_is_open(self, desk: Desk) -> None:
        page = browser(desk["focal_point"]).get(reverse("returns")).content.decode()
        assert address(desk) in page
        ReportingPeriod.objects.update(gathering="closed")
        assert address(desk) not in browser(desk["focal_point"]).get(reverse("returns")).content.decode()
        for name in ("returns_sheet", "returns_sheet_file", "returns_sheet_preview"):
            answer = browser(desk["focal_point"]).get(address(desk, name), follow=True)
            assert "can no longer be changed" in answer.content.decode()

    def test_who_may_read_downloads_and_who_may_write_uploads(self, desk: Desk) -> None:
        for who in desk.people:
            reads = who in {"focal_point", "alternate", "clearing_officer", "reader"}
            writes = who in {"focal_point", "alternate"}
            file = browser(desk[who]).get(address(desk, "returns_sheet_file"))
            assert file.status_code == (200 if reads else 404 if _gets_past_the_guard(who) else 403), who
            page = browser(desk[who]).get(address(desk))
            assert ('type="file"' in page.content.decode()) == writes, who
            answer = send(desk, download(desk), who)
            assert (answer.status_code == 200) == writes, who

    def test_the_file_is_one_that_nobody_keeps_or_guesses(self, desk: Desk) -> None:
        answer = browser(desk["reader"]).get(address(desk, "returns_sheet_file"))
        assert answer.headers["Content-Type"] == XLSX
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="returns-{desk.organisation.code}-2013-2014.xlsx"'
        )
        assert "no-store" in answer.headers["Cache-Control"]
        sheet = load_workbook(BytesIO(answer.content))[SHEET]
        assert sheet["A2"].value == desk.one.deliverable.code

    def test_an_organisation_without_returns_has_no_file(self, desk: Desk) -> None:
        Return.objects.all().delete()
        assert browser(desk["focal_point"]).get(address(desk, "returns_sheet_file")).status_code == 404


def _gets_past_the_guard(who: str) -> bool:
    """Whether the person has such a role anywhere."""
    return who.removeprefix("other_") in {"focal_point", "alternate", "clearing_officer", "reader"}


class TestBack:
    def test_what_would_change_is_shown_and_then_taken_in(self, desk: Desk) -> None:
        told = send(desk, write(download(desk), narrative_en="<b>Forty</b>.", status="Complete", spent=1250.5))
        page = told.content.decode()
        assert "1 return would change." in page
        assert "&lt;b&gt;Forty&lt;/b&gt;." in page
        assert "1,250.50" in page
        assert desk.fresh().narrative_en == ""
        page = decide(desk, page).content.decode()
        assert "1 return was changed." in page
        assert (desk.fresh().narrative_en, desk.fresh().status) == ("<b>Forty</b>.", "complete")

    def test_an_untouched_file_has_nothing_to_take_in(self, desk: Desk) -> None:
        assert "There is nothing to take in" in send(desk, download(desk)).content.decode()

    def test_mistakes_are_named_and_nothing_can_be_taken_in(self, desk: Desk) -> None:
        data = write(download(desk), narrative_en="Forty.", spent="much", promise="Less")
        page = send(desk, data).content.decode()
        assert page.index(f"<strong>{at('promise')}</strong>") < page.index(f"<strong>{at('spent')}</strong>")
        assert "2 cells must be corrected first" in page
        assert 'value="take_in"' not in page
        assert decide(desk, page).status_code == 409
        assert desk.fresh().narrative_en == ""

    @pytest.mark.parametrize("data", [b"", b"a,b\n", b"%PDF-1.7", b"PK\x03\x04"])
    def test_other_files_are_refused_on_the_page_itself(self, desk: Desk, data: bytes) -> None:
        answer = send(desk, data)
        assert answer.status_code == 422
        assert "The file was not read, and nothing was changed" in answer.content.decode()
        assert not SpreadsheetUpload.objects.exists()

    def test_a_conflict_is_decided_and_what_was_chosen_is_kept(self, desk: Desk) -> None:
        desk.put(narrative_en="Old.", status="ongoing")
        data = write(download(desk), narrative_en="Mine.", status="Achevé")
        desk.put(narrative_en="Theirs.", status="in_progress", version=2)
        page = send(desk, data).content.decode()
        for words in ("Old.", "Theirs.", "Mine.", "In 2 places somebody saved something else meanwhile"):
            assert words in page
        field, status = f"keep-{desk.one.pk}-narrative_en", f"keep-{desk.one.pk}-status"
        assert f'name="{status}" value="both"' not in page
        answer = decide(desk, page, **{field: "both"})
        assert answer.status_code == 409
        assert re.search(rf'name="{field}" value="both" required checked', answer.content.decode())
        decide(desk, page, **{field: "both", status: "file"})
        assert (desk.fresh().narrative_en, desk.fresh().status) == ("Theirs.\n\nMine.", "complete")

    def test_what_was_saved_after_the_look_is_looked_at_again(self, desk: Desk) -> None:
        page = send(desk, write(download(desk), narrative_en="Mine.")).content.decode()
        desk.put(narrative_en="Theirs.", version=2)
        answer = decide(desk, page)
        told = answer.content.decode()
        assert answer.status_code == 409
        assert "Something was saved meanwhile" in told
        assert "Theirs." in told
        assert desk.fresh().narrative_en == "Theirs."

    def test_it_can_be_dropped(self, desk: Desk) -> None:
        page = send(desk, write(download(desk), narrative_en="Mine.")).content.decode()
        assert "waits for your decision" in browser(desk["focal_point"]).get(address(desk)).content.decode()
        assert "waits for your decision" not in browser(desk["alternate"]).get(address(desk)).content.decode()
        assert "Nothing was changed" in decide(desk, page, "drop").content.decode()
        assert "No spreadsheet of yours waits here" in decide(desk, page).content.decode()

    @pytest.mark.parametrize(
        "sent", [{"do": "x"}, {"keep-x-status": "file"}, {"keep-1": "file"}, {"keep-1-status": "x"}]
    )
    def test_what_the_page_does_not_offer_is_refused(self, desk: Desk, sent: dict[str, str]) -> None:
        send(desk, write(download(desk), narrative_en="Mine."))
        data = {"do": "take_in", "seen": "x", **sent}
        answer = browser(desk["focal_point"]).post(address(desk, "returns_sheet_preview"), data)
        assert answer.status_code == 404

    def test_it_speaks_french(self, desk: Desk) -> None:
        with override("fr"):
            page = send(desk, write(download(desk), status="Finished", spent=1250.5)).content.decode()
        assert "Ce n’est aucun des états" in page
        assert "1\N{NO-BREAK SPACE}250,50" in page

    def test_the_preview_asks_the_same_number_of_questions_whatever_changes(self, desk: Desk) -> None:
        client = browser(desk["focal_point"])

        def asked() -> int:
            data = download(desk)
            for line in range(2, 2 + Return.objects.count()):
                data = write(data, line, narrative_en=f"Row {line}.")
            send(desk, data)
            with CaptureQueriesContext(connection) as queries:
                page = client.get(address(desk, "returns_sheet_preview")).content.decode()
            assert page.count('<section class="card"') == Return.objects.count()
            return len(queries)

        ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation)
        few = asked()
        ReturnFactory.create_batch(8, cycle=desk.cycle, organisation=desk.organisation)
        assert asked() == few
