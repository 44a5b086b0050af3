"""The chart of a series: its totals over time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from palermo.figures.series.models import Observation, Series
from palermo.figures.series.queries.page import SpanRow
from palermo.figures.series.vocabulary import Mark
from palermo.figures.series.words import span_words
from palermo.foundation.bilingual import reader_language, shown
from palermo.site.charts import Bar, Chart, bar_chart

FEWEST = 2
"""A single bar tells nothing that the number does not."""


def series_chart(series: Series, rows: Sequence[SpanRow]) -> Chart | None:
    """A bar for each span that has a total; None where there are fewer than two. Cents are rounded away.

    Where documents disagree, the bar is of the one that was known last.
    """
    bars = [bar for row in rows if (bar := _bar(row)) is not None]
    if len(bars) < FEWEST:
        return None
    caption = _("%(series)s, over time") % {"series": shown(series, "title")}
    return bar_chart(bars, reader_language(), caption=caption, head=(_("Days"), _("Number")))


def _bar(row: SpanRow) -> Bar | None:
    told = [one for one in row.cells[0] if one.value is not None]
    if not told:
        return None
    last = max(told, key=lambda one: (one.known_on, one.pk))
    words = span_words(row.starts_on, row.ends_on)
    if last.mark != Mark.FINAL:
        words = _("%(number)s (%(mark)s)") % {"number": words, "mark": Mark(last.mark).label}
    if row.breaks:
        words = _("%(days)s, after a break") % {"days": words}
    return Bar(words, _whole(last))


def _whole(one: Observation) -> int:
    return int((one.value or Decimal(0)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
