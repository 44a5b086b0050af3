"""`palermo report`: the annual report of a plan in every format, as files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from palermo import commands

if TYPE_CHECKING:
    from palermo.plan.register.models import Plan, ReportingPeriod

SAMPLE_PLAN = "ca-2012"


def add_to(names: commands.Names) -> None:
    """`palermo report [PLAN] [PERIOD]`."""
    report = names.add_parser(
        "report",
        help="make the report of a plan in every format, without publishing it",
        description="Makes the report as it would be published now, in every format and both languages, "
        "and prints the path of each file.",
    )
    report.add_argument(
        "plan", nargs="?", default=SAMPLE_PLAN, metavar="PLAN", help="code of the plan (default: %(default)s)"
    )
    report.add_argument(
        "period", nargs="?", metavar="PERIOD", help="such as 2013-2014 (default: the newest with a status)"
    )
    report.add_argument("--to", type=Path, metavar="FOLDER", help="where to (default: reports/ in the data folder)")
    report.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the files and print where they are."""
    commands.start_django()
    with commands.told_of_the_database():
        plan = commands.plan_by_code(arguments.plan)
        period = _period(plan, arguments.period)
        for path in make_report(plan, period, arguments.to or folder_of(plan.code)):
            print(path)
    return commands.DONE


def folder_of(plan_code: str) -> Path:
    """Where the reports of a plan go if nothing else is said."""
    from palermo.config import settings

    return settings.DATA / "reports" / plan_code


def make_report(plan: Plan, period: ReportingPeriod, folder: Path) -> list[Path]:
    """Write the report on a period, as the register tells it now, to one file a format and language."""
    from django.utils.translation import override

    from palermo.foundation.bilingual import LANGUAGES
    from palermo.people.queries import command_line
    from palermo.plan.report.build.chart import chart_rows, chart_source
    from palermo.plan.report.build.document import report_document
    from palermo.plan.report.formats.document import RowSource
    from palermo.plan.report.formats.registry import FORMATS
    from palermo.plan.report.frozen import with_chart_rows

    folder.mkdir(parents=True, exist_ok=True)
    source = chart_source(command_line(), period)
    made = []
    for language in LANGUAGES:
        with override(language):
            rows = RowSource(lambda: (row[language] for _one, row in chart_rows(source, (language,))))  # noqa: B023
            document = with_chart_rows(report_document(source), rows)
            for each in FORMATS:
                path = folder / f"{plan.code}-{period.code}-{language}.{each.extension}"
                each.render(document, path)
                made.append(path)
    return made


def sample_report_files() -> list[Path]:
    """The files of the sample's report, if they were made."""
    return sorted(folder_of(SAMPLE_PLAN).glob(f"{SAMPLE_PLAN}-*"))


def make_sample_report() -> list[Path]:
    """Make the report of the sample plan."""
    plan = commands.plan_by_code(SAMPLE_PLAN)
    return make_report(plan, _period(plan, None), folder_of(SAMPLE_PLAN))


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
