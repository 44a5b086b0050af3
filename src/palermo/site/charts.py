"""Charts: drawn on the server as SVG, the same for the page and for the PDF, with the table behind them.

A chart is made of plain rows whose words are already in the reader's language. Drawing takes 50 to 600 ms, so what was
drawn once is kept in the cache under the hash of what it was drawn from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.foundation.bilingual import Language, colon, semicolon
from palermo.foundation.money import written_number
from palermo.site.looks import STATUSES

DRAWING = "1"
"""Raise it when the same rows are drawn in another way, so that older drawings are not found any more."""
KEEP_SECONDS = 30 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many deliverables of a group (a P, a period) have a status; both words as the reader reads them."""

    group: str
    status: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plain chart: its words and its number, not below zero."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, what it shows in words, and the numbers that it was drawn from.

    The first cell of each row is its heading; the others are numbers as the reader writes them.
    """

    svg: str
    alt: str
    caption: str
    table_head: tuple[str, ...]
    table_rows: tuple[tuple[str, ...], ...]


def status_by_p_chart(rows: Sequence[StatusCount], language: Language) -> Chart:
    """How far the deliverables of each P are: a stacked bar for each, in the order of the rows."""
    with override(language):
        return _status_chart(rows, language, _("Status of deliverables, by P"), _("P"))


def status_over_periods_chart(rows: Sequence[StatusCount], language: Language) -> Chart:
    """How far the deliverables were in each reporting period: a stacked bar for each, in the order of the rows."""
    with override(language):
        return _status_chart(rows, language, _("Status of deliverables, by reporting period"), _("Period"))


def bar_chart(rows: Sequence[Bar], language: Language, *, caption: str, head: tuple[str, str]) -> Chart:
    """Plain bars in the order of the rows. `head` names the two columns of the table behind it."""
    table = tuple((row.label, written_number(row.value, language)) for row in rows)
    alt = (
        f"{caption}. "
        + f"{semicolon(language)} ".join(f"{label}{colon(language)} {number}" for label, number in table)
        + "."
    )

    def draw() -> str:
        from palermo.site.drawing import bars

        return bars(rows, language, caption, alt)

    return Chart(_kept(repr((rows, language, caption)), draw), alt, caption, head, table)


def _status_chart(rows: Sequence[StatusCount], language: Language, caption: str, group_head: str) -> Chart:
    counts: dict[str, dict[str, int]] = {}
    labels: dict[str, str] = {}
    for row in rows:
        of_group = counts.setdefault(row.group, {})
        of_group[row.status] = of_group.get(row.status, 0) + row.count
        labels[row.status] = row.label
    shown = [status for status in STATUSES if any(group.get(status) for group in counts.values())]
    table = tuple(
        (group, *(written_number(n, language) for n in (*(of.get(s, 0) for s in shown), sum(of.values()))))
        for group, of in counts.items()
    )
    alt = f"{caption}. " + " ".join(_in_words(group, of, shown, labels, language) for group, of in counts.items())
    keys = [(status, labels[status]) for status in shown]

    def draw() -> str:
        from palermo.site.drawing import stacked_bars

        return stacked_bars(counts, keys, language, caption, alt)

    svg = _kept(repr((counts, keys, language, caption)), draw)
    head = (group_head, *(labels[status] for status in shown), _("All"))
    return Chart(svg, alt, caption, head, table)


def _in_words(group: str, of: dict[str, int], shown: list[str], labels: dict[str, str], language: Language) -> str:
    said = [f"{labels[status]} {written_number(of[status], language)}" for status in shown if of.get(status)]
    return f"{group}{colon(language)} " + ", ".join(said) + "."


def _kept(made_from: str, draw: Callable[[], str]) -> str:
    """The drawing made from these rows, from the cache or drawn now."""
    key = f"chart-{DRAWING}-{hashlib.sha256(made_from.encode()).hexdigest()}"
    kept = cache.get(key)
    if isinstance(kept, str):
        return kept
    svg = draw()
    cache.set(key, svg, KEEP_SECONDS)
    return svg
