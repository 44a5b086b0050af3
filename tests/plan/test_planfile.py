"""The plan file is read strictly, says where it is wrong, and is written back byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import palermo.plan
from palermo.plan.imports.reader.reading import UnreadableError
from palermo.plan.planfile import dump, load
from palermo.plan.planfile_models import PlanFile

SAMPLES = sorted((Path(palermo.plan.__file__).parent / "samples").glob("*.json"))

Plan = dict[str, list[dict[str, object]]]


def content() -> Plan:
    """A small plan with one of everything that other parts point to."""
    text = {"en": "Teach bus drivers", "fr": "Former les chauffeurs"}
    plan: Plan = json.loads(
        json.dumps(
            {
                "format": "palermo-plan/1",
                "plan": {
                    "code": "port-2020",
                    "title": text,
                    "jurisdiction": "CA-XX",
                    "owner": "harbour",
                    "levels": [
                        {"name": {"en": "Goal", "fr": "But"}},
                        {"name": {"en": "Step", "fr": "Étape"}},
                    ],
                },
                "organisations": [{"code": "harbour", "names": [{"name": {"en": "Harbour", "fr": "Port"}}]}],
                "documents": [{"code": "report", "title": text}],
                "periods": [{"code": "2020-2021", "starts_on": "2020-04-01", "ends_on": "2021-03-31"}],
                "sections": [{"code": "1", "title": text}, {"code": "1.1", "parent": "1", "title": text}],
                "deliverables": [
                    {
                        "code": "1.1-01",
                        "section": "1.1",
                        "row": 1,
                        "text": text,
                        "due": [{"on": "2021-03-31", "set_on": "2020-04-01"}],
                        "responsibilities": [{"organisation": "harbour", "kind": "lead", "from": "2020-04-01"}],
                        "money": [{"kind": "earmarked", "amount": "1200.50", "fiscal_year": "2020-2021"}],
                        "statuses": [
                            {
                                "period": "2020-2021",
                                "kind": "claimed",
                                "value": "ongoing",
                                "document": "report",
                            }
                        ],
                        "evidence": [{"period": "2020-2021", "title": text}],
                    }
                ],
                "narratives": [{"period": "2020-2021", "part": "foreword", "text": text}],
            }
        )
    )
    return plan


def read(plan: object) -> PlanFile:
    return load(json.dumps(plan).encode())


def refusal(data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as refused:
        load(data)
    return refused.value


def test_reads_typed_values() -> None:
    deliverable = read(content()).deliverables[0]
    assert deliverable.responsibilities[0].from_on == date(2020, 4, 1)
    assert deliverable.money[0].amount == Decimal("1200.50")
    assert deliverable.statuses[0].value == "ongoing"
    assert deliverable.p is None


def test_dumps_in_stable_order_with_a_newline_at_the_end() -> None:
    shuffled = json.loads(json.dumps(content(), sort_keys=True))
    written = dump(read(shuffled))
    assert written == dump(read(content()))
    assert written.startswith(b'{\n  "format": "palermo-plan/1",\n  "plan": {\n    "code": "port-2020"')
    assert written.endswith(b"]\n}\n")
    assert "Étape".encode() in written
    assert b'"from": "2020-04-01"' in written


def test_loading_and_dumping_is_byte_exact() -> None:
    written = dump(read(content()))
    assert dump(load(written)) == written


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert load(b"\xef\xbb\xbf" + dump(read(content()))) == read(content())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_sample_is_valid_and_stable(sample: Path) -> None:
    plan = load(sample.read_bytes())
    assert load(dump(plan)) == plan


def set_status(plan: Plan, **changes: object) -> None:
    statuses = plan["deliverables"][0]["statuses"]
    assert isinstance(statuses, list)
    statuses[0].update(changes)


def set_money(plan: Plan, **changes: object) -> None:
    plan["deliverables"][0]["money"] = [{"kind": "earmarked", **changes}]


def set_owner(plan: Plan) -> None:
    head = plan["plan"]
    assert isinstance(head, dict)
    head["owner"] = "navy"


Change = Callable[[Plan], object]

WRONG_FIELDS: list[tuple[str, Change]] = [
    ("deliverables[0].statuses[0].value: is not one of 'not_started'", lambda p: set_status(p, value="done")),
    ("deliverables[0].statuses[0].who: is not a key", lambda p: set_status(p, who="me")),
    ("deliverables[0].row: is not a whole number", lambda p: p["deliverables"][0].update(row="1")),
    ("deliverables[0].text: is missing", lambda p: p["deliverables"][0].pop("text")),
    ("deliverables[0].money[0].amount: is not an amount", lambda p: set_money(p, amount=1200.5)),
    ("deliverables[0].money[0].amount: is not an amount", lambda p: set_money(p, amount="1e9")),
    ("deliverables[0].money[0].amount: is not an amount", lambda p: set_money(p, amount="-5.00")),
    ("periods[0].starts_on: is not a date", lambda p: p["periods"][0].update(starts_on="April 2020")),
    ("organisations[0].names: is an empty list", lambda p: p["organisations"][0].update(names=[])),
    ("sections[0].title.en: holds a control", lambda p: p["sections"][0].update(title={"en": "a\x00"})),
    ("sections[0].title: is longer than 500", lambda p: p["sections"][0].update(title={"en": "a" * 501})),
    ("sections[0].title: is not an object", lambda p: p["sections"][0].update(title="a")),
    ("sections[0].code: is not written as", lambda p: p["sections"][0].update(code="1/2")),
    ("documents[0].url: is not written as", lambda p: p["documents"][0].update(url="javascript:alert(1)")),
]


@pytest.mark.parametrize(("expected", "change"), WRONG_FIELDS)
def test_wrong_fields_are_named_by_their_path(expected: str, change: Change) -> None:
    plan = content()
    change(plan)
    refused = refusal(json.dumps(plan).encode())
    assert refused.code == "json_fields"
    assert expected in refused.message


CONTRADICTIONS: list[tuple[str, Change]] = [
    (
        "deliverables[0].section: no section has the code '9'",
        lambda p: p["deliverables"][0].update(section="9"),
    ),
    ("deliverables[0].added_in: no period", lambda p: p["deliverables"][0].update(added_in="2019-2020")),
    ("deliverables[0].statuses[0].period: no period", lambda p: set_status(p, period="2019-2020")),
    ("deliverables[0].statuses[0].document: no document", lambda p: set_status(p, document="other")),
    (
        "deliverables[0].responsibilities[0].organisation: no organisation has the code 'police'",
        lambda p: p["deliverables"][0].update(responsibilities=[{"organisation": "police", "kind": "lead"}]),
    ),
    (
        "deliverables[1]: the code '1.1-01' stands in the list before",
        lambda p: p["deliverables"].append(p["deliverables"][0]),
    ),
    (
        "narratives[1]: is a second foreword for 2020-2021",
        lambda p: p["narratives"].append(p["narratives"][0]),
    ),
    ("sections[0].parent: '1' is above itself", lambda p: p["sections"][0].update(parent="1.1")),
    ("sections[1].parent: no section has the code '7'", lambda p: p["sections"][1].update(parent="7")),
    (
        "sections[2]: is at level 3, and plan.levels names 2",
        lambda p: p["sections"].append({"code": "1.1.1", "parent": "1.1", "title": {"en": "Deep"}}),
    ),
    ("organisations[0].parent: 'harbour' is above", lambda p: p["organisations"][0].update(parent="harbour")),
    (
        "deliverables[0].due[1].set_on: 2019-04-01 is before",
        lambda p: p["deliverables"][0].update(
            due=[{"on": "2021-03-31", "set_on": "2020-04-01"}, {"on": "2022-03-31", "set_on": "2019-04-01"}]
        ),
    ),
    (
        "periods[0].code: is '2020' where its days make '2020-2021'",
        lambda p: p["periods"][0].update(code="2020"),
    ),
    ("documents[0].title: has no words", lambda p: p["documents"][0].update(title={})),
    (
        "deliverables[0].responsibilities[1]: lead 'harbour' is already in the list",
        lambda p: p["deliverables"][0].update(responsibilities=[{"organisation": "harbour", "kind": "lead"}] * 2),
    ),
    (
        "deliverables[0].lineage[1]: '2.1' of 'port-2010' is already in the list",
        lambda p: p["deliverables"][0].update(lineage=[{"plan": "port-2010", "code": "2.1", "kind": "split"}] * 2),
    ),
    ("plan.owner: no organisation has the code 'navy'", set_owner),
    ("deliverables[0].money[0].fiscal_year: 2020-2022", lambda p: set_money(p, fiscal_year="2020-2022")),
    ("periods[0].ends_on: 2019-03-31 is before", lambda p: p["periods"][0].update(ends_on="2019-03-31")),
    ("sections[0].title: has no words", lambda p: p["sections"][0].update(title={"en": " "})),
    (
        "organisations[0].names: two names hold on the same day, from 2015-01-01",
        lambda p: p["organisations"][0].update(
            names=[{"name": {"en": "Quay"}}, {"name": {"en": "Port"}, "from": "2015-01-01"}]
        ),
    ),
]


@pytest.mark.parametrize(("expected", "change"), CONTRADICTIONS)
def test_contradictions_are_named_by_their_path(expected: str, change: Change) -> None:
    plan = content()
    change(plan)
    refused = refusal(json.dumps(plan).encode())
    assert refused.code == "json_references"
    assert expected in refused.message


def test_at_most_twenty_problems_are_listed() -> None:
    plan = content()
    plan["sections"] = [{"code": f"s{number}", "title": {}} for number in range(50)]
    del plan["deliverables"]
    lines = refusal(json.dumps(plan).encode()).message.splitlines()
    assert len(lines) == 22
    assert lines[1] == "sections[0].title: has no words in either language"
    assert lines[-1] == "… and 30 more"


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("json_syntax", b""),
        ("json_syntax", b'{"format": "palermo-plan/1", "plan": {'),
        ("json_syntax", '{"format": "é"}'.encode("latin-1")),
        ("json_syntax", b'{"format": "palermo-plan/1", "format": "palermo-plan/1"}'),
        ("json_syntax", b'{"format": "palermo-plan/1", "plan": NaN}'),
        ("json_syntax", b'{"format": "palermo-plan/1", "plan": "\\ud800"}'),
        ("json_syntax", b"1" * 5000),
        ("json_too_deep", b"[" * 200_000),
        ("json_not_a_plan", b"[1, 2]"),
        ("json_not_a_plan", b'{"rows": []}'),
        ("json_format_version", b'{"format": "palermo-plan/2"}'),
    ],
)
def test_what_is_no_plan_file_is_refused_by_name(code: str, data: bytes) -> None:
    refused = refusal(data)
    assert refused.code == code
    assert refused.message.endswith(".")
