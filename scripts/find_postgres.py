"""Prints the address of the PostgreSQL that tests may use, or nothing where none answers.

The argument, if it is not empty, is the one address to try; else a server on this machine is looked for.
"""

from __future__ import annotations

import sys

import psycopg

LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"


def answers(address: str) -> bool:
    """Whether a server answers there within two seconds and lets us in."""
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] else LOCAL
    sys.stdout.write(wanted if answers(wanted) else "")
