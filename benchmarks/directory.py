"""The directory of n services: taken in from NDJSON, searched by the finder, and read through the API.

    python benchmarks/directory.py [n ...]

Promised for 100,000 services on two cores: taken in under 120 s in under 1 GiB; a search of the finder and a page of
the API under 50 ms in the server at the 95th percentile, with a fixed number of queries. Those are the most that any of
`ASKED` requests needed: what is found at once needs fewer. `p95` is over the same requests, which differ, before any of
them was asked a second time; `MB` is the most memory that the process had by then. `BENCH_DATABASE_URL` names a server
of PostgreSQL to measure on.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch
from urllib.parse import quote

if TYPE_CHECKING:
    from django.http import HttpResponseBase
    from django.test import Client

SIZES = (6_250, 25_000, 100_000)
ASKED = 200
HOURS = {
    "narrowed, at noon": datetime(2026, 11, 4, 17, tzinfo=UTC),
    "narrowed, at night": datetime(2026, 11, 4, 7, tzinfo=UTC),
}
"""When it is asked what is open: by day enough is near, and by night hundreds are asked in vain. A Wednesday."""
PAGES = {
    "services": "services?page={page}",
    "services, full": "services?page={page}&full=true",
    "services by term": "services?page={page}&taxonomy_term_id={term}",
    "services at locations": "service_at_locations?page={page}",
    "the same by term": "service_at_locations?page={page}&taxonomy_term_id={term}",
    "near a postal code": "service_at_locations?postcode=M5V&proximity=100000",
    "organizations": "organizations?page={page}",
    "organizations by term": "organizations?taxonomy_term_id={term}",
    "what changed": "services?modified_after={ago}",
    "one service": "services/{service}",
}


def main(sizes: list[int]) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.fresh import in_a_fresh_house

    for size in sizes:
        in_a_fresh_house(_run, size)


def _run(size: int) -> None:
    from django.conf import settings

    from benchmarks.made_services import write_services
    from palermo.foundation.garbage import collect_rarely
    from palermo.people.queries import command_line
    from palermo.protection.directory.actions.intake import take_in_file
    from palermo.protection.directory.actions.sources import source_called
    from palermo.protection.directory.actions.take_in import take_in
    from palermo.protection.directory.queries.needs import needs

    path = Path(settings.DATA) / "services.ndjson"
    write_services(path, size)
    take_in(by=command_line(), kind="taxonomy_term", documents=needs())
    source = source_called(by=command_line(), name="Made up")
    # As `palermo directory take-in` does.
    collect_rarely()
    begun, cpu = time.perf_counter(), time.process_time()
    take_in_file(by=command_line(), path=path, kind="service", source=source)
    took, worked = time.perf_counter() - begun, time.process_time() - cpu
    print(f"\n{size} services, {path.stat().st_size / 2**20:.0f} MB of NDJSON")
    print(f"  {'taken in':24} {took:7.1f} s {worked:7.1f} s cpu {_memory():5.0f} MB")
    _finder()
    _api(size)


def _finder() -> None:
    from palermo.protection.directory.hsds.places import _names
    from palermo.protection.directory.queries.needs import needs

    names = sorted(_names())[:: max(len(_names()) // ASKED, 1)][:ASKED]
    codes = [str(one["code"]) for one in needs()]
    asked = [{"need": codes[at % len(codes)], "place": name} for at, name in enumerate(names)]
    _measured("finder", lambda client, at: client.post("/en/find-help/", asked[at % len(asked)]))
    fits = {"open": "1", "language": "fr", "gender": "women"}
    for name, hour in HOURS.items():
        with patch("django.utils.timezone.now", lambda hour=hour: hour):
            _measured(name, lambda client, at: client.post("/en/find-help/", {**asked[at % len(asked)], **fits}))
    words = ("harbour clinc", "shelter maple", "north river", "advice stret", "my boss took my passport")
    _measured("finder, by words", lambda client, at: client.post("/en/find-help/", {"say": words[at % len(words)]}))


def _api(size: int) -> None:
    from palermo.protection.directory.models import Service, TaxonomyTerm

    terms = [str(key) for key in TaxonomyTerm.objects.values_list("pk", flat=True)]
    services = [str(key) for key in Service.objects.values_list("pk", flat=True)[:ASKED]]
    ago = quote(Service.objects.order_by("-changed_at")[size // 100].changed_at.isoformat())
    for name, path in PAGES.items():

        def ask(client: Client, at: int, path: str = path) -> HttpResponseBase:
            page = 1 + at * max(size // 50 // 5, 1) // ASKED
            key, term = services[at % len(services)], terms[at % len(terms)]
            said = path.format(page=page, term=term, service=key, ago=ago)
            return client.get(f"/api/hsds/{said}")

        _measured(name, ask)


def _measured(name: str, ask: Callable[[Client, int], HttpResponseBase]) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, times, count = Client(), [], 0
    ask(client, 0)
    for at in range(ASKED):
        begun = time.perf_counter()
        answer = ask(client, at)
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}")
    for at in range(ASKED):
        with CaptureQueriesContext(connection) as queries:
            ask(client, at)
        count = max(count, len(queries))
    times.sort()
    middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"  {name:24} {count:3} queries  median {middle:6.1f} ms  p95 {late:6.1f} ms  {_memory():5.0f} MB")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
