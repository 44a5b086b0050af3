"""Small series and numbers for tests."""

# mypy: disable-error-code="no-untyped-call,attr-defined"
# mypy: allow-untyped-decorators
from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from palermo.figures.series.actions import NewObservation, enter_observations
from palermo.figures.series.models import Code, CodeList, Observation, Series, SourceDocument
from palermo.foundation.periods import fiscal_year
from palermo.people.queries import command_line
from tests.factories import OrganisationFactory


class SeriesFactory(DjangoModelFactory[Series]):
    """Permits of every fiscal year, public, of one organisation that is source, owner and keeper.

    `cut={"sex": ("F", "M")}` adds a dimension that adds up, with a code list of its own.
    """

    class Meta:
        model = Series
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"permits-{n:05}")
    title_en = factory.Sequence(lambda n: f"Permits number {n:05}")
    title_fr = factory.Sequence(lambda n: f"Permis numéro {n:05}")
    definition_en = "Permits issued to people who have been trafficked."
    definition_fr = "Permis délivrés à des personnes victimes de la traite."
    counts = "permit"
    owner = factory.SubFactory(OrganisationFactory)
    source = factory.SelfAttribute("owner")
    keeper = factory.SelfAttribute("owner")
    is_public = True

    @factory.post_generation
    def cut(self: Series, _create: bool, cut: dict[str, tuple[str, ...]] | None, **_rest: object) -> None:
        """Dimensions by their code, each with its codes."""
        for position, (name, codes) in enumerate((cut or {}).items()):
            listed = CodeList.objects.create(code=f"{self.code}-{name}", title_en=name, title_fr=f"{name} (fr)")
            for place, code in enumerate(codes):
                words = {"label_en": f"{name} {code}", "label_fr": f"{name} {code} (fr)"}
                Code.objects.create(code_list=listed, code=code, position=place, **words)
            self.dimensions.create(
                code=name, label_en=name, label_fr=f"{name} (fr)", code_list=listed, position=position, adds_up=True
            )


class SourceDocumentFactory(DjangoModelFactory[SourceDocument]):
    """A report of June 2013 that numbers stand in."""

    class Meta:
        model = SourceDocument

    code = factory.Sequence(lambda n: f"numbers-{n:05}")
    title_en = factory.Sequence(lambda n: f"Report number {n:05}")
    title_fr = factory.Sequence(lambda n: f"Rapport numéro {n:05}")
    published_on = date(2013, 6, 1)


def row(
    value: int | str | None,
    year: int = 2012,
    *,
    document: SourceDocument | None = None,
    mark: str = "final",
    known_on: date | None = date(2013, 6, 1),
    **codes: str,
) -> NewObservation:
    """A value of the fiscal year that begins in `year`, known since June 2013."""
    span = fiscal_year(year)
    number = None if value is None else Decimal(value)
    return NewObservation(span.starts_on, span.ends_on, number, codes, mark=mark, document=document, known_on=known_on)


def entered(series: Series, *rows: NewObservation) -> list[Observation]:
    """Numbers taken in as a command does."""
    return enter_observations(series=series, rows=rows, by=command_line())
