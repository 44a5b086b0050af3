"""The sample's releases: two published, one waiting for approval, all counted from records of nobody who exists."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palermo.figures.releases.actions.records import Said
    from palermo.figures.releases.keeping import Kept
    from palermo.figures.releases.models import Population, Release, RuleSet
    from palermo.people.models import Organisation, User

ANALYST = "analyst@example.ca"
POPULATION = "example-permits-2024"
RECORDS = 3_000
SEED = 2024

REGIONS = (
    ("COAST", "the coast", "la côte", "", 0),
    ("PORT", "Port Example", "Port-Exemple", "COAST", 50),
    ("BAY", "Bay of Samples", "Baie-des-Exemples", "COAST", 12),
    ("CAPE", "Cape Instance", "Cap-Instance", "COAST", 3),
    ("INLAND", "inland", "l’intérieur", "", 0),
    ("MILLS", "Sample Mills", "Moulins-Exemple", "INLAND", 25),
    ("FIELDS", "Example Fields", "Champs-Exemple", "INLAND", 8),
    ("PASS", "Instance Pass", "Col-Instance", "INLAND", 2),
)
"""Code, words in both languages, what it is part of, and how many in a hundred records come from there."""
SEXES = (
    ("F", "women and girls", "femmes et filles", "", 66),
    ("M", "men and boys", "hommes et garçons", "", 33),
    ("X", "another gender", "autre genre", "", 1),
)
AGES = (
    ("Y0T17", "under 18", "moins de 18 ans", "", 9),
    ("Y18T24", "18 to 24", "18 à 24 ans", "", 38),
    ("Y25T44", "25 to 44", "25 à 44 ans", "", 45),
    ("Y_GE45", "45 and over", "45 ans et plus", "", 8),
)
FORMS = (
    ("SEXUAL", "sexual exploitation", "exploitation sexuelle", "", 58),
    ("LABOUR", "forced labour", "travail forcé", "", 36),
    ("CRIME", "forced criminality", "criminalité forcée", "", 5),
    ("OTHER", "another form", "autre forme", "", 1),
)
Codes = tuple[tuple[str, str, str, str, int], ...]
COLUMNS: tuple[tuple[str, str, str, Codes], ...] = (
    ("region", "Region", "Région", REGIONS),
    ("sex", "Sex or gender", "Sexe ou genre", SEXES),
    ("age", "Age", "Âge", AGES),
    ("form", "Form of exploitation", "Forme d’exploitation", FORMS),
)


def load_releases(coordinator: User) -> str:
    """Publish two releases and leave one waiting. Empty where they are there, or where nobody could prepare them."""
    from palermo.figures.releases.models import Population
    from palermo.people.models import Membership, User

    analyst = User.objects.filter(email=ANALYST).first()
    role = Membership.objects.filter(user=analyst, role="analyst").select_related("organisation").first()
    if analyst is None or role is None or Population.objects.filter(code=POPULATION).exists():
        return ""
    _load(role.organisation, analyst, coordinator)
    return "Published two releases of invented records, and left another waiting for approval."


def _load(owner: Organisation, analyst: User, coordinator: User) -> None:
    from palermo.figures.releases.actions.deciding import approve, submit
    from palermo.figures.releases.actions.rules import name_population

    rules = _rules(owner, analyst)
    population = name_population(
        code=POPULATION,
        owner=owner,
        title_en="Invented people who were given a permit to stay in 2024",
        title_fr="Personnes inventées qui ont obtenu un permis de séjour en 2024",
        delta_limit=Decimal("0.00001"),
        by=analyst,
    )
    first = _protected(
        population, rules, analyst, "By region", "Selon la région", (("region", "form"), ("region", "sex"))
    )
    first = submit(release=first, version=first.version, by=analyst)
    approve(release=first, version=first.version, by=coordinator)
    made_up = _protected(
        population,
        _rules_of_made_up(owner, analyst),
        analyst,
        "Synthetic records",
        "Enregistrements synthétiques",
        (("region", "form"), ("sex", "age")),
    )
    made_up = submit(release=made_up, version=made_up.version, by=analyst)
    approve(release=made_up, version=made_up.version, by=coordinator)
    second = _protected(population, rules, analyst, "By age", "Selon l’âge", (("age", "sex"), ("age", "form")))
    submit(release=second, version=second.version, by=analyst)


def _rules(owner: Organisation, analyst: User) -> RuleSet:
    from palermo.figures.releases.actions.rules import Decided, create_rule_set

    decided = Decided(
        title_en="Groups of fewer than five",
        title_fr="Groupes de moins de cinq",
        decided_on=date(2024, 5, 14),
        decided_by_en="Invented committee on figures",
        decided_by_fr="Comité inventé des chiffres",
        reason_en="Where fewer than five people are counted, people around them could tell who they are.",
        reason_fr="Là où moins de cinq personnes sont comptées, leur entourage pourrait les reconnaître.",
    )
    return create_rule_set(code="example-five", owner=owner, decided=decided, by=analyst)


def _rules_of_made_up(owner: Organisation, analyst: User) -> RuleSet:
    from palermo.figures.releases.actions.rules import Decided, create_rule_set

    decided = Decided(
        title_en="Records for researchers",
        title_fr="Enregistrements pour la recherche",
        method="synthetic",
        epsilon=Decimal(3),
        delta=Decimal("0.000001"),
        decided_on=date(2024, 5, 14),
        decided_by_en="Invented committee on figures",
        decided_by_fr="Comité inventé des chiffres",
        reason_en="Researchers need records to work with, and nobody’s own record may leave the office.",
        reason_fr="La recherche a besoin d’enregistrements, et celui de personne ne doit quitter le bureau.",
    )
    return create_rule_set(code="example-synthetic", owner=owner, decided=decided, by=analyst)


def _protected(
    population: Population, rules: RuleSet, by: User, en: str, fr: str, tables: tuple[tuple[str, ...], ...]
) -> Release:
    from palermo.figures.releases.actions.preparing import About, Wanted, begin_release, choose_tables
    from palermo.figures.releases.actions.protecting import protect
    from palermo.figures.releases.actions.records import describe_column, upload_records
    from palermo.figures.releases.models import Release
    from palermo.figures.releases.vocabulary import Source

    about = About(
        title_en=f"Permits to stay in 2024 ({en.lower()}, invented)",
        title_fr=f"Permis de séjour en 2024 ({fr.lower()}, inventé)",
        about_en="Permits given to people who may have been trafficked. Nobody counted here exists.",
        about_fr="Permis accordés à de possibles victimes de la traite. Aucune des personnes comptées ici n’existe.",
        counts="permit",
        covers_from=date(2024, 1, 1),
        covers_to=date(2024, 12, 31),
    )
    release = begin_release(population=population, rule_set=rules, source=Source.RECORDS, about=about, by=by)
    last_day = date.today() + timedelta(days=60)
    upload_records(release=release, version=release.version, kept=_sealed(), erase_on=last_day, by=by)
    for position, column in enumerate(COLUMNS, start=1):
        release = Release.objects.get(pk=release.pk)
        describe_column(release=release, version=release.version, position=position, said=_said(*column), by=by)
    release = Release.objects.get(pk=release.pk)
    words = {code: (label_en, label_fr) for code, label_en, label_fr, _codes in COLUMNS}
    wanted = [
        Wanted(
            f"By {words[one][0].lower()} and {words[other][0].lower()}",
            f"Selon {words[one][1].lower()} et {words[other][1].lower()}",
            (one, other),
        )
        for one, other in tables
    ]
    release = choose_tables(release=release, version=release.version, tables=wanted, by=by)
    return protect(release=release, version=release.version, by=by)


def _sealed() -> Kept:
    """The records, the same every time."""
    from palermo.figures.releases.keeping import Sealing

    draw = random.Random(SEED)  # noqa: S311 - invented people need no secrets
    sealing = Sealing()
    sealing.write((",".join(code for code, *_rest in COLUMNS) + "\n").encode())
    for _record in range(RECORDS):
        fields = [draw.choices([one[0] for one in codes], [one[4] for one in codes])[0] for *_words, codes in COLUMNS]
        sealing.write((",".join(fields) + "\n").encode())
    return sealing.close()


def _said(code: str, label_en: str, label_fr: str, codes: Codes) -> Said:
    from palermo.figures.releases.actions.records import Said
    from palermo.figures.releases.described import CodeLine
    from palermo.figures.releases.vocabulary import Use

    return Said(Use.DIMENSION, code, label_en, label_fr, tuple(CodeLine(*line[:4]) for line in codes))
