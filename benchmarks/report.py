"""How long a report takes from its plan to the last file, as the plan grows by four and by sixteen.

    python benchmarks/report.py [n ...]

Every deliverable of a made plan has an account of the newest period, as if it had been gathered by returns.

The promise: the sample's report, in every format and both languages, in under 10 seconds together; each file of a
plan of 10,000 deliverables over 5 periods in under 20. Each plan has a process and an SQLite file of its own. `of CPU`
leaves out what the machine did for others meanwhile; `peak MB` is the most memory that this process, or the typesetter
that it started, held up to the end of the step.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from palermo.plan.planfile_models import PlanFile
    from palermo.plan.register.models import ReportingPeriod

SILENT = {"status": "not_reported"}
SAID = {
    "status": "in_progress",
    "narrative_en": "We trained forty people who inspect workplaces, together with survivors who were paid for it. "
    "Three courses are left for next year, and the handbook was printed in nine languages.",
    "narrative_fr": "Nous avons formé quarante inspecteurs du travail, avec des personnes survivantes rémunérées. "
    "Trois cours restent à donner l’an prochain, et le guide a été imprimé en neuf langues.",
    "reason_en": "The vendor delivered late.",
    "reason_fr": "Le fournisseur a livré en retard.",
    "figures": [{"label_en": "People trained", "label_fr": "Personnes formées", "value": "40.0000"}],
}
SIZES = ("sample", "625", "2500", "10000")
T = TypeVar("T")


def main(sizes: list[str]) -> None:
    """Print a line for each step and size."""
    print(f"{'plan':<10}{'step':<12}{'seconds':>10}{'of CPU':>10}{'file MB':>10}{'peak MB':>10}")
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory(prefix="palermo-bench-") as folder:
            environ = {**os.environ, "PALERMO_DATA": folder, "DATABASE_URL": "", "PALERMO_MODE": "laptop"}
            environ |= {"DJANGO_SETTINGS_MODULE": "palermo.config.settings"}
            subprocess.run([sys.executable, __file__, "--one", size], env=environ, check=True)


def measure(size: str) -> None:
    """Load a plan, publish its report and make each file, telling of each step."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import django

    django.setup()
    from django.core.management import call_command

    from palermo.people.queries import command_line
    from palermo.plan.register.actions.load_plan import load_plan
    from palermo.plan.register.queries.plans import latest_period
    from palermo.plan.report.actions.narrative import load_narratives
    from palermo.plan.report.actions.publish import publish_edition

    call_command("migrate", verbosity=0)
    by, file = command_line(), plan_of(size)
    plan = timed(size, "load", lambda: load_plan(file=file, by=by)).plan
    load_narratives(by=by, plan=plan, narratives=file.narratives)
    period = latest_period(by, plan)
    if period is None:
        raise SystemExit("The plan has no statuses.")
    if size != "sample":
        give_accounts(period)
    began = time.perf_counter()
    edition = timed(size, "publish", lambda: publish_edition(by=by, period=period))
    make_each_file(size, edition.pk)
    print(f"{size:<10}{'together':<12}{time.perf_counter() - began:>10.2f}", flush=True)


def give_accounts(period: ReportingPeriod) -> None:
    """Let whoever leads a deliverable have answered for it, except for every ninth."""
    from palermo.plan.register.models import Account, ReportingPeriod, Responsibility
    from palermo.plan.register.vocabulary import Part

    ReportingPeriod.objects.filter(pk=period.pk).update(gathering="closed")
    leads = Responsibility.objects.filter(deliverable__plan=period.plan_id, kind=Part.LEAD)
    Account.objects.bulk_create(
        (
            Account(
                deliverable_id=deliverable,
                organisation_id=organisation,
                period=period,
                return_number=number,
                **(SILENT if number % 9 == 0 else SAID),
            )
            for number, (deliverable, organisation) in enumerate(
                leads.order_by("deliverable__position").values_list("deliverable_id", "organisation_id"), start=1
            )
        ),
        batch_size=500,
    )


def make_each_file(size: str, edition_pk: int) -> None:
    """Make every format in both languages, a step each."""
    from palermo.foundation.bilingual import LANGUAGES, Language
    from palermo.plan.report.formats.registry import FORMATS, Format
    from palermo.plan.report.frozen import published_document
    from palermo.plan.report.models import Edition

    edition = Edition.objects.get(pk=edition_pk)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "report"

        def render(kind: Format, language: Language) -> int:
            kind.render(published_document(edition, language), made)
            return made.stat().st_size

        for each in FORMATS:
            for language in LANGUAGES:
                timed(size, f"{each.key} {language}", partial(render, each, language))


def plan_of(size: str) -> PlanFile:
    """The federal sample, or a made plan of so many deliverables."""
    from importlib.resources import files

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.made_plan import made_plan
    from palermo.plan import planfile

    if size == "sample":
        return planfile.load(files("palermo.plan.samples").joinpath("ca-2012.json").read_bytes())
    return made_plan(int(size))


def timed(size: str, step: str, work: Callable[[], T]) -> T:
    """Do it and print how long it took."""
    began, before = time.perf_counter(), worked()
    done = work()
    seconds, cpu = time.perf_counter() - began, worked() - before
    megabytes = f"{done / 1e6:.1f}" if isinstance(done, int) else ""
    held = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{size:<10}{step:<12}{seconds:>10.2f}{cpu:>10.2f}{megabytes:>10}{held / 1024:>10.0f}", flush=True)
    return done


def worked() -> float:
    """Seconds that a processor worked for this process and those that it started."""
    uses = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2])
    else:
        main(sys.argv[1:])
