"""Releases for tests: small files of invented records, and people who prepare and approve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from palermo.figures.releases.actions.deciding import approve, submit
from palermo.figures.releases.actions.preparing import About, Wanted, begin_release, choose_tables
from palermo.figures.releases.actions.protecting import protect
from palermo.figures.releases.actions.records import Said, describe_column, upload_records
from palermo.figures.releases.actions.rules import Decided, create_rule_set, name_population
from palermo.figures.releases.described import CodeLine
from palermo.figures.releases.keeping import Kept, Sealing
from palermo.figures.releases.models import Population, Release, RuleSet
from palermo.figures.releases.vocabulary import Source, Use
from palermo.people.models import Organisation, Role, User
from tests.factories import MembershipFactory, OrganisationFactory

DECIDED = Decided(
    title_en="Five or more",
    title_fr="Cinq ou plus",
    decided_on=date(2025, 1, 15),
    decided_by_en="Committee on figures",
    decided_by_fr="Comité des chiffres",
    reason_en="Fewer than five people can know each other.",
    reason_fr="Moins de cinq personnes peuvent se connaître.",
)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
ABOUT = About("Permits", "Permis", "Permits by place.", "Permis par lieu.", "permit", *YEAR)
SEX = (CodeLine("F", "women", "femmes"), CodeLine("M", "men", "hommes"))
PLACE = (
    CodeLine("W", "west", "ouest"),
    CodeLine("BC", "British Columbia", "Colombie-Britannique", "W"),
    CodeLine("AB", "Alberta", "Alberta", "W"),
    CodeLine("ON", "Ontario", "Ontario"),
)
COUNTS = {("F", "BC"): 12, ("F", "AB"): 3, ("F", "ON"): 20, ("M", "BC"): 9, ("M", "AB"): 8, ("M", "ON"): 2}
"""How many records each combination has."""
CANARY = "Wilhelmina Canary-Quux"
"""A name in the records, which must never stand anywhere in clear."""


@dataclass(frozen=True)
class Team:
    """An organisation with somebody who prepares and somebody who approves, a rule set and a population."""

    owner: Organisation
    analyst: User
    second: User
    rules: RuleSet
    population: Population


def team(owner: Organisation | None = None, **wanted: object) -> Team:
    owner = owner or OrganisationFactory.create()
    analyst, second = (MembershipFactory.create(organisation=owner, role=Role.ANALYST).user for _ in range(2))
    rules = create_rule_set(code=f"rules-{owner.pk}", owner=owner, decided=replace(DECIDED, **wanted), by=analyst)  # type: ignore[arg-type]
    population = name_population(
        code=f"permits-{owner.pk}", owner=owner, title_en="Permits", title_fr="Permis", by=analyst
    )
    return Team(owner, analyst, second, rules, population)


def synthetic_team(owner: Organisation | None = None) -> Team:
    """A team whose rules ask for synthetic records, and whose population has a budget for them."""
    who = team(owner, method="synthetic", epsilon=Decimal(4), delta=Decimal("0.000001"))
    who.population.delta_limit = Decimal("0.00001")
    who.population.save()
    return who


def csv(counts: dict[tuple[str, str], int] | None = None) -> bytes:
    """Records with a name, a sex and a place."""
    lines = ["name,sex,place"]
    for (sex, place), number in (counts or COUNTS).items():
        lines += [f"{CANARY},{sex},{place}"] * number
    return ("\n".join(lines) + "\n").encode()


def sealed(content: bytes) -> Kept:
    sealing = Sealing()
    sealing.write(content)
    return sealing.close()


def begun(who: Team) -> Release:
    return begin_release(
        population=who.population, rule_set=who.rules, source=Source.RECORDS, about=ABOUT, by=who.analyst
    )


def uploaded(who: Team, content: bytes | None = None, keep_days: int = 0) -> Release:
    release = begun(who)
    upload_records(
        release=release,
        version=release.version,
        kept=sealed(content or csv()),
        erase_on=timezone.localdate() + timedelta(days=30),
        keep_days=keep_days,
        by=who.analyst,
    )
    return Release.objects.get(pk=release.pk)


def described(who: Team, content: bytes | None = None, keep_days: int = 0) -> Release:
    release = uploaded(who, content, keep_days)
    for position, said in (
        (2, Said(Use.DIMENSION, "sex", "Sex", "Sexe", SEX)),
        (3, Said(Use.DIMENSION, "place", "Place", "Lieu", PLACE)),
    ):
        describe_column(release=release, version=release.version, position=position, said=said, by=who.analyst)
        release.refresh_from_db()
    return release


def wanted(*dimensions: str) -> Wanted:
    return Wanted(" by ".join(dimensions), " par ".join(dimensions), dimensions)


def protected(
    who: Team,
    content: bytes | None = None,
    tables: Sequence[Wanted] = (wanted("place", "sex"),),
    keep_days: int = 0,
) -> Release:
    release = described(who, content, keep_days)
    release = choose_tables(release=release, version=release.version, tables=tables, by=who.analyst)
    return protect(release=release, version=release.version, by=who.analyst)


def submitted(who: Team, content: bytes | None = None, keep_days: int = 0) -> Release:
    release = protected(who, content, keep_days=keep_days)
    return submit(release=release, version=release.version, by=who.analyst)


def published(who: Team, content: bytes | None = None, keep_days: int = 0) -> Release:
    release = submitted(who, content, keep_days)
    return approve(release=release, version=release.version, by=who.second)
