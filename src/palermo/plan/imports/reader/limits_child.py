"""The child of `limits`: takes an order from standard input, reads the file, answers on standard output."""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from palermo.plan.imports.reader.limits import Answer, Limits
from palermo.plan.imports.reader.open import read_file
from palermo.plan.imports.reader.reading import Reading, UnreadableError
from palermo.plan.imports.reader.tabular import TableReading
from palermo.plan.planfile import dump
from palermo.plan.planfile_models import PlanFile


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid")
    path: Path
    mapping: dict[str, str] | None
    limits: Limits


def main() -> None:
    """Read one file. Exits with 0 and an answer, or with another status where memory gave out."""
    order = _Order.model_validate_json(sys.stdin.buffer.read())
    _set_limits(order.limits)
    sys.stdout.write(_answer(order).model_dump_json())
    sys.stdout.flush()


def _set_limits(limits: Limits) -> None:
    seconds = int(limits.seconds) + 1
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        # macOS refuses a limit on address space; the parent's clock still holds there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _answer(order: _Order) -> Answer:
    try:
        return _said(read_file(order.path, mapping=order.mapping))
    except UnreadableError as error:
        return _refused(error.code, error.message)
    except MemoryError:
        return _refused(
            "too_much_memory",
            "Reading this file needed more memory than is allowed and was stopped. "
            "Import only the part that holds the plan.",
        )
    except Exception as error:  # whatever a library does on a broken file, the person gets a sentence
        name = type(error).__name__
        return _refused("reader_failed", f"This file could not be read ({name}). It may be damaged: save it again.")


def _said(result: Reading | TableReading | PlanFile) -> Answer:
    if isinstance(result, PlanFile):
        return Answer(outcome="plan", content=dump(result).decode())
    if isinstance(result, TableReading):
        return Answer(outcome="table", content=TypeAdapter(TableReading).dump_json(result).decode())
    return Answer(outcome="reading", content=TypeAdapter(Reading).dump_json(result).decode())


def _refused(code: str, message: str) -> Answer:
    return Answer(outcome="unreadable", content=json.dumps({"code": code, "message": message}))


if __name__ == "__main__":
    main()
