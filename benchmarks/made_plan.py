"""A plan of any size for measuring: invented, regular, and with every kind of gap in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from palermo.plan import planfile_models as files
from palermo.plan.planfile_values import Bilingual, PValue, StatusValue

FIRST_YEAR = 2019
_PS: tuple[PValue, ...] = ("prevention", "protection", "prosecution", "partnership")
_STATUSES: tuple[StatusValue, ...] = (
    "not_started",
    "in_progress",
    "ongoing",
    "complete",
    "ongoing",
    "not_reported",
    "complete",
)
_VERBS = (
    ("Train", "Former"),
    ("Inform", "Informer"),
    ("Survey", "Sonder"),
    ("Protect", "Protéger"),
    ("Fund", "Financer"),
)
_WHOM = (
    ("border officers", "les agents des services frontaliers"),
    ("employers of seasonal workers", "les employeurs de travailleurs saisonniers"),
    ("nurses and doctors", "le personnel infirmier et les médecins"),
    ("victims and their families", "les victimes et leurs familles"),
)
ORGANISATIONS = 24
OBJECTIVES = 5
"""Objectives in each of the four pillars."""
IN_A_TASK = 10
"""Deliverables in each task."""


def made_plan(deliverables: int, periods: int = 5, code: str = "made") -> files.PlanFile:
    """A plan of so many deliverables over so many fiscal years; the same every time."""
    years = [FIRST_YEAR + at for at in range(periods)]
    tasks = max(deliverables // IN_A_TASK, 1)
    return files.PlanFile(
        plan=files.PlanHead(
            code=code,
            title=Bilingual(en=f"Made plan of {deliverables}", fr=f"Plan fabriqué de {deliverables}"),
            jurisdiction="XX",
            owner="office-0",
            starts_on=date(FIRST_YEAR, 4, 1),
            ends_on=date(FIRST_YEAR + periods, 3, 31),
            is_invented=True,
            levels=tuple(
                files.Level(name=Bilingual(en=en, fr=fr), plural=Bilingual(en=f"{en}s", fr=f"{fr}s"))
                for en, fr in (("Pillar", "Pilier"), ("Objective", "Objectif"), ("Task", "Tâche"))
            ),
        ),
        organisations=tuple(_organisation(at) for at in range(ORGANISATIONS)),
        periods=tuple(
            files.Period(code=_year(year), starts_on=date(year, 4, 1), ends_on=date(year + 1, 3, 31)) for year in years
        ),
        sections=tuple(_sections(tasks)),
        deliverables=tuple(_deliverable(at, tasks, years) for at in range(deliverables)),
    )


def _year(first: int) -> str:
    return f"{first}-{first + 1}"


def _organisation(at: int) -> files.Organisation:
    return files.Organisation(
        code=f"office-{at}",
        names=(
            files.DatedName(
                name=Bilingual(en=f"Office number {at}", fr=f"Bureau numéro {at}"),
                acronym=Bilingual(en=f"ON{at}", fr=f"BN{at}"),
            ),
        ),
    )


def _sections(tasks: int) -> list[files.Section]:
    found = []
    for pillar, p in enumerate(_PS, start=1):
        found.append(files.Section(code=str(pillar), title=Bilingual(en=p.title(), fr=f"Pilier {pillar}"), p=p))
        for objective in range(1, OBJECTIVES + 1):
            title = Bilingual(en=f"Objective {objective}", fr=f"Objectif {objective}")
            found.append(files.Section(code=f"{pillar}.{objective}", parent=str(pillar), title=title))
    for at in range(tasks):
        title = Bilingual(en=f"Task number {at + 1}", fr=f"Tâche numéro {at + 1}")
        found.append(files.Section(code=f"T{at + 1}", parent=_objective(at, tasks), title=title))
    return found


def _objective(task: int, tasks: int) -> str:
    place = task * len(_PS) * OBJECTIVES // tasks
    return f"{place // OBJECTIVES + 1}.{place % OBJECTIVES + 1}"


def _deliverable(at: int, tasks: int, years: list[int]) -> files.Deliverable:
    verb, whom = _VERBS[at % len(_VERBS)], _WHOM[at // 3 % len(_WHOM)]
    return files.Deliverable(
        code=f"D{at + 1:05}",
        section=f"T{min(at // IN_A_TASK, tasks - 1) + 1}",
        row=at % IN_A_TASK + 1,
        text=Bilingual(
            en=f"{verb[0]} {whom[0]} in region {at % 97}, so that signs of trafficking are seen early and acted on.",
            fr=f"{verb[1]} {whom[1]} de la région {at % 97}, pour que les signes de traite soient vus tôt.",
        ),
        start=files.Start(printed=f"{years[0]}–{years[0] + 1}", on=date(years[0], 4, 1)),
        due=_due(at, years),
        added_in=_year(years[-1]) if at % 40 == 0 else None,
        responsibilities=(
            files.Responsibility(organisation=f"office-{at % ORGANISATIONS}", kind="lead"),
            files.Responsibility(organisation=f"office-{(at * 7 + 1) % ORGANISATIONS}", kind="support"),
        ),
        money=(files.Money(kind="earmarked", amount=Decimal(1000 + at), fiscal_year=_year(years[0])),),
        statuses=tuple(
            files.Status(period=_year(year), kind="claimed", value=_STATUSES[(at + step * (at % 3)) % len(_STATUSES)])
            for step, year in enumerate(years)
        ),
        evidence=(files.Evidence(period=_year(years[-1]), title=Bilingual(en="Report")),) if at % 4 == 0 else (),
    )


def _due(at: int, years: list[int]) -> tuple[files.Due, ...]:
    if at % 3 == 0:
        return ()
    first = files.Due(on=date(years[0] + at % 6, 3, 31))
    if at % 5:
        return (first,)
    later = files.Due(
        on=date(years[0] + at % 6 + 2, 3, 31), reason=Bilingual(en="Late vendor"), set_on=date(years[-1], 9, 1)
    )
    return (first, later)
