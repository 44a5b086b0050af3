"""What the first sheet says, in both languages side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from palermo.foundation.days import long_date


@dataclass(frozen=True, slots=True)
class About:
    """Whose returns these are, and of when."""

    organisation_en: str
    organisation_fr: str
    plan_en: str
    plan_fr: str
    period: str
    due_on: date
    downloaded_on: date


def lines(about: About) -> Iterator[tuple[str, str, str]]:
    """Each line as its kind (`title`, `label`, `words` or empty), the English and the French."""
    yield "title", f"Returns for {about.period}", f"Comptes rendus pour {about.period}"
    yield "label", about.organisation_en, about.organisation_fr
    yield "words", about.plan_en, about.plan_fr
    due = long_date(about.due_on, "en-CA"), long_date(about.due_on, "fr-CA")
    yield "words", f"Cleared returns are due on {due[0]}.", f"Les comptes rendus autorisés sont dus le {due[1]}."
    made = long_date(about.downloaded_on, "en-CA"), long_date(about.downloaded_on, "fr-CA")
    yield "words", f"Downloaded on {made[0]}.", f"Téléchargé le {made[1]}."
    yield "", "", ""
    yield "label", "What to do", "Que faire"
    for number, (english, french) in enumerate(_STEPS, start=1):
        yield "words", f"{number}. {english}", f"{number}. {french}"
    yield "", "", ""
    yield "label", "Good to know", "Bon à savoir"
    for english, french in _NOTES:
        yield "words", f"• {english}", f"• {french}"


_STEPS = (
    (
        "On the second sheet, write in the yellow cells. White and grey cells are locked: they are there to be read.",
        "Dans la deuxième feuille, écrivez dans les cellules jaunes. Les cellules blanches et grises sont "
        "verrouillées\N{NO-BREAK SPACE}: elles sont là pour être lues.",
    ),
    (
        "Choose the status from the list in its cell. Write what was done in English, in French or in both.",
        "Choisissez l’état dans la liste de sa cellule. Écrivez ce qui a été fait en anglais, en français ou dans "
        "les deux langues.",
    ),
    (
        "Write a date as year, month and day, such as 2027-03-31, and an amount as a number without a sign of money.",
        "Écrivez une date ainsi\N{NO-BREAK SPACE}: année, mois et jour, par exemple 2027-03-31, et un montant comme un "
        "nombre sans symbole monétaire.",
    ),
    (
        "Save the file as Excel (.xlsx) and upload it where you downloaded it. You see every change before it is "
        "taken in.",
        "Enregistrez le fichier au format Excel (.xlsx) et versez-le là où vous l’avez téléchargé. Vous voyez chaque "
        "changement avant qu’il soit repris.",
    ),
    (
        "Add evidence and figures, answer questions and submit on the site.",
        "Ajoutez les preuves et les chiffres, répondez aux questions et soumettez dans le site.",
    ),
)
_NOTES = (
    (
        "Only what you change here is taken in. What you leave alone stays as it is on the site, also where somebody "
        "changed it there meanwhile.",
        "Seul ce que vous changez ici est repris. Ce que vous ne touchez pas reste tel quel dans le site, même si "
        "quelqu’un l’y a changé entre-temps.",
    ),
    (
        "Where you and somebody else changed the same thing, the site shows both texts and you choose. Neither is "
        "lost.",
        "Si vous et une autre personne avez changé la même chose, le site montre les deux textes et vous choisissez. "
        "Aucun n’est perdu.",
    ),
    (
        "Grey rows are returns that are with somebody else just now, or done. Leave them as they are.",
        "Les lignes grises sont des comptes rendus qui sont chez quelqu’un d’autre en ce moment, ou terminés. "
        "Laissez-les telles quelles.",
    ),
    (
        "You may leave out rows: what is not in the file stays as it is. Do not add, move or rename columns.",
        "Vous pouvez omettre des lignes\N{NO-BREAK SPACE}: ce qui n’est pas dans le fichier reste tel quel. "
        "N’ajoutez, ne déplacez et ne renommez aucune colonne.",
    ),
    (
        "Name nobody who lived through trafficking, and nothing by which somebody could be recognized.",
        "Ne nommez aucune personne qui a vécu la traite, ni rien qui permettrait de la reconnaître.",
    ),
)
