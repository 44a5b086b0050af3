"""Why an act on a proposal is refused. Each is a refusal by name, never a broken page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from palermo.plan.imports.models import Proposal, ProposalRow


class NoPlanFoundError(Exception):
    """The document could be read, and holds no plan. `code` is stable; `message` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class ProposalClosedError(Exception):
    """The proposal was confirmed or dropped, or waits for its headings: this cannot be done with it now."""


class ConflictError(Exception):
    """Somebody saved the same thing meanwhile. `current` is as they left it; nothing was written over it."""

    def __init__(self, current: Proposal | ProposalRow) -> None:
        super().__init__("Somebody else saved this meanwhile.")
        self.current = current


class PlanHasChangedError(Exception):
    """The plan says something else than when the proposal was compared with it."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = list(codes)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a proposal lacks before it can be confirmed: a stable code, and what it is about."""

    code: str
    detail: str = ""


class NotReadyError(Exception):
    """The proposal cannot be confirmed yet."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(", ".join(lack.code for lack in lacks))
        self.lacks = list(lacks)
