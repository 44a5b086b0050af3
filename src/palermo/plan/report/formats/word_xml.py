"""What python-docx has no words for: fields, links, bookmarks and languages, as WordprocessingML.

Element names and their order are those of ECMA-376, Part 1, section 17.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph


def element(name: str, /, **attributes: str | int) -> BaseOxmlElement:
    """An element `w:name` with attributes of the same namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def text_run(
    words: str, *, bold: bool = False, italic: bool = False, language: str = "", style: str = ""
) -> BaseOxmlElement:
    """A run of text; line feeds become line breaks."""
    run = element("r")
    look = element("rPr")
    if style:
        look.append(element("rStyle", val=style))
    if bold:
        look.append(element("b"))
    if italic:
        look.append(element("i"))
    if language:
        look.append(element("lang", val=language))
    if len(look):
        run.append(look)
    for number, line in enumerate(words.split("\n")):
        if number:
            run.append(element("br"))
        text = element("t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
        run.append(text)
    return run


def link_run(paragraph: Paragraph, address: str, run: BaseOxmlElement) -> BaseOxmlElement:
    """A link to an address outside the file around a run."""
    link = element("hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run)
    return link


def anchor_run(name: str, run: BaseOxmlElement) -> BaseOxmlElement:
    """A link to a bookmark in the file around a run."""
    link = element("hyperlink", anchor=name, history=1)
    link.append(run)
    return link


def bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Name a paragraph so that links and fields can lead to it."""
    paragraph._p.append(element("bookmarkStart", id=number, name=name))
    paragraph._p.append(element("bookmarkEnd", id=number))


def field_runs(instruction: str, shown: Sequence[BaseOxmlElement]) -> Iterator[BaseOxmlElement]:
    """A field with what it shows until the program works it out."""
    yield from field_start(instruction)
    yield from shown
    yield field_end()


def field_start(instruction: str, *, is_dirty: bool = False) -> Iterator[BaseOxmlElement]:
    """The runs that open a field, up to what it shows; a dirty one is worked out when the file is opened."""
    begin = _field_mark("begin")
    if is_dirty:
        begin[0].set(qn("w:dirty"), "true")
    yield begin
    code = element("r")
    words = element("instrText")
    words.text = f" {instruction} "
    words.set(qn("xml:space"), "preserve")
    code.append(words)
    yield code
    yield _field_mark("separate")


def field_end() -> BaseOxmlElement:
    """The run that closes a field."""
    return _field_mark("end")


def _field_mark(kind: str) -> BaseOxmlElement:
    run = element("r")
    run.append(element("fldChar", fldCharType=kind))
    return run


def restarted_numbering(document: Document, style: str, start: int) -> int:
    """The number of a new numbering with the look of a list style; it counts from `start`."""
    numbering = document.part.numbering_part.element
    of_style = document.styles[style].element.pPr.numPr.numId.val
    made = numbering.add_num(numbering.num_having_numId(of_style).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)
