"""The typesetter, in a process of its own: `python -m palermo.plan.report.formats.typeset FOLDER FONTS`.

A long table takes hundreds of megabytes while it is set, and the typesetter keeps what it has learnt for as
long as its process lives; a server must not grow by that.

FOLDER holds `report.typ`, `report.json` and the figures, and gets `report.pdf`. FONTS is `system`, or
`bundled` for those inside the typesetter alone.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Literal, get_args

import typst

FontSource = Literal["system", "bundled"]

FAMILIES = ("Liberation Sans", "Arimo", "Arial", "Helvetica", "Noto Sans", "DejaVu Sans", "Libertinus Serif")
"""The first of these that the machine has sets the report; the last is inside the typesetter."""

USUAL = re.compile("[\t\n -~\xa0-\xff–—‘’“”•…œŒŸ\u200b]")
"""Characters that every one of these families has."""

STAND_IN = "\N{REPLACEMENT CHARACTER}"
NOT_SHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(folder: Path, fonts: FontSource) -> None:
    """Set `report.typ` as PDF/UA-1.

    A character that no font of the machine can show would be refused by the standard; it becomes U+FFFD, so
    that a reader sees that something stood there.

    Raises:
        typst.TypstError: the template or the data do not make a document of that standard.
    """
    families = _families(fonts)
    data = folder / "report.json"
    words = data.read_text(encoding="utf-8")
    if missing := _not_shown(words, families, fonts):
        data.write_text(words.translate(dict.fromkeys(map(ord, missing), STAND_IN)), encoding="utf-8")
    compiler = typst.Compiler(str(folder / "report.typ"), root=str(folder), ignore_system_fonts=fonts == "bundled")
    compiler.compile(
        output=str(folder / "report.pdf"),
        format="pdf",
        sys_inputs={"fonts": ",".join(families)},
        pdf_standards="ua-1",
        timestamp=0,
    )


def _families(fonts: FontSource) -> list[str]:
    there = set(typst.Fonts(include_system_fonts=fonts == "system").families())
    return [family for family in FAMILIES if family in there]


def _not_shown(words: str, families: list[str], fonts: FontSource) -> set[str]:
    """The characters that no font has, found by setting each unusual one alone."""
    unusual = sorted(set(USUAL.sub("", words)))
    if not unusual:
        return set()
    probe = (
        '#set document(title: "Probe")\n#set text(font: sys.inputs.fonts.split(","))\n'
        '#for letter in sys.inputs.letters { par("a" + letter) }'
    )
    compiler = typst.Compiler(probe.encode(), ignore_system_fonts=fonts == "bundled")
    try:
        inputs = {"fonts": ",".join(families), "letters": "".join(unusual)}
        compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
    except typst.TypstError as error:
        found = "".join(NOT_SHOWN.findall(error.diagnostic))
        shown = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)
        missing = set(unusual) & set(shown)
        if not missing:
            raise
        return missing
    return set()


def main(arguments: list[str]) -> int:
    """Run from the command line; what went wrong goes to standard error."""
    folder, source = arguments
    fonts = next(name for name in get_args(FontSource) if name == source)
    try:
        typeset(Path(folder), fonts)
    except typst.TypstError as error:
        sys.stderr.write(error.diagnostic)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
