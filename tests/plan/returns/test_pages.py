"""The pages of returns, as the people who use them find them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from palermo.people.models import Role
from palermo.plan.returns.models import Figure, Return, Rule
from palermo.plan.returns.vocabulary import Needs, When
from tests.factories import DueDateFactory, PeriodFactory, StatusFactory
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import CycleFactory, QuestionFactory, ReturnFactory, holding_role
from tests.plan.returns.visiting import EMPTY, browser, page, send


class TestWriting:
    def test_what_is_written_is_kept(self, desk: Desk) -> None:
        send(desk, "focal_point", "save", narrative_en="Forty trained.", new_due_on="2016-03-31", spent="12.50")
        one = desk.fresh()
        assert (one.narrative_en, one.new_due_on, str(one.spent)) == ("Forty trained.", date(2016, 3, 31), "12.50")
        assert "Forty trained." in page(desk, "alternate")

    def test_a_conflict_shows_both_texts(self, desk: Desk) -> None:
        send(desk, "focal_point", "save", narrative_en="Forty.", version="1")
        answer = send(desk, "alternate", "save", narrative_en="Fifty.", version="1")
        told = answer.content.decode()
        assert answer.status_code == 409
        assert "Forty." in told
        assert "Fifty." in told
        assert desk.fresh().narrative_en == "Forty."
        send(desk, "alternate", "save", narrative_en="Forty, then fifty.")
        assert desk.fresh().narrative_en == "Forty, then fifty."

    def test_a_conflict_keeps_what_was_typed_beside_the_words(self, desk: Desk) -> None:
        question = QuestionFactory.create(of=desk.put(state="returned"))
        answered = {f"answer_{question.pk}": "Forty of them."}
        send(desk, "focal_point", "save", **answered)
        typed = {f"answer_{question.pk}": "Fifty of them.", "figure-label_en": "Guards trained"}
        told = send(desk, "alternate", "save", version="1", **typed).content.decode()
        for words in ("Forty of them.", "Fifty of them.", "Guards trained"):
            assert words in told
        told = send(desk, "alternate", "save", spent="much", **typed).content.decode()
        for words in ("Fifty of them.", "Guards trained"):
            assert words in told

    def test_what_was_typed_is_shown_where_the_return_went_on(self, desk: Desk) -> None:
        question = QuestionFactory.create(of=desk.put(state="submitted", status="complete"))
        answered = {f"answer_{question.pk}": "Forty of them."}
        for do in ("save", "submit", "add_figure"):
            answer = send(desk, "focal_point", do, narrative_en="Mine.", version="1", **answered)
            told = answer.content.decode()
            assert answer.status_code == 409
            assert "It is not with you any more" in told
            assert "Mine." in told
            assert "Forty of them." in told
        assert desk.fresh().narrative_en == ""

    def test_enter_in_a_field_saves(self, desk: Desk) -> None:
        told = page(desk, "focal_point")
        form = told.split("data-autosave>")[1]
        assert 'value="save"' in form.split("<button")[1]

    def test_beginning_with_the_words_of_last_year_overwrites_nothing(self, desk: Desk) -> None:
        earlier = CycleFactory.create(period=PeriodFactory.create(plan=desk.plan, first_year=2012))
        its = {"deliverable": desk.one.deliverable, "organisation": desk.organisation, "status": "in_progress"}
        ReturnFactory.create(cycle=earlier, narrative_en="Then.", reason_en="Why then.", spent=7, **its)
        desk.put(narrative_en="Now.", spent=5)
        address = reverse("return", args=[desk.one.pk]) + "?begin=last"
        form = browser(desk["focal_point"]).get(address).context["form"]
        assert (form["narrative_en"].value(), form["reason_en"].value(), form["spent"].value()) == (
            "Now.",
            "Why then.",
            5,
        )

    def test_it_saves_itself(self, desk: Desk) -> None:
        client, address = browser(desk["focal_point"]), reverse("return", args=[desk.one.pk])
        data = {**EMPTY, "version": "1", "narrative_en": "Forty."}
        assert client.post(address, data, headers={"X-Autosave": "yes"}).json()["version"] == 2
        assert client.post(address, data | {"narrative_en": "Fifty."}, headers={"X-Autosave": "yes"}).status_code == 409
        question = QuestionFactory.create(of=desk.one)
        answered = data | {"version": "2", f"answer_{question.pk}": "Forty."}
        assert client.post(address, answered, headers={"X-Autosave": "yes"}).json()["version"] == 3
        question.refresh_from_db()
        assert question.answer == "Forty."
        bad = client.post(address, data | {"version": "2", "spent": "much"}, headers={"X-Autosave": "yes"})
        assert bad.status_code == 400
        assert desk.fresh().narrative_en == "Forty."

    @pytest.mark.parametrize(
        ("language", "minute", "said"),
        [
            ("en", 0, "Saved at 5:00 p.m."),
            ("en", 5, "Saved at 5:05 p.m."),
            ("fr", 0, "Enregistré à 17 h"),
            ("fr", 5, "Enregistré à 17 h 05"),
        ],
    )
    def test_the_time_is_written_as_each_language_writes_it(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, language: str, minute: int, said: str
    ) -> None:
        with override(language):
            address = reverse("return", args=[desk.one.pk])
        client, data = browser(desk["focal_point"]), {**EMPTY, "version": "1", "narrative_en": "Forty."}
        now = datetime(2026, 3, 4, 17, minute, tzinfo=timezone.get_current_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        answer = client.post(address, data, headers={"X-Autosave": "yes"}).json()["said"]
        assert " ".join(answer.split()) == said

    def test_what_is_missing_is_said_and_nothing_is_lost(self, desk: Desk) -> None:
        Rule.objects.create(plan=desk.plan, when=When.ONGOING, needs=Needs.PROOF)
        told = send(desk, "focal_point", "submit", status="ongoing", narrative_en="Every year.").content.decode()
        assert 'href="#id_proof_en"' in told
        assert (desk.fresh().state, desk.fresh().narrative_en) == ("draft", "Every year.")
        send(desk, "focal_point", "submit", status="ongoing", narrative_en="Every year.", proof_en="Fewer go unseen.")
        assert desk.fresh().state == "submitted"

    def test_figures_are_added_and_taken_out_without_losing_words(self, desk: Desk) -> None:
        number = {"figure-label_en": "People trained", "figure-value": "40"}
        send(desk, "focal_point", "add_figure", narrative_en="Done.", **number)
        figure = Figure.objects.get()
        assert "People trained" in page(desk, "focal_point")
        assert desk.fresh().narrative_en == "Done."
        send(desk, "focal_point", f"remove_figure:{figure.pk}", narrative_en="Done twice.")
        assert not Figure.objects.exists()
        assert desk.fresh().narrative_en == "Done twice."

    def test_an_empty_figure_keeps_nobody_from_saving(self, desk: Desk) -> None:
        told = page(desk, "focal_point")
        [field] = [part for part in told.split("<input")[1:] if 'name="figure-value"' in part]
        assert "required" not in field.split(">")[0]

    def test_a_figure_without_words_is_refused_with_a_sentence(self, desk: Desk) -> None:
        told = send(desk, "focal_point", "add_figure", **{"figure-value": "40"}).content.decode()
        assert "what it counts" in told
        assert not Figure.objects.exists()

    def test_the_first_due_date_and_the_year_before_stand_beside_it(self, desk: Desk) -> None:
        DueDateFactory.create(deliverable=desk.one.deliverable, due_on=date(2014, 3, 31))
        DueDateFactory.create(deliverable=desk.one.deliverable, due_on=date(2015, 3, 31), revision=1)
        earlier = CycleFactory.create(period=PeriodFactory.create(plan=desk.plan, first_year=2012))
        ReturnFactory.create(
            cycle=earlier,
            deliverable=desk.one.deliverable,
            organisation=desk.organisation,
            status="in_progress",
            narrative_en="Last year’s words.",
        )
        told = page(desk, "focal_point")
        assert "2014-03-31" in told
        assert "2015-03-31" in told
        assert "Last year’s words." in told
        assert page(desk, "focal_point", query="?begin=last").count("Last year’s words.") == 2

    def test_what_a_document_said_of_the_year_before_stands_beside_it(self, desk: Desk) -> None:
        period = PeriodFactory.create(plan=desk.plan, first_year=2012)
        StatusFactory.create(deliverable=desk.one.deliverable, period=period, value="ongoing", note_en="As printed.")
        assert "As printed." in page(desk, "focal_point")


class TestSteps:
    def test_the_way_from_draft_to_accepted_and_back(self, desk: Desk) -> None:
        send(desk, "focal_point", "submit", status="complete", narrative_en="Done.")
        send(desk, "clearing_officer", "send_back", question_1="How many?", question_2="Where?")
        assert desk.fresh().state == "returned"
        told = send(desk, "focal_point", "submit", status="complete", narrative_en="Done.").content.decode()
        assert "the answer to a question" in told
        answers = {f"answer_{question.pk}": "Forty, in Ottawa." for question in desk.one.questions.all()}
        send(desk, "focal_point", "submit", status="complete", narrative_en="Done.", **answers)
        send(desk, "clearing_officer", "clear")
        send(desk, "coordinator", "accept")
        assert desk.fresh().state == "accepted"
        told = page(desk, "reader", "return_history")
        assert told.count("<strong>Submitted</strong>") == 2
        assert "<del>" not in told.split("<strong>Submitted</strong>")[0]

    def test_a_step_that_came_too_late_is_told(self, desk: Desk) -> None:
        desk.put(state="cleared", was_cleared=True, status="complete")
        client, address = browser(desk["coordinator"]), reverse("return", args=[desk.one.pk])
        client.post(address, {"do": "accept", "version": "1"})
        told = client.post(address, {"do": "accept", "version": "1"}, follow=True).content.decode()
        assert "changed meanwhile" in told

    def test_sending_back_without_a_question_is_refused(self, desk: Desk) -> None:
        desk.put(state="submitted", status="complete")
        assert "Write what you want to know" in send(desk, "clearing_officer", "send_back").content.decode()
        assert desk.fresh().state == "submitted"

    def test_several_are_cleared_at_once_or_none(self, desk: Desk) -> None:
        desk.put(state="submitted", status="complete")
        other = ReturnFactory.create(
            cycle=desk.cycle, organisation=desk.organisation, state="submitted", status="complete"
        )
        client = browser(desk["clearing_officer"])
        client.post(reverse("returns_clear"), {"tick": [f"{desk.one.pk}:1", f"{other.pk}:7"]})
        assert set(Return.objects.values_list("state", flat=True)) == {"submitted"}
        client.post(reverse("returns_clear"), {"tick": [f"{desk.one.pk}:1", f"{other.pk}:1"]})
        assert set(Return.objects.values_list("state", flat=True)) == {"cleared"}
        assert client.post(reverse("returns_clear"), {"tick": "x"}).status_code == 404

    @pytest.mark.parametrize(
        ("who", "back"),
        [("focal_point", "returns"), ("coordinator", "cycles"), ("assessor", "assessments")],
    )
    def test_the_way_back_is_open_to_whoever_reads_it(self, desk: Desk, who: str, back: str) -> None:
        desk.put(state="cleared", was_cleared=True, status="complete")
        crumbs = page(desk, who).split('<li aria-current="page">')[0]
        links = [part.split('"')[0] for part in crumbs.split('href="')[1:] if part.startswith(reverse(back))]
        assert links
        assert browser(desk[who]).get(links[-1]).status_code == 200

    def test_the_coordinator_reads_nothing_that_was_not_cleared(self, desk: Desk) -> None:
        for who, status in (("coordinator", 404), ("assessor", 404), ("reader", 200), ("clearing_officer", 200)):
            assert browser(desk[who]).get(reverse("return", args=[desk.one.pk])).status_code == status
        desk.put(state="returned", was_cleared=True, status="complete")
        assert browser(desk["coordinator"]).get(reverse("return", args=[desk.one.pk])).status_code == 200


class TestTheList:
    def test_it_shows_the_most_urgent_first(self, desk: Desk) -> None:
        assert desk.one.deliverable.code in page(desk, "focal_point", "returns")
        QuestionFactory.create(of=desk.put(state="returned", status="complete"))
        assert "Returned with questions" in page(desk, "focal_point", "returns")

    def test_it_is_empty_with_a_word(self, desk: Desk) -> None:
        assert "There is nothing to write" in page(desk, "other_focal_point", "returns")

    def test_completeness_counts_what_is_there(self, desk: Desk) -> None:
        desk.put(narrative_en="Done.", spent=5)
        found = browser(desk["focal_point"]).get(reverse("returns")).context["completeness"]
        assert [(each.returns, each.narrative, each.money, each.dates, each.score) for each in found] == [
            (1, 1, 1, 0, 40)
        ]

    @pytest.mark.parametrize(("name", "who"), [("returns", "focal_point"), ("cycle", "coordinator")])
    def test_it_asks_the_same_number_of_questions_whatever_is_owed(self, desk: Desk, name: str, who: str) -> None:
        args = [] if name == "returns" else [desk.plan.code, desk.cycle.period.code]
        client, address = browser(desk[who]), reverse(name, args=args)

        def asked() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            return len(queries)

        ReturnFactory.create_batch(4, cycle=desk.cycle, organisation=desk.organisation)
        ReturnFactory.create_batch(4, cycle=desk.cycle, state="cleared", status="complete")
        few = asked()
        ReturnFactory.create_batch(16, cycle=desk.cycle, organisation=desk.organisation)
        ReturnFactory.create_batch(16, cycle=desk.cycle, state="cleared", status="complete")
        assert asked() == few


def test_pages_are_made_in_french(desk: Desk) -> None:
    with override("fr"):
        for name, who, args in (
            ("returns", "focal_point", []),
            ("return", "focal_point", [desk.one.pk]),
            ("cycle", "coordinator", [desk.plan.code, desk.cycle.period.code]),
        ):
            assert browser(desk[who]).get(reverse(name, args=args)).status_code == 200


def test_everybody_with_a_role_has_a_page_to_begin_on(desk: Desk) -> None:
    for role in Role:
        client = browser(holding_role(desk.organisation, role))
        assert client.get(reverse("work")).status_code == 200
