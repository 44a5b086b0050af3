"""The history of a deliverable as CSV and as JSON, some hundred acts at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.foundation.bilingual import LANGUAGES, reader_language
from palermo.plan.register.models import Deliverable
from palermo.plan.register.queries.csv_file import MARK, written
from palermo.plan.trail.queries.acts import CHUNK, Acts
from palermo.plan.trail.queries.shown import Row


def csv_lines(acts: Acts) -> Iterator[str]:
    """The file in the language of whoever asked, safe to open in a spreadsheet."""
    language = reader_language()
    yield MARK
    with override(language):
        yield written([_head()])
    for start in range(0, acts.count(), CHUNK):
        with override(language):
            text = written(_cells(row) for row in acts.between(start, start + CHUNK))
        yield text


def _head() -> list[str]:
    return [
        _("Place in the trail"),
        _("When (UTC)"),
        _("Who"),
        _("What"),
        _("Code of the act"),
        _("Details"),
        _("Done to the whole plan"),
        _("Hash"),
    ]


def _cells(row: Row) -> list[str]:
    told = row.told
    return [
        str(told.number or ""),
        _moment(row),
        row.who,
        row.what,
        told.act,
        "; ".join(row.details),
        _("yes") if row.is_of_plan else _("no"),
        told.hash,
    ]


def json_lines(one: Deliverable, acts: Acts) -> Iterator[str]:
    """One object: the deliverable, and `acts`, the newest first, with words in both languages."""
    head = json.dumps({"plan": one.plan.code, "deliverable": one.code})
    yield head.removesuffix("}") + ', "acts": ['
    separator = "\n"
    for start in range(0, acts.count(), CHUNK):
        for english, french in _in_both(acts, start):
            yield separator + json.dumps(_object(english, french), ensure_ascii=False)
            separator = ",\n"
    yield "\n]}\n"


def _in_both(acts: Acts, start: int) -> list[tuple[Row, Row]]:
    told, things = [], acts.things(start, start + CHUNK)
    for language in LANGUAGES:
        with override(language):
            told.append(acts.in_words(things))
    return list(zip(*told, strict=True))


def _object(english: Row, french: Row) -> dict[str, Any]:
    told = english.told
    return {
        "number": told.number,
        "hash": told.hash or None,
        "at": _moment(english),
        "who": {"en": english.who, "fr": french.who},
        "act": told.act,
        "what": {"en": english.what, "fr": french.what},
        "details": {"en": english.details, "fr": french.details},
        "codes": dict(english.seen),
        "whole_plan": english.is_of_plan,
    }


def _moment(row: Row) -> str:
    return row.told.at.astimezone(UTC).isoformat(timespec="seconds")
