"""A published report, from the file to the plan and back."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.plan.imports.actions.confirm import confirm, lacking
from palermo.plan.imports.actions.edit_frame import edit_frame
from palermo.plan.imports.actions.map_organisation import accept_new_organisations, map_organisation
from palermo.plan.imports.actions.mark_rows import keep_wording
from palermo.plan.imports.actions.propose import propose
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.queries import counts, left_out
from palermo.plan.planfile import load
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import StatusRecord
from tests.factories import OrganisationFactory, coordinator_of
from tests.plan.imports.handling import frame_edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(shared: Path) -> bytes:
    """The annual report of the federal plan."""
    return next((shared / "seeds").glob("003_*.txt")).read_bytes()


def decided(proposal: Proposal, by: User) -> Proposal:
    accept_new_organisations(by=by, proposal=proposal, frame_version=proposal.frame_version)
    proposal.refresh_from_db()
    edit = frame_edit(proposal, title_en="National plan", code="national", jurisdiction="CA")
    return edit_frame(by=by, proposal=proposal, frame_version=proposal.frame_version, edit=edit)


def test_the_report_becomes_a_plan(report: bytes) -> None:
    owner = OrganisationFactory.create()
    by = coordinator_of(owner)
    proposal = decided(propose(by=by, upload=ContentFile(report, "report.txt"), owner=owner), by)
    assert lacking(proposal) == []
    plan = confirm(by=by, proposal=proposal, version=proposal.version).plan
    by_depth = Counter(section.level.depth for section in plan.sections.select_related("level"))
    assert (by_depth[1], by_depth[3], plan.deliverables.count()) == (4, 18, 107)
    statuses = Counter(StatusRecord.objects.values_list("value", flat=True))
    assert statuses == {"ongoing": 66, "complete": 32, "in_progress": 8, "not_stated": 1}
    assert plan.deliverables.filter(added_in__isnull=False).count() == 5


def test_the_same_report_again_changes_nothing(report: bytes) -> None:
    owner = OrganisationFactory.create()
    by = coordinator_of(owner)
    proposal = decided(propose(by=by, upload=ContentFile(report, "report.txt"), owner=owner), by)
    plan = confirm(by=by, proposal=proposal, version=proposal.version).plan
    again = propose(by=by, upload=ContentFile(report, "report.txt"), plan=plan)
    found = counts(by, again)
    assert (found.new, found.changed, found.same) == (0, 0, 107)
    assert not left_out(by, again).exists()


def test_the_report_says_what_the_sample_says(report: bytes) -> None:
    """The sample was written by hand, in other words: every row is found, and start, status and leads agree."""
    file = load(files("palermo.plan.samples").joinpath("ca-2012.json").read_bytes())
    plan, by = load_plan(file=file, by=command_line()).plan, command_line()
    proposal = propose(by=by, upload=ContentFile(report, "report.txt"), plan=plan)
    meant = [
        one.model_copy(update={"code": one.suggested or one.parent})
        for one in frame_in(proposal).organisations
        if one.is_open
    ]
    map_organisation(by=by, proposal=proposal, frame_version=1, organisations=meant)
    keep_wording(by=by, proposal=proposal)
    found = counts(by, proposal)
    assert (found.new, found.changed, found.same) == (0, 0, 107)
