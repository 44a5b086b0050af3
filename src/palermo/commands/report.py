"""`palermo report`: the published report of a plan, as files."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from palermo import commands

if TYPE_CHECKING:
    from palermo.foundation.bilingual import Language
    from palermo.plan.register.models import Plan, ReportingPeriod
    from palermo.plan.report.models import Edition, EditionFile

SAMPLE_PLAN = "ca-2012"


def add_to(names: commands.Names) -> None:
    """`palermo report [PLAN] [PERIOD]`."""
    report = names.add_parser(
        "report",
        help="put the published report of a plan into a folder, in every format",
        description="Publishes the report on a period where that was not done yet, makes its files in every format "
        "and both languages, copies them into reports/ in the data folder and prints their paths. In production it "
        "publishes only if told to.",
    )
    report.add_argument(
        "plan", nargs="?", default=SAMPLE_PLAN, metavar="PLAN", help="code of the plan (default: %(default)s)"
    )
    report.add_argument(
        "period", nargs="?", metavar="PERIOD", help="such as 2013-2014 (default: the newest with a status)"
    )
    report.add_argument("--language", choices=("en", "fr"), help="the files of one language only")
    report.add_argument("--again", action="store_true", help="copy files anew that are in the folder already")
    report.add_argument("--publish", action="store_true", help="publish, in production too, where nothing is yet")
    report.add_argument(
        "--correction", metavar="TEXT", default="", help="publish a further edition, which corrects what TEXT says"
    )
    report.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Publish where that is wanted, then see to it that the files are there, and print where."""
    commands.start_django()
    from django.conf import settings

    may_publish = arguments.publish or not settings.PRODUCTION
    with commands.told_of_the_database():
        plan = commands.plan_by_code(arguments.plan)
        period = _period(plan, arguments.period)
        edition = _edition(period, arguments.correction, arguments.language or "en", may_publish=may_publish)
        for path in copied(edition, arguments.language, again=arguments.again):
            print(path)
    return commands.DONE


def copied(edition: Edition, language: Language | None = None, *, again: bool = False) -> list[Path]:
    """Where the files of an edition lie in the folder of reports; made and copied if they are not there yet."""
    from palermo.people.queries import command_line
    from palermo.plan.report.actions.files import make_files
    from palermo.plan.report.formats.registry import FORMATS
    from palermo.plan.report.models.edition import EditionState

    if edition.state != EditionState.READY:
        make_files(by=command_line(), edition=edition)
    name = f"{edition.plan.code}-{edition.period.code}-{edition.number}"
    folder = reports_folder() / name
    folder.mkdir(parents=True, exist_ok=True)
    extensions = {each.key: each.extension for each in FORMATS}
    kept = edition.files.order_by("language", "format")
    paths = []
    for file in kept.filter(language=language) if language else kept:
        path = folder / f"{name}-{file.language}.{extensions[file.format]}"
        if again or not path.exists():
            _copy(file, path)
        paths.append(path)
    return paths


def _copy(file: EditionFile, path: Path) -> None:
    """Copy all of a file or nothing."""
    part = path.with_name(f".{path.name}.part")
    with file.file.open("rb") as stream, part.open("wb") as copy:
        shutil.copyfileobj(stream, copy)
    part.replace(path)


def reports_folder() -> Path:
    """Where reports go, a folder an edition."""
    from palermo.config import settings

    return settings.DATA / "reports"


def sample_report_files() -> list[Path]:
    """The files of the newest report of the sample, if they were made. Asks nothing of the database."""
    editions = sorted(reports_folder().glob(f"{SAMPLE_PLAN}-*"), key=lambda folder: folder.stat().st_mtime)
    return sorted(editions[-1].glob(f"{SAMPLE_PLAN}-*")) if editions else []


def make_sample_report() -> list[Path]:
    """Publish the report of the sample plan if that was not done yet, and copy its files."""
    plan = commands.plan_by_code(SAMPLE_PLAN)
    return copied(_edition(_period(plan, None), "", "en", may_publish=True))


def _edition(period: ReportingPeriod, correction: str, language: Language, *, may_publish: bool) -> Edition:
    """The newest edition on a period; published now where there is none, or where something is to be corrected.

    Raises:
        RefusedError: there is none, and none may be published; or nothing is known of the period.
    """
    from palermo.people.queries import command_line
    from palermo.plan.report.actions.publish import Correction, NotPublishableError, publish_edition
    from palermo.plan.report.queries import editions

    newest = editions(command_line()).filter(period=period).first()
    if newest is not None and not correction.strip():
        return newest
    if not may_publish:
        raise commands.RefusedError("This would publish the report. In production add --publish if that is meant.")
    if newest is None and correction.strip():
        raise commands.RefusedError("There is no edition yet that could be corrected.", commands.WRONG_USE)
    try:
        return publish_edition(by=command_line(), period=period, correction=Correction(**{language: correction}))
    except NotPublishableError as error:
        raise commands.RefusedError(f"No status is known of {period.label}, so there is nothing to report.") from error


def _period(plan: Plan, code: str | None) -> ReportingPeriod:
    """The period with this code, or the newest of which anything is known.

    Raises:
        RefusedError: there is no such period.
    """
    from palermo.people.queries import command_line
    from palermo.plan.register.queries.plans import latest_period, periods

    if code is None:
        latest = latest_period(command_line(), plan)
        if latest is None:
            raise commands.RefusedError(f"No status is known of the plan {plan.code}, so there is nothing to report.")
        return latest
    found = {period.code: period for period in periods(command_line(), plan)}
    if code not in found:
        known = ", ".join(found) or "none"
        raise commands.RefusedError(
            f"The plan {plan.code} has no period “{code}”. It has: {known}.", commands.WRONG_USE
        )
    return found[code]
