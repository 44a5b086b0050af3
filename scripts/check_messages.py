"""Finds visible text that has no French, and French that breaks at the wrong place.

The catalogue is made anew from the code in a copy (GNU gettext does it), then compared with the one that is kept:
every message must be there, translated and not marked fuzzy, and nothing else. In French a no-break space stands
before : ; ! ? and inside « », so that no line begins or ends with one of them alone.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "palermo"
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
NO_BREAK = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
MISPLACED = (
    (re.compile(rf"[^{NO_BREAK}][;!?](?=\s|$|[»)])"), "no no-break space before ; ! or ?"),
    (re.compile(rf"[^{NO_BREAK}]:(?=\s|$)"), "no no-break space before :"),
    (re.compile(rf"«(?![{NO_BREAK}])"), "no no-break space after «"),
    (re.compile(rf"(?<![{NO_BREAK}])»"), "no no-break space before »"),
)
ENTITY = re.compile(r"&\w+;")
Key = tuple[str | None, str, str]


def key(entry: polib.POEntry) -> Key:
    """What makes a message itself: context, text, plural."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def texts(entry: polib.POEntry) -> list[str]:
    """The translations of a message: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def made_anew() -> polib.POFile:
    """The catalogue that the code of today would have, with nothing translated.

    Raises:
        CalledProcessError: gettext cannot read a file; its words name the file.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "palermo"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("locale", "__pycache__"))
        (copy / "locale").mkdir()
        make = [sys.executable, "-m", "django", "makemessages", "--locale=fr", "--no-location", "--verbosity=0"]
        subprocess.run(make, cwd=copy, check=True, capture_output=True, text=True)
        return polib.pofile(str(copy / CATALOGUE))


def missing(wanted: polib.POFile, kept: polib.POFile) -> Iterator[str]:
    """What the kept catalogue lacks, or has too much."""
    known = {key(entry): entry for entry in kept if not entry.obsolete}
    for entry in wanted:
        found = known.pop(key(entry), None)
        if found is None or not all(texts(found)):
            yield f"no French: {entry.msgid!r}"
        elif found.fuzzy:
            yield f"French marked fuzzy: {entry.msgid!r}"
    for entry in known.values():
        yield f"no longer in the code: {entry.msgid!r}"
    for entry in kept.obsolete_entries():
        yield f"obsolete: {entry.msgid!r}"


def misplaced(kept: polib.POFile) -> Iterator[str]:
    """French texts with a sign that could come to stand alone."""
    for entry in kept:
        for text in texts(entry):
            for pattern, fault in MISPLACED:
                if pattern.search(ENTITY.sub("", text)):
                    yield f"{fault}: {text!r}"


def main() -> int:
    """Print every finding; 1 where there is one."""
    try:
        wanted = made_anew()
    except subprocess.CalledProcessError as error:
        print(error.stderr)
        return 1
    kept = polib.pofile(str(PACKAGE / CATALOGUE)) if (PACKAGE / CATALOGUE).exists() else polib.POFile()
    found = [*missing(wanted, kept), *misplaced(kept)]
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
