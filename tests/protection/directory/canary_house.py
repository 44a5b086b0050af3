"""What happens in a house of its own, whose database is really written, to shelters that nobody may find.

python -m tests.protection.directory.canary_house    does it, and prints where on the disk their addresses stand
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django


def main() -> None:
    """Do it, and look while the database is still open: then its log of what was written lies beside it."""
    from django.conf import settings
    from django.db import connection

    from palermo.people.queries import command_line
    from tests.protection.directory.canary import found_in, happen, hide_later

    folder = Path(settings.DATA)
    feeds = folder.parent / "feeds"
    feeds.mkdir()
    happen(command_line(), feeds)
    hide_later(feeds)
    held = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    names = {path.name for path in held}
    wrong = [each for path, content in held.items() for each in found_in(path.name, content)]
    is_there = any(b"Greater Moncton" in content for content in held.values())
    sys.stdout.write(json.dumps({"names": sorted(names), "wrong": wrong, "is_there": is_there}))
    connection.close()


if __name__ == "__main__":
    django.setup()
    main()
