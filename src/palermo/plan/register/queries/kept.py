"""Counts that are kept until anybody does anything.

A pass over 10,000 deliverables takes up to 0.1 s. Every act is on the audit trail, so a count made while the trail
ended with one event is right for as long as it ends with that event; after the next act nobody asks for it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import connection

from palermo.audit.queries import end_of_trail

T = TypeVar("T")
KEEP_SECONDS = 24 * 60 * 60


def kept(name: str, make: Callable[[], T]) -> T:
    """What `make` returns, or returned since the last act. `name` says of what, and must hold all that it depends on.

    Nothing is kept while the trail is empty, nor inside a transaction, which may hold changes that are not on the
    trail yet, or never will be.
    """
    end = "" if connection.in_atomic_block else end_of_trail()
    if not end:
        return make()
    key = "kept-" + hashlib.sha256(f"{name} {end}".encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEEP_SECONDS)
    return cast(T, found)
