"""A cube as JSON (RFC 8259): everything that it says, in both languages, one member a line.

A figure is a number; one with a fraction and more than 15 digits is a text, because many programs would round it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TypeAlias

from palermo.figures.exchange.cube import Cube, CubeCell, CubeText, Value, number_text
from palermo.figures.exchange.words import MARK_MEANINGS, MARK_WORDS

Json: TypeAlias = "str | int | float | list[Json] | dict[str, Json] | None"

FORMAT = "palermo-figures/1"
MOST_DIGITS = 15
"""Digits of a decimal number that a double keeps."""


def json_bytes(cube: Cube) -> bytes:
    """The cube as a JSON file."""
    marks = sorted({cell.mark for cell in cube.cells})
    content: dict[str, Json] = {
        "format": FORMAT,
        "code": cube.code,
        "identifier": cube.identifier,
        "version": cube.version,
        "title": _text(cube.title),
        "definition": _text(cube.definition),
        "unit": {"code": cube.unit.code, "label": _text(cube.unit.label)},
        "agency": {"code": cube.agency.code, "name": _text(cube.agency.name)},
        "source": _text(cube.source),
        "address": cube.address,
        "licence": cube.licence,
        "published_on": cube.published_on.isoformat() if cube.published_on else None,
        "notes": [_text(note) for note in cube.notes],
        "dimensions": [
            {
                "code": dimension.code,
                "label": _text(dimension.label),
                "codes": [{"code": code, "label": _text(label)} for code, label in dimension.codes],
            }
            for dimension in cube.dimensions
        ],
        "marks": [
            {"code": mark, "label": _text(MARK_WORDS[mark]), "meaning": _text(MARK_MEANINGS[mark])} for mark in marks
        ],
        "cells": [_cell(cube, cell) for cell in cube.rows],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _text(text: CubeText) -> Json:
    return {"en": text.en, "fr": text.fr}


def _cell(cube: Cube, cell: CubeCell) -> Json:
    codes: dict[str, Json] = {one.code: code for one, code in zip(cube.dimensions, cell.codes, strict=True)}
    return {
        "codes": codes,
        "starts_on": cell.starts_on.isoformat(),
        "ends_on": cell.ends_on.isoformat(),
        "value": None if cell.value is None else _number(cell.value),
        "mark": cell.mark,
        "footnote": _text(cell.footnote),
        "document": cell.document,
        "page": cell.page,
        "source": cell.source,
        "known_on": cell.known_on.isoformat() if cell.known_on else None,
    }


def _number(value: Value) -> str | int | float:
    text = number_text(value)
    if "." not in text:
        return int(text)
    digits = sum(letter.isdigit() for letter in text.lstrip("-0."))
    return float(Decimal(text)) if digits <= MOST_DIGITS else text
