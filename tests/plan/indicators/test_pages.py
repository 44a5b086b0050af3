"""What pages show of indicators, and the desk that links them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.plan.indicators.actions.link import link_series
from palermo.plan.indicators.models import Indicator
from palermo.plan.register.models import Deliverable, Section
from tests.factories import DeliverableFactory, SectionFactory, coordinator_of
from tests.figures.series.factories import SeriesFactory, entered, row

pytestmark = pytest.mark.django_db


def page_of(promised: Deliverable, language: str = "en") -> str:
    address = reverse("deliverable", args=[promised.plan.code, promised.code])
    return Client().get(address.replace("/en/", f"/{language}/")).content.decode()


def test_the_public_page_shows_the_newest_value_in_both_languages_and_hides_what_is_not_public() -> None:
    promised: Deliverable = DeliverableFactory.create()
    by = coordinator_of(promised.plan.owner)
    assert "What shows it" not in page_of(promised)
    shown, hidden = SeriesFactory.create(), SeriesFactory.create(is_public=False)
    entered(shown, row(1234, 2012, mark="approximate"))
    for one in (shown, hidden):
        link_series(series=one, to=promised, note_en="In part", note_fr="En partie", by=by)
    english, french = page_of(promised), page_of(promised, "fr")
    assert "1,234 (approximate)" in english
    assert "In part" in english
    assert "1\u00a0234 (approximatif)" in french.replace("\u202f", "\u00a0")
    assert "En partie" in french
    assert hidden.title_en not in english


def test_the_page_asks_the_same_number_of_questions_however_many_are_linked() -> None:
    promised: Deliverable = DeliverableFactory.create()
    by = coordinator_of(promised.plan.owner)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(promised)
        return len(asked)

    link_series(series=SeriesFactory.create(), to=promised, by=by)
    before = count()
    for value in range(4):
        series = SeriesFactory.create()
        entered(series, row(value, 2012))
        link_series(series=series, to=promised, by=by)
    assert count() == before


def test_the_desk_links_and_unlinks_and_says_what_is_wrong() -> None:
    promised: Deliverable = DeliverableFactory.create()
    series = SeriesFactory.create()
    client = Client()
    client.force_login(coordinator_of(promised.plan.owner))
    address = reverse("deliverable_indicators", args=[promised.plan.code, promised.code])
    assert (
        "There is no series with this code"
        in client.post(address, {"do": "link", "link-code": "nothing", "link-note_en": "Kept text"}).content.decode()
    )
    client.post(address, {"do": "link", "link-code": series.code, "link-note_en": "In part"})
    made = Indicator.objects.get()
    assert (made.series, made.note_en) == (series, "In part")
    again = client.post(address, {"do": "link", "link-code": series.code}, follow=True).content.decode()
    assert "This series shows it already" in again
    client.post(address, {"do": f"unlink:{made.pk}"})
    assert not Indicator.objects.exists()
    gone = client.post(address, {"do": f"unlink:{made.pk}"}, follow=True).content.decode()
    assert "Somebody else took it away" in gone
    assert client.post(address, {"do": "else"}).status_code == 404


def test_a_section_has_its_desk_too() -> None:
    section: Section = SectionFactory.create()
    client = Client()
    client.force_login(coordinator_of(section.plan.owner))
    series = SeriesFactory.create()
    address = reverse("section_indicators", args=[section.plan.code, section.code])
    client.post(address, {"do": "link", "link-code": series.code})
    assert Indicator.objects.get().section == section
    shown = Client().get(reverse("section", args=[section.plan.code, section.code])).content.decode()
    assert series.title_en in shown
