"""Publishing: the moment after which a report does not change any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from palermo.audit.actions import record
from palermo.foundation.bilingual import LANGUAGES, Language
from palermo.people.models import User
from palermo.plan.register import policies
from palermo.plan.register.models import Plan, ReportingPeriod
from palermo.plan.report.build.accounts import account_rows
from palermo.plan.report.build.chart import chart_rows
from palermo.plan.report.build.document import report_document
from palermo.plan.report.build.source import ChartSource, chart_source
from palermo.plan.report.frozen import content_hash, written_content, written_row
from palermo.plan.report.jobs import build_files
from palermo.plan.report.models import Edition, EditionAccount, EditionRow

_BATCH = 500


class NotPublishableError(Exception):
    """The report cannot be published as it is. `code` is stable; pages say it in the reader's language."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Correction:
    """What a further edition corrects of the one before, in both languages."""

    en: str = ""
    fr: str = ""


@transaction.atomic
def publish_edition(*, by: User, period: ReportingPeriod, correction: Correction | None = None) -> Edition:
    """Freeze the report on a period as its next edition, and have its files made.

    The plan is locked meanwhile, so that both languages and every row tell of the same moment.

    Raises:
        PermissionDenied: `by` may not change this plan.
        NotPublishableError: `nothing_known` where the period has no status; `correction_missing` where there is
            an edition already and nothing says what the next one corrects.
    """
    plan = Plan.objects.select_for_update().get(pk=period.plan_id)
    if not policies.may_change_plan(by, plan):
        raise PermissionDenied
    before = Edition.objects.filter(period=period).order_by("-number").first()
    said = correction if before and correction else Correction()
    if not period.statuses.exists():
        raise NotPublishableError("nothing_known")
    if before and not (said.en.strip() or said.fr.strip()):
        raise NotPublishableError("correction_missing")
    edition = _frozen(by, chart_source(by, period), before, said)
    record(by=by, act="edition.publish", about=edition, number=edition.number, sha256=edition.sha256)
    build_files.enqueue(edition_pk=edition.pk, by_pk=by.pk)
    return edition


def _frozen(by: User, source: ChartSource, before: Edition | None, said: Correction) -> Edition:
    content = {language: _content(source, said, language) for language in LANGUAGES}
    rows, accounts = list(_rows(source)), list(_accounts(source))
    edition = Edition.objects.create(
        plan=source.plan,
        period=source.period,
        number=before.number + 1 if before else 1,
        corrects=before,
        correction_en=said.en,
        correction_fr=said.fr,
        content_en=content["en"],
        content_fr=content["fr"],
        sha256=content_hash([*content.values(), *_texts(rows), *_texts(accounts)]),
        published_by=by,
        published_at=timezone.now(),
    )
    for row in rows:
        row.edition = edition
    for account in accounts:
        account.edition = edition
    EditionRow.objects.bulk_create(rows, batch_size=_BATCH)
    EditionAccount.objects.bulk_create(accounts, batch_size=_BATCH)
    return edition


def _texts(kept: Iterable[EditionRow] | Iterable[EditionAccount]) -> Iterator[str]:
    for each in kept:
        yield from (each.cells_en, each.cells_fr)


def _content(source: ChartSource, said: Correction, language: Language) -> str:
    with override(language):
        return written_content(report_document(source, correction_en=said.en, correction_fr=said.fr))


def _rows(source: ChartSource) -> Iterator[EditionRow]:
    for position, (one, row) in enumerate(chart_rows(source, LANGUAGES), start=1):
        yield EditionRow(
            position=position, code=one.code, cells_en=written_row(row["en"]), cells_fr=written_row(row["fr"])
        )


def _accounts(source: ChartSource) -> Iterator[EditionAccount]:
    for position, (one, row) in enumerate(account_rows(source, LANGUAGES), start=1):
        yield EditionAccount(
            position=position,
            code=one.deliverable.code,
            return_number=one.return_number,
            cells_en=written_row(row["en"]),
            cells_fr=written_row(row["fr"]),
        )
