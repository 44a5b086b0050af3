"""What the form of a service shows of its document, and the merge patch that makes its document what the form says.

Plain Python. A value is a text or a list of texts, so that what two people wrote can be compared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias
from uuid import uuid4

from palermo.protection.directory.entry.week import KEYS, schedules_of, week_of
from palermo.protection.directory.hsds import fitting
from palermo.protection.directory.hsds.fitting import GENDERS, language_code
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.phones import e164, split
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.queries.needs import needs
from palermo.protection.directory.queries.service_types import needs_said

Value: TypeAlias = "str | list[str] | list[list[str]]"
Values: TypeAlias = "dict[str, Value]"
"""What the form says, by the names of its fields; telephones and hours are one field each."""

SHORT = ("name",)
LONG = ("description", "eligibility_description", "application_process", "fees_description")
TEXTS = (*SHORT, *LONG)
"""What is told in words, in both languages."""
FLAGS = ("takes_children", "any_immigration_status", "indigenous_led", "trauma_informed", "survivor_led")
"""What is yes, no or not said."""
AGES = ("minimum_age", "maximum_age")
PLAIN = ("status", "email", "url")
PHONES, HOURS, LANGUAGES, GENDER, NEEDS = "phones", "hours", "languages", "genders", "needs"
_LISTS = {PHONES, HOURS, LANGUAGES, GENDER, NEEDS}
PROPERTIES = {HOURS: "schedules", NEEDS: "attributes"}
"""The properties of a service that are not called as the fields of the form."""
UNSHOWN = ["unshown"]
"""How the value of hours begins that a week cannot say; what follows is only there to be compared."""
YES, NO = "yes", "no"


def values_of(said: Mapping[str, Json]) -> Values:
    """What the form shows of a service."""
    found: Values = {}
    for name in TEXTS:
        english, french = _texts(said, name)
        found |= {f"{name}_en": english, f"{name}_fr": french}
    found |= {name: str(said.get(name) or "").strip() for name in PLAIN}
    found |= {name: _answer(said.get(name)) for name in FLAGS}
    found |= {name: _age(said.get(name)) for name in AGES}
    genders = said.get("genders")
    found[LANGUAGES] = in_order(LANGUAGES, {_code(one) for one in _entries(said, "languages")})
    found[GENDER] = in_order(GENDER, genders if isinstance(genders, list) else [])
    found[NEEDS] = in_order(NEEDS, {str(key) for key in needs_said(said)})
    found[PHONES] = [_phone(one) for one in _entries(said, "phones")]
    found[HOURS] = _hours(said)
    return found


def _listed(said: Mapping[str, Json], name: str, value: Value) -> Json:
    """What a list of the document says; nothing where it would be empty."""
    if name == LANGUAGES:
        return _languages(said, value) or None
    if name == NEEDS:
        return _attributes(said, value) or None
    if name == PHONES:
        return _phones(said, value) or None
    if name == HOURS:
        return _schedules(said, value) or None
    return [str(one) for one in value] or None


def are_values(said: Mapping[str, object]) -> bool:
    """Whether these can be the values of a service, wherever they come from."""
    hours = said.get(HOURS)
    has_hours = isinstance(hours, list) and (hours[:1] == UNSHOWN or len(hours) == len(KEYS))
    return has_hours and said.keys() == values_of({}).keys()


def week_said(value: Value) -> dict[str, str] | None:
    """The week that a value of hours says; None where it is one that no week can say."""
    texts = [str(one) for one in value]
    return None if texts[:1] == UNSHOWN else dict(zip(KEYS, texts, strict=True))


def merged(seen: Values, mine: Values, now: Values) -> tuple[Values, list[str]]:
    """What stands after somebody who saw `seen` said `mine`, where `now` stands by now, and where the two disagree.

    What they did not change stays as it is now. Where they disagree, the result is as it is now.
    """
    result, disagreed = dict(now), []
    for name, said in mine.items():
        if said in (seen.get(name), now[name]):
            continue
        if now[name] == seen.get(name):
            result[name] = said
        else:
            disagreed.append(name)
    return result, disagreed


def patch_of(said: Mapping[str, Json], result: Values) -> Document:
    """The merge patch by which the document of a service says what the form says, and nothing else of it changes."""
    now = values_of(said)
    changed = {name for name in result if result[name] != now[name]}
    wanted: Document = {}
    for name in TEXTS:
        if changed & {f"{name}_en", f"{name}_fr"}:
            english, french = str(result[f"{name}_en"]), str(result[f"{name}_fr"])
            both = {name: english or french, f"{name}{FRENCH}": french}
            wanted |= {key: text or None for key, text in both.items() if text != _text(said, name, key)}
    wanted |= {name: str(result[name]) or None for name in changed & set(PLAIN)}
    wanted |= {name: {YES: True, NO: False}.get(str(result[name])) for name in changed & set(FLAGS)}
    wanted |= {name: _number(str(result[name])) for name in changed & set(AGES)}
    wanted |= {PROPERTIES.get(name, name): _listed(said, name, result[name]) for name in changed & _LISTS}
    return {name: value for name, value in wanted.items() if value != said.get(name)}


def in_order(name: str, chosen: Collection[Json]) -> list[str]:
    """What is chosen of languages, genders or needs, always in the same order."""
    return [one for one in _choices(name) if one in chosen]


def _choices(name: str) -> list[str]:
    if name == LANGUAGES:
        return [str(one["code"]) for one in fitting.languages()]
    return [str(one["id"]) for one in needs()] if name == NEEDS else list(GENDERS)


def plain(text: str, *, is_short: bool = False) -> str:
    """A text as a browser would send it back: no blanks around, lines ended in one way, no lines in short ones."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(lines.split()) if is_short else lines


def _texts(said: Mapping[str, Json], name: str) -> tuple[str, str]:
    """A text in English and French; where both hold the same, it exists in French only."""
    english, french = _text(said, name, name), _text(said, name, f"{name}{FRENCH}")
    return ("" if english == french else english), french


def _text(said: Mapping[str, Json], name: str, key: str) -> str:
    return plain(str(said.get(key) or ""), is_short=name in SHORT)


def _answer(said: Json) -> str:
    return (YES if said else NO) if isinstance(said, bool) else ""


def _age(said: Json) -> str:
    if not isinstance(said, int | float) or isinstance(said, bool):
        return ""
    return str(int(said)) if said == int(said) else str(said)


def _number(text: str) -> Json:
    if not text:
        return None
    number = float(text)
    return int(number) if number == int(number) else number


def _entries(said: Mapping[str, Json], name: str) -> list[Mapping[str, Json]]:
    found = said.get(name)
    return [one for one in (found if isinstance(found, list) else []) if isinstance(one, Mapping)]


# -- Languages and genders -------------------------------------------------------------------------


def _code(one: Mapping[str, Json]) -> str:
    """The code of a language among those that the form knows; empty for others."""
    names = (str(one.get(name) or "") for name in ("code", "name", "name_fr"))
    return next((code for name in names if (code := language_code(name))), "")


def _languages(said: Mapping[str, Json], value: Value) -> list[Document]:
    """The entries of languages: those that the form does not know stay, as do those that are spoken still."""
    wanted = [str(one) for one in value]
    kept = [dict(one) for one in _entries(said, "languages") if not (code := _code(one)) or code in wanted]
    known = {_code(one) for one in kept}
    new: list[Document] = [
        {"id": str(uuid4()), **one} for one in fitting.languages() if one["code"] in wanted and one["code"] not in known
    ]
    return kept + new


# -- Needs -----------------------------------------------------------------------------------------


def _attributes(said: Mapping[str, Json], value: Value) -> list[Document]:
    """What a service is described by: the needs that are chosen, and all that is no need, as it stands there."""
    wanted, known = {str(one) for one in value}, {str(one["id"]) for one in needs()}
    terms = [(str(one.get("taxonomy_term_id") or "").lower(), one) for one in _entries(said, "attributes")]
    kept = [dict(one) for term, one in terms if term not in known or term in wanted]
    new: list[Document] = [
        {"id": str(uuid4()), "link_entity": "service", "taxonomy_term_id": term}
        for term in in_order(NEEDS, wanted - {term for term, _one in terms})
    ]
    return kept + new


# -- Telephones ------------------------------------------------------------------------------------


def _phone(one: Mapping[str, Json]) -> list[str]:
    """A row of the form: its id, the number with its extension, and what it is for in both languages."""
    english, french = (plain(str(one.get(key) or ""), is_short=True) for key in ("description", f"description{FRENCH}"))
    number = plain(str(one.get("number") or ""), is_short=True)
    extension = one.get("extension")
    if isinstance(extension, int | float) and not split(number)[1]:
        number += f" #{int(extension)}"
    return [str(one.get("id") or ""), number, "" if english == french else english, french]


def _phones(said: Mapping[str, Json], value: Value) -> list[Document]:
    """The entries of telephones: rows that say what stood there stay themselves."""
    known = {str(one.get("id") or ""): one for one in _entries(said, "phones")}
    return [_rung(known.get(row[0]), row) for row in _rows(value)]


def _rows(value: Value) -> Iterator[Sequence[str]]:
    yield from (row for row in value if isinstance(row, list))


def _rung(before: Mapping[str, Json] | None, row: Sequence[str]) -> Document:
    if before is not None and _phone(before) == row:
        return dict(before)
    _key, written, english, french = row
    found: Document = dict(before) if before is not None else {"id": str(uuid4())}
    if before is None or _phone(before)[1] != written:
        number, extension = split(written)
        found |= {"number": number, "extension": int(extension) if extension else None, "e164": e164(number) or None}
    found |= {"description": english or french or None, f"description{FRENCH}": french or None}
    return {name: said for name, said in found.items() if said is not None}


# -- Hours -----------------------------------------------------------------------------------------


def _hours(said: Mapping[str, Json]) -> list[str]:
    schedules = _entries(said, "schedules")
    week = week_of(schedules)
    if week is not None:
        return [week[key] for key in KEYS]
    return [*UNSHOWN, hashlib.sha256(json.dumps(schedules, sort_keys=True).encode()).hexdigest()]


def _schedules(said: Mapping[str, Json], value: Value) -> list[Document]:
    week = week_said(value)
    return [] if week is None else schedules_of(week, _entries(said, "schedules") if week_said(_hours(said)) else [])
