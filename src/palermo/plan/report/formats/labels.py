"""The few words that a report file needs of its own, in each language it can be written in.

They travel inside the document, so an edition goes on saying what it said on the day it was published.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """Words around the text. Braces stand for what a renderer fills in."""

    about: str
    action_chart: str
    as_printed: str
    contents: str
    corrects: str
    draft: str
    edition: str
    edition_number: str
    figure: str
    figure_data: str
    nothing_to_list: str
    note: str
    page_of: str
    period: str
    plan: str
    published_on: str
    publisher: str
    quoted: str
    skip_to_content: str
    statuses: str
    table: str
    title_with_label: str


ENGLISH = Labels(
    about="About this edition",
    action_chart="Action chart",
    as_printed="{column} (as printed)",
    contents="Contents",
    corrects="What it corrects",
    draft="Draft, not published",
    edition="Edition",
    edition_number="Edition {number}",
    figure="Figure {number}",
    figure_data="Numbers behind the figure",
    nothing_to_list="There is nothing to list.",
    note="Note",
    page_of="Page {page} of {pages}",
    period="Reporting period",
    plan="Plan",
    published_on="Published on",
    publisher="Published by",
    quoted="“{words}”",
    skip_to_content="Skip to the report",
    statuses="What the statuses mean",
    table="Table {number}",
    title_with_label="{label}: {title}",
)

FRENCH = Labels(
    about="À propos de cette édition",
    action_chart="Tableau des actions",
    as_printed="{column} (mots imprimés)",
    contents="Table des matières",
    corrects="Ce qu’elle corrige",
    draft="Ébauche non publiée",
    edition="Édition",
    edition_number="Édition {number}",
    figure="Figure {number}",
    figure_data="Données de la figure",
    nothing_to_list="Il n’y a rien à énumérer.",
    note="Remarque",
    page_of="Page {page} sur {pages}",
    period="Période visée",
    plan="Plan",
    published_on="Date de publication",
    publisher="Publié par",
    quoted="«\N{NO-BREAK SPACE}{words}\N{NO-BREAK SPACE}»",
    skip_to_content="Passer au rapport",
    statuses="Ce que signifient les états",
    table="Tableau {number}",
    title_with_label="{label}\N{NO-BREAK SPACE}: {title}",
)


def labels_for(language: str) -> Labels:
    """Choose the labels of a BCP 47 tag; what is neither French nor English gets English."""
    return FRENCH if language.lower().split("-")[0] == "fr" else ENGLISH
