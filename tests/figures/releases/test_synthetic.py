"""Releases of synthetic records: made up, paid for, compared, frozen and handed over."""

from __future__ import annotations

import csv as csv_files
import gzip
import hashlib
import io
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import Error, IntegrityError, transaction
from django.test import Client

from palermo.figures.protection.records import Records
from palermo.figures.protection.synthetic.making import Synthetic, synthesize
from palermo.figures.releases import record_tables
from palermo.figures.releases.actions import protecting
from palermo.figures.releases.actions.deciding import reject
from palermo.figures.releases.actions.preparing import choose_tables
from palermo.figures.releases.actions.protecting import protect
from palermo.figures.releases.actions.records import erase_records
from palermo.figures.releases.budget import OverBudgetError, spent
from palermo.figures.releases.forms.rules import RuleSetForm
from palermo.figures.releases.models import BudgetEntry, Release, RuleSet, SyntheticRecords
from palermo.figures.releases.record_tables import ways_to_compare
from palermo.figures.releases.vocabulary import State, Work
from tests.factories import MembershipFactory
from tests.figures.releases.making import (
    CANARY,
    Team,
    csv,
    described,
    protected,
    published,
    submitted,
    synthetic_team,
    wanted,
)
from tests.figures.releases.test_way import cells

pytestmark = pytest.mark.django_db
MANY = {("F", "BC"): 4000, ("F", "AB"): 900, ("F", "ON"): 2500, ("M", "BC"): 700, ("M", "AB"): 1500, ("M", "ON"): 400}


def records(release: Release) -> list[dict[str, str]]:
    text = gzip.decompress(SyntheticRecords.objects.get(release=release).content).decode()
    return list(csv_files.DictReader(io.StringIO(text)))


def test_tables_are_counted_from_records_that_stand_for_nobody() -> None:
    release = protected(synthetic_team(), csv(MANY))
    assert release.state == State.PROTECTED
    made = records(release)
    counted = Counter((one["place"], one["sex"]) for one in made)
    shown = cells(release.tables.get())
    assert {key: shown[key] for key in counted} == dict(counted)
    assert shown["_T", "_T"] == len(made)
    for (sex, place), real in MANY.items():
        assert abs(counted[place, sex] - real) < 60
    assert len(made) != sum(MANY.values()) or counted != Counter({(p, s): n for (s, p), n in MANY.items()})


def test_they_are_paid_for_when_they_are_published() -> None:
    who = synthetic_team()
    release = published(who)
    entry = BudgetEntry.objects.get()
    assert entry.epsilon == pytest.approx(4)
    assert entry.delta == pytest.approx(1e-6)
    assert 0 < spent(who.population) <= 4 + 1e-9
    assert release.content_sha256


def test_a_second_draw_is_over_the_budget() -> None:
    who = synthetic_team()
    release = protected(who)
    with pytest.raises(OverBudgetError):
        protect(release=release, version=release.version, by=who.analyst)


def test_how_alike_they_are_is_known_to_who_decides_and_then_forgotten(client: Client) -> None:
    who = synthetic_team()
    release = submitted(who, csv(MANY))
    client.force_login(who.second)
    page = client.get(f"/en/work/releases/{release.pk}/").content.decode()
    assert "10,000 real records" in page
    assert client.get(f"/en/work/releases/{release.pk}/synthetic.csv").status_code == 200
    client.logout()
    public = published(synthetic_team(), csv(MANY))
    assert SyntheticRecords.objects.get(release=public).quality == {}
    page = client.get(f"/en/figures/releases/{public.identifier}/").content.decode()
    assert "None of them stands for anybody" in page
    assert "real records and" not in page
    assert "epsilon 4, delta 0.000001" in page
    assert "too small to show" not in page
    assert CANARY not in page


def test_everybody_takes_the_file(client: Client) -> None:
    release = published(synthetic_team(), csv(MANY))
    answer = client.get(f"/fr/figures/releases/{release.identifier}/records.csv")
    assert answer["Content-Type"].startswith("text/csv")
    content = b"".join(answer)
    assert hashlib.sha256(content).hexdigest() == SyntheticRecords.objects.get().sha256
    lines = content.decode().splitlines()
    assert lines[0] == "sex,place"
    assert len(lines) - 1 == SyntheticRecords.objects.get().rows
    assert {tuple(line.split(",")) for line in lines[1:]} <= {(sex, at) for sex in "FM" for at in ("BC", "AB", "ON")}


def test_what_is_published_is_frozen() -> None:
    release = published(synthetic_team())
    with pytest.raises(Error), transaction.atomic():
        SyntheticRecords.objects.filter(release=release).update(rows=1)
    with pytest.raises(Error), transaction.atomic():
        SyntheticRecords.objects.filter(release=release).delete()


def test_a_change_forgets_them() -> None:
    who = synthetic_team()
    release = protected(who)
    choose_tables(release=release, version=release.version, tables=[wanted("sex")], by=who.analyst)
    assert not SyntheticRecords.objects.exists()


def test_one_column_is_too_little() -> None:
    who = synthetic_team()
    release = described(who)
    release.records.columns.filter(code="place").update(use="left_out")  # type: ignore[union-attr]
    assert _tried(who, release).problems == [[0, 0, "made_up"]]


def test_a_draw_that_came_to_nothing_is_written_down_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(real: Records, epsilon: float, delta: float, *, codes_are_declared: bool) -> Synthetic:
        made = synthesize(real, epsilon, delta, codes_are_declared=codes_are_declared)
        return replace(made, records=Records(real.columns, tuple(codes[:0] for codes in made.records.codes)))

    monkeypatch.setattr(record_tables, "synthesize", nobody)
    release = protected(synthetic_team())
    assert release.state == State.PROTECTED
    assert release.attacks.get().epsilon == pytest.approx(4)
    assert SyntheticRecords.objects.get().quality == {}


def test_the_comparison_does_not_outlive_the_records_or_a_rejection() -> None:
    who = synthetic_team()
    release = submitted(who, csv(MANY))
    assert SyntheticRecords.objects.get().quality
    reject(release=release, version=release.version, reason="Not now.", by=who.second)
    assert SyntheticRecords.objects.get().quality == {}
    who = synthetic_team()
    release = protected(who, csv(MANY))
    erase_records(release=release, by=who.analyst)
    assert SyntheticRecords.objects.get(release=release).quality == {}


def test_what_takes_long_is_left_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protecting, "SMALL_CODES", 5)
    assert protected(synthetic_team()).work == Work.WAITING


@pytest.mark.parametrize(("sizes", "ways"), [([2, 3], 2), ([2, 3, 4], 3), ([24] * 40, 2), ([300] * 50, 1)])
def test_as_many_columns_are_compared_as_can_be(sizes: list[int], ways: int) -> None:
    assert ways_to_compare(sizes) == ways


def test_too_many_records_are_refused_while_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_tables, "MOST_FIELDS", 20)
    assert _tried(synthetic_team()).problems == [[0, 0, "made_up"]]


def test_rules_need_a_delta() -> None:
    who = synthetic_team()
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.bulk_create([_without_delta(who.rules)])
    data = {name: getattr(who.rules, name) for name in RuleSetForm.Meta.fields} | {"delta": "0"}
    form = RuleSetForm({name: value for name, value in data.items() if value is not None})
    assert "delta" in form.errors


def test_nobody_else_takes_the_file_before(client: Client) -> None:
    release = protected(synthetic_team())
    address = f"/en/work/releases/{release.pk}/synthetic.csv"
    assert client.get(address).status_code == 302
    client.force_login(MembershipFactory.create().user)
    assert client.get(address).status_code in (403, 404)
    assert client.get("/en/figures/releases/PAL-2020-0001/records.csv").status_code == 404


def _without_delta(rules: RuleSet) -> RuleSet:
    values = {field.attname: getattr(rules, field.attname) for field in RuleSet._meta.concrete_fields}
    return RuleSet(**values | {"id": None, "code": "none", "delta": Decimal(0)})


def _tried(who: Team, release: Release | None = None) -> Release:
    release = release or described(who)
    release = choose_tables(release=release, version=release.version, tables=[wanted("sex")], by=who.analyst)
    release = protect(release=release, version=release.version, by=who.analyst)
    assert release.work == Work.FAILED
    return release
