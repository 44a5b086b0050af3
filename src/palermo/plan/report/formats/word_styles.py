"""How the Word file looks: the styles of python-docx's own template, made calm, and a table style."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from palermo.plan.report.formats.word_xml import element

FONT = "Arial"
SHADE = "26374A"
LINE = "CFD4DA"
INK = RGBColor(0x26, 0x37, 0x4A)
LINK = RGBColor(0x28, 0x41, 0x62)
QUIET = RGBColor(0x55, 0x55, 0x55)
HEADINGS = {1: (20, 24), 2: (15, 18), 3: (12.5, 14), 4: (11, 12), 5: (10.5, 12), 6: (10.5, 12)}
"""Size, and space before, in points, by level."""

TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr>
    <w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{LINE}"/>
      <w:insideH w:val="single" w:sz="4" w:color="{LINE}"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>
      <w:bottom w:w="60" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""


def set_styles(document: Document, language: str) -> None:
    """Give the document its styles, and its language as the one that spelling is checked in."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:val"), language)
    document.styles.element.append(parse_xml(TABLE_STYLE))
    link = document.styles.add_style("Report Link", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = LINK
    link.font.underline = True
    source = document.styles.add_style("Report Source", WD_STYLE_TYPE.CHARACTER)
    source.font.size = Pt(8)
    source.font.color.rgb = LINK
    _paragraph_style(document, "Normal", 10.5, after=8)
    for level, (size, before) in HEADINGS.items():
        style = _paragraph_style(document, f"Heading {level}", size, before=before, after=6)
        style.font.bold = True
        style.font.italic = False
        style.font.color.rgb = INK
    title = _paragraph_style(document, "Title", 30, before=140, after=10)
    title.font.color.rgb = INK
    title.font.bold = True
    if (border := title.element.pPr.find(qn("w:pBdr"))) is not None:
        title.element.pPr.remove(border)
    subtitle = _paragraph_style(document, "Subtitle", 15, after=24)
    caption = _paragraph_style(document, "Caption", 9.5, before=8, after=4)
    quote = _paragraph_style(document, "Quote", 10.5, after=8)
    quote.paragraph_format.left_indent = Pt(18)
    for style in (subtitle, caption, quote):
        style.font.italic = False
        style.font.color.rgb = INK
    for name in ("Table Text", "Table Note", "Note", "Contents 1", "Contents 2", "Entry Title", "Entry Text"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    _paragraph_style(document, "Table Text", 8.5, after=0).paragraph_format.line_spacing = 1.05
    _paragraph_style(document, "Table Note", 9, before=4, after=8).font.color.rgb = QUIET
    _paragraph_style(document, "Contents 1", 10.5, before=4, after=2).font.bold = True
    _paragraph_style(document, "Contents 2", 10.5, after=2).paragraph_format.left_indent = Pt(16)
    _note_border(_paragraph_style(document, "Note", 10.5, before=6, after=10))
    entry = _paragraph_style(document, "Entry Title", 10.5, before=8, after=3)
    entry.font.bold = True
    entry.paragraph_format.keep_with_next = True
    _paragraph_style(document, "Entry Text", 10, after=3)
    for name in ("Header", "Footer"):
        _paragraph_style(document, name, 8.5, after=0).font.color.rgb = QUIET


def _paragraph_style(document: Document, name: str, size: float, before: float = 0, after: float = 0) -> ParagraphStyle:
    style: ParagraphStyle = document.styles[name]
    style.font.name = FONT
    style.font.size = Pt(size)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    return style


def _note_border(style: ParagraphStyle) -> None:
    style.paragraph_format.left_indent = Pt(10)
    properties = style.element.get_or_add_pPr()
    border = element("pBdr")
    border.append(element("left", val="single", sz=24, space=8, color="269ABC"))
    # The order of these elements is fixed: borders and shading stand before spacing.
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(border)
    spacing.addprevious(element("shd", val="clear", color="auto", fill="F1F3F6"))
