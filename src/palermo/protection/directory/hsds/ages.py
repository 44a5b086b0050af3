"""The ages that people write in words of their own, so that those of children can be told from all others."""

from __future__ import annotations

import re

from palermo.foundation.search import folded
from palermo.protection.directory.hsds.fitting import ADULT

OF_A_CHILD = " year old "
"""What stands for the age of somebody under 18 in the everyday words for needs."""
_IN_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_IN_FRENCH = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept"
_BY_WORD = {word: number for words in (_IN_ENGLISH, _IN_FRENCH) for number, word in enumerate(words.split(), 1)}
_NUMBER = rf"(?P<age>\d{{1,3}}|{'|'.join(sorted(_BY_WORD, key=len, reverse=True))})"
_OWN = rf"(?P<age>[89]|\d\d|{'|'.join(word for word in _IN_ENGLISH.split() if _BY_WORD[word] > 7)})"
"""An age from which on somebody may tell it of themselves: “I am one of them” is none."""
_ON = r"(?![\w$%:/]|[.,]\d)"
"""That a number or a word ends here."""
_UNITS = (
    r"weeks?|wks?|months?|mos?|days?|hours?|hrs?|h|min|mins|minutes?|k|km|kms|kilomet\w+|miles?|blocks?|people|persons?|"
    r"of|am|pm|dollars?|bucks|feet|ft|times?|more|other|in\sline|semaines?|mois|jours?|heures?|"
    r"(?:years?|yrs?)\s(?:older|younger|apart|clean|sober|ago|in|into|with|here|away)"
)
"""What is counted where a number is no age."""
_APART = r"(?!\s(?:de\s(?:plus|moins)|plus\s(?:vieux|vieille|agee?|jeune))\b)"
"""That it is not said how much older or younger somebody is than another."""
_AS_OLD = re.compile(rf"\b{_NUMBER}[\s-]*(?:(?:years?|yrs?)[\s-]*olds?|y\.?/?\s?o)\b")
"""“15 years old”, “15yo”."""
_WHO_IS = re.compile(
    rf"\b(?:i\s?am|i\s?'?m|(?:s?he|who)(?:'?s|\sis)|aged?|turn(?:ed|ing))\s(?:(?:only|just|almost|turning)\s)?"
    rf"{_OWN}{_ON}(?![\s-]*(?:{_UNITS})\b)"
)
"""“I’m 15”, where no unit follows."""
_UNDER = re.compile(
    rf"\b(?:(?:under|below)\s(?:the\sage\sof\s)?|moins\sde\s){_NUMBER}{_ON}(?!\s*(?:{_UNITS})\b)(?:\sans\b)?"
)
"""“under 18”, “moins de 18 ans”."""
_WHO_HAS = re.compile(
    r"\b(?:j\s?'?\s?ai|(?:elle|il)\sa|(?:fils|fille|soeur|frere|gars|enfant|ado|niece|neveu)\s(?:a|de)|agee?s?\sde)"
    rf"\s(?:juste\s|seulement\s|presque\s)?{_NUMBER}\s?ans\b{_APART}"
)
"""“j’ai 15 ans”, “ma fille de 12 ans”."""
_LAST = re.compile(rf"(?<!depuis )(?<!pendant )(?<!durant )(?<!y a )(?<!fait )\b(?P<age>1[3-7])\s?ans\b{_APART}")
"""“15 ans” and nothing else that tells whose age or how long."""


def with_ages(said: str) -> str:
    """A text in small letters and without accents, the ages of children in it all written in one way."""
    text = folded(said).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    text = _UNDER.sub(lambda found: _written(found, ADULT), text)
    for ages in (_AS_OLD, _WHO_IS, _WHO_HAS, _LAST):
        text = ages.sub(lambda found: _written(found, ADULT - 1), text)
    return text


def _written(found: re.Match[str], oldest: int) -> str:
    """What stands for an age in the text: of a child, or of nobody who is one, which says nothing."""
    said = found["age"]
    return OF_A_CHILD if (_BY_WORD.get(said) or int(said)) <= oldest else " "
