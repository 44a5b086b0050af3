"""Finds what ties the repository to one machine or network: hosts of package registries, absolute paths of a home."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IGNORED = {".git", ".venv", "var", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
IGNORED |= {".import_linter_cache", ".grimp_cache", "node_modules", ".schemathesis"}
BINARY = {".png", ".jpg", ".ico", ".mo", ".pdf", ".xlsx", ".docx", ".woff2"}
# Each word is written in pieces, or this file would find itself.
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "proxy.go" + "lang.org")
HOME = re.compile(
    r"(?<![\w.~-])/(?:ro" + r"ot|wo" + r"rk/(?:ma" + r"in|sha" + r"red)|ho" + r"me/\w+|Us" + r"ers/\w+)\b"
)


def main() -> int:
    """Print every line that holds one; 1 where there is one."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if IGNORED & set(inside.parts) or not path.is_file() or path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if HOME.search(line) or any(host in line for host in HOSTS):
                found.append(f"{inside}:{number}: {line.strip()[:120]}")
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
