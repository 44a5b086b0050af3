"""What an edition is kept as: read back exactly, and recognised by a hash that anybody can make again."""

from __future__ import annotations

import hashlib

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import override

from palermo.foundation.bilingual import LANGUAGES, Language
from palermo.people.models import OrganisationName
from palermo.people.queries import command_line
from palermo.plan.register.models import Account, Deliverable, Evidence, Plan
from palermo.plan.report.actions.publish import publish_edition
from palermo.plan.report.build.chart import chart_rows
from palermo.plan.report.build.document import report_document
from palermo.plan.report.build.source import chart_source
from palermo.plan.report.formats.document import ReportDocument
from palermo.plan.report.formats.document_json import from_json, to_json
from palermo.plan.report.frozen import published_document, with_chart_rows, written_content
from palermo.plan.report.models import Edition, EditionAccount

from .conftest import newest
from .year import Year


def drawn_up(plan: Plan, language: Language) -> ReportDocument:
    source = chart_source(command_line(), newest(plan))
    with override(language):
        rows = tuple(row[language] for _one, row in chart_rows(source, [language]))
        return with_chart_rows(report_document(source), rows)


def test_an_edition_reads_back_as_what_was_drawn_up(city: Plan) -> None:
    before = {"en": drawn_up(city, "en"), "fr": drawn_up(city, "fr")}
    edition = Edition.objects.get(pk=publish_edition(by=command_line(), period=newest(city)).pk)
    languages: tuple[Language, ...] = ("en", "fr")
    for language in languages:
        # A file reads rows from the database as it needs them; written down they are all there.
        read = from_json(to_json(published_document(edition, language)))
        assert (read.edition_number, read.published_on) == (1, timezone.localdate())
        assert (read.parts, read.statuses, read.title) == (
            before[language].parts,
            before[language].statuses,
            before[language].title,
        )


def test_rows_are_kept_beside_the_description_and_not_in_it(city: Plan) -> None:
    document = drawn_up(city, "en")
    read = from_json(written_content(document))
    assert [len(tuple(table.rows)) for table in read.tables() if table.key == "action-chart"] == [0]
    assert with_chart_rows(read, ()) == with_chart_rows(document, ())


def test_the_hash_can_be_made_again_from_the_database(edition: Edition) -> None:
    kept = Edition.objects.get(pk=edition.pk)
    texts = [kept.content_en, kept.content_fr]
    for row in kept.rows.order_by("position"):
        texts += [row.cells_en, row.cells_fr]
    assert hashlib.sha256("".join(f"{text}\n" for text in texts).encode()).hexdigest() == kept.sha256


def test_accounts_are_kept_one_by_one_and_are_part_of_the_hash(year: Year) -> None:
    edition = publish_edition(by=year.coordinator, period=year.period)
    kept = Edition.objects.get(pk=edition.pk)
    assert list(kept.accounts.order_by("position").values_list("code", "return_number")) == [
        ("T1", year.number("T1", "customs")),
        ("T1", year.number("T1")),
        ("T2", year.number("T2")),
        ("T3", year.number("T3")),
    ]
    texts = [kept.content_en, kept.content_fr]
    for row in kept.rows.order_by("position"):
        texts += [row.cells_en, row.cells_fr]
    for account in kept.accounts.order_by("position"):
        texts += [account.cells_en, account.cells_fr]
    assert hashlib.sha256("".join(f"{text}\n" for text in texts).encode()).hexdigest() == kept.sha256
    assert "Survivors taught half" not in kept.content_en


def test_the_database_refuses_to_change_an_account(year: Year) -> None:
    edition = publish_edition(by=year.coordinator, period=year.period)
    with pytest.raises(DatabaseError), transaction.atomic():
        EditionAccount.objects.filter(edition=edition).update(cells_en="[]")
    with pytest.raises(DatabaseError), transaction.atomic():
        EditionAccount.objects.filter(edition=edition).delete()


def test_what_an_edition_says_of_accounts_never_changes(year: Year) -> None:
    edition = publish_edition(by=year.coordinator, period=year.period)
    before = {language: to_json(published_document(edition, language)) for language in LANGUAGES}
    OrganisationName.objects.update(name_en="Renamed", name_fr="Renommé")
    Deliverable.objects.update(text_en="Other words", text_fr="Autres mots")
    Account.objects.update(narrative_en="Other words", status="complete")
    Evidence.objects.update(title_en="Another title")
    again = Edition.objects.get(pk=edition.pk)
    assert {language: to_json(published_document(again, language)) for language in LANGUAGES} == before
