"""Public pages over a plan of n deliverables and five periods: queries, time in the server, size.

    python benchmarks/pages.py [n ...]

Promised (the design, section 6): a fixed number of queries, under 100 ms at 10,000 × 5, at most 50 KB of HTML and CSS
to first use. `first` is the first request after a change, charts and counts not yet kept; `ms` is the median of five
requests after it, and `cpu` the same without waiting for other work on the machine. `KB gz` is the page as it goes
over the wire; the stylesheet comes on top.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import time
from pathlib import Path

SIZES = (625, 2_500, 10_000)
PAGES = {
    "home": "",
    "plans": "plans/",
    "plan": "plans/made/",
    "plan, other period": "plans/made/?period=2020-2021",
    "deliverables": "plans/made/deliverables/",
    "deliverables, last page": "plans/made/deliverables/?page=99999",
    "deliverables, late": "plans/made/deliverables/?concern=late",
    "deliverables, no evidence": "plans/made/deliverables/?concern=no_evidence",
    "deliverables, status": "plans/made/deliverables/?status=ongoing&p=protection",
    "deliverables, words": "plans/made/deliverables/?q=travailleurs+saisonniers",
    "deliverables, organisation": "plans/made/deliverables/?organisation=office-3",
    "section": "plans/made/sections/1.1/",
    "section, lowest": "plans/made/sections/T7/",
    "deliverable": "plans/made/deliverables/D00077/",
    "organisations": "organisations/",
    "organisation": "organisations/office-3/",
    "organisation, late": "organisations/office-3/?show=late",
    "periods": "plans/made/periods/",
    "periods, everything": "plans/made/periods/?show=all",
    "promised before": "plans/made/promised-before/",
    "tracker": "plans/made/tracker/",
    "tracker, last page": "plans/made/tracker/?page=99999",
    "compare": "compare/?plans=made",
    "search": "search/?q=nurses",
    "search, code": "search/?q=D00077-1",
    "methods": "methods/",
    "downloads": "downloads/",
}
REPEATS = 5


def main(sizes: list[int]) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.fresh import in_a_fresh_house

    for size in sizes:
        in_a_fresh_house(_run, size)


def _run(size: int) -> None:
    from django.contrib.staticfiles import finders
    from django.test import Client

    from benchmarks.made_plan import made_plan
    from palermo.people.queries import command_line
    from palermo.plan.register.actions.load_plan import load_plan

    load_plan(file=made_plan(size), by=command_line())
    style = Path(str(finders.find("site/palermo.css"))).read_bytes()
    print(f"\n{size} deliverables, 5 periods; stylesheet {len(gzip.compress(style)) / 1024:.1f} KB gz")
    print(f"{'page':28}{'queries':>8}{'first':>9}{'ms':>8}{'cpu':>8}{'KB':>8}{'KB gz':>8}")
    client = Client()
    for name, address in PAGES.items():
        print(_line(client, name, f"/en/{address}"), flush=True)


def _line(client: object, name: str, address: str) -> str:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    if not isinstance(client, Client):
        raise TypeError
    took, worked = [], []
    for _ in range(REPEATS + 1):
        start, start_work = time.perf_counter(), time.process_time()
        response = client.get(address)
        took.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - start_work) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{address}: {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    size = len(response.content)
    packed = len(gzip.compress(response.content))
    return (
        f"{name:28}{len(captured):>8}{took[0]:>9.0f}{statistics.median(took[1:]):>8.0f}"
        f"{statistics.median(worked[1:]):>8.0f}{size / 1024:>8.1f}{packed / 1024:>8.1f}"
    )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
