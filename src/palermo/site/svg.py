"""An SVG as a page may hold it: one picture with a name, and nothing in it that a strict policy refuses."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, register_namespace, tostring

from defusedxml.ElementTree import fromstring

SPACE = "{http://www.w3.org/2000/svg}"
KEPT = {"g", "path", "rect", "line", "circle", "text", "tspan"}
NOISE = {
    "class",
    "style",
    "role",
    "pointer-events",
    "display",
    "opacity",
    "stroke-miterlimit",
    "version",
    "font-family",
}
"""What says nothing here, or is said once for all. A part that is not displayed is taken out whole before."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
DECIMALS = re.compile(r"\d+\.\d{2,}")
NOTHING = re.compile(r"(M0,0h0v0h0Z)?")

register_namespace("", SPACE.strip("{}"))


def tidy(svg: str, title: str, alt: str) -> str:
    """The drawing with a title and its words, without classes, styles, scripts and parts that draw nothing.

    Coordinates keep one decimal. The same input gives the same text, byte for byte.
    """
    root: Element = fromstring(svg)
    _prune(root)
    for element in root.iter():
        _clean(element)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("font-family", FONT)
    root.set("role", "img")
    root.set("aria-label", alt)
    heading = Element(f"{SPACE}title")
    heading.text = title
    root.insert(0, heading)
    return tostring(root, encoding="unicode")


def _prune(element: Element) -> None:
    for child in list(element):
        _prune(child)
        name = child.tag.removeprefix(SPACE)
        empty = (name == "g" and not len(child)) or (name == "path" and NOTHING.fullmatch(child.get("d", "")))
        if name not in KEPT or child.get("display") == "none" or empty:
            element.remove(child)


def _clean(element: Element) -> None:
    for name, value in list(element.attrib.items()):
        if name in NOISE or name.startswith(("aria-", "on", "{")) or value == "translate(0,0)":
            del element.attrib[name]
        else:
            element.set(name, DECIMALS.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value))
