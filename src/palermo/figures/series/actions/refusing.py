"""What is wrong with a definition, and the refusal that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext as _

from palermo.figures import measures
from palermo.figures.exchange.cube import NAME, RESERVED, plain_name
from palermo.figures.series.vocabulary import Counted

if TYPE_CHECKING:
    from palermo.figures.series.actions.define import BreakWords, DimensionWords, SeriesWords

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
"""What series, lists, documents and sums may be called by."""
CURRENCY = re.compile(r"[A-Z]{3}")

Fault: TypeAlias = tuple[str, str]
"""A field, and what is wrong with it."""


class RefusedError(Exception):
    """Something cannot be kept as it was said. `faults` names each field with what is wrong; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(f"{field}: {words}" for field, words in faults))
        self.faults = tuple(faults)


class ChangedMeanwhileError(Exception):
    """Somebody saved it since it was opened. Nothing was written over it."""


def refuse(faults: Sequence[Fault] | Iterator[Fault]) -> None:
    """Nothing where nothing is wrong.

    Raises:
        RefusedError: there is a fault.
    """
    found = list(faults)
    if found:
        raise RefusedError(found)


def code_faults(code: str) -> Iterator[Fault]:
    """What is wrong with a code."""
    if not CODE.fullmatch(code):
        yield "code", _("A code has small letters without accents, digits and - or _, at most 60 of them.")


def one_language(thing: object, *fields: str) -> Iterator[Fault]:
    """Texts that no language has."""
    for field in fields:
        if not (getattr(thing, f"{field}_en") or getattr(thing, f"{field}_fr")):
            yield f"{field}_en", _("Write it in one language at least.")


def definition_faults(
    words: SeriesWords, dimensions: Sequence[DimensionWords], breaks: Sequence[BreakWords]
) -> Iterator[Fault]:
    """What is wrong with what is said of a series."""
    yield from code_faults(words.code)
    yield from one_language(words, "title", "definition")
    if words.counts == Counted.DOLLAR and not CURRENCY.fullmatch(words.currency):
        yield "currency", _("Name the currency by its three letters, such as CAD.")
    if words.counts != Counted.DOLLAR and words.currency:
        yield "currency", _("Only an amount of money has a currency.")
    if words.measure and words.measure not in {one.code for one in measures.registered()}:
        yield "measure", _("There is no such measure.")
    yield from _dimension_faults(dimensions)
    if len({each.on for each in breaks}) != len(breaks):
        yield "breaks", _("A day is given twice.")
    if any(not (each.what_en or each.what_fr) for each in breaks):
        yield "breaks", _("Say of each break in one language at least what it changes.")


def _dimension_faults(dimensions: Sequence[DimensionWords]) -> Iterator[Fault]:
    names = [plain_name(each.code) for each in dimensions]
    if len(set(names)) != len(names):
        yield "dimensions", _("A dimension is given twice.")
    for each in dimensions:
        if not NAME.fullmatch(each.code):
            yield "dimensions", _("The code of a dimension begins with a letter or digit and has only these, - and _.")
        elif plain_name(each.code) in RESERVED or plain_name(each.code).endswith("_label"):
            yield (
                "dimensions",
                _("“%(code)s” is a column of every file: call the dimension something else.") % {"code": each.code},
            )
        if not (each.label_en or each.label_fr):
            yield "dimensions", _("Name each dimension in one language at least.")
