"""A figure of a preview as a page shows it: its span, what it is of, and the value before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from palermo.figures.exchange.cube import TOTAL, Value
from palermo.figures.exchange.shape import ReadFigure, SeriesShape
from palermo.figures.series.models import Series
from palermo.figures.series.queries.taking_in import Revised, TakingIn
from palermo.figures.series.vocabulary import Mark
from palermo.figures.series.words import span_words, value_words
from palermo.foundation.bilingual import Shown, choose

Labels = Mapping[str, Mapping[str, Shown]]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One row of the preview."""

    line: int
    span: str
    codes: tuple[Shown, ...]
    """The words of its codes; none where it is of all together."""
    document: str
    before: str
    """Empty where it is new."""
    after: str
    also: tuple[str, ...] = ()
    """What else would change: footnote or page."""
    reason: str = ""


def shown_figures(found: TakingIn, series: Series, shape: SeriesShape, first: int, last: int) -> list[ShownFigure]:
    """Some figures of a preview: revisions first, then additions, each in the order of the file."""
    labels: Labels = {
        one.code: {code: choose(label.en, label.fr) for code, label in one.codes} for one in shape.dimensions
    }
    revised = [_revised(each, series, shape, labels) for each in found.revised[first:last]]
    rest = slice(max(0, first - len(found.revised)), max(0, last - len(found.revised)))
    return revised + [_added(each, series, shape, labels) for each, _new in found.added[rest]]


def _added(figure: ReadFigure, series: Series, shape: SeriesShape, labels: Labels) -> ShownFigure:
    return ShownFigure(
        line=figure.line,
        span=span_words(figure.starts_on, figure.ends_on),
        codes=_codes(figure, shape, labels),
        document=figure.document,
        before="",
        after=said(figure.value, figure.mark, series),
    )


def _revised(one: Revised, series: Series, shape: SeriesShape, labels: Labels) -> ShownFigure:
    figure, now = one.figure, one.standing
    also = []
    if (figure.footnote.en, figure.footnote.fr) != (now.footnote_en, now.footnote_fr):
        also.append(_("the footnote"))
    if figure.page != now.page:
        also.append(_("the page"))
    return ShownFigure(
        line=figure.line,
        span=span_words(figure.starts_on, figure.ends_on),
        codes=_codes(figure, shape, labels),
        document=figure.document,
        before=said(now.value, now.mark, series),
        after=said(figure.value, figure.mark, series),
        also=tuple(also),
        reason=choose(one.figure.reason.en, one.figure.reason.fr).text,
    )


def _codes(figure: ReadFigure, shape: SeriesShape, labels: Labels) -> tuple[Shown, ...]:
    pairs = zip(shape.dimensions, figure.codes, strict=True)
    return tuple(labels[one.code][code] for one, code in pairs if code != TOTAL)


def said(value: Value | None, mark: str, series: Series) -> str:
    """A value with its mark, unless it is final; the mark alone where there is no value."""
    label = str(Mark(mark).label)
    if value is None:
        return label
    words = value_words(Decimal(value), series)
    return words if mark == Mark.FINAL else _("%(number)s (%(mark)s)") % {"number": words, "mark": label}
