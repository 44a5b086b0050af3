"""A database that fails at the n-th write, to show that an act leaves all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


class PowerCutError(Exception):
    """The process was killed here."""


class Counter:
    """How many writes there were."""

    count = 0


@contextmanager
def writes_counted(fail_at: int = 0) -> Iterator[Counter]:
    """Count what is written to the database, and raise in place of write number `fail_at`, the first one being 1.

    Raises:
        PowerCutError: at that write.
    """
    counter = Counter()

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401
        if sql.lstrip().upper().startswith(WRITES):
            counter.count += 1
            if counter.count == fail_at:
                raise PowerCutError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield counter


def assert_all_or_nothing(act: Callable[[], object], stored: Callable[[], object]) -> None:
    """Cut the power at each write of an act in turn: `stored` must say the same as before, every time.

    The act itself is done in the end, uncut, and must have changed what `stored` says.
    """
    before = stored()
    cut = 0
    while True:
        cut += 1
        with writes_counted(fail_at=cut) as counter:
            try:
                act()
            except PowerCutError:
                assert stored() == before, f"something stayed after a cut at write {cut}"
                continue
        assert counter.count == cut - 1
        break
    assert cut > 1, "the act writes nothing"
    assert stored() != before
