"""A series as a cube, which every file format is written from."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from palermo.figures.exchange import Cube, CubeAgency, CubeCell, CubeDimension, CubeText, CubeUnit
from palermo.figures.series.keys import codes_of
from palermo.figures.series.models import TOTAL, Observation, Series
from palermo.figures.series.queries.numbers import observations
from palermo.figures.series.vocabulary import Counted
from palermo.foundation.bilingual import shown
from palermo.people.models import Organisation
from palermo.people.policies import Viewer


def cube_of(
    viewer: Viewer, series: Series, *, as_known_on: date | None = None, address: str = "", licence: str = ""
) -> Cube:
    """A series with every value that stands, or stood on a day. One query, for a series of `queries.one_series`."""
    dimensions = cube_dimensions(series)
    names = [one.code for one in dimensions]
    numbers = observations(viewer, series, as_known_on=as_known_on)
    return Cube(
        code=series.code,
        title=_text(series, "title"),
        definition=_text(series, "definition"),
        unit=unit_of(series),
        agency=CubeAgency(series.owner.code, _name(series.owner)),
        dimensions=dimensions,
        cells=tuple(_cell(one, names) for one in numbers),
        licence=licence,
        address=address,
        source=_name(series.source),
        notes=tuple(_notes(series)),
    )


def cube_dimensions(series: Series) -> tuple[CubeDimension, ...]:
    """What the values of a series are cut by, with every code. No query, for a series of `queries.one_series`."""
    return tuple(
        CubeDimension(
            one.code,
            _text(one, "label"),
            tuple((code.code, _text(code, "label")) for code in one.code_list.codes.all()),
        )
        for one in series.dimensions.all()
    )


def unit_of(series: Series) -> CubeUnit:
    """What a series counts: a value of `Counted`, or a currency."""
    return CubeUnit(series.currency or series.counts, _label(Counted(series.counts)))


def _cell(one: Observation, names: list[str]) -> CubeCell:
    codes = codes_of(one.key)
    value = one.value
    return CubeCell(
        codes=tuple(codes.get(name, TOTAL) for name in names),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        value=int(value) if value is not None and value == value.to_integral_value() else value,
        mark=one.mark,
        footnote=_text(one, "footnote"),
        source=str(shown(one.document, "title")) if one.document else "",
        document=one.document.code if one.document else "",
        page=one.page,
        known_on=one.known_on,
    )


def _notes(series: Series) -> list[CubeText]:
    notes = [_text(series, "population"), _text(series, "method")]
    for each in series.breaks.all():
        day = each.on.isoformat()
        english = f"{day}: {each.what_en}" if each.what_en else ""
        notes.append(CubeText(english, f"{day}\u00a0: {each.what_fr}" if each.what_fr else ""))
    if series.retired_on:
        notes.append(_text(series, "retired_because"))
    return [note for note in notes if note]


def _text(thing: object, field: str) -> CubeText:
    return CubeText(getattr(thing, f"{field}_en"), getattr(thing, f"{field}_fr"))


def _label(counted: Counted) -> CubeText:
    with override("en"):
        english = str(counted.label)
    with override("fr"):
        return CubeText(english, str(counted.label))


def _name(organisation: Organisation) -> CubeText:
    named = organisation.named_on()
    return CubeText(named.name_en, named.name_fr) if named else CubeText(organisation.code, organisation.code)
