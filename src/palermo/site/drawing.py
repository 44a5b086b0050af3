"""Drawing charts: Vega-Altair describes, vl-convert draws, and what a page does not need is taken out.

Imported only where a chart is not in the cache, because loading the two takes longer than serving a page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import altair as alt
import vl_convert

from palermo.foundation.bilingual import Language
from palermo.foundation.money import written_number
from palermo.site.charts import Bar
from palermo.site.looks import STATUSES
from palermo.site.svg import tidy

WIDTH = 420
"""Units. Narrow, with large words, so that they can still be read at the width of a phone."""
STEP = 58
"""From one bar to the next: its words above it, then the bar."""
THICKNESS = 24
LONGEST_NAME = 320
"""Longer names end in an ellipsis; the table behind the chart has them whole. Fonts differ, so there is some room."""
INK = "#333333"
LETTER = 10
"""The width of a digit of 16 units, and a little."""
PLAIN = "#335075"

Datum: TypeAlias = dict[str, str | float]


def stacked_bars(
    counts: Mapping[str, Mapping[str, int]],
    keys: Sequence[tuple[str, str]],
    language: Language,
    caption: str,
    alt_text: str,
) -> str:
    """One bar a group, cut by status. `keys` are the statuses that occur, each with its word, in order."""
    longest = max((sum(of.values()) for of in counts.values()), default=0)
    pieces: list[Datum] = []
    for group, of in counts.items():
        start = 0
        for status, _label in keys:
            if of.get(status):
                pieces.append(_piece(group, status, start, of[status], longest, language))
                start += of[status]
    names: list[Datum] = [
        {"group": group, "words": f"{group} – {written_number(sum(of.values()), language)}"}
        for group, of in counts.items()
    ]
    statuses, labels = [status for status, _ in keys], json.dumps(dict(keys))
    legend = alt.Legend(title=None, labelExpr=f"{labels}[datum.value]") if keys else None
    areas = (
        _chart(pieces)
        .mark_bar(size=THICKNESS, yOffset=13, strokeWidth=1.5)
        .encode(
            x=_x("start", longest),
            x2="end:Q",
            y=_y(),
            fill=alt.Fill("status:N", legend=legend, scale=_scale(statuses, [STATUSES[s].fill for s in statuses])),
            stroke=alt.Stroke("status:N", legend=legend, scale=_scale(statuses, [STATUSES[s].edge for s in statuses])),
        )
    )
    numbers = (
        _chart([piece for piece in pieces if piece["number"]])
        .mark_text(dy=13.5, fontWeight="bold")
        .encode(x=_x("middle", longest), y=_y(), text="number:N", color=alt.Color("ink:N", scale=None))
    )
    return _drawn(alt.layer(areas, numbers, _names(names)), len(counts), caption, alt_text)


def bars(rows: Sequence[Bar], language: Language, caption: str, alt_text: str) -> str:
    """One plain bar a row, its words and number above it."""
    longest = max((row.value for row in rows), default=0)
    data: list[Datum] = [
        {
            "group": str(at),
            "start": 0,
            "end": row.value,
            "words": row.label,
            "number": written_number(row.value, language),
        }
        for at, row in enumerate(rows)
    ]
    areas = (
        _chart(data)
        .mark_bar(size=THICKNESS, yOffset=13, color=PLAIN)
        .encode(x=_x("start", longest), x2="end:Q", y=_y())
    )
    numbers = (
        _chart(data)
        .mark_text(align="right", dy=-13, fontWeight="bold", color=INK)
        .encode(x=alt.value(WIDTH), y=_y(), text="number:N")
    )
    return _drawn(alt.layer(areas, _names(data), numbers), len(rows), caption, alt_text)


def _piece(group: str, status: str, start: int, count: int, longest: int, language: Language) -> Datum:
    number = written_number(count, language)
    fits = count / longest * WIDTH >= len(number) * LETTER
    return {
        "group": group,
        "status": status,
        "start": start,
        "middle": start + count / 2,
        "end": start + count,
        "number": number if fits else "",
        "ink": STATUSES[status].ink,
    }


def _chart(data: Sequence[Datum]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(data)))


def _x(field: str, longest: int) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, max(longest, 1)], nice=False))


def _y() -> alt.Y:
    return alt.Y("group:N", axis=None, sort=None)


def _scale(statuses: Sequence[str], colours: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(statuses), range=list(colours))


def _names(data: Sequence[Datum]) -> alt.Chart:
    marks = _chart(data).mark_text(align="left", dy=-13, limit=LONGEST_NAME, color=INK)
    named: alt.Chart = marks.encode(x=alt.value(0), y=_y(), text="words:N")
    return named


def _drawn(chart: alt.LayerChart | alt.FacetChart, groups: int, caption: str, alt_text: str) -> str:
    spec = (
        chart.properties(width=WIDTH, height=max(groups, 1) * STEP, padding=2, background="transparent")
        .configure_view(stroke=None)
        .configure_text(fontSize=16)
        .configure_legend(
            orient="bottom",
            columns=2,
            labelFontSize=16,
            labelColor=INK,
            labelLimit=WIDTH - 40,
            symbolType="square",
            symbolSize=200,
            symbolStrokeWidth=1.5,
            columnPadding=28,
            rowPadding=6,
        )
        .to_dict()
    )
    return tidy(vl_convert.vegalite_to_svg(spec), caption, alt_text)
