"""The words that every file says of itself, in both languages: headings of columns, marks and what they mean."""

from __future__ import annotations

from palermo.figures.exchange.cube import CubeText

ALL_TOGETHER = CubeText("All together", "Ensemble")
"""What a total is called beside its code."""

HIDDEN_MEANS = CubeText("Empty where the mark says why.", "Vide là où la mention dit pourquoi.")
"""What an empty value means."""

MARK_WORDS = {
    "final": CubeText("Final", "Définitif"),
    "provisional": CubeText("Provisional", "Provisoire"),
    "approximate": CubeText("Approximate", "Approximatif"),
    "suppressed": CubeText("Suppressed", "Supprimé"),
    "not_available": CubeText("Not available", "Non disponible"),
}
MARK_MEANINGS = {
    "final": CubeText(
        "The source does not expect this figure to change.", "La source ne s’attend pas à ce que ce chiffre change."
    ),
    "provisional": CubeText("The source says that it may still change.", "La source dit qu’il peut encore changer."),
    "approximate": CubeText(
        "The source gives it as about, more than or estimated.", "La source le donne comme environ, plus de ou estimé."
    ),
    "suppressed": CubeText(
        "Not shown, so that nobody can be recognized.", "Non montré, pour que personne ne puisse être reconnu."
    ),
    "not_available": CubeText("Not counted, or not known to the source.", "Non compté, ou inconnu de la source."),
}

HEADINGS = {
    "series": CubeText("Series", "Série"),
    "starts_on": CubeText("First day", "Premier jour"),
    "ends_on": CubeText("Last day", "Dernier jour"),
    "value": CubeText("Value", "Valeur"),
    "mark": CubeText("Mark", "Mention"),
    "unit": CubeText("What is counted", "Ce qui est compté"),
    "footnote_en": CubeText("Footnote, in English", "Note, en anglais"),
    "footnote_fr": CubeText("Footnote, in French", "Note, en français"),
    "document": CubeText("Source document", "Document source"),
    "page": CubeText("Page", "Page"),
    "source": CubeText("Source", "Source"),
    "known_on": CubeText("Known on", "Connu le"),
    "reason_en": CubeText("Why revised, in English", "Raison de la révision, en anglais"),
    "reason_fr": CubeText("Why revised, in French", "Raison de la révision, en français"),
}
"""What each column holds, by the name that heads it in CSV."""

SHEETS = {
    "figures": CubeText("Figures", "Chiffres"),
    "about": CubeText("What they are", "Ce qu’ils sont"),
    "marks": CubeText("Marks", "Mentions"),
    "codes": CubeText("Codes", "Codes"),
}
"""The sheets of a workbook, in order."""
ABOUT = {
    "code": CubeText("Series", "Série"),
    "definition": CubeText("Definition", "Définition"),
    "unit": CubeText("What is counted", "Ce qui est compté"),
    "agency": CubeText("Published by", "Publié par"),
    "source": CubeText("Source", "Source"),
    "identifier": CubeText("To be cited as", "À citer comme"),
    "published_on": CubeText("Published on", "Publié le"),
    "licence": CubeText("Licence", "Licence"),
    "address": CubeText("Web address", "Adresse Web"),
    "notes": CubeText("To know", "À savoir"),
}
"""What a workbook says of its figures, in order."""

TEMPLATE_SHEET = "Figures – Chiffres"
"""The sheet of a template that figures are written in."""
