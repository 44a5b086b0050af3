"""The history of one deliverable in a trail of n events, 100 of them about it, beside a search through the details.

    python benchmarks/trail.py [n ...]

`page` is one page of the history, `csv` the whole of it as a file, `all` every event read and looked into, which is
what finding them would take without the list of what they speak of. Milliseconds; the median of five.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

SIZES = (6_250, 25_000, 100_000)
OF_ONE = 100
REPEATS = 5


def main(sizes: list[int]) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.fresh import in_a_fresh_house

    print(f"{'events':>8}{'queries':>9}{'page':>8}{'csv':>8}{'all':>8}")
    for size in sizes:
        in_a_fresh_house(_run, size)


def _run(size: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from palermo.audit.models import AuditEvent
    from palermo.people.queries import command_line
    from palermo.plan.trail.files import csv_lines
    from palermo.plan.trail.queries.acts import Acts, acts_on

    by, one = command_line(), _filled(size)

    def acts() -> Acts:
        found = acts_on(by, one)
        if found is None:
            raise SystemExit("The command line may read every history.")
        return found

    def search() -> None:
        told = AuditEvent.objects.values_list("number", "details").iterator()
        found = [number for number, details in told if (details["plan"], details["code"]) == ("made", one.code)]
        if len(found) != acts().count():
            raise SystemExit("The list and the search find different events.")

    page = _median(lambda: (acts().count(), acts().between(0, 50)))
    with CaptureQueriesContext(connection) as captured:
        acts().count(), acts().between(0, 50)
    file = _median(lambda: list(csv_lines(acts())))
    print(f"{size:>8}{len(captured):>9}{page:>8.1f}{file:>8.1f}{_median(search):>8.1f}")


def _median(act: Callable[[], object]) -> float:
    took = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        act()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def _filled(size: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a model, which only exists once Django is set up
    """A plan with one deliverable for every hundred events, and those events; unchained, since nobody verifies them."""
    from palermo.audit.models import AuditEvent, AuditSubject
    from palermo.people.models import Organisation
    from palermo.people.queries import command_line
    from palermo.plan.register.models import Deliverable, Plan

    owner = Organisation.objects.create(code="owner")
    plan = Plan.objects.create(code="made", title_en="Made", jurisdiction="CA", owner=owner)
    count = size // OF_ONE
    deliverables = [Deliverable(plan=plan, position=n, code=f"D{n}", row=n, text_en="Train") for n in range(count)]
    Deliverable.objects.bulk_create(deliverables, batch_size=500)
    by, begin = command_line().pk, datetime(2026, 1, 1, tzinfo=UTC)
    codes = [f"D{n % count}" for n in range(size)]
    events = (
        AuditEvent(
            number=number,
            at=begin + timedelta(seconds=number),
            by_id=by,
            by_name="Command line",
            act="return.save",
            about_kind="returns.return",
            about_id=str(number),
            details={"plan": "made", "code": code, "period": "2025-2026", "organisation": "owner", "version": number},
            previous_hash="0" * 64,
            hash=f"{number:064x}",
        )
        for number, code in enumerate(codes, start=1)
    )
    AuditEvent.objects.bulk_create(events, batch_size=500)
    subjects = (AuditSubject(key=f"made/{code}", number=number) for number, code in enumerate(codes, start=1))
    AuditSubject.objects.bulk_create(subjects, batch_size=500)
    return Deliverable.objects.select_related("plan__owner").get(code="D7")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
