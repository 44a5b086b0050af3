"""Publishing freezes; a later change changes nothing; a correction is a further edition."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django_tasks_db.models import DBTaskResult

from palermo.audit.models import AuditEvent
from palermo.people.models import OrganisationName, User
from palermo.people.queries import command_line
from palermo.plan.register.models import Deliverable, Plan, StatusRecord
from palermo.plan.report.actions.files import make_files
from palermo.plan.report.actions.publish import Correction, NotPublishableError, publish_edition
from palermo.plan.report.formats.document import Cell
from palermo.plan.report.formats.document_json import to_json
from palermo.plan.report.frozen import published_document
from palermo.plan.report.models import Edition, EditionRow
from tests.raising import assert_all_or_nothing

from ..conftest import newest


def test_the_chart_holds_every_deliverable_with_its_status(country: Plan) -> None:
    period = newest(country)
    edition = publish_edition(by=command_line(), period=period)
    document = published_document(edition, "en")
    chart = next(table for table in document.tables() if table.key == "action-chart")
    place = [column.key for column in chart.columns].index(f"status-{period.code}")
    codes = [cell.code for row in chart.rows if isinstance(cell := row[place], Cell)]
    claimed = StatusRecord.objects.filter(period=period, kind="claimed", is_current=True)
    wanted = claimed.order_by("deliverable__position").values_list("value", flat=True)
    assert len(codes) == Deliverable.objects.filter(plan=country).count() == 107
    assert codes == list(wanted)


def test_nothing_renamed_later_changes_an_edition(city: Plan) -> None:
    edition = publish_edition(by=command_line(), period=newest(city))
    before = {language: to_json(published_document(edition, language)) for language in ("en", "fr")}
    OrganisationName.objects.update(name_en="Renamed", name_fr="Renommé", acronym_en="R", acronym_fr="R")
    Deliverable.objects.update(text_en="Other words", text_fr="Autres mots", code_is_printed=False)
    StatusRecord.objects.update(value="not_started")
    Plan.objects.update(title_en="Another plan", title_fr="Un autre plan")
    again = Edition.objects.get(pk=edition.pk)
    assert {language: to_json(published_document(again, language)) for language in ("en", "fr")} == before


def test_the_database_refuses_to_change_an_edition(city: Plan) -> None:
    edition = publish_edition(by=command_line(), period=newest(city))
    with pytest.raises(DatabaseError), transaction.atomic():
        EditionRow.objects.filter(edition=edition).update(cells_en="[]")
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(content_en="{}")
    with pytest.raises(DatabaseError), transaction.atomic():
        EditionRow.objects.filter(edition=edition).delete()


def test_a_second_edition_must_say_what_it_corrects(city: Plan) -> None:
    first = publish_edition(by=command_line(), period=newest(city))
    with pytest.raises(NotPublishableError) as refusal:
        publish_edition(by=command_line(), period=newest(city))
    assert refusal.value.code == "correction_missing"
    second = publish_edition(by=command_line(), period=newest(city), correction=Correction(en="A wrong date."))
    assert (second.number, second.corrects) == (2, first)
    assert published_document(second, "fr").corrects == "A wrong date."


def test_a_period_without_statuses_cannot_be_published(city: Plan) -> None:
    empty = city.periods.exclude(statuses__isnull=False).first()
    assert empty is not None
    with pytest.raises(NotPublishableError) as refusal:
        publish_edition(by=command_line(), period=empty)
    assert refusal.value.code == "nothing_known"


def test_killed_at_any_write_all_or_nothing(city: Plan) -> None:
    by = command_line()

    def stored() -> object:
        return [model.objects.count() for model in (Edition, EditionRow, AuditEvent, DBTaskResult)]

    before = AuditEvent.objects.filter(act="edition.publish").count()
    assert_all_or_nothing(lambda: publish_edition(by=by, period=newest(city)), stored)
    assert AuditEvent.objects.filter(act="edition.publish").count() == before + 1


def test_strangers_may_not_publish(city: Plan) -> None:
    stranger = User.objects.create_user("somebody@example.org", name="Somebody")
    with pytest.raises(PermissionDenied):
        publish_edition(by=stranger, period=newest(city))
    assert not Edition.objects.exists()


def test_publishing_is_one_audit_event(city: Plan) -> None:
    edition = publish_edition(by=command_line(), period=newest(city))
    event = AuditEvent.objects.order_by("-number")[0]
    assert (event.act, event.details["sha256"]) == ("edition.publish", edition.sha256)


def test_every_file_is_made_once_in_both_languages(city: Plan) -> None:
    edition = make_files(by=command_line(), edition=publish_edition(by=command_line(), period=newest(city)))
    made = set(edition.files.values_list("format", "language"))
    keys = {"html", "pdf", "docx", "xlsx", "json", "csv"}
    assert made == {(key, language) for key in keys for language in ("en", "fr")}
    assert edition.state == "ready"
    before = list(edition.files.order_by("pk").values_list("pk", "sha256"))
    make_files(by=command_line(), edition=edition)
    assert list(edition.files.order_by("pk").values_list("pk", "sha256")) == before
