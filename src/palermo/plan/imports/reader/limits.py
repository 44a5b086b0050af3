"""Reads what others hand in, in a child process with a ceiling of memory and time.

A file that asks for too much ends its child, never the site. The child answers in JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from palermo.plan.imports.reader.reading import Reading, UnreadableError
from palermo.plan.imports.reader.tabular import TableReading
from palermo.plan.planfile_models import PlanFile

_CHILD = "palermo.plan.imports.reader.limits_child"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    file_bytes: int = 25_000_000
    plan_file_bytes: int = 60_000_000
    """For Palermo's own JSON: 10,000 deliverables over 5 periods make a file of about 30 MB."""
    memory_bytes: int = 1_000_000_000
    """Address space of the child. Linux holds it; macOS does not, there only the time is held."""
    seconds: float = 20.0


DEFAULT_LIMITS = Limits()


class _Refusal(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: str
    message: str


class Answer(BaseModel):
    """What the child says: how it ended, and the JSON of its result."""

    model_config = ConfigDict(extra="forbid")
    outcome: Literal["reading", "table", "plan", "unreadable"]
    content: str


def read_within_limits(
    path: Path, *, mapping: dict[str, str] | None = None, limits: Limits = DEFAULT_LIMITS
) -> Reading | TableReading | PlanFile:
    """Read a file as `open.read_file` does, within limits.

    Raises:
        UnreadableError: what `read_file` raises, and `not_a_file`, `too_large`, `too_slow`,
            `too_much_memory`, and `reader_failed` where the reader itself gave up.
    """
    _check_size(path, limits)
    order = json.dumps({"path": str(path.resolve()), "mapping": mapping, "limits": asdict(limits)})
    return _understood(_ask_child(order, limits))


def _check_size(path: Path, limits: Limits) -> None:
    if not path.is_file():
        raise UnreadableError("not_a_file", "There is no such file, or it is a folder. Name a file that holds a plan.")
    size = path.stat().st_size
    most = limits.plan_file_bytes if _opens_like_json(path) else limits.file_bytes
    if size > most:
        raise UnreadableError(
            "too_large",
            f"This file has {size / 1e6:,.1f} MB; at most {most / 1e6:,.0f} MB are read. "
            "Take out its pictures, or import only the part that holds the plan.",
        )


def _opens_like_json(path: Path) -> bool:
    with path.open("rb") as source:
        return source.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _ask_child(order: str, limits: Limits) -> bytes:
    """Run the child, which imports from where this process does, and return its answer."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module; the file's path goes by standard input
            [sys.executable, "-m", _CHILD],
            input=order.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            env=environment,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(
            "too_slow",
            f"Reading this file took longer than {limits.seconds:g} seconds and was stopped. "
            "Import only the part that holds the plan.",
        ) from None
    if child.returncode != 0:
        raise UnreadableError(
            "too_much_memory",
            "Reading this file needed more memory than is allowed and was stopped. "
            "Import only the part that holds the plan.",
        )
    return child.stdout


def _understood(stdout: bytes) -> Reading | TableReading | PlanFile:
    try:
        answer = Answer.model_validate_json(stdout)
        if answer.outcome == "reading":
            return TypeAdapter(Reading).validate_json(answer.content)
        if answer.outcome == "table":
            return TypeAdapter(TableReading).validate_json(answer.content)
        if answer.outcome == "plan":
            return PlanFile.model_validate_json(answer.content)
        refusal = _Refusal.model_validate_json(answer.content)
    except ValidationError:
        raise UnreadableError("reader_failed", "This file could not be read: the reader's answer is broken.") from None
    raise UnreadableError(refusal.code, refusal.message)
