"""An invented report in both languages: three sections, forty rows, a chart, notes and odd corners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
import vl_convert

from palermo.plan.report.formats.document import (
    ACTION_CHART,
    BulletList,
    Cell,
    Column,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    ListItem,
    Note,
    NumberedList,
    Paragraph,
    Part,
    Quote,
    ReportDocument,
    Row,
    Run,
    StatusMeaning,
    Table,
    bullets,
    paragraph,
    text,
)
from palermo.plan.report.formats.labels import labels_for

Words = tuple[str, str]
"""The same words in English and in French."""

STATUSES: dict[str, Words] = {
    "not_started": ("Not started", "Non commencé"),
    "in_progress": ("In progress", "En cours"),
    "ongoing": ("Ongoing", "Permanent"),
    "complete": ("Complete", "Terminé"),
    "not_stated": ("Not stated", "Non précisé"),
}
MEANINGS: dict[str, Words] = {
    "not_started": ("Nothing has been done yet.", "Rien n’a encore été fait."),
    "in_progress": ("Work has begun and has an end.", "Les travaux ont commencé et auront une fin."),
    "ongoing": ("Work that has no end by design.", "Activité qui, par nature, n’a pas de fin."),
    "complete": ("What was promised has been done.", "Ce qui était promis est fait."),
    "not_stated": ("The source does not say.", "La source n’en dit rien."),
}
SECTIONS: tuple[tuple[Words, Words], ...] = (
    (("Prevention", "Prévention"), ("1.1 Learning to see the signs", "1.1 Apprendre à voir les signes")),
    (("Prevention", "Prévention"), ("1.2 Fair hiring on farms", "1.2 Embauche équitable à la ferme")),
    (("Protection", "Protection"), ("2.1 A bed on any night", "2.1 Un lit, n’importe quelle nuit")),
)
DEEDS: tuple[Words, ...] = (
    ("Train hotel night staff in three cities", "Former le personnel de nuit des hôtels de trois villes"),
    (
        "Print the rights of seasonal workers in nine languages",
        "Imprimer les droits des saisonniers en neuf langues",
    ),
    (
        "Answer the help line within two minutes at any hour",
        "Répondre en moins de deux minutes, à toute heure",
    ),
    ("Publish what each shelter has free, twice a day", "Publier deux fois par jour les places libres"),
    (
        "Ask survivors each spring what should change",
        "Demander chaque printemps aux survivantes ce qui doit changer",
    ),
)
LEADS: tuple[Words, ...] = (
    ("Ministry of Inns", "Ministère des Auberges"),
    ("Orchard Board; Harbour Police", "Régie des vergers; Police du port"),
    ("Harbour Police", "Police du port"),
)
PERIODS = ("2023-2024", "2024-2025")


@dataclass(frozen=True)
class Deed:
    """One invented deliverable: what every file must show again."""

    section: int
    code: str
    text: Words
    lead: Words
    due: date | None
    due_printed: str
    money: Decimal | None
    statuses: tuple[str, str]
    printed: str


def _deeds() -> tuple[Deed, ...]:
    names = list(STATUSES)
    made = []
    for number in range(40):
        section = min(number // 14, 2)
        words = DEEDS[number % 5]
        made.append(
            Deed(
                section=section,
                code=f"{SECTIONS[section][1][0][:3]}-{number + 1:02}",
                text=(f"{words[0]} (round {number})", f"{words[1]} (étape {number})"),
                lead=LEADS[number % 3],
                due=date(2024 + number % 3, 4, 1 + number % 28) if number % 4 else None,
                due_printed=f"spring {2024 + number % 3}" if number % 4 else "",
                money=Decimal(number * 12500) / 100 if number % 2 else None,
                statuses=(names[number % 4], names[(number * 3 + 1) % 5]),
                printed="on track" if number % 5 == 2 else "",
            )
        )
    return tuple(made)


@pytest.fixture(scope="session")
def deeds() -> tuple[Deed, ...]:
    """The records from which the example is made, for counting without the document."""
    return _deeds()


@pytest.fixture(scope="session")
def status_words() -> dict[str, Words]:
    """The label of each status in both languages."""
    return STATUSES


@pytest.fixture(scope="session")
def chart_svg() -> str:
    """A bar chart as the site draws them."""
    chart = {
        "data": {"values": [{"p": "Prévention", "n": 28}, {"p": "Protection", "n": 12}]},
        "mark": {"type": "bar", "color": "#26374a"},
        "encoding": {"x": {"field": "n", "type": "quantitative"}, "y": {"field": "p", "type": "nominal"}},
        "width": 420,
        "height": 90,
    }
    return str(vl_convert.vegalite_to_svg(chart))


@pytest.fixture(scope="session", params=["en-CA", "fr-CA"])
def example(request: pytest.FixtureRequest, chart_svg: str) -> ReportDocument:
    """The report in one of its two languages; a test that asks for it runs in both."""
    return _report(str(request.param), chart_svg)


@pytest.fixture(scope="session")
def english(chart_svg: str) -> ReportDocument:
    """The report in English."""
    return _report("en-CA", chart_svg)


def _report(language: str, svg: str) -> ReportDocument:
    side = 0 if language.startswith("en") else 1

    def say(english: str, french: str) -> str:
        return (english, french)[side]

    return ReportDocument(
        language=language,
        title=say("How the lantern plan is doing", "Où en est le plan des lanternes"),
        subtitle=say("Annual report of the invented coast", "Rapport annuel de la côte inventée"),
        plan_title=say("Lantern plan", "Plan des lanternes"),
        period_label="2024–2025",
        labels=labels_for(language),
        publisher=say("Ministry of Inns", "Ministère des Auberges"),
        edition_number=2,
        published_on=date(2025, 9, 1),
        corrects=say("Two dates of section 2.1.", "Deux dates de la section 2.1."),
        statuses=tuple(StatusMeaning(code, STATUSES[code][side], MEANINGS[code][side]) for code in STATUSES),
        keywords=(say("human trafficking", "traite des personnes"), say("lanterns", "lanternes")),
        parts=(
            Part("foreword", say("Foreword", "Avant-propos"), _foreword(say)),
            Part("figures", say("The year in figures", "L’année en chiffres"), _figures(say, svg)),
            Part("notes", say("How to read them", "Comment les lire"), _reading(say), level=2),
            Part("chart", say("Action chart", "Tableau des actions"), (_chart(say, side),)),
            Part("resources", say("Resources", "Ressources"), _resources(say)),
        ),
    )


def _foreword(say: Callable[[str, str], str]) -> tuple[Paragraph | Quote | Heading | BulletList, ...]:
    return (
        Paragraph(
            (
                Run(say("A lantern is ", "Une lanterne, c’est ")),
                Run(say("not a lighthouse", "bien peu de chose"), bold=True),
                Run(say(", but it can be carried. ", "\u00a0: on peut la porter. ")),
                Run(
                    say("L’œuvre commence à l’aube.", "Work begins at dawn."),
                    italic=True,
                    language=say("fr", "en"),
                ),
            )
        ),
        Quote(text(say("I wanted somebody to ask me twice.", "J’aurais voulu qu’on me le demande deux fois."))),
        Heading(2, text(say("What we heard", "Ce que nous avons entendu"))),
        bullets(
            say("Night is when help is missing.", "C’est la nuit que l’aide manque."),
            say("Nobody reads a poster of small print.", "Personne ne lit une affiche en petits caractères."),
        ),
    )


def _figures(say: Callable[[str, str], str], svg: str) -> tuple[Paragraph | Figure | Note, ...]:
    behind = Table(
        "by-p.table",
        say("Deliverables by P", "Produits livrables par P"),
        (
            Column("p", "P", role="row_header"),
            Column("n", say("Deliverables", "Produits livrables"), kind="number"),
        ),
        ((say("Prevention", "Prévention"), 28), (say("Protection", "Protection"), 12)),
    )
    alt = say(
        "Bars: 28 for prevention, 12 for protection.",
        "Barres\u00a0: 28 pour la prévention, 12 pour la protection.",
    )
    return (
        paragraph(say("Most of the work is prevention.", "L’essentiel du travail est la prévention.")),
        Figure("by-p", svg, alt, behind.caption, behind),
        Note(text(say("Ongoing work is not late by definition.", "Une activité permanente n’est pas en retard."))),
    )


def _reading(say: Callable[[str, str], str]) -> tuple[NumberedList | DefinitionList, ...]:
    first = ListItem(text(say("Find the section.", "Trouvez la section.")), (bullets("1.1", "1.2", "2.1"),))
    return (
        NumberedList((first, ListItem(text(say("Read along the row.", "Lisez la ligne."))))),
        NumberedList((ListItem(text(say("Then ask why.", "Puis demandez pourquoi."))),)),
        DefinitionList(
            (
                Definition(
                    text(say("Due", "Échéance")),
                    text(say("The first date given.", "La première date donnée.")),
                ),
            )
        ),
    )


def _chart(say: Callable[[str, str], str], side: int) -> Table:
    columns = (
        Column("pillar", say("Pillar", "Pilier"), role="group"),
        Column("task", say("Task", "Tâche"), role="group"),
        Column("code", "Code", role="row_header", width=1.2),
        Column("text", say("Deliverable", "Produit livrable"), width=4),
        Column("lead", say("Lead", "Responsable"), width=2),
        Column("due", say("Due", "Échéance"), kind="date", with_printed=True, width=1.4),
        Column("money", say("Earmarked ($)", "Montant réservé ($)"), kind="number", width=1.2),
        *(
            Column(
                f"status_{period}",
                say(f"Status {period}", f"État {period}"),
                kind="status",
                with_printed=True,
                width=1.4,
            )
            for period in PERIODS
        ),
    )
    rows = tuple(_row(deed, side) for deed in _deeds())
    notes = (say("Round numbers are invented.", "Les numéros d’étape sont inventés."),)
    return Table(ACTION_CHART, say("Action chart", "Tableau des actions"), columns, rows, notes, wide=True)


def _row(deed: Deed, side: int) -> Row:
    first, second = deed.statuses
    return (
        SECTIONS[deed.section][0][side],
        SECTIONS[deed.section][1][side],
        deed.code,
        deed.text[side],
        deed.lead[side],
        Cell(deed.due, printed=deed.due_printed),
        deed.money,
        Cell(STATUSES[first][side], code=first),
        Cell(STATUSES[second][side], code=second, printed=deed.printed),
    )


def _resources(say: Callable[[str, str], str]) -> tuple[Paragraph | Table, ...]:
    columns = (
        Column("name", say("Name", "Nom"), role="row_header", width=2),
        Column("phone", say("Call", "Appelez")),
    )
    rows = (
        (say("Help at night", "Aide de nuit"), "555-0100"),
        (Cell("Harbour lights", language="en"), "555-0101"),
    )
    link = Run(
        say("Everything is on the coast’s page", "Tout est sur la page de la côte"),
        link="https://example.org/a?b=1&c=2",
    )
    return (
        Paragraph((link, Run("."))),
        Table("resources", say("Where to call", "Où appeler"), columns, rows),
        Table("closed", say("Closed services", "Services fermés"), (Column("name", say("Name", "Nom")),), ()),
    )
