"""An SVG as a page may hold it: one picture with a name, and nothing in it that a strict policy refuses.

Plain Python: the site's charts and the files of reports are made safe by the same rules.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, register_namespace, tostring

from defusedxml.ElementTree import fromstring

SVG = "http://www.w3.org/2000/svg"
SPACE = f"{{{SVG}}}"
_REFUSED = ("style", "class", "role")
_REFUSED_STARTS = ("on", "aria-", "{")

register_namespace("", SVG)


def read_svg(svg: str) -> Element:
    """The root of a drawing.

    Raises:
        ParseError: it is no XML.
        ValueError: it holds entities or a document type, which could grow without end.
    """
    root: Element = fromstring(svg)
    return root


def written_svg(root: Element) -> str:
    """The drawing as text."""
    return tostring(root, encoding="unicode")


def make_one_picture(root: Element, alt: str) -> None:
    """Give the drawing its words, and take from its parts what could run, restyle, or be read out beside them."""
    for element in root.iter():
        for name in list(element.attrib):
            if name in _REFUSED or name.startswith(_REFUSED_STARTS):
                del element.attrib[name]
    root.set("role", "img")
    root.set("aria-label", alt)
