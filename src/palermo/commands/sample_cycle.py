"""The invented plan's year, half done: people with every role, and returns at every step of their way."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    from palermo.people.models import User
    from palermo.plan.register.models import Plan
    from palermo.plan.returns.actions.numbers import SeriesNumber
    from palermo.plan.returns.models import Cycle, Return

FILE = Path(__file__).resolve().parents[1] / "plan" / "samples" / "returns" / "example-country-2023.json"
DUE_IN = timedelta(days=5)
"""Returns are due a few days after the sample was loaded, so that some is done and some still to do."""

PEOPLE = (
    ("focal-point@example.ca", "Dominique Example", "focal_point", "examplia-justice"),
    ("alternate@example.ca", "Sacha Example", "alternate", "examplia-justice"),
    ("clearing-officer@example.ca", "Charlie Example", "clearing_officer", "examplia-justice"),
    ("labour-focal-point@example.ca", "Camille Example", "focal_point", "examplia-labour"),
    ("labour-clearing-officer@example.ca", "Andrea Example", "clearing_officer", "examplia-labour"),
    ("assessor@example.ca", "Maxime Example", "assessor", "examplia-government"),
    ("analyst@example.ca", "Morgan Example", "analyst", "examplia-government"),
    ("worker@example.ca", "Robin Example", "worker", "examplia-justice"),
    ("desk@example.ca", "Noa Example", "desk_member", "examplia-justice"),
    ("second-desk@example.ca", "Kim Example", "desk_member", "examplia-justice"),
    ("labour-desk@example.ca", "Jo Example", "desk_member", "examplia-labour-inspectorate"),
    ("reader@example.ca", "Alex Example", "reader", "examplia-justice"),
)
"""Address, name, role and organisation of everybody but the coordinator."""

PREDECESSOR = "predecessor@example.ca"
"""Who wrote and cleared in the year before, for the organisations that nobody of the above acts for. Cannot sign in."""


class Link(TypedDict):
    """A piece of evidence of the sample."""

    title_en: str
    title_fr: str
    url: str
    publish: bool


class Told(TypedDict, total=False):
    """One return of the sample, and how far it comes."""

    deliverable: str
    organisation: str
    reaches: str
    content: dict[str, str]
    figures: list[dict[str, str]]
    numbers: list[dict[str, str]]
    links: list[Link]
    questions: list[str]


def make_people(password: str) -> None:
    """Make the accounts that are missing, each with its role; those that are there get this password."""
    from palermo.people.actions import create_account, give_role, set_password
    from palermo.people.models import Organisation, Role, User
    from palermo.people.queries import command_line

    for email, name, role, code in PEOPLE:
        user = User.objects.filter(email=email).first()
        if user is None:
            user = create_account(email=email, name=name, password=password, by=command_line())
        elif not user.check_password(password):
            set_password(user=user, password=password, by=command_line())
        organisation = Organisation.objects.filter(code=code).first()
        if organisation:
            give_role(user=user, organisation=organisation, role=Role(role), by=command_line())


def load_cycle(coordinator: User) -> str:
    """Open the sample's period and bring its returns as far as the file says. Empty where it was opened before."""
    from django.db import transaction

    from palermo.foundation.periods import Period
    from palermo.plan.register.models import Plan
    from palermo.plan.returns.actions.cycles import open_period
    from palermo.plan.returns.models import Cycle

    said = json.loads(FILE.read_text())
    plan = Plan.objects.filter(code=said["plan"]).first()
    if plan is None or Cycle.objects.filter(period__plan=plan, period__starts_on=said["starts_on"]).exists():
        return ""
    with transaction.atomic():
        cycle = open_period(
            plan=plan,
            span=Period(date.fromisoformat(said["starts_on"]), date.fromisoformat(said["ends_on"])),
            due_on=date.today() + DUE_IN,
            note_en=said["note"]["en"],
            note_fr=said["note"]["fr"],
            by=coordinator,
        )
        for told in said["returns"]:
            bring(cycle, cast(Told, told), coordinator)
        assess_some(cycle, plan, said["assessments"])
    return f"Opened the period {cycle.period.code} of {plan.code}, and brought its returns half way."


def bring(cycle: Cycle, told: Told, coordinator: User) -> None:
    """Take one return as far as the file says, each step in the name of the person whose it is."""
    from palermo.plan.returns.actions import steps

    of = cycle.returns.select_related("cycle__period__plan__owner", "deliverable", "organisation")
    one = of.get(deliverable__code=told["deliverable"], organisation__code=told["organisation"])
    one = _write(one, told)
    far = ("draft", "submitted", "cleared", "accepted").index(
        "cleared" if told["reaches"] == "returned" else told["reaches"]
    )
    if far > 0:
        one = steps.submit(of=one, version=one.version, by=_person(one, "focal_point"))
    if far > 1:
        one = steps.clear(of=one, version=one.version, by=_person(one, "clearing_officer"))
    if far > 2:
        steps.accept(of=one, version=one.version, by=coordinator)
    if told["reaches"] == "returned":
        steps.send_back(of=one, version=one.version, questions=told["questions"], language="en", by=coordinator)


def _write(one: Return, told: Told) -> Return:
    from palermo.plan.returns.actions.drafting import Content, Number, add_figure, save_draft
    from palermo.plan.returns.actions.evidence import add_link, clear_for_publication

    writer = _person(one, "focal_point")
    words = dict(told["content"])
    spent, moved = words.pop("spent", None), words.pop("moved_by_days", None)
    content = Content(
        **words,
        spent=Decimal(spent) if spent else None,
        new_due_on=date.today() + timedelta(days=int(moved)) if moved else None,
    )
    numbers = _numbers(one, told.get("numbers", []))
    one = save_draft(of=one, version=one.version, content=content, numbers=numbers, by=writer)
    for figure in told.get("figures", []):
        number = Number(figure["label_en"], figure["label_fr"], Decimal(figure["value"]))
        add_figure(of=one, number=number, by=writer)
    for link in told.get("links", []):
        proof = add_link(of=one, title_en=link["title_en"], title_fr=link["title_fr"], url=link["url"], by=writer)
        if link["publish"]:
            clear_for_publication(proof=proof, names_nobody=True, by=_person(one, "clearing_officer"))
    return one


def _numbers(one: Return, told: list[dict[str, str]]) -> list[SeriesNumber]:
    """What a return says of the series that it is asked for; the others may not be there."""
    from palermo.plan.returns.actions.numbers import SeriesNumber
    from palermo.plan.returns.queries.numbers import numbers_asked

    asked = {each.series.code: each.series for each in numbers_asked(_person(one, "focal_point"), one)} if told else {}
    return [
        SeriesNumber(asked[each["series"]], Decimal(each["value"]), each["mark"])
        for each in told
        if each["series"] in asked
    ]


def assess_some(cycle: Cycle, plan: Plan, assessments: list[dict[str, object]]) -> None:
    """Let the assessor say how far some deliverables are."""
    from palermo.people.models import User
    from palermo.plan.returns.actions.assess import assess

    assessor = User.objects.get(email="assessor@example.ca")
    for each in assessments:
        note = cast(dict[str, str], each["note"])
        deliverable = plan.deliverables.get(code=each["deliverable"])
        assess(
            cycle=cycle,
            deliverable=deliverable,
            status=str(each["status"]),
            note_en=note["en"],
            note_fr=note["fr"],
            seen=0,
            by=assessor,
        )


def _person(one: Return, role: str) -> User:
    """Who has the role in the organisation of a return."""
    from palermo.people.models import User

    holders = (email for email, _name, has, code in PEOPLE if (has, code) == (role, one.organisation.code))
    return User.objects.get(email=next(holders, PREDECESSOR))


RECOMMENDATIONS = FILE.parents[1] / "recommendations" / FILE.name


def load_recommendations(coordinator: User) -> str:
    """Add the invented recommendations to the sample's plan. Empty where it has some."""
    from django.db import transaction

    from palermo.plan.recommendations.actions.keep import Words, add_recommendation, link
    from palermo.plan.recommendations.models import Recommendation
    from palermo.plan.recommendations.vocabulary import Response, SourceKind
    from palermo.plan.register.models import Plan

    plan = Plan.objects.filter(code=FILE.stem).first()
    if plan is None or Recommendation.objects.filter(plan=plan).exists():
        return ""
    with transaction.atomic():
        for told in json.loads(RECOMMENDATIONS.read_text()):
            answers = told.pop("answered_by")
            words = Words(
                source=SourceKind(told.pop("source")),
                response=Response(told.pop("response")),
                issued_on=date.fromisoformat(told.pop("issued_on")),
                **told,
            )
            made = add_recommendation(plan=plan, words=words, by=coordinator)
            for deliverable in plan.deliverables.filter(code__in=answers):
                link(recommendation=made, deliverable=deliverable, by=coordinator)
    return f"Added recommendations to {plan.code}."
