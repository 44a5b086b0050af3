"""French pages are French: no English text of ours is left on them, and numbers, dates and signs are set right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from palermo.people.queries import command_line
from palermo.plan import samples
from palermo.plan.imports.actions.propose import propose
from palermo.plan.planfile import load
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.queries.plans import latest_period
from palermo.plan.report.actions.files import make_files
from palermo.plan.report.actions.narrative import load_narratives
from palermo.plan.report.actions.publish import publish_edition
from tests.factories import coordinator_of
from tests.locale.conftest import french_pages
from tests.locale.test_catalogue import FILLED_IN, entries, texts

pytestmark = pytest.mark.django_db

Pages = dict[str, list[str]]
TABLE = b"Section code,Section title,Action,Lead,Status\n1,Training,Train inspectors,Labour,Under way since 2020\n"
NAMES = ("NASHI: Our Children", "Human Trafficking: Canada is Not Immune")
"""What has an English name alone."""
MISTAKES = {
    "a year with its thousands apart": re.compile(r"\b[12][\s\u00a0\u202f]\d{3}\b(?=–|\))"),
    "1 for the first of a month": re.compile(
        r"\b1[\s\u00a0](janvier|février|mars|avril|mai|juin|juillet|août|octobre)"
    ),
    "an English month": re.compile(r"\b(January|February|March|April|June|July|August|September|October|December)\b"),
    "a size in English units": re.compile(r"\d[\s\u00a0](KB|MB|Kio|Mio|bytes)\b"),
    "a decimal point": re.compile(r"\d\.\d+[\s\u00a0](%|Ko|Mo|\$)"),
    "an English amount": re.compile(r"\$\d"),
    "per cent without its space": re.compile(r"\d ?%"),
    "a common space before a sign": re.compile(r"\w [:;!?](\s|$)"),
    "no space before a sign": re.compile(r"\w[:;!?](\s|$)"),
    "English quotation marks": re.compile(r"[“”]"),
}


def french() -> Pages:
    """The French pages of two plans of the sample, for everybody and for the person who coordinates one of them."""
    for name in ("ca-2012.json", "example-country-2023.json"):
        file = load((Path(samples.__file__).parent / name).read_bytes())
        plan = load_plan(file=file, by=command_line()).plan
        load_narratives(by=command_line(), plan=plan, narratives=file.narratives)
        period = latest_period(command_line(), plan)
        assert period is not None
        edition = publish_edition(by=command_line(), period=period)
    make_files(by=command_line(), edition=edition)
    person = coordinator_of(plan.owner)
    propose(by=person, upload=ContentFile(TABLE, name="plan.csv"), plan=plan)
    client = Client()
    client.force_login(person)
    starts = ((Client(), "/fr/"), (Client(), "/fr/account/login/"), (client, "/fr/work/"))
    return {path: texts for viewer, start in starts for path, texts in french_pages(viewer, start)}


def english() -> list[re.Pattern[str]]:
    """A pattern for each English text of the catalogue that reads otherwise in French."""
    wanted: set[str] = set()
    same: set[str] = set()
    for entry in entries():
        wanted |= {entry.msgid, entry.msgid_plural} - {""}
        same |= set(texts(entry))
    parts = [FILLED_IN.split(text) for text in wanted - same]
    return [re.compile(".+?".join(map(re.escape, each))) for each in parts if sum(map(str.isalpha, "".join(each))) > 3]


def test_french_pages_are_french() -> None:
    pages, ours = french(), english()
    assert len(pages) > 60
    shown = {_unnamed(text).strip(): path for path, its in pages.items() for text in its}
    ours_in_french = {text for entry in entries() for text in texts(entry)}
    faults = [
        f"English: {path}: {text}"
        for text, path in shown.items()
        # "Table %(number)s" would fit "Table des matières".
        if text not in ours_in_french and any(one.fullmatch(text) for one in ours)
    ]
    for mistake, pattern in MISTAKES.items():
        faults += [f"{mistake}: {path}: {text}" for text, path in shown.items() if pattern.search(text)]
    assert faults == [], "\n".join(faults)


def _unnamed(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return text
