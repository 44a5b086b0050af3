"""What the columns of a cube's CSV file hold, as CSV on the Web says it (W3C, "Metadata Vocabulary for Tabular Data").

A program that reads it knows each column's type, the codes that it may hold, what an empty field means, the key, and
in both languages what is counted, by whom, from where and under which licence.
"""

from __future__ import annotations

import json
from typing import TypeAlias

from palermo.figures.exchange.columns import Column, columns
from palermo.figures.exchange.cube import MARKS, TOTAL, Cube, CubeText, Language, plain_name
from palermo.figures.exchange.words import HIDDEN_MEANS, MARK_MEANINGS

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"


def csvw_json(cube: Cube, language: Language, url: str) -> bytes:
    """The metadata of `csv_bytes(cube, language)`.

    Args:
        cube: what the file holds.
        language: of the file; the metadata has both.
        url: where the file is, as seen from the metadata; its name where they lie side by side.
    """
    keys = ["starts_on", "ends_on", *(plain_name(dimension.code) for dimension in cube.dimensions), "document"]
    content: dict[str, Json] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": url,
        **_about(cube),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {
            "columns": [_column(cube, column) for column in columns(cube, language)],
            "primaryKey": list[Json](keys),
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _about(cube: Cube) -> dict[str, Json]:
    found: dict[str, Json] = {
        "dc:title": _both(cube.title),
        "dc:description": [_both(text) for text in (cube.definition, *cube.notes) if text],
        "dc:publisher": _both(cube.agency.name),
        "dc:source": _both(cube.source),
        "dc:identifier": cube.identifier,
        "dc:issued": cube.published_on.isoformat() if cube.published_on else "",
        "dc:license": {"@id": cube.licence} if cube.licence else "",
        "dc:isPartOf": {"@id": cube.address} if cube.address else "",
    }
    return {name: value for name, value in found.items() if value}


def _both(text: CubeText) -> Json:
    return [{"@value": words, "@language": tag} for tag, words in (("en", text.en), ("fr", text.fr)) if words]


def _titles(column: Column) -> Json:
    """What heads the column in the file, which is no language, and its words in each."""
    heading = column.heading
    return {"und": column.name, "en": heading.en or heading.fr, "fr": heading.fr or heading.en}


def _column(cube: Cube, column: Column) -> Json:
    found: dict[str, Json] = {"name": column.name, "titles": _titles(column)}
    codes = {plain_name(dimension.code): dimension.codes for dimension in cube.dimensions}.get(column.name)
    if codes is not None:
        allowed = "|".join((TOTAL, *(code.replace("$", "\\$") for code, _label in codes)))
        return {**found, "datatype": {"base": "string", "format": f"^({allowed})$"}, "required": True}
    if column.name == "mark":
        meanings = [_both(MARK_MEANINGS[mark]) for mark in MARKS]
        datatype: Json = {"base": "string", "format": f"^({'|'.join(MARKS)})$"}
        return {**found, "datatype": datatype, "required": True, "dc:description": meanings}
    if column.name == "value":
        means: dict[str, Json] = {"dc:description": _both(HIDDEN_MEANS), "dc:subject": _both(cube.unit.label)}
        return {**found, "datatype": "decimal", "null": "", **means}
    if column.kind == "day":
        is_span = column.name != "known_on"
        return {**found, "datatype": {"base": "date", "format": "yyyy-MM-dd"}, "required": is_span}
    if column.language:
        found["lang"] = column.language
    return {**found, "datatype": "string"}
