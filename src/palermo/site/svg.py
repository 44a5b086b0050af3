"""Charts and the map made small: what draws nothing is taken out, and so is what a page says once for all."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from palermo.foundation.svg import SPACE, make_one_picture, read_svg, written_svg

KEPT = {"g", "path", "rect", "line", "circle", "text", "tspan"}
NOISE = {"pointer-events", "display", "opacity", "stroke-miterlimit", "version", "font-family"}
"""What says nothing here, or is said once for all. A part that is not displayed is taken out whole before."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
DECIMALS = re.compile(r"\d+\.\d{2,}")
NOTHING = re.compile(r"(M0,0h0v0h0Z)?")


def tidy(svg: str, title: str, alt: str) -> str:
    """The drawing with a title and its words, without classes, styles, scripts and parts that draw nothing.

    Coordinates keep one decimal. The same input gives the same text, byte for byte.
    """
    root = read_svg(svg)
    _prune(root)
    for element in root.iter():
        _clean(element)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("font-family", FONT)
    make_one_picture(root, alt)
    heading = Element(f"{SPACE}title")
    heading.text = title
    root.insert(0, heading)
    return written_svg(root)


def _prune(element: Element) -> None:
    for child in list(element):
        _prune(child)
        name = child.tag.removeprefix(SPACE)
        empty = (name == "g" and not len(child)) or (name == "path" and NOTHING.fullmatch(child.get("d", "")))
        if name not in KEPT or child.get("display") == "none" or empty:
            element.remove(child)


def _clean(element: Element) -> None:
    for name, value in list(element.attrib.items()):
        if name in NOISE or value == "translate(0,0)":
            del element.attrib[name]
        else:
            element.set(name, DECIMALS.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value))
