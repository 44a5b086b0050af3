"""A figures file is loaded whole or not at all, once, and what stands is never written over."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.figures.series.actions.load_figures import Loaded, load_figures
from palermo.figures.series.figures_file import FORMAT, FiguresFileError, read
from palermo.figures.series.models import Code, Observation, Series
from palermo.people.queries import command_line
from tests.factories import UserFactory
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db

VALUE = {"from": "2024-01-01", "to": "2024-12-31", "value": "7", "document": "report"}
SERIES: dict[str, Any] = {
    "code": "calls",
    "title": {"en": "Calls"},
    "definition": {"en": "Calls answered"},
    "population": {"en": "All"},
    "counts": "call",
    "frequency": "A",
    "effect": "output",
    "source": "line",
    "owner": "line",
    "dimensions": [{"code": "region", "label": {"en": "Region"}, "code_list": "regions", "adds_up": True}],
    "observations": [VALUE, {**VALUE, "value": "4", "key": {"region": "north"}}],
}
FILE: dict[str, Any] = {
    "format": FORMAT,
    "organisations": [{"code": "line", "name": {"en": "The line"}}],
    "documents": [{"code": "report", "title": {"en": "Report"}, "publisher": "line", "published_on": "2025-02-01"}],
    "code_lists": [
        {
            "code": "regions",
            "title": {"en": "Regions"},
            "codes": [
                {"code": "all-north", "label": {"en": "All of the north"}},
                {"code": "north", "label": {"en": "North"}, "parent": "all-north"},
            ],
        }
    ],
    "series": [SERIES],
    "sums": [
        {
            "code": "calls",
            "title": {"en": "Regions make all calls"},
            "terms": [{"series": "calls", "is_total": True}, {"series": "calls", "key": {"region": "north"}}],
        }
    ],
}


def load(**changes: object) -> Loaded:
    return load_figures(file=read(json.dumps({**FILE, **changes}).encode()), by=command_line())


def stored() -> tuple[int, int, int, int]:
    counts = [model.objects.count() for model in (Series, Observation, Code, AuditEvent)]
    return counts[0], counts[1], counts[2], counts[3]


def test_all_of_it_once_with_one_event() -> None:
    assert_all_or_nothing(load, stored)
    assert stored() == (1, 2, 2, 1)
    event = AuditEvent.objects.get()
    assert (event.act, event.details) == ("figures.load", {"series": 1, "observations": 2, "others": 6})
    assert not load().is_new
    assert stored() == (1, 2, 2, 1)
    north = Observation.objects.get(key="region=north")
    assert (north.known_on.isoformat(), north.entered_for.code) == ("2025-02-01", "line")
    assert [(one.dimension.code, one.code.code) for one in north.codes.all()] == [("region", "north")]
    parent = Code.objects.get(code="north").parent
    assert parent is not None
    assert parent.code == "all-north"


def test_what_stands_is_revised_with_a_reason_and_refused_without() -> None:
    load()
    other = {**VALUE, "value": "9", "series": "calls", "known_on": "2025-06-01"}
    with pytest.raises(FiguresFileError, match="another value stands"):
        load(series=[], observations=[other])
    assert load(series=[], observations=[{**other, "reason": {"en": "Two were found."}}]).observations == 1
    newest = Observation.objects.get(key="", revised_by=None)
    assert newest.revises is not None
    assert (newest.value, newest.revises.value) == (Decimal(9), Decimal(7))
    assert not load().is_new


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": "nobody"}, "no organisation has the code nobody"),
        ({"counts": "unicorn"}, "unicorn is not a word of the register"),
        ({"dimensions": [{"code": "sex", "label": {"en": "Sex"}, "code_list": "sexes"}]}, "no code list has"),
        ({"observations": [{**VALUE, "key": {"sex": "F"}}]}, "the series has no dimension sex"),
        ({"observations": [{**VALUE, "key": {"region": "south"}}]}, "south is not a code of region"),
        ({"observations": [{**VALUE, "document": "rumour"}]}, "no document has the code rumour"),
        ({"observations": [{**VALUE, "value": "-1"}]}, "never below zero"),
        ({"observations": [{**VALUE, "value": "1.5"}]}, "whole numbers"),
        ({"observations": [{**VALUE, "value": None}]}, "Give a number"),
        ({"observations": [{**VALUE, "to": "2023-12-31"}]}, "it ends before it begins"),
        ({"retired": {"on": "2025-01-01", "because": {"en": "Done"}, "successor": "none"}}, "none is not known"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(changes: dict[str, object], words: str) -> None:
    with pytest.raises(FiguresFileError, match=words):
        load(series=[{**SERIES, **changes}])
    assert stored() == (0, 0, 0, 0)


def test_a_file_may_bring_no_series() -> None:
    assert load(series=[], sums=[]).others == 5
    assert AuditEvent.objects.get().act == "figures.load"


def test_a_sum_of_what_nobody_knows_is_refused() -> None:
    with pytest.raises(FiguresFileError, match="no series has the code tips"):
        load(sums=[{"code": "tips", "title": {"en": "Tips"}, "terms": [{"series": "tips"}, {"series": "calls"}]}])


def test_nobody_but_the_command_line_loads() -> None:
    with pytest.raises(PermissionDenied):
        load_figures(file=read(json.dumps(FILE).encode()), by=UserFactory.create())
