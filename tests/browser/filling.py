"""What the browser finds: samples, extremes, published reports, proposals in every state, and people."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.base import ContentFile
from django_tasks_db.models import DBTaskResult

from palermo.commands.sample import load_sample
from palermo.people.actions import create_account, give_role
from palermo.people.models import Membership, Organisation, Role, User
from palermo.people.queries import command_line
from palermo.plan.imports.actions.drop_proposal import drop_proposal
from palermo.plan.imports.actions.propose import propose
from palermo.plan.imports.models import Proposal
from palermo.plan.planfile import load
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import Plan
from palermo.plan.register.queries.plans import latest_period
from palermo.plan.report.actions.publish import Correction, publish_edition
from palermo.plan.report.models import EditionFile
from palermo.plan.returns.actions.spreadsheet import keep_upload
from palermo.plan.returns.models import Return
from palermo.plan.returns.spreadsheet.reading import Reading, ReadRow, Said
from tests.browser import extremes
from tests.browser.people import COORDINATOR, KEY_HOLDER, NEWCOMER, PASSWORD, READER, SECRET, TWO_STEPS, UNDECIDED
from tests.plan.imports.handling import confirmed, made_ready

TABLE = (
    "Section code,Section title,Action,Lead,Status,Due\n"
    "1,Training,Train the drivers of buses,City Police,Ongoing,2014/2015\n"
    "1,Training,Print cards for workers,Harbour Office,more or less there,\n"
    "2,Care,Open a house at night,Health,Complete,soon\n"
)
STRANGE_TABLE = "Wording of it,Zzz,<b>Qqq</b>\nTrain police,Ongoing,one\nOpen a house,Complete,two\n"


def fill() -> None:
    """Make all of it in an empty house."""
    load_sample()
    for content in (extremes.long_plan(), extremes.empty_plan()):
        load_plan(file=load(content), by=command_line())
    _people()
    _editions()
    _proposals(User.objects.get(email=COORDINATOR))
    _spreadsheet(User.objects.get(email=COORDINATOR))


def _people() -> None:
    owners = Organisation.objects.filter(plans__isnull=False).distinct()
    for email in (COORDINATOR, READER, TWO_STEPS, NEWCOMER, KEY_HOLDER, UNDECIDED):
        user = create_account(email=email, name="Robin Example", password=PASSWORD, by=command_line())
        for owner in owners if email != READER else ():
            give_role(user=user, organisation=owner, role=Role.COORDINATOR, by=command_line())
        if email == COORDINATOR:
            _every_other_role(user)
    TOTP.activate(User.objects.get(email=TWO_STEPS), SECRET)


def _every_other_role(user: User) -> None:
    """Let one person see the pages of every role. Past the rules: nobody could give all of these to one."""
    justice, government = (Organisation.objects.get(code=f"examplia-{code}") for code in ("justice", "government"))
    for role in (Role.FOCAL_POINT, Role.CLEARING_OFFICER):
        Membership.objects.create(user=user, organisation=justice, role=role)
    Membership.objects.create(user=user, organisation=government, role=Role.ASSESSOR)


def _editions() -> None:
    """Two editions of the large plan, the second one a correction; one of a small plan, with a file."""
    for code, correction in (
        ("ca-2012", None),
        ("ca-2012", Correction("A date was wrong.", "Une date était fausse.")),
        ("example-long", None),
    ):
        period = latest_period(command_line(), Plan.objects.get(code=code))
        assert period is not None
        edition = publish_edition(by=command_line(), period=period, correction=correction)
    file = ContentFile(b"a,b\n", name="a.csv")
    EditionFile.objects.create(edition=edition, format="csv", language="en", file=file, size=4, sha256="0" * 64)
    # Nobody waits for the other files; the worker is for what the journey publishes.
    DBTaskResult.objects.all().delete()


def _proposals(by: User) -> None:
    """In this order: open with doubts, open about a known plan, to be mapped, confirmed, dropped."""
    sample = Plan.objects.get(code="example-country-2023")
    _proposed(by, "doubts.csv", TABLE, None)
    _proposed(by, "changes.csv", TABLE, sample)
    _proposed(by, "strange.csv", STRANGE_TABLE, None)
    confirmed(made_ready(_proposed(by, "confirmed.csv", TABLE, None), by), by)
    drop_proposal(by=by, proposal=_proposed(by, "dropped.csv", TABLE, None))


def _proposed(by: User, name: str, text: str, plan: Plan | None) -> Proposal:
    owner = None if plan else Organisation.objects.get(code="ministry-of-length")
    return propose(by=by, upload=ContentFile(text.encode(), name=name), owner=owner, plan=plan, period="2021-2022")


def _spreadsheet(by: User) -> None:
    """An uploaded spreadsheet that waits for a decision: one field changed, one in conflict, one return left out."""
    gathered = Return.objects.filter(cycle__period__gathering="open")
    one = gathered.get(deliverable__code="E2.1.1", organisation__code="examplia-justice")
    said = {"status": Said("complete", one.status), "narrative_en": Said("Written off line.\n\nTwice.", "As it was.")}
    reading = Reading((ReadRow(one.pk, one.version - 1, 2, said),), ())
    keep_upload(organisation=one.organisation, cycle=one.cycle, reading=reading, by=by)
