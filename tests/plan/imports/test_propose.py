"""Reading a file keeps a proposal and nothing else; what cannot be read leaves nothing behind."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from openpyxl import Workbook

from palermo.audit.models import AuditEvent
from palermo.people.models import Organisation, User
from palermo.people.queries import command_line
from palermo.plan.imports.actions import propose as module
from palermo.plan.imports.actions.propose import propose
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.errors import NoPlanFoundError
from palermo.plan.imports.models import Proposal, ProposalState
from palermo.plan.imports.reader.reading import Doubt, Reading, ReadRow, ReadSection, SourceKind, UnreadableError
from palermo.plan.imports.values import RowValues
from palermo.plan.register.models import Plan
from tests.factories import PlanFactory
from tests.plan.imports.conftest import Propose

pytestmark = pytest.mark.django_db
Hand = Callable[[Reading], None]


def kept_files() -> list[Path]:
    folder = Path(settings.MEDIA_ROOT) / "imports"
    return list(folder.iterdir()) if folder.exists() else []


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    """Makes the reader hand over this reading, whatever the file."""

    def read_as(reading: Reading) -> None:
        monkeypatch.setattr(module, "read_within_limits", lambda _path: reading)

    return read_as


def reading(*rows: ReadRow, **rest: object) -> Reading:
    sections = [
        ReadSection("s", "", "Prevention", p="prevention"),
        ReadSection("t", "1.1", "Roads", parent="s", level=2),
    ]
    found = Reading(SourceKind.TEXT, title="Report", language="en", sections=sections, rows=list(rows))
    for name, value in rest.items():
        setattr(found, name, value)
    return found


def test_a_table_becomes_a_proposal(proposed: Propose, owner: Organisation) -> None:
    proposal = proposed()
    assert (proposal.state, proposal.kind, proposal.owner, proposal.plan) == ("open", "csv", owner, None)
    assert list(proposal.rows.values_list("code", "change", "keep")) == [
        ("1-01", "new", True),
        ("1-02", "new", True),
        ("2-01", "new", True),
    ]
    frame = frame_in(proposal)
    assert (frame.period, frame.states_progress, [one.code for one in frame.sections]) == (
        "2013-2014",
        True,
        ["1", "2"],
    )
    assert [one.printed for one in frame.organisations if one.is_open] == [
        "City Police",
        "Transport Office",
        "Shelter House",
    ]
    assert not Plan.objects.exists()


def test_the_file_is_kept_under_another_name(proposed: Propose) -> None:
    before = set(kept_files())
    proposal = proposed()
    (kept,) = set(kept_files()) - before
    assert (proposal.file_name, "table" in kept.name) == ("table.csv", False)
    assert kept.stat().st_mode & 0o077 == 0


def test_a_proposal_is_one_audit_event_without_words_of_the_document(proposed: Propose) -> None:
    proposal = proposed()
    event = AuditEvent.objects.get()
    assert (event.act, event.details) == (
        "import.propose",
        {"sha256": proposal.file_sha256, "kind": "csv", "rows": 3},
    )


def test_parts_of_a_row_get_letters(by: User, owner: Organisation, hand: Hand) -> None:
    hand(
        reading(
            ReadRow("t", 1, "alone"),
            ReadRow("t", 2, "first", lead_in="Do both:"),
            ReadRow("t", 2, "second", lead_in="Do both:"),
        )
    )
    proposal = propose(by=by, upload=ContentFile(b"x", "r.txt"), owner=owner)
    assert list(proposal.rows.values_list("code", flat=True)) == ["1.1-01", "1.1-02a", "1.1-02b"]


def test_sections_without_a_code_are_numbered(by: User, owner: Organisation, hand: Hand) -> None:
    hand(reading(ReadRow("t", 1, "alone")))
    frame = frame_in(propose(by=by, upload=ContentFile(b"x", "r.txt"), owner=owner))
    assert [(one.code, one.parent) for one in frame.sections] == [("1", None), ("1.1", "s")]
    assert [level.name_en for level in frame.levels] == ["Part", "Section"]


def test_printed_codes_are_kept_and_made_fit_for_addresses(by: User, owner: Organisation, hand: Hand) -> None:
    hand(reading(ReadRow(None, 1, "one", code="A 1/2"), ReadRow(None, 2, "two", code="A 1/2")))
    rows = propose(by=by, upload=ContentFile(b"x", "r.txt"), owner=owner).rows.order_by("position")
    assert [row.code for row in rows] == ["A-1-2", "02"]
    assert [doubt["code"] for row in rows for doubt in row.doubts] == ["code_not_free"]


def test_a_french_document_fills_the_french_columns(by: User, owner: Organisation, hand: Hand) -> None:
    hand(reading(ReadRow("t", 1, "Former les agents", note="À mi-chemin", leads=["PN"]), language="fr"))
    proposal = propose(by=by, upload=ContentFile(b"x", "r.txt"), owner=owner)
    values = RowValues.model_validate(proposal.rows.get().values)
    assert (values.text_en, values.text_fr, values.note_fr) == ("", "Former les agents", "À mi-chemin")
    frame = frame_in(proposal)
    assert (frame.title_fr, frame.sections[1].title_fr, frame.organisations[0].name_fr) == ("Report", "Roads", "PN")


def test_an_unknown_language_is_a_doubt(by: User, owner: Organisation, hand: Hand) -> None:
    hand(reading(ReadRow("t", 1, "one"), language="", doubts=[Doubt("no_status_anywhere")]))
    frame = frame_in(propose(by=by, upload=ContentFile(b"x", "r.txt"), owner=owner))
    assert [one.code for one in frame.doubts] == ["no_status_anywhere", "language_unknown"]


def test_what_is_too_long_or_cannot_be_printed_is_made_fit(by: User, owner: Organisation, hand: Hand) -> None:
    hand(reading(ReadRow("t", 1, "one\x07two", printed_status="s" * 300, leads=["x" * 300])))
    row = propose(by=by, upload=ContentFile(b"x", "r.txt"), owner=owner).rows.get()
    values = RowValues.model_validate(row.values)
    assert (values.text_en, len(values.printed_status), len(values.leads[0])) == ("one two", 200, 200)
    assert len(row.printed["status"]) == 300


def test_a_document_without_a_plan_says_why(by: User, owner: Organisation, hand: Hand) -> None:
    hand(reading(refusal_code="only_prose", refusal="Only prose."))
    with pytest.raises(NoPlanFoundError) as refusal:
        propose(by=by, upload=ContentFile(b"x", "r.txt"), owner=owner)
    assert refusal.value.code == "only_prose"
    assert (Proposal.objects.exists(), AuditEvent.objects.exists()) == (False, False)


def test_unknown_headings_wait_for_a_person(proposed: Propose) -> None:
    proposal = proposed("Zzz,Qqq\nTrain police,Ongoing\nOpen a house,Complete")
    assert (proposal.state, proposal.rows.count()) == (ProposalState.NEEDS_MAPPING, 0)
    assert [(one.header, one.samples[0]) for one in frame_in(proposal).headers] == [
        ("Zzz", "Train police"),
        ("Qqq", "Ongoing"),
    ]


def empty() -> bytes:
    return b""


def binary() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def too_large() -> bytes:
    return b"plan " * 5_100_000


def locked_pdf() -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def truncated_xlsx() -> bytes:
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()[:-2000]


def wrong_encoding() -> bytes:
    return "Section;Text;Status\n1;Mesure d’éducation;En cours".encode("utf-16")[:-1]


BAD = [empty, binary, too_large, locked_pdf, truncated_xlsx, wrong_encoding]


@pytest.mark.parametrize("bad", BAD)
def test_what_cannot_be_read_leaves_nothing_behind(by: User, owner: Organisation, bad: Callable[[], bytes]) -> None:
    before = kept_files()
    with pytest.raises(UnreadableError):
        propose(by=by, upload=ContentFile(bad(), "bad.txt"), owner=owner)
    assert (Proposal.objects.exists(), AuditEvent.objects.exists(), kept_files()) == (False, False, before)


def test_nothing_is_kept_where_the_trail_fails(
    by: User, owner: Organisation, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_details: object) -> None:
        raise OSError("no space left")

    hand(reading(ReadRow("t", 1, "one")))
    monkeypatch.setattr(module, "record", fail)
    before = kept_files()
    with pytest.raises(OSError, match="no space"):
        propose(by=by, upload=ContentFile(b"x", "r.txt"), owner=owner)
    assert (Proposal.objects.exists(), kept_files()) == (False, before)


def test_strangers_may_not_propose(outsider: User, owner: Organisation) -> None:
    for about in ({"owner": owner}, {"plan": PlanFactory.create(owner=owner)}, {}):
        with pytest.raises(PermissionDenied):
            propose(by=outsider, upload=ContentFile(b"x", "r.txt"), **about)
    assert not Proposal.objects.exists()


def test_the_command_line_may_leave_the_owner_open(hand: Hand) -> None:
    hand(reading(ReadRow("t", 1, "one")))
    proposal = propose(by=command_line(), upload=ContentFile(b"x", "r.txt"))
    assert proposal.owner is None
