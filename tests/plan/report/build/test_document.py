"""The report put together: its parts, what changed, and texts that one language lacks."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from palermo.foundation.bilingual import Language
from palermo.people.queries import command_line
from palermo.plan.register.models import Deliverable, DueDate, Plan, ReportingPeriod, StatusRecord
from palermo.plan.report.build.document import draft_document, report_document
from palermo.plan.report.build.source import chart_source
from palermo.plan.report.formats.document import Cell, Paragraph, Part, ReportDocument, Table, plain
from palermo.plan.report.models import Narrative

from ..conftest import newest


def document(plan: Plan, language: Language = "en", period: ReportingPeriod | None = None) -> ReportDocument:
    with override(language):
        return report_document(chart_source(command_line(), period or newest(plan)))


def part(found: ReportDocument, key: str) -> Part:
    return next(each for each in found.parts if each.key == key)


def table(found: ReportDocument, key: str) -> Table | None:
    return next((each for each in found.tables() if each.key == key), None)


def value(cell: object) -> object:
    return cell.value if isinstance(cell, Cell) else cell


def test_parts_come_in_the_order_of_a_report(city: Plan) -> None:
    assert [each.key for each in document(city).parts] == [
        "foreword", "introduction", "achievements", "prevention", "protection", "prosecution", "partnership",
        "changes", "figures", "how-counted", "way-forward", "conclusion", "action-chart-part", "resources",
    ]  # fmt: skip


def test_a_part_that_nobody_wrote_is_left_out_but_a_p_keeps_its_numbers(city: Plan) -> None:
    Narrative.objects.filter(part__in=["foreword", "protection"]).delete()
    found = document(city)
    assert "foreword" not in [each.key for each in found.parts]
    (line,) = part(found, "protection").blocks
    assert isinstance(line, Paragraph)
    assert plain(line.runs).startswith(f"{Deliverable.objects.filter(plan=city, p='protection').count()} deliverables.")


def test_what_was_written_about_a_p_that_the_plan_lacks_is_not_lost(city: Plan) -> None:
    Deliverable.objects.filter(plan=city, p="partnership").update(p="prevention")
    written = part(document(city), "partnership")
    assert written.blocks
    assert "deliverable" not in plain(next(each.runs for each in written.blocks if isinstance(each, Paragraph)))


def test_a_text_that_one_language_lacks_is_marked_with_its_own(city: Plan) -> None:
    Narrative.objects.filter(part="foreword").update(text_en="Only **English**.", text_fr="")
    (french,) = part(document(city, "fr"), "foreword").blocks
    (english,) = part(document(city, "en"), "foreword").blocks
    assert isinstance(french, Paragraph)
    assert isinstance(english, Paragraph)
    assert {run.language for run in french.runs} == {"en-CA"}
    assert {run.language for run in english.runs} == {""}


def test_what_moved_is_what_the_records_say(city: Plan) -> None:
    periods = list(city.periods.filter(statuses__isnull=False).distinct().order_by("starts_on"))[-2:]
    before, now = (
        dict(
            StatusRecord.objects.filter(period=period, kind="claimed", is_current=True).values_list(
                "deliverable__code", "value"
            )
        )
        for period in periods
    )
    every = city.deliverables.order_by("position").values_list("code", flat=True)
    known = [(code, before.get(code, "not_stated"), now.get(code, "not_stated")) for code in every]
    wanted = [each for each in known if each[1] != each[2]]
    moved = table(document(city), "moved")
    assert moved is not None
    found = [(row[0], *(cell.code for cell in row[2:] if isinstance(cell, Cell))) for row in moved.checked_rows()]
    assert found == wanted
    assert wanted


def test_additions_and_due_dates_of_the_period_are_listed(city: Plan) -> None:
    period = newest(city)
    first, second = city.deliverables.order_by("position")[:2]
    Deliverable.objects.filter(pk=first.pk).update(added_in=period)
    DueDate.objects.filter(deliverable=second).delete()
    for revision, due, said in ((0, date(2024, 3, 31), None), (1, date(2026, 3, 31), date(2025, 3, 31))):
        DueDate.objects.create(
            deliverable=second, revision=revision, due_on=due, set_on=said, reason_en="Late.", reason_fr="En retard."
        )
    found = document(city, "fr")
    added, put_off = table(found, "added"), table(found, "put-off")
    assert added is not None
    assert [row[0] for row in added.checked_rows()] == [first.code]
    assert put_off is not None
    assert [tuple(map(value, row))[2:] for row in put_off.checked_rows()] == [(date(2026, 3, 31), "En retard.")]


def test_the_first_report_says_that_nothing_can_be_compared(country: Plan) -> None:
    found = document(country)
    assert table(found, "moved") is None
    said = [plain(block.runs) for block in part(found, "changes").blocks if isinstance(block, Paragraph)]
    assert "No status of an earlier period is known, so nothing can be compared." in said


def test_a_draft_shows_the_first_rows_of_the_chart(country: Plan) -> None:
    with override("en"):
        chart = table(draft_document(chart_source(command_line(), newest(country))), "action-chart")
    assert chart is not None
    assert [row[3] for row in chart.checked_rows()] == [
        one.code for one in country.deliverables.order_by("position")[:50]
    ]
