"""The history of a deliverable: every act once, for those who may read it, without a word of any draft."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.audit.actions import record
from palermo.audit.models import AuditEvent, AuditSubject
from palermo.people.models import Membership, User
from palermo.plan.register.actions.edit_deliverable import Due, revise_due_date
from palermo.plan.returns.actions import steps
from palermo.plan.returns.actions.assess import assess
from palermo.plan.returns.actions.cycles import close_period
from palermo.plan.returns.actions.drafting import Content, save_draft
from palermo.plan.returns.actions.hand_over import hand_over_returns
from palermo.plan.returns.models import Rule
from palermo.plan.trail.files import json_lines
from palermo.plan.trail.queries.acts import acts_on
from tests.factories import DeliverableFactory, MembershipFactory, ResponsibilityFactory
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ReturnFactory

pytestmark = pytest.mark.django_db
SECRET = "Nobody may read this before it is cleared."


def ask(desk: Desk, who: User | None, ending: str = "") -> HttpResponseBase:
    client = Client()
    if who:
        client.force_login(who)
    name = f"deliverable_history{ending and '_' + ending}"
    return client.get(reverse(name, args=[desk.plan.code, desk.one.deliverable.code]))


def text_of(desk: Desk, who: User, ending: str = "") -> str:
    response = ask(desk, who, ending)
    assert response.status_code == 200
    if isinstance(response, StreamingHttpResponse):
        return b"".join(map(bytes, response)).decode()
    return str(response.content.decode())  # type: ignore[attr-defined]


def table_of(desk: Desk, who: User) -> list[list[str]]:
    text = text_of(desk, who, "csv")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]


def saved(desk: Desk) -> None:
    one = desk.fresh()
    content = Content(status="in_progress", narrative_en=SECRET)
    save_draft(of=one, version=one.version, content=content, by=desk["focal_point"])


def accepted(desk: Desk) -> None:
    Rule.objects.all().delete()
    saved(desk)
    for step, who in ((steps.submit, "focal_point"), (steps.clear, "clearing_officer"), (steps.accept, "coordinator")):
        one = desk.fresh()
        step(of=one, version=one.version, by=desk[who])


def test_every_act_stands_there_once_the_newest_first(desk: Desk) -> None:
    accepted(desk)
    due = Due(date(2015, 3, 31))
    revise_due_date(deliverable=desk.one.deliverable, due=due, seen=0, by=desk["coordinator"])
    found = [(row[4], row[3], row[5]) for row in table_of(desk, desk["coordinator"])]
    name = f"organization: {desk.organisation.names.get().name_en}"
    assert found == [
        ("deliverable.revise_due_date", "The due date was set", "March 31, 2015"),
        ("return.accept", "The return was accepted", f"period: 2013–2014; {name}; Cleared → Accepted"),
        (
            "return.clear",
            "The return was cleared by the organization",
            f"period: 2013–2014; {name}; Submitted → Cleared",
        ),
        ("return.submit", "The return was submitted", f"period: 2013–2014; {name}; Draft → Submitted"),
        ("return.save", "The return was saved", f"period: 2013–2014; {name}; version: 2"),
    ]


def test_each_row_carries_its_place_in_the_chain(desk: Desk) -> None:
    accepted(desk)
    rows = table_of(desk, desk["coordinator"])
    chain = {str(event.number): event.hash for event in AuditEvent.objects.filter(act__startswith="return.")}
    assert [row[0] for row in rows] == ["4", "3", "2", "1"]
    assert [row[7] for row in rows] == [chain[number] for number in ("4", "3", "2", "1")]
    page = text_of(desk, desk["coordinator"])
    assert all(f'title="{digest}"' in page for digest in chain.values())


def test_what_was_done_to_another_deliverable_is_not_in_it(desk: Desk) -> None:
    other = DeliverableFactory.create(plan=desk.plan)
    revise_due_date(deliverable=other, due=Due(date(2015, 3, 31)), seen=0, by=desk["coordinator"])
    saved(desk)
    assert [row[4] for row in table_of(desk, desk["coordinator"])] == ["return.save"]


def test_steps_that_many_returns_take_in_one_act_are_told_as_well(desk: Desk) -> None:
    desk.put(holder=desk["focal_point"])
    successor = MembershipFactory.create(organisation=desk.organisation, role="alternate").user
    who = {"leaver": desk["focal_point"], "successor": successor, "by": desk["coordinator"]}
    hand_over_returns(organisation=desk.organisation, **who)
    close_period(cycle=desk.cycle, version=1, by=desk["coordinator"])
    rows = [(row[0], row[4], row[6]) for row in table_of(desk, desk["coordinator"])]
    assert rows == [
        ("2", "period.close", "yes"),
        ("", "return.mark_not_reported", "no"),
        ("", "return.hand_over", "no"),
    ]


@pytest.mark.parametrize("ending", ["", "csv", "json"])
@pytest.mark.parametrize("who", ["coordinator", "assessor", "focal_point", "alternate", "clearing_officer", "reader"])
def test_no_word_of_a_draft_is_in_it(desk: Desk, who: str, ending: str) -> None:
    saved(desk)
    assert SECRET not in text_of(desk, desk[who], ending)


@pytest.mark.parametrize("ending", ["", "csv", "json"])
def test_others_may_not_read_it(desk: Desk, ending: str) -> None:
    saved(desk)
    outside = [who for who in desk.people if who.startswith("other_")] + ["nobody"]
    assert {ask(desk, desk[who], ending).status_code for who in outside} == {403}
    assert ask(desk, None, ending).status_code == 302


def test_an_organisation_that_only_supports_may_not_read_it(desk: Desk) -> None:
    elsewhere = Membership.objects.get(user=desk["other_reader"]).organisation
    ResponsibilityFactory.create(deliverable=desk.one.deliverable, organisation=elsewhere, kind="support")
    assert ask(desk, desk["other_reader"]).status_code == 403


def test_an_organisation_that_led_it_once_and_never_answered_may_not_read_it(desk: Desk) -> None:
    elsewhere = Membership.objects.get(user=desk["other_reader"]).organisation
    past = {"from_date": date(2012, 1, 1), "to_date": date(2013, 1, 1)}
    ResponsibilityFactory.create(deliverable=desk.one.deliverable, organisation=elsewhere, **past)
    assert ask(desk, desk["other_reader"]).status_code == 403


def test_names_show_to_who_is_over_the_plan_and_within_an_organisation(desk: Desk) -> None:
    accepted(desk)
    owner, its = desk.plan.owner.names.get().name_en, desk.organisation.names.get().name_en
    coordinator, officer = desk["coordinator"].name, desk["clearing_officer"].name
    over = [row[2] for row in table_of(desk, desk["assessor"])]
    assert over[:2] == [f"{coordinator} (coordinator of a plan, {owner})", f"{officer} (clearing officer, {its})"]
    within = [row[2] for row in table_of(desk, desk["reader"])]
    assert within[:2] == [f"coordinator of a plan, {owner}", f"{officer} (clearing officer, {its})"]


def test_another_lead_sees_roles_and_no_names(desk: Desk) -> None:
    saved(desk)
    elsewhere = Membership.objects.get(user=desk["other_reader"]).organisation
    ResponsibilityFactory.create(deliverable=desk.one.deliverable, organisation=elsewhere)
    assert [row[2] for row in table_of(desk, desk["other_reader"])] == [
        f"focal point, {desk.organisation.names.get().name_en}"
    ]


def test_what_an_assessor_found_is_theirs_until_the_period_is_closed(desk: Desk) -> None:
    assess(
        cycle=desk.cycle,
        deliverable=desk.one.deliverable,
        status="not_started",
        note_en="Nothing was shown.",
        note_fr="",
        seen=0,
        by=desk["assessor"],
    )

    def told(who: str) -> str:
        return next(row[5] for row in table_of(desk, desk[who]) if row[4] == "assessment.give")

    assert told("assessor") == "period: 2013–2014; status: Not started"
    assert [told(who) for who in ("coordinator", "reader")] == ["period: 2013–2014"] * 2
    assert "not_started" not in text_of(desk, desk["coordinator"], "json")
    close_period(cycle=desk.cycle, version=1, by=desk["coordinator"])
    assert told("reader") == "period: 2013–2014; status: Not started"


def test_a_name_that_looks_like_a_formula_is_made_safe(desk: Desk) -> None:
    User.objects.filter(pk=desk["focal_point"].pk).update(name='=HYPERLINK("https://example.org")')
    desk["focal_point"].refresh_from_db()
    saved(desk)
    assert table_of(desk, desk["coordinator"])[0][2].startswith("'=HYPERLINK")


def test_the_file_for_programs_says_it_in_both_languages(desk: Desk) -> None:
    saved(desk)
    told = json.loads(text_of(desk, desk["coordinator"], "json"))
    assert (told["plan"], told["deliverable"], len(told["acts"])) == (desk.plan.code, desk.one.deliverable.code, 1)
    act = told["acts"][0]
    assert act["what"] == {"en": "The return was saved", "fr": "Le compte rendu a été enregistré"}
    assert act["codes"] == {"period": "2013-2014", "organisation": desk.organisation.code, "version": 2}
    assert (act["number"], act["hash"]) == (1, AuditEvent.objects.get(act="return.save").hash)


def test_what_is_done_while_a_file_is_read_is_not_in_it(desk: Desk) -> None:
    saved_again(desk)
    acts = acts_on(desk["coordinator"], desk.one.deliverable)
    assert acts
    lines = json_lines(desk.one.deliverable, acts)
    begun = next(lines)
    saved_again(desk)
    assert [each["codes"]["version"] for each in json.loads(begun + "".join(lines))["acts"]] == [2]


def test_nothing_done_is_said_kindly(desk: Desk) -> None:
    assert "Nothing was done about it here yet" in text_of(desk, desk["coordinator"])
    assert json.loads(text_of(desk, desk["coordinator"], "json"))["acts"] == []


def test_the_pages_queries_do_not_grow(desk: Desk) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(desk, desk["coordinator"])
        return len(asked)

    saved(desk)
    before = count()
    for _ in range(60):
        saved_again(desk)
    assert count() == before


def saved_again(desk: Desk) -> None:
    one = desk.fresh()
    content = Content(status="in_progress", narrative_en=f"{SECRET} {one.version}")
    save_draft(of=one, version=one.version, content=content, by=desk["focal_point"])


def test_a_long_history_has_pages(desk: Desk) -> None:
    for _ in range(60):
        saved_again(desk)
    client = Client()
    client.force_login(desk["coordinator"])
    address = reverse("deliverable_history", args=[desk.plan.code, desk.one.deliverable.code])
    second = client.get(f"{address}?page=2").content.decode()
    assert second.count("The return was saved") == 10
    assert len(table_of(desk, desk["coordinator"])) == 60


def test_the_pages_that_lead_there_show_the_way_to_those_who_may(desk: Desk) -> None:
    address = reverse("deliverable_history", args=[desk.plan.code, desk.one.deliverable.code])
    leading = reverse("deliverable", args=[desk.plan.code, desk.one.deliverable.code])
    for who, shows in ((desk["reader"], True), (desk["other_reader"], False), (None, False)):
        client = Client()
        if who:
            client.force_login(who)
        assert (address in client.get(leading).content.decode()) is shows
    client = Client()
    client.force_login(desk["focal_point"])
    assert address in client.get(reverse("return_history", args=[desk.one.pk])).content.decode()


def test_an_event_is_listed_with_all_that_it_speaks_of(desk: Desk) -> None:
    also = [{"plan": "earlier", "code": "7"}]
    with transaction.atomic():
        record(by=desk["coordinator"], act="lineage.link", about=desk.plan, plan="later", code="3", also=also)
        record(by=desk["coordinator"], act="rules.set", about=desk.plan, plan="later", rules=[])
        record(by=desk["coordinator"], act="organisation.rename", about=desk.plan, code="rcmp")
        record(by=desk["coordinator"], act="recommendation.link", about=desk.plan, plan="later", deliverable="4")
    assert list(AuditSubject.objects.order_by("number", "key").values_list("number", "key")) == [
        (1, "earlier/7"),
        (1, "later/3"),
        (2, "later/"),
        (4, "later/4"),
    ]


def test_a_return_of_another_period_belongs_to_the_same_history(desk: Desk) -> None:
    saved(desk)
    other = ReturnFactory.create(
        deliverable=desk.one.deliverable, organisation=desk.organisation, cycle__plan=desk.plan, cycle__first_year=2014
    )
    one = type(desk.one).objects.select_related("cycle__period__plan__owner").get(pk=other.pk)
    save_draft(of=one, version=one.version, content=Content(status="complete"), by=desk["focal_point"])
    assert [row[5].split(";")[0] for row in table_of(desk, desk["coordinator"])] == [
        "period: 2014–2015",
        "period: 2013–2014",
    ]
