"""A cube as SDMX-CSV 2.0, the plain table of the statistical exchange standard SDMX 3.0 (ISO 17369).

Identifiers are in capital letters. The document is part of the key, because two documents may disagree; it is `_Z`
(not applicable) where there is none. Marks are the codes of the cross-domain lists CL_OBS_STATUS 2.2 and
CL_CONF_STATUS 1.2. Every figure that is not shown for protection is "C": which of them was too small by itself
and which only stands beside one must not be told.
"""

from __future__ import annotations

import csv
import io
import re

from palermo.figures.exchange.cube import NOT_APPLICABLE, Cube, CubeCell, number_text
from palermo.figures.exchange.spans import Span, sdmx_period

OBS_STATUS = {"final": "A", "provisional": "P", "approximate": "E", "suppressed": "Q", "not_available": "O"}
"""Normal, provisional, estimated, "missing value; suppressed", and missing."""
FREE, CONFIDENTIAL = "F", "C"
KEY = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
REST = (
    *("SOURCE_DOCUMENT", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "CONF_STATUS", "UNIT_MEASURE"),
    *("COMMENT_OBS_EN", "COMMENT_OBS_FR", "SOURCE_PAGE", "SOURCE", "KNOWN_ON"),
)
INFORMATION = "I"
"""The action of figures that are published to be read, not to be loaded into a place that is named."""


def identifier(code: str) -> str:
    """A code as SDMX takes it for an agency, a data flow or a dimension: capitals, digits and `_`, a letter first."""
    plain = re.sub(r"[^A-Z0-9_]", "_", code.upper())
    return plain if plain[:1].isalpha() else f"X{plain}"


def structure_id(cube: Cube) -> str:
    """The data flow: `AGENCY:FLOW(1.0)`."""
    return f"{identifier(cube.agency.code)}:{identifier(cube.code)}({cube.version})"


def sdmx_csv_bytes(cube: Cube) -> bytes:
    """The cube as an SDMX-CSV 2.0 file in UTF-8: labels are left to the structure, so it has no language."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([*KEY, *(identifier(dimension.code) for dimension in cube.dimensions), *REST])
    first = ("dataflow", structure_id(cube), INFORMATION)
    writer.writerows([*first, *cell.codes, *_rest(cube, cell)] for cell in cube.rows)
    return target.getvalue().encode()


def _rest(cube: Cube, cell: CubeCell) -> tuple[str, ...]:
    return (
        cell.document or NOT_APPLICABLE,
        sdmx_period(Span(cell.starts_on, cell.ends_on)),
        "" if cell.value is None else number_text(cell.value),
        OBS_STATUS[cell.mark],
        CONFIDENTIAL if cell.mark == "suppressed" else FREE,
        identifier(cube.unit.code),
        cell.footnote.en,
        cell.footnote.fr,
        cell.page,
        cell.source,
        cell.known_on.isoformat() if cell.known_on else "",
    )
