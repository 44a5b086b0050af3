"""Numbers of series in a return: asked for, kept, and carried into the series once when the period is closed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from palermo.audit.models import AuditEvent
from palermo.figures.series.models import Observation, Series
from palermo.people.queries import command_line
from palermo.plan.indicators.actions.link import link_series
from palermo.plan.returns.actions import cycles
from palermo.plan.returns.models import Figure, Return
from palermo.plan.returns.queries.numbers import numbers_asked
from tests.factories import DeliverableFactory
from tests.figures.series.factories import SeriesFactory, entered, row
from tests.plan.returns.closing import DUE, accepted, close, everything
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ReturnFactory
from tests.plan.returns.visiting import page, send
from tests.raising import assert_all_or_nothing


@pytest.fixture
def series(desk: Desk) -> Series:
    """A series of the organisation that shows the deliverable, with a value of 2011–2012."""
    made: Series = SeriesFactory.create(owner=desk.organisation)
    entered(made, row(38, 2011))
    link_series(series=made, to=desk.one.deliverable, by=command_line())
    return made


def written(desk: Desk, series: Series, value: str, mark: str = "provisional", **more: str) -> str:
    typed = {f"number_{series.pk}": value, f"mark_{series.pk}": mark, **more}
    return send(desk, "focal_point", "save", **typed).content.decode()


def newest(series: Series) -> list[tuple[Decimal | None, str, str]]:
    found = Observation.objects.filter(series=series, starts_on__gt=date(2012, 4, 1), revised_by=None).order_by("pk")
    return [(one.value, one.mark, one.entered_for.code) for one in found]


class TestWriting:
    def test_the_writer_sees_the_last_value_and_what_is_written_is_kept(self, desk: Desk, series: Series) -> None:
        told = page(desk, "focal_point")
        assert "Last value: 38, 2011–2012." in told
        assert f'name="number_{series.pk}"' in told
        written(desk, series, "61", "approximate")
        figure = Figure.objects.get()
        assert (figure.series, figure.value, figure.mark) == (series, Decimal(61), "approximate")
        assert (figure.label_en, figure.unit_fr) == (series.title_en, "(approximatif)")
        saved = AuditEvent.objects.filter(act="return.save")
        assert [event.details["numbers"] for event in saved] == [1]
        written(desk, series, "61.00", "approximate")
        assert saved.count() == 1
        written(desk, series, "")
        assert not Figure.objects.exists()

    def test_who_reads_sees_the_number_with_its_mark(self, desk: Desk, series: Series) -> None:
        written(desk, series, "61", "approximate")
        assert "61 (approximate)" in page(desk, "reader")

    @pytest.mark.parametrize("wrong", ["-1", "1.5", "many"])
    def test_what_is_no_count_is_said_and_nothing_is_lost(self, desk: Desk, series: Series, wrong: str) -> None:
        told = written(desk, series, wrong, narrative_en="Kept words")
        assert "Kept words" in told
        assert f'aria-describedby="id_number_{series.pk}_helptext id_number_{series.pk}_error"' in told
        assert not Figure.objects.exists()

    def test_a_conflict_shows_both_numbers(self, desk: Desk, series: Series) -> None:
        written(desk, series, "61")
        told = written(desk, series, "62", version="1")
        assert "Saved so far: 61." in told
        assert 'value="62"' in told
        assert Figure.objects.get().value == 61

    def test_nothing_of_others_is_asked_and_each_series_once(self, desk: Desk, series: Series) -> None:
        given_up = {"retired_on": date(2010, 1, 1), "retired_because_en": "Nobody counts it."}
        other = SeriesFactory.create()
        counted = SeriesFactory.create(owner=desk.organisation, measure="returns_accepted")
        retired = SeriesFactory.create(owner=desk.organisation, **given_up)
        for one in (other, counted, retired):
            link_series(series=one, to=desk.one.deliverable, by=command_line())
        later = DeliverableFactory.create(plan=desk.plan)
        second: Return = ReturnFactory.create(cycle=desk.cycle, deliverable=later, organisation=desk.organisation)
        link_series(series=series, to=later, by=command_line())
        assert [each.series for each in numbers_asked(desk["focal_point"], desk.fresh())] == [series]
        assert numbers_asked(desk["focal_point"], second) == []

    @pytest.mark.usefixtures("series")
    def test_as_many_questions_however_many_series(self, desk: Desk) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as asked:
                page(desk, "focal_point")
            return len(asked)

        before = count()
        for _number in range(3):
            more = SeriesFactory.create(owner=desk.organisation)
            entered(more, row(5, 2011))
            link_series(series=more, to=desk.one.deliverable, by=command_line())
        assert count() == before

    def test_a_figure_of_a_series_has_a_mark_and_stands_once(self, desk: Desk, series: Series) -> None:
        written(desk, series, "61")
        for fields in ({"series": series, "mark": "final"}, {"mark": "provisional"}, {"series": series, "mark": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Figure.objects.create(of=desk.one, label_en="Twice", value=1, **fields)


class TestClosing:
    def test_it_becomes_a_value_once_with_its_return_as_the_origin(self, desk: Desk, series: Series) -> None:
        written(desk, series, "61")
        accepted(desk)
        assert_all_or_nothing(lambda: close(desk), everything)
        assert newest(series) == [(Decimal(61), "provisional", desk.organisation.code)]
        made = Observation.objects.get(series=series, value=61)
        period = desk.cycle.period
        assert (made.starts_on, made.ends_on, made.key) == (period.starts_on, period.ends_on, "")
        assert f"return {desk.one.pk} on {desk.one.deliverable.code}" in made.footnote_en
        assert Figure.objects.get().observation == made

    def test_what_was_not_accepted_is_not_carried(self, desk: Desk, series: Series) -> None:
        written(desk, series, "61")
        close(desk)
        assert newest(series) == []

    def test_closing_again_revises_what_changed_and_leaves_the_rest(self, desk: Desk, series: Series) -> None:
        written(desk, series, "61")
        accepted(desk)
        for value in ("61", "64"):
            close(desk)
            reason = {"reason_en": "A number was wrong.", "reason_fr": ""}
            cycles.reopen_period(cycle=desk.cycle, due_on=DUE, by=desk["coordinator"], **reason)
            desk.put(state="draft")
            written(desk, series, value)
            accepted(desk)
        close(desk)
        line = Observation.objects.filter(series=series, starts_on=desk.cycle.period.starts_on).order_by("pk")
        assert [(one.value, bool(one.reason_en and one.reason_fr)) for one in line] == [
            (Decimal(61), False),
            (Decimal(64), True),
        ]
        assert line[1].revises == line[0]
