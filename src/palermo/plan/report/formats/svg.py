"""Figures: an SVG made safe to stand inside a page, and the same as a picture for Word."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

import vl_convert

from palermo.foundation.svg import SVG, make_one_picture, read_svg, written_svg
from palermo.plan.report.formats.document import DocumentError, Figure
from palermo.plan.report.formats.words import printable

LINK = "{http://www.w3.org/1999/xlink}href"
ALLOWED = frozenset(
    {"svg", "g", "path", "rect", "line", "circle", "ellipse", "polygon", "polyline", "text", "tspan", "title",
     "desc", "defs", "clipPath", "linearGradient", "radialGradient", "stop", "pattern", "symbol", "use"}
)  # fmt: skip
REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
PICTURE_SCALE = 2.0
PIXEL = 0.75
"""Points in a CSS pixel, the unit in which a chart says its size."""


def inline_svg(figure: Figure) -> str:
    """The figure as an `<svg>` element for a page with a strict content policy.

    It is one picture with a name: roles and labels inside it (a chart maker writes them in English) go. Its
    ids begin with the figure's key, because several figures may share a page.

    Raises:
        DocumentError: it is no SVG, or holds what could run, load or restyle something.
    """
    root = _checked(figure)
    for element in root.iter():
        _keep_inside(element, figure.key)
    make_one_picture(root, printable(figure.alt))
    root.set("class", "report-figure-image")
    return written_svg(root)


def picture(figure: Figure) -> bytes:
    """The figure as a PNG, at twice its size so that print stays sharp.

    Raises:
        DocumentError: as for `inline_svg`.
    """
    return vl_convert.svg_to_png(inline_svg(figure), scale=PICTURE_SCALE)


def width_in_points(figure: Figure) -> float:
    """How wide the figure says it is, in points; as wide as its own coordinates where it does not say.

    Raises:
        DocumentError: as for `inline_svg`, or it says nothing of its size.
    """
    root = _checked(figure)
    width = root.get("width") or "".join(root.get("viewBox", "").replace(",", " ").split()[2:3])
    said = re.fullmatch(r"([0-9.]+)(?:px)?", width)
    if said is None:
        raise DocumentError(f"Figure {figure.key!r} must say its width in pixels.")
    return float(said[1]) * PIXEL


def _checked(figure: Figure) -> Element:
    try:
        root = read_svg(figure.svg)
    except (ParseError, ValueError) as error:
        raise DocumentError(f"Figure {figure.key!r} is no SVG: {error}") from error
    for element in root.iter():
        namespace, _, name = str(element.tag).rpartition("}")
        if namespace != "{" + SVG or name not in ALLOWED:
            raise DocumentError(f"Figure {figure.key!r} holds {element.tag}, which a figure may not.")
    return root


def _keep_inside(element: Element, prefix: str) -> None:
    """Let names and references in the figure carry its key, and lead nowhere else."""
    for name, value in list(element.attrib.items()):
        if name == "id":
            element.set(name, f"{prefix}-{value}")
        elif name in ("href", LINK):
            _point_inside(element, name, value, prefix)
        elif "url(" in value:
            inside = REFERENCE.fullmatch(value.strip())
            element.set(name, f"url(#{prefix}-{inside[1]})" if inside else "none")


def _point_inside(element: Element, name: str, value: str, prefix: str) -> None:
    """A reference to another part of the same figure stays; any other goes."""
    del element.attrib[name]
    if value.startswith("#"):
        element.set("href", f"#{prefix}-{value[1:]}")
