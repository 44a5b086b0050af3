"""Linking promises by hand and by suggestion, undoing it, and never in a circle."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.audit.models import AuditEvent, AuditSubject
from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.plan.register.models import Deliverable, Lineage, Plan
from palermo.plan.register.vocabulary import LineageKind
from palermo.plan.succession.actions import link as acts
from palermo.plan.succession.actions.link import Why
from palermo.plan.succession.models import Dismissal
from palermo.plan.succession.queries.suggestions import plan_before, suggestions
from tests.factories import DeliverableFactory, PlanFactory, UserFactory, coordinator_of
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db
WHY = Why(LineageKind.RENAMED, note_en="The same beds.")


@pytest.fixture
def earlier() -> Plan:
    return PlanFactory.create(code="earlier", starts_on=date(2012, 4, 1))


@pytest.fixture
def later(earlier: Plan) -> Plan:
    return PlanFactory.create(code="later", owner=earlier.owner, starts_on=date(2017, 4, 1), predecessor_code="earlier")


@pytest.fixture
def before(earlier: Plan) -> Deliverable:
    return DeliverableFactory.create(
        plan=earlier, code="4", text_en="Open ten emergency beds for people.", text_fr="Ouvrir dix lits d’urgence."
    )


@pytest.fixture
def after(later: Plan) -> Deliverable:
    return DeliverableFactory.create(
        plan=later, code="1", text_en="Open ten emergency beds for all people.", text_fr="Ouvrir dix lits d’urgence."
    )


@pytest.fixture
def coordinator(later: Plan) -> User:
    return coordinator_of(later.owner)


def everything() -> object:
    models = (Lineage, Dismissal, AuditEvent, AuditSubject)
    return [list(model.objects.order_by("pk").values()) for model in models]


def suggested(plan: Plan) -> list[tuple[str, str]]:
    return [(each.before.code, each.after.code) for each in suggestions(command_line(), plan, 50).shown]


def test_a_link_by_hand_says_why(before: Deliverable, after: Deliverable, coordinator: User) -> None:
    made = acts.link_by_hand(before=before, after=after, why=WHY, by=coordinator)
    assert (made.after_plan, made.after_code, made.kind, made.note_en) == ("later", "1", "renamed", "The same beds.")
    event = AuditEvent.objects.get()
    assert (event.act, event.details["earlier"], event.details["kind"]) == ("lineage.link", "earlier 4", "renamed")
    assert set(AuditSubject.objects.values_list("key", flat=True)) == {"later/1", "earlier/4"}


def test_a_link_without_a_note_is_refused(before: Deliverable, after: Deliverable, coordinator: User) -> None:
    with pytest.raises(ValueError, match="says why"):
        acts.link_by_hand(before=before, after=after, why=Why(LineageKind.SPLIT, " ", ""), by=coordinator)


def test_each_act_is_all_or_nothing(before: Deliverable, after: Deliverable, coordinator: User) -> None:
    assert_all_or_nothing(lambda: acts.link_by_hand(before=before, after=after, why=WHY, by=coordinator), everything)
    line = Lineage.objects.get()
    assert_all_or_nothing(lambda: acts.unlink(lineage=line, by=coordinator), everything)
    assert_all_or_nothing(lambda: acts.dismiss(before=before, after=after, by=coordinator), everything)
    said = Dismissal.objects.get()
    assert_all_or_nothing(lambda: acts.suggest_again(dismissal=said, by=coordinator), everything)
    assert_all_or_nothing(lambda: acts.confirm(before=before, after=after, by=coordinator), everything)
    assert list(AuditEvent.objects.values_list("act", flat=True)) == [
        "lineage.link",
        "lineage.unlink",
        "lineage.dismiss",
        "lineage.suggest_again",
        "lineage.link",
    ]


def test_only_coordinators_of_the_later_plan_may(before: Deliverable, after: Deliverable, coordinator: User) -> None:
    line = acts.link_by_hand(before=before, after=after, why=WHY, by=coordinator)
    said = Dismissal.objects.create(before=before, after=after, by=coordinator)
    stranger = UserFactory.create()
    for act in (
        lambda: acts.link_by_hand(before=before, after=after, why=WHY, by=stranger),
        lambda: acts.confirm(before=before, after=after, by=stranger),
        lambda: acts.unlink(lineage=line, by=stranger),
        lambda: acts.dismiss(before=before, after=after, by=stranger),
        lambda: acts.suggest_again(dismissal=said, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (Lineage.objects.count(), Dismissal.objects.count()) == (1, 1)


def test_twice_is_refused_and_gone_is_said(before: Deliverable, after: Deliverable, coordinator: User) -> None:
    line = acts.link_by_hand(before=before, after=after, why=WHY, by=coordinator)
    with pytest.raises(acts.AlreadyLinkedError):
        acts.confirm(before=before, after=after, by=coordinator)
    acts.unlink(lineage=line, by=coordinator)
    with pytest.raises(acts.GoneError):
        acts.unlink(lineage=line, by=coordinator)


def test_a_promise_goes_back_to_an_earlier_plan_only(before: Deliverable, after: Deliverable, later: Plan) -> None:
    beside = DeliverableFactory.create(plan=later)
    for one, other in ((after, before), (beside, after)):
        with pytest.raises(acts.NotEarlierError):
            acts.link_by_hand(before=one, after=other, why=WHY, by=command_line())


def test_plans_without_dates_do_not_make_a_circle(before: Deliverable, after: Deliverable) -> None:
    Plan.objects.update(starts_on=None, ends_on=None)
    one, other = (Deliverable.objects.select_related("plan__owner").get(pk=each.pk) for each in (before, after))
    acts.link_by_hand(before=one, after=other, why=WHY, by=command_line())
    third = DeliverableFactory.create(plan__starts_on=None, plan__ends_on=None)
    acts.link_by_hand(before=other, after=third, why=WHY, by=command_line())
    with pytest.raises(acts.NotEarlierError):
        acts.link_by_hand(before=third, after=one, why=WHY, by=command_line())


def test_the_plan_before_is_the_one_named_or_the_newest_of_the_owner(earlier: Plan, later: Plan) -> None:
    between = PlanFactory.create(owner=earlier.owner, starts_on=date(2015, 4, 1))
    assert plan_before(command_line(), later) == earlier
    Plan.objects.filter(pk=later.pk).update(predecessor_code="")
    later.refresh_from_db()
    assert plan_before(command_line(), later) == between
    assert plan_before(command_line(), earlier) is None


def test_what_reads_alike_is_suggested(before: Deliverable, after: Deliverable, later: Plan, earlier: Plan) -> None:
    DeliverableFactory.create(plan=later, code="9", text_en="Tell seasonal workers their rights.", text_fr="")
    DeliverableFactory.create(plan=earlier, code="1", text_en="Sign agreements with four towns.", text_fr="")
    assert suggested(later) == [("4", "1")]


def test_words_that_are_alike_in_french_alone_are_enough(earlier: Plan, later: Plan) -> None:
    DeliverableFactory.create(plan=earlier, code="a", text_en="", text_fr="Ouvrir dix lits d’urgence.")
    DeliverableFactory.create(plan=later, code="b", text_en="Beds.", text_fr="Ouvrir dix lits d’urgence.")
    assert suggested(later) == [("a", "b")]


def test_what_is_decided_is_not_suggested_again(
    before: Deliverable, after: Deliverable, later: Plan, coordinator: User
) -> None:
    acts.dismiss(before=before, after=after, by=coordinator)
    acts.dismiss(before=before, after=after, by=coordinator)
    assert suggested(later) == []
    acts.suggest_again(dismissal=Dismissal.objects.get(), by=coordinator)
    assert suggested(later) == [("4", "1")]
    acts.confirm(before=before, after=after, by=coordinator)
    assert suggested(later) == []
    assert AuditEvent.objects.filter(act="lineage.dismiss").count() == 1


@pytest.mark.parametrize(
    ("english", "kind"), [("Open ten emergency beds for people.", "carried_forward"), ("Beds.", "renamed")]
)
def test_the_kind_follows_from_the_words(
    before: Deliverable, after: Deliverable, coordinator: User, english: str, kind: str
) -> None:
    Deliverable.objects.filter(pk=after.pk).update(text_en=english)
    after.refresh_from_db()
    assert acts.confirm(before=before, after=after, by=coordinator).kind == kind


def post(who: User, **fields: str) -> object:
    client = Client()
    client.force_login(who)
    return client.post(reverse("succession", args=["later"]), fields, follow=True).content.decode()


def test_the_page_decides_with_one_click(before: Deliverable, after: Deliverable, coordinator: User) -> None:
    pair = f"{before.pk}-{after.pk}"
    assert "It is not suggested again." in str(post(coordinator, do=f"dismiss:{pair}"))
    again = str(post(coordinator, do=f"suggest_again:{Dismissal.objects.get().pk}"))
    assert "It may be suggested again." in again
    assert "1 promise reads like one of the plan before" in again
    assert "Linked. The public pages show it now." in str(post(coordinator, do=f"confirm:{pair}"))
    undone = str(post(coordinator, do=f"unlink:{Lineage.objects.get().pk}"))
    assert "The link is undone." in undone
    assert not Lineage.objects.exists()


def test_the_page_links_by_hand(before: Deliverable, after: Deliverable, coordinator: User) -> None:
    sent = {
        "do": "link",
        "later": "1",
        "plan": "earlier",
        "earlier": "4",
        "kind": "merged",
        "note_fr": "Les mêmes lits.",
    }
    assert "Linked. The public pages show it now." in str(post(coordinator, **sent))
    assert "The two are linked already" in str(post(coordinator, **sent))
    assert Lineage.objects.get().note_fr == "Les mêmes lits."


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("later", "77", "has nothing with the code 77."),
        ("earlier", "78", "has nothing with the code 78."),
        ("note_en", "", "Say in one language at least why they are the same promise."),
        ("kind", "stolen", "Select a valid choice"),
    ],
)
def test_the_page_says_what_is_wrong(
    before: Deliverable, after: Deliverable, coordinator: User, field: str, value: str, said: str
) -> None:
    sent = {"do": "link", "later": "1", "plan": "earlier", "earlier": "4", "kind": "merged", "note_en": "Same."}
    assert said in str(post(coordinator, **{**sent, field: value}))
    assert not Lineage.objects.exists()


def test_what_was_not_offered_is_not_found(before: Deliverable, after: Deliverable, coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator)
    for do in ("confirm:1", f"confirm:{after.pk}-{before.pk}", "dismiss:x-y", "burn:1", ""):
        assert client.post(reverse("succession", args=["later"]), {"do": do}).status_code == 404
    assert client.get(reverse("succession", args=["elsewhere"])).status_code == 404


def test_the_number_of_queries_does_not_grow(earlier: Plan, later: Plan, coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("succession", args=["later"]))
        return len(asked)

    def more(number: int) -> None:
        for _ in range(number):
            one, other, third, fourth = (DeliverableFactory.create(plan=plan) for plan in (earlier, later) * 2)
            Lineage.objects.create(before=one, after=other, after_plan="later", after_code=other.code, kind="split")
            Dismissal.objects.create(before=third, after=fourth, by=coordinator)

    for plan in (earlier, later):
        DeliverableFactory.create(plan=plan, text_en="Hear the survivor council.", text_fr="")
    more(2)
    before = count()
    more(30)
    assert count() == before
