"""Palermo's own plan file: read strictly, written so that reading it back gives the same bytes.

The file is JSON in UTF-8 with `"format": "palermo-plan/1"`. The models are in `planfile_models`, what must
hold between them in `planfile_checks`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from palermo.plan.imports.reader.reading import UnreadableError
from palermo.plan.planfile_checks import problems
from palermo.plan.planfile_models import FORMAT, PlanFile

PROBLEMS_SHOWN = 20

_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not a key of this format",
    "string_type": "is not text in quotation marks",
    "int_type": "is not a whole number",
    "bool_type": "is neither true nor false",
    "tuple_type": "is not a list",
    "model_type": "is not an object in braces",
    "model_attributes_type": "is not an object in braces",
    "date_type": "is not a date written as 2013-04-01",
    "date_parsing": "is not a date written as 2013-04-01",
    "date_from_datetime_parsing": "is not a date written as 2013-04-01",
    "too_short": "is an empty list",
}


def load(data: bytes) -> PlanFile:
    """Read a plan file.

    Raises:
        UnreadableError: the bytes are no JSON (`json_syntax`, `json_too_deep`), are JSON of something else
            (`json_not_a_plan`, `json_format_version`), have wrong fields (`json_fields`), or contradict
            themselves (`json_references`). With the last two the first line of the message is the sentence,
            and each further line one problem, beginning with its path; at most twenty are listed.
    """
    text = _text(data)
    _check_is_plan(_parse(text))
    try:
        file = PlanFile.model_validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True, include_input=False)
        raise _refusal(found) from None
    contradictions = list(problems(file))
    if contradictions:
        raise _listed("json_references", "This plan file contradicts itself.", contradictions)
    return file


def dump(plan: PlanFile) -> bytes:
    """Write a plan file: UTF-8, keys in the order of the format, two spaces, a newline at the end."""
    content = plan.model_dump(mode="json", by_alias=True)
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "json_syntax",
            f"This plan file is not in UTF-8: byte {error.start + 1} cannot be read. Save it as UTF-8.",
        ) from None


def _parse(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_without_repeats, parse_int=_whole, parse_constant=_no_constant)
    except RecursionError:
        raise UnreadableError("json_too_deep", "This JSON is nested too deep to be a plan file.") from None
    except json.JSONDecodeError as error:
        found = f"{error.msg} at line {error.lineno}, column {error.colno}"
        raise UnreadableError("json_syntax", f"This file is not complete JSON: {found}.") from None
    except ValueError as error:
        raise UnreadableError("json_syntax", f"This JSON cannot be read: {error}.") from None


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        repeated, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"the key {repeated[:80]!r} stands twice in one object")
    return found


def _whole(digits: str) -> int:
    if len(digits) > 18:
        raise ValueError(f"the number {digits[:18]}… is too long")
    return int(digits)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a JSON value")


def _check_is_plan(content: object) -> None:
    stated = content.get("format") if isinstance(content, dict) else None
    if not isinstance(stated, str) or not stated.startswith("palermo-plan/"):
        raise UnreadableError(
            "json_not_a_plan",
            f'This JSON is not a plan file: it does not say "format": "{FORMAT}" at its top.',
        )
    if stated != FORMAT:
        raise UnreadableError(
            "json_format_version", f"This plan file has the format {stated[:80]}; only {FORMAT} can be read."
        )


def _refusal(found: list[ErrorDetails]) -> UnreadableError:
    if found[0]["type"] == "json_invalid":
        return UnreadableError("json_syntax", f"This JSON cannot be read: {found[0]['ctx']['error']}.")
    return _listed("json_fields", "This plan file has fields that cannot be read.", map(_sentence, found))


def _listed(code: str, sentence: str, found: Iterable[str]) -> UnreadableError:
    lines = list(found)
    more = len(lines) - PROBLEMS_SHOWN
    tail = [f"… and {more} more"] if more > 0 else []
    return UnreadableError(code, "\n".join([sentence, *islice(lines, PROBLEMS_SHOWN), *tail]))


def _sentence(error: ErrorDetails) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error["loc"]).lstrip(".")
    return f"{path}: {_what_is_wrong(error)}"


def _what_is_wrong(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "literal_error":
        return f"is not one of {context['expected']}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        return f"is not written as the format asks ({context['pattern']})"
    return _SENTENCES.get(kind) or error["msg"]
