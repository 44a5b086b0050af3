"""Every table that a migration froze is still frozen after all later migrations.

SQLite makes a table anew to alter it, and forgets what froze it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection

import palermo

pytestmark = pytest.mark.django_db
FROZEN = re.compile(r"""append_only\(\s*["'](\w+)["']""")
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def test_what_was_frozen_stays_frozen() -> None:
    files = Path(palermo.__file__).parent.rglob("migrations/0*.py")
    frozen = {table for file in files for table in FROZEN.findall(file.read_text("utf-8"))}
    assert len(frozen) > 10
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    wanted = {f"{table}_{what}" for table in frozen for what in ("no_update", "no_delete")}
    assert sorted(wanted - found) == []
