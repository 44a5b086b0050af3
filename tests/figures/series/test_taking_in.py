"""A file of figures is looked at first, and then all of it is taken in or nothing."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.figures.exchange import Cube, CubeAgency, CubeCell, csv_bytes, sdmx_csv_bytes, xlsx_bytes
from palermo.figures.exchange.cube import TOTAL, CubeText
from palermo.figures.exchange.problems import CODES, Problem
from palermo.figures.exchange.reading import read_figures
from palermo.figures.series.actions import revise_observation
from palermo.figures.series.actions.revise import Revision
from palermo.figures.series.actions.taking_in import (
    OtherPreviewError,
    TakenIn,
    UndecidedError,
    drop_figures,
    forget_old_figures,
)
from palermo.figures.series.models import FiguresUpload, Observation, Series
from palermo.figures.series.queries import observations
from palermo.figures.series.queries.taking_in import series_shape, taking_in
from palermo.figures.series.taking_in_words import sentence
from palermo.people.models import Role, User
from palermo.people.queries import command_line
from tests.factories import MembershipFactory
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, entered, row
from tests.figures.series.handling import NO_REASON, csv_of, kept, line, looked, take
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db
LATE = CubeText("Late files were counted.", "Des dossiers tardifs ont été comptés.")


@pytest.fixture
def series() -> Series:
    return SeriesFactory.create(cut={"sex": ("F", "M")})


@pytest.fixture
def by(series: Series) -> User:
    return MembershipFactory.create(organisation=series.owner, role=Role.FOCAL_POINT).user


def cube(series: Series, by: User) -> Cube:
    """What stands, as a file has it; built here cell by cell, apart from how pages build it."""
    shape = series_shape(series)
    cells = [
        CubeCell(
            (one.key.removeprefix("sex=") or TOTAL,),
            one.starts_on,
            one.ends_on,
            one.value,
            one.mark,
            CubeText(one.footnote_en, one.footnote_fr),
            document=one.document.code if one.document else "",
            page=one.page,
            known_on=one.known_on,
        )
        for one in observations(by, series)
    ]
    agency = CubeAgency(series.owner.code, CubeText())
    return Cube(series.code, shape.title, CubeText(), shape.unit, agency, shape.dimensions, tuple(cells))


def test_new_figures_are_added_with_their_codes_and_one_act(series: Series, by: User) -> None:
    document = SourceDocumentFactory.create()
    data = csv_of(
        line("10", footnote_fr="«\N{NO-BREAK SPACE}environ\N{NO-BREAK SPACE}»", document=document.code, page="9"),
        line("4", sex="F"),
        line("", sex="M", mark="suppressed"),
    )
    upload = kept(series, data, by)
    found = looked(upload)
    assert (len(found.added), len(found.revised), found.unchanged, found.wrong) == (3, 0, 0, ())
    assert take(upload) == TakenIn(added=3, revised=0)
    total, women, men = observations(by, series).order_by("pk")
    assert (total.value, women.value, men.value) == (Decimal(10), Decimal(4), None)
    assert (total.document, total.page, total.known_on) == (document, "9", document.published_on)
    assert total.footnote_fr == "«\N{NO-BREAK SPACE}environ\N{NO-BREAK SPACE}»"
    assert [str(code) for code in women.codes.all()] == ["sex=F"]
    assert (men.mark, men.key) == ("suppressed", "sex=M")
    assert {one.entered_for for one in (total, women, men)} == {series.owner}
    acts = AuditEvent.objects.order_by("number").values_list("act", flat=True)
    assert list(acts) == ["series.upload", "series.take_in"]
    assert not FiguresUpload.objects.exists()


def test_what_goes_out_and_comes_back_changes_nothing(series: Series, by: User) -> None:
    document = SourceDocumentFactory.create()
    first = row(10, document=document)
    entered(series, first, row(12), row(4, sex="F"), row(None, sex="M", mark="not_available"), row(5, 2013))
    changed = Observation.objects.get(value=4)
    revise_observation(observation=changed, to=Revision(Decimal(6), "provisional", "Counted anew."), by=command_line())
    made = cube(series, by)
    assert len(made.cells) == 5
    for data in (csv_bytes(made, "fr"), xlsx_bytes(made, "en"), sdmx_csv_bytes(made)):
        found = looked(kept(series, data, by))
        assert (found.unchanged, found.added, found.revised, found.wrong) == (5, (), (), ())
        with pytest.raises(UndecidedError):
            take(FiguresUpload.objects.get())
    assert Observation.objects.count() == 6


def test_a_revision_needs_a_reason_and_keeps_what_stood(series: Series, by: User) -> None:
    [old] = entered(series, row(10))
    upload = kept(series, csv_of(line("12", mark="provisional"), line("4", sex="F")), by)
    found = looked(upload)
    assert [(one.standing, one.to.value) for one in found.revised] == [(old, Decimal(12))]
    assert found.lacks_reason
    with pytest.raises(UndecidedError):
        take(upload)
    assert Observation.objects.count() == 1
    assert take(upload, LATE) == TakenIn(added=1, revised=1)
    new = Observation.objects.get(revises=old)
    assert (new.mark, new.reason_fr, new.known_on) == ("provisional", LATE.fr, timezone.localdate())
    assert (old.value, new.value) == (Decimal(10), Decimal(12))
    assert AuditEvent.objects.get(act="series.take_in").details == {
        "series": series.code,
        "added": 1,
        "revised": 1,
        "revises": [old.pk],
        "spans": ["2012-04-01/2013-03-31"],
    }


def test_a_reason_in_the_file_comes_first_and_a_day_left_as_it_was_is_not_kept(series: Series, by: User) -> None:
    entered(series, row(10), row(3, sex="F"))
    mine = line("12", known_on="2013-06-01", reason_en="Typing error.")
    upload = kept(series, csv_of(mine, line("4", sex="F", known_on="2014-06-01")), by)
    take(upload, LATE)
    one, other = Observation.objects.filter(revises__isnull=False).order_by("key")
    assert (one.reason_en, one.reason_fr, one.known_on) == ("Typing error.", "", timezone.localdate())
    assert (other.reason_en, other.known_on) == (LATE.en, date(2014, 6, 1))


def test_what_another_document_says_stands_beside(series: Series, by: User) -> None:
    entered(series, row(10))
    document = SourceDocumentFactory.create()
    upload = kept(series, csv_of(line("11", document=document.code)), by)
    assert take(upload) == TakenIn(added=1, revised=0)
    assert {one.value for one in observations(by, series)} == {10, 11}


def test_mistakes_stop_everything(series: Series, by: User) -> None:
    entered(series, row(10))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    data = csv_of(
        line("many", 2013), line("5", 2014), line("6", 2015, known_on=tomorrow), line("7", known_on="2012-01-01")
    )
    found = looked(kept(series, data, by), LATE)
    assert [one.where.split(",")[0] for one in found.wrong] == ["Line 2", "Line 4", "Line 5"]
    assert "“many” is no number" in found.wrong[0].words
    with pytest.raises(UndecidedError):
        take(FiguresUpload.objects.get(), LATE)
    assert Observation.objects.count() == 1


def test_a_preview_that_no_longer_holds_is_refused(series: Series, by: User) -> None:
    upload = kept(series, csv_of(line("12")), by)
    seen = looked(upload).fingerprint
    entered(series, row(10))
    with pytest.raises(OtherPreviewError):
        take(upload, LATE, seen)
    seen = looked(upload, LATE).fingerprint
    [old] = Observation.objects.all()
    revise_observation(observation=old, to=Revision(Decimal(11), "final", "Counted anew."), by=command_line())
    with pytest.raises(OtherPreviewError):
        take(upload, LATE, seen)
    assert take(upload, LATE).revised == 1
    with pytest.raises(OtherPreviewError):
        take(upload, LATE, seen)


def test_a_changed_definition_is_read_anew(series: Series, by: User) -> None:
    upload = kept(series, csv_of(line("12")), by)
    Series.objects.update(version=2)
    upload.refresh_from_db()
    assert [one.words for one in looked(upload).wrong] == [sentence(Problem("other_definition"))]


def test_only_who_may_enter_and_who_uploaded_it(series: Series, by: User) -> None:
    other = MembershipFactory.create(organisation=series.owner, role=Role.ALTERNATE).user
    reader = MembershipFactory.create(organisation=series.owner, role=Role.READER).user
    upload = kept(series, csv_of(line("12")), by)
    assert taking_in(other, upload, NO_REASON).added == ()
    with pytest.raises(PermissionDenied):
        kept(series, csv_of(line("12")), reader)
    with pytest.raises(PermissionDenied):
        drop_figures(upload=upload, by=other)
    seen = looked(upload).fingerprint
    by.memberships.all().delete()
    with pytest.raises(PermissionDenied):
        take(upload, seen=seen)
    assert not Observation.objects.exists()


def test_a_later_upload_takes_the_place_and_old_ones_are_forgotten(series: Series, by: User) -> None:
    kept(series, csv_of(line("12")), by)
    later = kept(series, csv_of(line("13")), by)
    assert FiguresUpload.objects.get() == later
    assert forget_old_figures() == 0
    FiguresUpload.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    assert forget_old_figures() == 1


def test_a_cut_at_any_write_leaves_all_or_nothing(series: Series, by: User) -> None:
    entered(series, row(10))
    upload = kept(series, csv_of(line("12"), line("4", sex="F")), by)
    assert_all_or_nothing(lambda: take(upload, LATE), _stored)


def _stored() -> tuple[object, ...]:
    numbers = list(Observation.objects.order_by("pk").values_list("pk", "value"))
    return numbers, FiguresUpload.objects.count(), AuditEvent.objects.count()


def test_every_problem_has_a_sentence() -> None:
    about = dict.fromkeys(("limit", "name", "written", "total", "line", "unit", "series", "length"), "x")
    for code in CODES:
        assert "%(" not in sentence(Problem(code, about=about)), code
    assert sentence(Problem("unknown_code", about={"written": "W", "nearest": "F"})).endswith("Did you mean “F”?")


def test_money_and_shares_may_have_parts_and_count_by_their_unit() -> None:
    money = SeriesFactory.create(counts="dollar", currency="CAD")
    shape = series_shape(money)
    assert (shape.is_whole, shape.unit.code) == (False, "CAD")
    data = b"starts_on,ends_on,value,unit\n2012-04-01,2013-03-31,12.5,CAD\n2013-04-01,2014-03-31,1,permit\n"
    reading = read_figures(io.BytesIO(data), shape)
    assert [one.code for one in reading.problems] == ["other_unit"]
    assert series_shape(SeriesFactory.create(counts="permit")).unit.label == CubeText("permit", "permis")
