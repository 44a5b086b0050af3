"""What the browser finds: samples, extremes, published reports, proposals in every state, and people."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.base import ContentFile
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult

from palermo.commands.sample import load_sample
from palermo.figures.releases.models import Release
from palermo.figures.series.actions import Revision, declare_sum, retire_series, revise_observation
from palermo.figures.series.models import Series
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
from palermo.prosecution.tips.actions.holding import hold_tip
from palermo.prosecution.tips.models import Tip
from tests.browser import extremes
from tests.browser.people import COORDINATOR, KEY_HOLDER, NEWCOMER, PASSWORD, READER, SECRET, TWO_STEPS, UNDECIDED
from tests.browser.places import FIGURES
from tests.figures.releases.making import csv, protected, synthetic_team, team
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, entered, row
from tests.figures.series.handling import csv_of, kept, line
from tests.plan.imports.handling import confirmed, made_ready
from tests.prosecution.tips import desks

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
    _figures()
    _releases()
    _files_of_figures(User.objects.get(email=COORDINATOR))
    _tips(User.objects.get(email=TWO_STEPS))


def _tips(user: User) -> None:
    """A desk besides the public one, with a member whose key waits, and tips in every state, one of them on hold."""
    desk = desks.a_desk(Organisation.objects.get(code="ministry-of-length"))
    Membership.objects.create(user=user, organisation=desk.organisation, role=Role.DESK_MEMBER)
    member, _other = two = desks.two_members(desk, user)
    desks.a_member(desk)
    desks.noted(member, desks.a_tip(desk))
    desks.a_tip(desk, wants_box=False)
    held = desks.closed_by(two, desks.a_tip(desk, wants_box=False))
    hold_tip(by=member.user, tip=held, reason="court", version=held.version)
    near = desks.closed_by(two, desks.a_tip(desk, wants_box=False), "other")
    Tip.objects.filter(pk=near.pk).update(erase_on=localdate() + timedelta(days=20), warned_on=localdate())
    desks.erased_by(two, desks.a_tip(desk))


def _releases() -> None:
    """One that stopped over mistakes in its records and one of synthetic records, beside those of the sample."""
    government, length = (Organisation.objects.get(code=code) for code in ("examplia-government", "ministry-of-length"))
    protected(team(government), csv() + b"Nobody,x,BC\nNobody,F\n")
    made_up = protected(synthetic_team(length))
    Release.objects.filter(pk=made_up.pk).update(title_en="Made-up permits", title_fr="Permis inventés")


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


def _figures() -> None:
    """A series with everything that a page can show, one without a number, and one that was given up for it."""
    justice, keeper = (Organisation.objects.get(code=f"examplia-{code}") for code in ("justice", "government"))
    title = {"title_en": "Permits, as a test has them", "title_fr": "Permis, tels que dans un essai"}
    shown = SeriesFactory.create(code=FIGURES, owner=justice, keeper=keeper, cut={"sex": ("F", "M", "X" * 40)}, **title)
    one, other = SourceDocumentFactory.create(), SourceDocumentFactory.create()
    first = entered(shown, row(20, 2011, document=one), row(48, document=one), row(30, sex="F", document=one))[0]
    entered(shown, row(17, sex="M", document=one), row(50, document=other, mark="approximate"))
    entered(shown, row(None, 2013, mark="suppressed", known_on=date(2014, 6, 1)))
    to = Revision(Decimal(21), "provisional", reason_en="Recounted.", document=one, known_on=date(2014, 1, 1))
    revise_observation(observation=first, to=to, by=command_line())
    shown.breaks.create(on=date(2012, 6, 28), what_en="A new law.", what_fr="Une nouvelle loi.")
    empty = SeriesFactory.create(
        code=f"{FIGURES}-empty", owner=justice, keeper=keeper, title_en="Empty", title_fr="Vide"
    )
    old = SeriesFactory.create(code=f"{FIGURES}-old", owner=justice, keeper=keeper, title_en="Old", title_fr="Ancienne")
    retire_series(series=old, on=date(2012, 1, 1), because_en="Counted anew.", successor=empty, by=command_line())
    parts, titles = [(shown, "sex=F"), (shown, "sex=M")], {"title_en": "Women and men", "title_fr": "Femmes et hommes"}
    declare_sum(code=FIGURES, total=(shown, ""), parts=parts, by=command_line(), **titles)


def _files_of_figures(by: User) -> None:
    """Uploaded files that wait for a decision: one adds, revises and leaves a figure, one has mistakes."""
    data = csv_of(line("55", 2012), line("60", 2014), line("4", 2014, sex="F"), line("7", 2013, mark="provisional"))
    kept(Series.objects.get(code=FIGURES), data, by)
    wrong = b"starts_on,ends_on,value\n2012-04-01,2013-03-31,many\n2013-04-01,2013-03-31,5\n"
    kept(Series.objects.get(code=f"{FIGURES}-empty"), wrong, by)
