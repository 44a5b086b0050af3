"""Cubes to write and read back: one made by hand, and any that hypothesis can think of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from palermo.figures.exchange.cube import HIDDEN, TOTAL, Cube, CubeAgency, CubeCell, CubeDimension, CubeText, CubeUnit

SEX = CubeDimension(
    "sex", CubeText("Sex", "Sexe"), (("F", CubeText("Women", "Femmes")), ("M", CubeText("Men", "Hommes")))
)
AREA = CubeDimension(
    "area",
    CubeText("Province", "Province"),
    (("CA-AB", CubeText("Alberta", "Alberta")), ("CA-QC", CubeText("Quebec", "Québec"))),
)
YEAR_1, YEAR_2 = (date(2012, 1, 1), date(2012, 12, 31)), (date(2013, 4, 1), date(2014, 3, 31))


def cube(*cells: CubeCell, dimensions: tuple[CubeDimension, ...] = (SEX, AREA)) -> Cube:
    """Invented permits, by sex and province."""
    return Cube(
        code="permits-issued",
        title=CubeText("Permits issued", "Permis délivrés"),
        definition=CubeText("Permits given in the span.", "Permis donnés pendant la durée."),
        unit=CubeUnit("permit", CubeText("Permits", "Permis")),
        agency=CubeAgency("permits-office", CubeText("Permits Office", "Bureau des permis")),
        dimensions=dimensions,
        cells=cells,
        identifier="PAL-2014-1",
        licence="https://example.org/licence",
        published_on=date(2014, 6, 2),
        address="https://example.org/figures/series/permits-issued/",
        source=CubeText("Yearly report", "Rapport annuel"),
        notes=(CubeText("Counted anew from 2013.", "Compté autrement depuis 2013."),),
    )


def example() -> Cube:
    """Every mark, two documents that disagree, a fraction, texts that look like formulas."""
    note = CubeText("=about, “quoted”", "environ, « cité »\nen deux lignes")
    return cube(
        CubeCell(("F", TOTAL), *YEAR_2, Decimal("7.5000"), "approximate", note, "Report", "doc-b", "p. 9"),
        CubeCell((TOTAL, TOTAL), *YEAR_1, 1_250, "final", source="Report", document="doc-a", known_on=date(2013, 2, 1)),
        CubeCell((TOTAL, TOTAL), *YEAR_1, 1_249, "final", source="Other report", document="doc-b"),
        CubeCell(("F", "CA-QC"), *YEAR_1, None, "suppressed"),
        CubeCell(("M", "CA-AB"), *YEAR_1, None, "not_available"),
        CubeCell(("M", "CA-QC"), *YEAR_1, 0, "provisional", page="-3"),
    )


_DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
_TEXTS = st.text("aé'=+-@\",;\n<>&1 \N{NO-BREAK SPACE}«»𝒫", max_size=12).map(str.strip)
_VALUES = st.one_of(st.integers(0, 10**9), st.decimals(0, 10**10, places=4).filter(lambda one: one.is_finite()))


@st.composite
def cells(draw: st.DrawFn) -> CubeCell:
    """One cell over sex and area."""
    starts_on, ends_on = sorted((draw(_DAYS), draw(_DAYS)))
    value: int | Decimal | None = draw(st.none() | _VALUES)
    mark = draw(st.sampled_from(HIDDEN if value is None else ("final", "provisional", "approximate")))
    return CubeCell(
        (draw(st.sampled_from(("F", "M", TOTAL))), draw(st.sampled_from(("CA-AB", "CA-QC", TOTAL)))),
        starts_on,
        ends_on,
        value,
        mark,
        CubeText(draw(_TEXTS), draw(_TEXTS)),
        draw(_TEXTS),
        draw(st.sampled_from(("", "doc-a", "doc-b"))),
        draw(_TEXTS),
        draw(st.none() | _DAYS),
    )


cubes = st.lists(cells(), max_size=6, unique_by=lambda cell: cell.key).map(lambda found: cube(*found))
