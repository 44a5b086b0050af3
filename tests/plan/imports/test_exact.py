"""A plan file is taken exactly, narratives included, or not at all."""

from __future__ import annotations

from importlib.resources import files

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from palermo.people.models import Organisation, User
from palermo.people.queries import command_line
from palermo.plan.imports.actions.compare_again import compare_again
from palermo.plan.imports.actions.confirm import confirm
from palermo.plan.imports.actions.mark_rows import mark_rows
from palermo.plan.imports.actions.propose import propose
from palermo.plan.imports.errors import NoPlanFoundError, PlanHasChangedError, ProposalClosedError
from palermo.plan.imports.models import Proposal
from palermo.plan.planfile import dump, load
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import Deliverable, Plan
from palermo.plan.register.queries.plan_file import plan_file
from palermo.plan.report.actions.narrative import load_narratives
from palermo.plan.report.queries import narratives_for_file
from tests.factories import OrganisationFactory, PlanFactory, coordinator_of

pytestmark = pytest.mark.django_db
SAMPLES = ["ca-2012", "ca-ab-2020", "example-city-2021", "example-country-2023"]


def sample(name: str) -> bytes:
    return files("palermo.plan.samples").joinpath(f"{name}.json").read_bytes()


def exported(plan: Plan) -> bytes:
    viewer = command_line()
    return dump(plan_file(viewer, plan, narratives_for_file(viewer, plan)))


def proposed(data: bytes, by: User | None = None, **about: object) -> Proposal:
    return propose(by=by or command_line(), upload=ContentFile(data, "plan.json"), **about)  # type: ignore[arg-type]


def confirmed(proposal: Proposal) -> Plan:
    return confirm(by=command_line(), proposal=proposal, version=proposal.version).plan


@pytest.mark.parametrize("name", SAMPLES)
def test_an_export_imported_into_an_empty_system_is_exported_the_same(name: str) -> None:
    file = load(sample(name))
    with transaction.atomic():
        plan = load_plan(file=file, by=command_line()).plan
        load_narratives(by=command_line(), plan=plan, narratives=file.narratives)
        first = exported(plan)
        transaction.set_rollback(True)
    assert not Organisation.objects.exists()
    proposal = proposed(first)
    assert (proposal.plan, proposal.owner, proposal.rows.filter(change="new").count()) == (
        None,
        None,
        len(file.deliverables),
    )
    assert exported(confirmed(proposal)) == first


def test_the_same_file_again_changes_nothing() -> None:
    plan = confirmed(proposed(sample("example-city-2021")))
    again = proposed(exported(plan))
    assert (again.plan, set(again.rows.values_list("change", flat=True))) == (plan, {"same"})
    before = exported(plan)
    assert exported(confirmed(again)) == before


def test_its_rows_are_for_looking_at() -> None:
    proposal = proposed(sample("example-city-2021"))
    with pytest.raises(ProposalClosedError):
        mark_rows(by=command_line(), proposal=proposal, rows=[proposal.rows.first().pk], mark="drop")  # type: ignore[union-attr]


def test_a_plan_that_changed_meanwhile_is_looked_at_again() -> None:
    plan = confirmed(proposed(sample("example-city-2021")))
    again = proposed(exported(plan))
    one = Deliverable.objects.filter(plan=plan).order_by("position")[0]
    Deliverable.objects.filter(pk=one.pk).update(text_en="Something else")
    with pytest.raises(PlanHasChangedError):
        confirmed(again)
    compare_again(by=command_line(), proposal=again)
    again.refresh_from_db()
    assert again.rows.get(code=one.code).change == "changed"
    confirmed(again)
    one.refresh_from_db()
    assert one.text_en != "Something else"


def test_the_file_of_another_plan_is_refused() -> None:
    plan = PlanFactory.create()
    with pytest.raises(NoPlanFoundError) as refusal:
        proposed(sample("example-city-2021"), plan=plan)
    assert refusal.value.code == "json_other_plan"


def test_the_file_of_somebody_elses_plan_is_refused() -> None:
    mine = OrganisationFactory.create()
    with pytest.raises(NoPlanFoundError) as refusal:
        proposed(sample("example-city-2021"), by=coordinator_of(mine), owner=mine)
    assert refusal.value.code == "json_not_yours"
    assert not Proposal.objects.exists()
