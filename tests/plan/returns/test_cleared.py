"""Who is over a plan reads what an organisation cleared, and nothing that it is still writing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.plan.register.models import Evidence
from palermo.plan.returns.actions import evidence, steps
from palermo.plan.returns.actions.assess import NotIndependentError, assess
from palermo.plan.returns.actions.drafting import Content, Number, add_figure, save_draft
from palermo.plan.returns.models import Proof
from palermo.plan.returns.queries.cleared import said_to, steps_to_read
from palermo.plan.returns.queries.evidence import proof_to_read
from tests.factories import MembershipFactory
from tests.plan.returns.closing import accepted, close
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ProofFactory, ReturnFactory
from tests.plan.returns.visiting import browser, page
from tests.raising import assert_all_or_nothing
from tests.test_every_url import ask

CLEARED = Content(
    status="complete", narrative_en="What we cleared.", new_due_on=date(2030, 1, 1), spent=Decimal("7.50")
)
OVER = ("coordinator", "assessor")


@pytest.fixture
def rewritten(desk: Desk) -> Desk:
    """A return that was sent back inside, cleared, sent back by the coordinator, and is being written again."""
    one = save_draft(of=desk.one, version=1, content=CLEARED, by=desk["focal_point"])
    add_figure(of=one, number=Number("Boats", "Bateaux", Decimal("11")), by=desk["focal_point"])
    ProofFactory.create(of=one, title_en="Old proof", url="https://example.org/old")
    one = steps.submit(of=one, version=one.version, by=desk["focal_point"])
    one = steps.send_back(
        of=one, version=one.version, questions=["An inner question?"], language="en", by=desk["clearing_officer"]
    )
    answers = {one.questions.get().pk: "An inner answer."}
    one = save_draft(of=one, version=one.version, content=CLEARED, answers=answers, by=desk["focal_point"])
    one = steps.submit(of=one, version=one.version, by=desk["focal_point"])
    one = steps.clear(of=one, version=one.version, by=desk["clearing_officer"])
    one = steps.send_back(
        of=one, version=one.version, questions=["An outer question?"], language="en", by=desk["coordinator"]
    )
    save_draft(of=one, version=one.version, content=Content(narrative_en="A new draft."), by=desk["focal_point"])
    one.figures.all().delete()
    ProofFactory.create(of=one, title_en="New proof", url="https://example.org/new")
    return desk


@pytest.mark.parametrize("who", OVER)
def test_others_read_what_was_cleared_last(rewritten: Desk, who: str) -> None:
    said = said_to(rewritten[who], rewritten.fresh())
    assert Content.of(said.words) == CLEARED
    assert [(each.label_en, each.value) for each in said.figures] == [("Boats", Decimal("11"))]
    assert [each.title_en for each in said.proofs] == ["Old proof"]
    assert [each.text for each in said.questions] == ["An outer question?"]
    told = page(rewritten, who)
    assert "What we cleared." in told
    assert "working on it again" in told
    for words in ("A new draft.", "New proof", "An inner question?", "An inner answer."):
        assert words not in told


def test_others_read_the_answer_that_was_cleared(rewritten: Desk) -> None:
    one, outer = rewritten.fresh(), rewritten.one.questions.get(text="An outer question?")
    answered = {outer.pk: "The cleared answer."}
    one = save_draft(of=one, version=one.version, content=CLEARED, answers=answered, by=rewritten["focal_point"])
    assert [each.answer for each in said_to(rewritten["coordinator"], one).questions] == [""]
    one = steps.submit(of=one, version=one.version, by=rewritten["focal_point"])
    one = steps.clear(of=one, version=one.version, by=rewritten["clearing_officer"])
    one = steps.send_back(of=one, version=one.version, questions=["Why?"], language="en", by=rewritten["coordinator"])
    answered = {outer.pk: "A drafted answer."}
    one = save_draft(of=one, version=one.version, content=CLEARED, answers=answered, by=rewritten["focal_point"])
    seen = [(each.text, each.answer) for each in said_to(rewritten["assessor"], one).questions]
    assert seen == [("An outer question?", "The cleared answer."), ("Why?", "")]
    outer.refresh_from_db()
    assert outer.answer == "A drafted answer."


def test_the_organisation_reads_all_of_it(rewritten: Desk) -> None:
    told = page(rewritten, "clearing_officer")
    for words in ("A new draft.", "New proof", "An inner question?", "An inner answer.", "An outer question?"):
        assert words in told


@pytest.mark.parametrize("who", OVER)
def test_others_open_no_evidence_that_was_not_cleared(rewritten: Desk, who: str) -> None:
    old, new = (Proof.objects.get(title_en=title) for title in ("Old proof", "New proof"))
    assert proof_to_read(rewritten[who], old.code) == old
    assert proof_to_read(rewritten[who], new.code) is None
    assert proof_to_read(rewritten["reader"], new.code) == new


def test_the_steps_within_an_organisation_are_its_own(rewritten: Desk) -> None:
    one = rewritten.fresh()
    assert [step.act for step in steps_to_read(rewritten["focal_point"], one)] == [
        "submit", "send_back", "submit", "clear", "send_back",
    ]  # fmt: skip
    assert [step.act for step in steps_to_read(rewritten["coordinator"], one)] == ["clear", "send_back"]
    told = page(rewritten, "assessor", "return_history")
    assert "What we cleared." in told
    assert "inner" not in told
    assert "An inner question?" in page(rewritten, "reader", "return_history")


@pytest.mark.parametrize("who", OVER)
def test_the_board_and_the_list_stand_while_a_draft_has_no_status(rewritten: Desk, who: str) -> None:
    name = "cycle" if who == "coordinator" else "assessment_list"
    address = reverse(name, args=[rewritten.plan.code, rewritten.cycle.period.code])
    assert "A new draft." not in browser(rewritten[who]).get(address).content.decode()


def test_nobody_assesses_what_they_answer_for(desk: Desk) -> None:
    MembershipFactory.create(user=desk["assessor"], organisation=desk.organisation, role="focal_point")
    one, by = desk.one.deliverable, desk["assessor"]
    with pytest.raises(NotIndependentError):
        assess(cycle=desk.cycle, deliverable=one, status="complete", note_en="Fine.", note_fr="", seen=0, by=by)
    said = {"status": "complete", "note_en": "Fine.", "note_fr": "", "seen": 0}
    where = [desk.plan.code, desk.cycle.period.code, desk.one.deliverable.code]
    told = browser(desk["assessor"]).post(reverse("assess", args=where), said).content.decode()
    assert "Somebody else must" in told
    assert "Fine." in told


def seen_outside(proof: Proof) -> int:
    """What the public address of a file answers."""
    return ask(None, reverse("evidence_file", args=[proof.code])).status_code


class TestWithdrawing:
    def _published(self, desk: Desk) -> Proof:
        file = ContentFile(b"Course outline", name="a.bin")
        kind = {"content_type": "text/plain", "size": 14, "url": "", "seen_on": None}
        proof: Proof = ProofFactory.create(of=accepted(desk), file=file, is_public=True, names_nobody=True, **kind)
        close(desk)
        assert seen_outside(proof) == 200
        return proof

    @pytest.mark.parametrize("who", ["clearing_officer", "coordinator"])
    def test_what_names_somebody_goes_at_once_though_the_period_is_closed(self, desk: Desk, who: str) -> None:
        proof = self._published(desk)
        evidence.keep_internal(proof=proof, by=desk[who])
        assert not Evidence.objects.exists()
        assert seen_outside(proof) == 404
        evidence.keep_internal(proof=proof, by=desk[who])
        assert AuditEvent.objects.filter(act="evidence.keep_internal").count() == 1

    def test_a_link_that_another_return_shows_too_stays(self, desk: Desk) -> None:
        one = accepted(desk)
        other = ReturnFactory.create(cycle=desk.cycle, deliverable=one.deliverable, state="accepted", status="complete")
        proofs = [ProofFactory.create(of=each, is_public=True, names_nobody=True) for each in (one, other)]
        close(desk)
        assert Evidence.objects.count() == 1
        evidence.keep_internal(proof=proofs[0], by=desk["coordinator"])
        assert Evidence.objects.count() == 1
        evidence.keep_internal(proof=proofs[1], by=desk["coordinator"])
        assert not Evidence.objects.exists()

    def test_others_withdraw_nothing(self, desk: Desk) -> None:
        proof = self._published(desk)
        for who in ("focal_point", "assessor", "other_clearing_officer", "other_coordinator"):
            for act in (evidence.keep_internal, evidence.destroy_file):
                with pytest.raises(PermissionDenied):
                    act(proof=proof, by=desk[who])

    def test_a_destroyed_file_is_gone_and_its_hash_stays(
        self, desk: Desk, django_capture_on_commit_callbacks: object
    ) -> None:
        proof = self._published(desk)
        storage, name = proof.file.storage, str(proof.file.name)
        client = browser(desk["clearing_officer"])
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            client.post(reverse("evidence_one", args=[proof.code]), {"do": "destroy"})
        assert not storage.exists(name)
        proof.refresh_from_db()
        assert (proof.destroyed_at is not None, proof.is_public, proof.file.name) == (True, False, name)
        assert client.get(reverse("evidence_read", args=[proof.code])).status_code == 404
        assert "Its file was destroyed" in client.get(reverse("evidence_one", args=[proof.code])).content.decode()

    def test_destroying_is_all_or_nothing(self, desk: Desk) -> None:
        proof = self._published(desk)

        def stored() -> object:
            return list(Proof.objects.values()), Evidence.objects.count(), AuditEvent.objects.count()

        assert_all_or_nothing(lambda: evidence.destroy_file(proof=proof, by=desk["clearing_officer"]), stored)
        assert proof.file.storage.exists(str(proof.file.name))
