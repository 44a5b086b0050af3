"""Finds files and functions that are longer than a reader can hold: 350 lines a file, 50 a function."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("src", "tests", "scripts", "benchmarks")
KINDS = {".py", ".html", ".css", ".js", ".typ", ""}
LONGEST_FILE, LONGEST_FUNCTION = 350, 50
Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(path: Path, text: str) -> Iterator[str]:
    """What is too long in one file; the lines of a function are counted from its `def`, docstring included."""
    lines = len(text.splitlines())
    if lines > LONGEST_FILE:
        yield f"{path.relative_to(ROOT)}: {lines} lines"
    if path.suffix != ".py":
        return
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        yield f"{path.relative_to(ROOT)}:{error.lineno}: {error.msg}"
        return
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} has {length} lines"


def main() -> int:
    """Print every finding; 1 where there is one."""
    found = [
        finding
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in KINDS and not {"migrations", "__pycache__"} & set(path.parts)
        for finding in too_long(path, path.read_text(encoding="utf-8"))
    ]
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
