"""Defining a series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from palermo.audit.actions import Json, record
from palermo.figures.series.actions.refusing import ChangedMeanwhileError, Fault, definition_faults, refuse
from palermo.figures.series.models import Break, CodeList, Observation, ObservationCode, Series, SeriesDimension
from palermo.figures.series.policies import may_change, may_define_for
from palermo.figures.series.vocabulary import Counted, Effect, Frequency
from palermo.people.models import Organisation, User


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """All that is said of a series. `keeper` is the organisation in whose name it is defined."""

    code: str
    source: Organisation
    owner: Organisation
    keeper: Organisation
    counts: Counted
    title_en: str = ""
    title_fr: str = ""
    definition_en: str = ""
    definition_fr: str = ""
    population_en: str = ""
    population_fr: str = ""
    currency: str = ""
    frequency: Frequency = Frequency.FISCAL
    effect: Effect = Effect.OUTPUT
    method_en: str = ""
    method_fr: str = ""
    is_public: bool = False
    measure: str = ""

    def values(self) -> dict[str, Any]:
        """Each field with what stands in it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class DimensionWords:
    """Something that the values of a series may be cut by."""

    code: str
    code_list: CodeList
    label_en: str = ""
    label_fr: str = ""
    adds_up: bool = False


@dataclass(frozen=True, slots=True)
class BreakWords:
    """A day from which the numbers mean something else, and what."""

    on: date
    what_en: str = ""
    what_fr: str = ""


@transaction.atomic
def define_series(
    *,
    words: SeriesWords,
    dimensions: Sequence[DimensionWords] = (),
    breaks: Sequence[BreakWords] = (),
    by: User,
) -> Series:
    """Define a series, with what its values may be cut by and where they stop comparing.

    Raises:
        PermissionDenied: `by` may not define series in the name of the keeper.
        RefusedError: something is wrong with what was said, or the code is taken.
    """
    if not may_define_for(by, words.keeper):
        raise PermissionDenied
    refuse(definition_faults(words, dimensions, breaks))
    if Series.objects.filter(code=words.code).exists():
        refuse([("code", _("Another series has this code."))])
    made = Series.objects.create(**words.values())
    _cut(made, dimensions)
    made.breaks.bulk_create(Break(series=made, **asdict(each)) for each in breaks)
    record(by=by, act="series.define", about=made, series=made.code, after=told(made))
    return made


@transaction.atomic
def change_series(
    *,
    series: Series,
    version: int,
    words: SeriesWords,
    dimensions: Sequence[DimensionWords] = (),
    breaks: Sequence[BreakWords] = (),
    by: User,
) -> Series:
    """Change what is said of a series; the trail keeps what was said before. Its code stays.

    Raises:
        PermissionDenied: `by` may not change this series, or not put it into the name of another keeper.
        ChangedMeanwhileError: it was saved since `version`.
        RefusedError: something is wrong with what was said, or numbers stand that it would take the meaning from.
    """
    one = Series.objects.select_for_update().get(pk=series.pk)
    if not (may_change(by, one) and (words.keeper.pk == one.keeper_id or may_define_for(by, words.keeper))):
        raise PermissionDenied
    if one.version != version:
        raise ChangedMeanwhileError
    refuse([*definition_faults(words, dimensions, breaks), *_lost(one, words, dimensions)])
    before, said = told(one), {**words.values(), "code": one.code}
    for name, value in said.items():
        setattr(one, name, value)
    one.version += 1
    one.save(update_fields=[*said, "version"])
    _cut(one, dimensions)
    one.breaks.all().delete()
    Break.objects.bulk_create(Break(series=one, **asdict(each)) for each in breaks)
    after = told(one)
    changed = [name for name in after if before[name] != after[name]]
    told_of = {"before": {n: before[n] for n in changed}, "after": {n: after[n] for n in changed}}
    record(by=by, act="series.change", about=one, series=one.code, version=one.version, **told_of)
    return one


def _cut(series: Series, dimensions: Sequence[DimensionWords]) -> None:
    """Make the dimensions of a series be these, in this order."""
    for position, each in enumerate(dimensions):
        said = {
            "label_en": each.label_en,
            "label_fr": each.label_fr,
            "code_list": each.code_list,
            "adds_up": each.adds_up,
            "position": position,
        }
        SeriesDimension.objects.update_or_create(series=series, code=each.code, defaults=said)
    series.dimensions.exclude(code__in=[each.code for each in dimensions]).delete()


def _lost(series: Series, words: SeriesWords, dimensions: Sequence[DimensionWords]) -> Iterator[Fault]:
    """What numbers that stand would lose their meaning by."""
    numbers = Observation.objects.filter(series=series)
    counted = (series.counts, series.currency) != (words.counts, words.currency)
    if counted and numbers.exists():
        yield "counts", _("Numbers stand already. Retire this series, and define another that counts something else.")
    kept = {each.code: each.code_list.pk for each in dimensions}
    used = ObservationCode.objects.filter(observation__series=series).values("dimension")
    for one in series.dimensions.filter(pk__in=used):
        if kept.get(one.code) != one.code_list_id:
            yield (
                "dimensions",
                _("Numbers are cut by “%(code)s” already: it stays, with its list of codes.") % {"code": one.code},
            )


def told(series: Series) -> dict[str, Json]:
    """What the trail tells of a definition: nothing in it is personal."""
    names = [field.name for field in fields(SeriesWords)]
    said: dict[str, Json] = {name: _plain(getattr(series, name)) for name in names}
    said["dimensions"] = [
        f"{one.code}: {one.code_list.code}{' (adds up)' if one.adds_up else ''}"
        for one in series.dimensions.select_related("code_list").order_by("position", "code")
    ]
    said["breaks"] = [f"{one.on.isoformat()}: {one.what_en or one.what_fr}" for one in series.breaks.order_by("on")]
    return said


def _plain(value: object) -> Json:
    return value if isinstance(value, bool) else str(value)
