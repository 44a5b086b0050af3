"""Recognises the heading row of a plan's table, in whatever way its cells are set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from palermo.plan.imports.reader.structure.lines import Line
from palermo.plan.imports.reader.structure.statuses import exact_status
from palermo.plan.imports.reader.vocabulary import Phrases, entries, fold, word_list

_NOISE = re.compile(r"[*_#:?]+|\(s\)|\(es\)")
TEXT_ROLES = frozenset({"scope", "thing"})
TIME_ROLES = frozenset({"start", "due", "timeline"})
TELLING_ROLES = TIME_ROLES | {"status", "lead"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as printed, its role, and for texts how wide a thing it holds (small is wide)."""

    heading: str
    role: str
    rank: int = 0


@cache
def _phrases() -> Phrases[tuple[str, int]]:
    pairs: dict[str, tuple[str, int]] = {}
    for entry in entries("columns", "column"):
        rank = entry.get("rank", 0)
        for language in ("en", "fr"):
            for word in word_list(entry[language]):
                pairs.setdefault(word, (str(entry["role"]), rank if isinstance(rank, int) else 0))
    return Phrases(pairs.items())


def _tokens(text: str) -> list[str]:
    return _NOISE.sub("", fold(text)).replace(" / ", "/").split()


def column_of(heading: str) -> Column | None:
    """The column that a heading names, where the words of it are known; a known beginning or end is enough."""
    tokens = _tokens(heading)
    if not tokens or len(tokens) > 9:
        return None
    found = _phrases().at(tokens, 0)
    if "-" in heading and not (found and found[0] == len(tokens)):
        whole = column_of(re.sub(r"-\s?", "", heading))
        if whole:
            return _renamed(re.sub(r"-\s?", "", heading), whole)
    if found and found[0] == len(tokens):
        return Column(heading, *found[1])
    slashed = [part for part in re.split(r"\s*/\s*|\s+(?:and|et|or|ou|&)\s+", " ".join(tokens)) if part]
    if len(slashed) > 1:
        senses = [sense for part in slashed if (sense := column_of(part))]
        if senses:
            return Column(heading, senses[0].role, max(sense.rank for sense in senses))
    return _column_in(heading, tokens, found)


def _column_in(heading: str, tokens: list[str], found: tuple[int, tuple[str, int]] | None) -> Column | None:
    """A longer heading is judged by the phrase it ends on, then by the one it opens with, years and brackets aside."""
    bare = [token for token in tokens if not re.fullmatch(r"[(\[]?(?:19|20)\d\d(?:[-/]\d+)?[)\]]?", token)]
    if bare and len(bare) < len(tokens):
        return _renamed(heading, column_of(" ".join(bare)))
    without = re.sub(r"\s*\([^)]*\)?", "", " ".join(tokens)).strip()
    if without and without != " ".join(tokens):
        return _renamed(heading, column_of(without))
    if len(tokens) <= 6:
        for start in range(1, len(tokens)):
            at_end = _phrases().at(tokens, start)
            if at_end and start + at_end[0] == len(tokens) and at_end[1][0] != "code":
                return Column(heading, *at_end[1])
        if found and found[1][0] in TELLING_ROLES | {"supporting", "note", "indicator"}:
            return Column(heading, *found[1])
    return None


def _renamed(heading: str, found: Column | None) -> Column | None:
    return Column(heading, found.role, found.rank) if found else None


def is_table_head(columns: Sequence[Column | None]) -> bool:
    """Whether headings make a plan's table: a thing, and who, when or how far, and few headings unknown."""
    known = [column for column in columns if column is not None]
    roles = [column.role for column in known]
    if len(known) < 2 or len(known) * 2 < len(columns):
        return False
    has_text = any(role in TEXT_ROLES for role in roles)
    telling = {role for role in roles if role in TELLING_ROLES | {"supporting"}}
    if has_text and telling:
        return True
    if has_text and len([role for role in roles if role in TEXT_ROLES]) > 1 and {"note", "indicator"} & set(roles):
        return True
    return has_text and "note" in roles and len(columns) <= 5


def header_of_cells(cells: Sequence[str]) -> list[Column] | None:
    """The columns, where these cells are the heading row of a plan's table."""
    if len(cells) < 2 or any(len(cell) > 70 for cell in cells):
        return None
    columns = [column_of(cell) for cell in cells]
    if not is_table_head(columns):
        return None
    return [column or Column(cell, "other") for column, cell in zip(columns, cells, strict=True)]


def header_of_words(text: str) -> list[Column] | None:
    """The columns, where a line is nothing but column headings one after the other."""
    printed = text.split()
    tokens = [_NOISE.sub("", fold(word)) for word in printed]
    if not 3 <= len(tokens) <= 24 or len(text) > 180:
        return None
    return next(
        (found for found in _ways(printed, tokens, 0) if len(found) >= 3 and is_table_head(found) and _distinct(found)),
        None,
    )


def _ways(printed: list[str], tokens: list[str], place: int) -> Iterator[list[Column]]:
    """The ways to cut a line into column headings, those with longer headings first."""
    if place == len(tokens):
        yield []
        return
    for length, (role, rank) in _phrases().all_at(tokens, place) if tokens[place] else []:
        column = Column(" ".join(printed[place : place + length]), role, rank)
        for rest in _ways(printed, tokens, place + length):
            yield [column, *rest]


def _distinct(columns: Sequence[Column]) -> bool:
    headings = [fold(column.heading) for column in columns]
    telling = [column.role for column in columns if column.role in {"status", "lead"}]
    return len(set(headings)) == len(headings) and len(set(telling)) == len(telling)


@dataclass(frozen=True, slots=True)
class Head:
    """A heading row found among lines: `style` is how its cells are set apart, `count` how many lines it takes."""

    columns: list[Column]
    style: str
    count: int
    offsets: tuple[int, ...] = ()


def cells_of_pipes(text: str) -> list[str]:
    """The cells of a line drawn with upright strokes."""
    return [cell.strip() for cell in text.strip().strip("|").split("|")]


def head_at(lines: Sequence[Line], place: int) -> Head | None:
    """The heading row that begins at this line, if one does."""
    text = lines[place].text
    if text.count("|") >= 2 or (text.strip().startswith("|") and text.count("|") >= 1):
        return _head(header_of_cells(cells_of_pipes(text)), "pipes")
    if "\t" in text.strip():
        return _head(header_of_cells([cell.strip() for cell in text.strip("\n").split("\t")]), "tabs")
    chunks = [(found.start(), found.group()) for found in re.finditer(r"\S+(?: \S+)*", text)]
    if len(chunks) > 1:
        columns = header_of_cells([chunk for _, chunk in chunks])
        if columns:
            return Head(columns, "aligned", 1, tuple(start for start, _ in chunks))
    worded = _with_wrapped_word(lines, place) or _head(header_of_words(text), "loose")
    return worded or _head_of_codes(lines, place) or _head_of_lines(lines, place)


def _with_wrapped_word(lines: Sequence[Line], place: int) -> Head | None:
    """A heading row of which one heading's first word stands alone on the line above or its second on the one below."""
    text = lines[place].text
    following = lines[place + 1] if place + 1 < len(lines) else None
    if following is None or following.gap:
        return None
    short, long = (lines[place].bare, following.text) if len(lines[place].bare.split()) == 1 else (following.bare, text)
    if len(short.split()) != 1 or header_of_words(long) is None:
        return None
    parts = long.split()
    above = long is not text
    for at in range(len(parts)):
        pair = f"{short} {parts[at]}" if above else f"{parts[at]} {short}"
        found = _phrases().at(_tokens(pair), 0)
        if found is None or found[0] != 2:
            continue
        columns = header_of_words(" ".join([*parts[:at], pair, *parts[at + 1 :]]))
        if columns and any(fold(column.heading) == fold(pair) for column in columns):
            return Head(columns, "loose", 2)
    return None


def _head_of_codes(lines: Sequence[Line], place: int) -> Head | None:
    """Two headings above lines of which each holds but a code and a status."""
    tokens = _tokens(lines[place].bare)
    below = [line.bare.split(maxsplit=1) for line in lines[place + 1 : place + 4]]
    if not 2 <= len(tokens) <= 6 or len(below) < 2:
        return None
    if not all(len(parts) == 2 and any(map(str.isdigit, parts[0])) and exact_status(parts[1]) for parts in below):
        return None
    ways = _ways(lines[place].bare.split(), tokens, 0)
    roles = next((way for way in ways if [column.role for column in way][1:] == ["status"]), None)
    return _head([Column(roles[0].heading, "thing", 60), roles[1]] if roles else None, "loose")


def _head(columns: list[Column] | None, style: str) -> Head | None:
    return Head(columns, style, 1) if columns else None


def _head_of_lines(lines: Sequence[Line], place: int) -> Head | None:
    """Headings one under the other, each whole on its line, or a heading row wrapped over a few lines."""
    columns: list[Column] = []
    seen: set[str] = set()
    for line in lines[place : place + 12]:
        column = column_of(line.bare) if _could_be_heading(line.bare) else None
        if column is None or fold(line.bare) in seen or not _whole(line.bare):
            break
        columns.append(column)
        seen.add(fold(line.bare))
    if len(columns) >= 3 and is_table_head(columns):
        return Head(columns, "loose", len(columns))
    return _wrapped_head(lines, place)


def _could_be_heading(text: str) -> bool:
    """Whether a line is short and neither a status nor a numbered title nor a sentence."""
    numbered = re.search(r"[\d:]", text)
    return len(text) <= 40 and not text.endswith(".") and not numbered and exact_status(text) is None


def _whole(heading: str) -> bool:
    tokens = _tokens(heading)
    found = _phrases().at(tokens, 0)
    return (found is not None and found[0] == len(tokens)) or len(tokens) <= 4


def _wrapped_head(lines: Sequence[Line], place: int) -> Head | None:
    if column_of(lines[place].bare.split()[0]) is None:
        return None
    for count in (2, 3):
        block = lines[place : place + count]
        if len(block) < count or any(line.gap for line in block[1:]):
            return None
        columns = header_of_words(" ".join(line.bare for line in block))
        if columns:
            return Head(columns, "loose", count)
    return None
