"""What a template says to whoever fills it in, in both languages."""

from __future__ import annotations

from palermo.figures.exchange.cube import CubeText

TEMPLATE_OTHERS = {
    "example": CubeText("Example", "Exemple"),
    "help": CubeText("Read me", "À lire"),
    "lists": CubeText("Lists", "Listes"),
}
"""The sheets besides the one that is written in; nothing is read from them."""
COLUMN_NOTES = {
    "starts_on": CubeText(
        "First day of the span, such as 2013-04-01.",
        "Premier jour de la durée, par exemple 2013-04-01.",
    ),
    "ends_on": CubeText(
        "Last day of the span, such as 2014-03-31.",
        "Dernier jour de la durée, par exemple 2014-03-31.",
    ),
    "value": CubeText(
        "The figure. A comma or a point stands before decimals. Empty if the mark says that it is not shown.",
        "Le chiffre. Une virgule ou un point précède les décimales. Vide si la mention dit qu’il n’est pas montré.",
    ),
    "mark": CubeText(
        "How sure it is. Empty means final.",
        "À quel point il est sûr. Vide veut dire définitif.",
    ),
    "footnote_en": CubeText(
        "What has to be known with it, in English.",
        "Ce qu’il faut savoir avec lui, en anglais.",
    ),
    "footnote_fr": CubeText(
        "What has to be known with it, in French.",
        "Ce qu’il faut savoir avec lui, en français.",
    ),
    "document": CubeText("The code of the document where it stands.", "Le code du document où il se trouve."),
    "page": CubeText("Where in the document.", "L’endroit dans le document."),
    "known_on": CubeText(
        "The day on which the source made it known.",
        "Le jour où la source l’a fait connaître.",
    ),
    "reason_en": CubeText(
        "Only if it replaces a figure. Say why, in English.",
        "Seulement s’il remplace un chiffre. Dites pourquoi, en anglais.",
    ),
    "reason_fr": CubeText(
        "Only if it replaces a figure. Say why, in French.",
        "Seulement s’il remplace un chiffre. Dites pourquoi, en français.",
    ),
}
"""What is written in each column of a template."""
DIMENSION_NOTE = CubeText(
    "A code from the list, or _T for all together. Never empty.",
    "Un code de la liste, ou _T pour l’ensemble. Jamais vide.",
)
HELP = (
    CubeText(
        "Write one figure a row on the first sheet, then upload the file on the page of the series. "
        "Before anything is stored you see what would be added and what would be revised.",
        "Écrivez un chiffre par ligne sur la première feuille, puis téléversez le fichier à la page de la série. "
        "Avant que quoi que ce soit soit conservé, vous voyez ce qui serait ajouté et ce qui serait révisé.",
    ),
    CubeText(
        "The second sheet shows a row as it may look. Nothing is read from it.",
        "La deuxième feuille montre à quoi une ligne peut ressembler. Rien n’y est lu.",
    ),
    CubeText(
        "Write nothing about single people. A footnote is published with its figure.",
        "N’écrivez rien sur une personne en particulier. Une note est publiée avec son chiffre.",
    ),
)
"""How a template is filled in."""
