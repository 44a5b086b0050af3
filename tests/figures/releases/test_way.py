"""The way of a release from records to everybody's eyes, and what each step refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.figures.releases.actions.changing import ChangedMeanwhileError, NotPossibleError
from palermo.figures.releases.actions.deciding import approve, correct, reject, submit, take_back
from palermo.figures.releases.actions.preparing import change_release, choose_tables
from palermo.figures.releases.actions.protecting import make_protected, protect
from palermo.figures.releases.actions.rules import new_version
from palermo.figures.releases.models import HiddenMarks, Release, ReleaseTable, TablePart
from palermo.figures.releases.queries.releases import published_release
from palermo.figures.releases.vocabulary import State, Work
from palermo.people.models import Role
from palermo.people.queries import command_line
from tests.factories import MembershipFactory
from tests.figures.releases.making import (
    ABOUT,
    COUNTS,
    DECIDED,
    described,
    protected,
    published,
    submitted,
    team,
    wanted,
)

pytestmark = pytest.mark.django_db


def cells(table: ReleaseTable) -> dict[tuple[str, ...], int | None]:
    """Each published cell of a table of two dimensions, by its codes."""
    values = [value for part in TablePart.objects.filter(table=table).order_by("number") for value in part.values]
    down, across = ([code[0] for code in frame["codes"]] for frame in table.layout)
    return dict(zip([(one, other) for one in down for other in across], values, strict=True))


def counted(place: str, sex: str) -> int:
    """A cell counted naively from what the records were made of."""
    within = {"_T": {"BC", "AB", "ON"}, "W": {"BC", "AB"}}.get(place, {place})
    return sum(n for (has, at), n in COUNTS.items() if at in within and sex in ("_T", has))


def test_what_is_published_is_true_and_shows_nothing_too_small() -> None:
    release = published(team())
    shown = cells(release.tables.get())
    assert len(shown) == 15
    for (place, sex), value in shown.items():
        assert value in (None, counted(place, sex))
    for small in (("AB", "F"), ("ON", "M")):
        assert shown[small] is None
    table = release.tables.get()
    assert table.too_small == 2
    assert table.hidden == list(shown.values()).count(None) >= 4
    assert table.lost == []
    assert release.identifier == f"PAL-{release.year}-0001"
    assert not HiddenMarks.objects.exists()
    assert published_release(command_line(), release.identifier) == release


def test_what_is_lost_is_counted_by_code_until_it_is_published() -> None:
    table = protected(team()).tables.get()
    for axis, lost in enumerate(table.lost):
        codes = [code[0] for code in table.layout[axis]["codes"]]
        assert {code: small for code, (small, _besides) in zip(codes, lost, strict=True) if small} == (
            {"AB": 1, "ON": 1} if axis == 0 else {"F": 1, "M": 1}
        )
        assert sum(besides for _small, besides in lost) == table.besides


def test_the_same_input_makes_the_same_release() -> None:
    who = team()
    first, second = protected(who), protected(who)
    assert first.content_sha256 == second.content_sha256 != ""


def test_numbers_are_counted_within_the_year() -> None:
    assert [published(team()).number for _ in range(3)] == [1, 2, 3]


def test_nobody_approves_what_they_had_a_hand_in() -> None:
    who = team()
    release = submitted(who)
    helper = MembershipFactory.create(organisation=who.owner, role=Role.COORDINATOR).user
    elsewhere = MembershipFactory.create(role=Role.ANALYST).user
    release = take_back(release=release, version=release.version, by=who.analyst)
    release = choose_tables(release=release, version=release.version, tables=[wanted("sex", "place")], by=helper)
    release = protect(release=release, version=release.version, by=who.analyst)
    release = submit(release=release, version=release.version, by=who.analyst)
    for by in (who.analyst, helper, elsewhere, command_line()):
        with pytest.raises(PermissionDenied):
            approve(release=release, version=release.version, by=by)
    assert approve(release=release, version=release.version, by=who.second).state == State.PUBLISHED


def test_what_was_submitted_is_not_changed_under_the_second_person() -> None:
    who = team()
    release = submitted(who)
    with pytest.raises(PermissionDenied):
        choose_tables(release=release, version=release.version, tables=[wanted("sex")], by=who.analyst)
    with pytest.raises(ChangedMeanwhileError):
        approve(release=release, version=release.version - 1, by=who.second)


def test_a_release_whose_attack_succeeded_goes_no_further() -> None:
    who = team()
    release = protected(who)
    Release.objects.filter(pk=release.pk).update(attack_succeeded=True)
    with pytest.raises(NotPossibleError, match="attack_succeeded"):
        submit(release=release, version=release.version, by=who.analyst)


@pytest.mark.parametrize("step", [submit, approve])
def test_an_attack_is_stale_once_something_else_was_published_of_the_population(step: Callable[..., Release]) -> None:
    who = team()
    release = protected(who) if step is submit else submitted(who)
    published(who)
    with pytest.raises(NotPossibleError, match="stale"):
        step(release=release, version=release.version, by=who.analyst if step is submit else who.second)
    if step is approve:
        release = take_back(release=release, version=release.version, by=who.analyst)
    release = protect(release=release, version=release.version, by=who.analyst)
    run = release.attacks.first()
    assert run
    assert run.earlier == [f"PAL-{Release.objects.exclude(year=None).get().year}-0001"]
    release = submit(release=release, version=release.version, by=who.analyst)
    assert approve(release=release, version=release.version, by=who.second).number == 2


def test_other_rules_put_it_back_to_the_beginning() -> None:
    who = team()
    release = protected(who)
    rules = new_version(of=who.rules, decided=DECIDED, by=who.analyst)
    release = change_release(release=release, version=release.version, rule_set=rules, about=ABOUT, by=who.analyst)
    assert (release.state, release.attacked_from, release.attack_succeeded) == (State.DRAFT, "", None)
    assert not TablePart.objects.exists()
    with pytest.raises(NotPossibleError, match="not_protected"):
        submit(release=release, version=release.version, by=who.analyst)


def test_a_change_while_it_is_protected_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    who = team()
    release = described(who)
    release = choose_tables(release=release, version=release.version, tables=[wanted("sex")], by=who.analyst)
    Release.objects.filter(pk=release.pk).update(work=Work.WAITING)
    begun = Release.objects.get(pk=release.pk)

    def meanwhile(*_: object) -> None:
        one = Release.objects.get(pk=release.pk)
        choose_tables(release=one, version=one.version, tables=[wanted("place")], by=who.analyst)

    monkeypatch.setattr("palermo.figures.releases.actions.protecting._note", meanwhile)
    after = make_protected(release=begun, version=begun.version, by=who.analyst)
    assert (after.state, after.work) == (State.DRAFT, Work.NONE)
    assert not TablePart.objects.exists()


def test_a_large_one_is_left_to_the_worker(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    from palermo.figures.releases.jobs import protect_release

    monkeypatch.setattr("palermo.figures.releases.actions.protecting.SMALL_CELLS", 3)
    asked: list[dict[str, int]] = []
    monkeypatch.setattr(type(protect_release), "enqueue", lambda _self, **given: asked.append(given))
    who = team()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        release = protected(who)
    assert release.work == Work.WAITING
    protect_release.func(**asked[0])
    release.refresh_from_db()
    assert (release.state, release.work) == (State.PROTECTED, Work.NONE)


def test_rejecting_needs_a_reason_and_is_the_end() -> None:
    who = team()
    release = submitted(who)
    with pytest.raises(NotPossibleError, match="no_reason"):
        reject(release=release, version=release.version, reason=" ", by=who.second)
    release = reject(release=release, version=release.version, reason="Wrong year.", by=who.second)
    assert release.state == State.REJECTED
    with pytest.raises(PermissionDenied):
        protect(release=release, version=release.version, by=who.analyst)


def test_a_correction_is_a_release_of_its_own() -> None:
    who = team()
    before = published(who)
    with pytest.raises(NotPossibleError, match="no_correction"):
        correct(release=before, correction_en="", correction_fr=" ", by=who.analyst)
    made = correct(release=before, correction_en="Alberta was wrong.", correction_fr="", by=who.analyst)
    assert (made.corrects, made.state, made.records) == (before, State.DRAFT, None)
    assert [table.wanted for table in made.tables.all()] == [["place", "sex"]]
    with pytest.raises(NotPossibleError, match="corrected_already"):
        correct(release=before, correction_en="Again.", correction_fr="", by=who.analyst)


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ([wanted()], "no_dimensions"),
        ([wanted("sex", "sex")], "same_dimension"),
        ([wanted("age")], "unknown_dimension"),
        ([wanted("sex", "place"), wanted("place", "sex")], "same_table"),
        ([wanted("sex")] * 21, "too_many_tables"),
    ],
)
def test_tables_that_cannot_be(tables: list[object], code: str) -> None:
    who = team()
    release = described(who)
    with pytest.raises(NotPossibleError, match=code):
        choose_tables(release=release, version=release.version, tables=tables, by=who.analyst)  # type: ignore[arg-type]


def test_each_step_is_in_the_trail_and_tells_no_value() -> None:
    published(team())
    acts = list(AuditEvent.objects.order_by("number").values_list("act", flat=True))
    assert acts == [
        *("rule_set.decide", "population.name", "release.begin", "records.upload"),
        *("records.describe", "records.describe", "release.choose_tables", "release.ask_to_protect"),
        *("records.read", "release.protect", "release.submit", "release.approve", "records.erase"),
    ]
    assert "Canary" not in str(list(AuditEvent.objects.values_list("details", flat=True)))
