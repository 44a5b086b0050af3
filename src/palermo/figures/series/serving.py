"""What series serve, told by whoever knows: figures know nothing of plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from palermo.figures.series.models import Series
from palermo.people.policies import Viewer


@dataclass(frozen=True, slots=True)
class Served:
    """One thing that a series shows, such as a deliverable of a plan."""

    within_en: str
    """What it is part of, such as the title of its plan."""
    within_fr: str
    code: str
    words_en: str
    words_fr: str
    address: str
    note_en: str = ""
    """What the series shows of it, and what it does not."""
    note_fr: str = ""


Teller = Callable[[Viewer, Series], Sequence[Served]]

_TELLERS: list[Teller] = []


def register(teller: Teller) -> None:
    """Let an app tell what series serve. Registering it again changes nothing."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def served_by(viewer: Viewer, series: Series) -> list[Served]:
    """Everything that a series serves, as the apps tell it, in their order."""
    return [each for teller in _TELLERS for each in teller(viewer, series)]
