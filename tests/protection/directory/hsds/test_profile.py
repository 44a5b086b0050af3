"""Merge patches as RFC 7396 has them, and what the profile's additions refuse."""

from __future__ import annotations

import json

import pytest

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.profile import patched
from palermo.protection.directory.hsds.schema import problems

ONE = "00000000-0000-4000-8000-000000000001"
RFC_7396 = """
{"a":"b"} {"a":"c"} {"a":"c"}
{"a":"b"} {"b":"c"} {"a":"b","b":"c"}
{"a":"b"} {"a":null} {}
{"a":"b","b":"c"} {"a":null} {"b":"c"}
{"a":["b"]} {"a":"c"} {"a":"c"}
{"a":"c"} {"a":["b"]} {"a":["b"]}
{"a":{"b":"c"}} {"a":{"b":"d","c":null}} {"a":{"b":"d"}}
{"a":[{"b":"c"}]} {"a":[1]} {"a":[1]}
{"e":null} {"a":1} {"e":null,"a":1}
{} {"a":{"bb":{"ccc":null}}} {"a":{"bb":{}}}
"""
"""Cases of the appendix of the RFC in which both are objects: document, patch, result."""


@pytest.mark.parametrize("case", RFC_7396.strip().splitlines())
def test_patches_do_what_the_rfc_says(case: str) -> None:
    document, patch, expected = (json.loads(part) for part in case.split())
    assert patched(document, patch) == expected


@pytest.mark.parametrize(
    ("kind", "added", "rule"),
    [
        ("phone", {"number": "911", "e164": "911"}, "pattern"),
        ("phone", {"number": "x", "e164": "+0"}, "pattern"),
        ("service", {"name": "a", "status": "active", "genders": ["ladies"]}, "enum"),
        ("service", {"name": "a", "name_fr": 1, "status": "active"}, "type"),
        ("location", {"location_type": "physical", "is_confidential": "yes"}, "type"),
        ("service", {"name": "a", "status": "open"}, "enum"),
    ],
)
def test_wrong_values_are_refused_with_the_rule(kind: str, added: Document, rule: str) -> None:
    [problem] = problems(kind, {"id": ONE, **added})
    assert problem.rule == rule


@pytest.mark.parametrize("number", ["+18339001010", "+442071234567"])
def test_right_values_pass(number: str) -> None:
    assert problems("phone", {"id": ONE, "number": "1-833-900-1010", "e164": number}) == []
