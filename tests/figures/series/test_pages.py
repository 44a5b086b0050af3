"""The public pages of series and numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from palermo.figures.series.actions import Revision, declare_sum, retire_series, revise_observation
from palermo.figures.series.models import Series
from palermo.people.models import Role
from palermo.people.queries import command_line
from tests.factories import MembershipFactory
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, entered, row

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *parts: object, language: str = "en", **query: str) -> str:
    with override(language):
        address = reverse(name, args=parts)
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def series() -> Series:
    made: Series = SeriesFactory.create(cut={"sex": ("F", "M")})
    one, other = SourceDocumentFactory.create(), SourceDocumentFactory.create()
    entered(series := made, row(20, 2011, document=one), row(48, document=one), row(30, sex="F", document=one))
    entered(series, row(17, sex="M", document=one), row(50, document=other, mark="approximate"))
    entered(series, row(None, 2013, mark="suppressed", known_on=date(2014, 6, 1)))
    made.breaks.create(on=date(2012, 6, 28), what_en="A new law.", what_fr="Une nouvelle loi.")
    return made


def test_the_page_tells_what_a_series_means_and_what_it_holds(client: Client, series: Series) -> None:
    shown = page(client, "series", series.code)
    for words in (
        "Permits issued to people who have been trafficked.",
        "50 (approximate)",
        "suppressed",
        "A new law.",
        "Sources that disagree",
        "Difference: 2",
        "2012–2013 (approximate), after a break",
        "1 does not hold",
        "sex F",
    ):
        assert words in shown, words
    assert "The parts make 47" in " ".join(shown.split())


def test_the_page_is_in_french_too(client: Client, series: Series) -> None:
    shown = page(client, "series", series.code, language="fr")
    for words in ("Permis délivrés", "supprimé", "Une nouvelle loi.", "Sources qui ne concordent pas"):
        assert words in shown, words


def test_as_known_on_a_day(client: Client, series: Series) -> None:
    first = entered(series, row(7, 2010))[0]
    to = Revision(Decimal(9), "final", reason_en="Recounted.", known_on=date(2014, 1, 1))
    revise_observation(observation=first, to=to, by=command_line())
    assert ">9<" in page(client, "series", series.code)
    before = page(client, "series", series.code, known="2013-12-31")
    assert ">9<" not in before.partition("Revisions")[0]
    assert ">7<" in before
    assert "Nothing was known on that day" in page(client, "series", series.code, known="2001-01-01")
    assert "Write a day as" in page(client, "series", series.code, known="yesterday")


def test_a_number_tells_where_it_comes_from(client: Client, series: Series) -> None:
    document = SourceDocumentFactory.create(title_en="Annual report")
    first = entered(series, row(7, 2010, sex="F", document=document))[0]
    to = Revision(Decimal(9), "provisional", reason_en="Recounted.", known_on=date(2014, 1, 1))
    second = revise_observation(observation=first, to=to, by=command_line())
    shown = page(client, "number", first.pk)
    for words in ("Annual report", "June 1, 2013", "This number was revised", "Recounted.", f"Ministry {series.owner}"):
        assert words in shown, words
    assert "Command line" not in shown
    assert f"http://testserver/en/figures/numbers/{second.pk}/" in page(client, "number", second.pk)


def test_staff_see_who_entered_a_number(series: Series) -> None:
    first = entered(series, row(7, 2010))[0]
    client = Client()
    client.force_login(MembershipFactory.create(role=Role.READER).user)
    assert "Command line" in page(client, "number", first.pk)


def test_what_is_not_public_is_not_there_for_others(client: Client) -> None:
    hidden = SeriesFactory.create(is_public=False, title_en="Hidden permits")
    first = entered(hidden, row(7))[0]
    addresses = [reverse("series", args=[hidden.code]), reverse("number", args=[first.pk])]
    addresses.append(reverse("series_file", args=[hidden.code, "csv"]))
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert "Hidden permits" not in page(client, "figures")
    staff = Client()
    staff.force_login(MembershipFactory.create(role=Role.READER).user)
    assert [staff.get(address).status_code for address in addresses] == [200, 200, 200]


def test_the_list_is_filtered_and_says_when_nothing_is_left(client: Client) -> None:
    assert "No series stands here yet" in page(client, "figures")
    permits = SeriesFactory.create(title_en="Permits issued")
    calls = SeriesFactory.create(counts="call", effect="outcome", title_en="Calls to the line")
    for query, wanted in (
        ({"q": "LINE calls"}, {calls}),
        ({"counts": "permit"}, {permits}),
        ({"source": calls.source.code}, {calls}),
        ({"effect": "output"}, {permits}),
        ({}, {permits, calls}),
    ):
        shown = page(client, "figures", **query)
        assert {one for one in (permits, calls) if one.title_en in shown.partition("</form>")[2]} == wanted
    assert "No series is like that" in page(client, "figures", q="xyzzy")


def test_what_was_given_up_stands_apart_with_its_reason(client: Client) -> None:
    old, new = SeriesFactory.create(title_en="Old permits"), SeriesFactory.create(title_en="New permits")
    retire_series(series=old, on=date(2014, 1, 1), because_en="Counted anew.", successor=new, by=command_line())
    assert "Old permits" not in page(client, "figures")
    shown = page(client, "figures", show="retired")
    assert "Old permits" in shown
    assert "Counted anew." in shown
    assert "New permits" in page(client, "series", old.code)
    assert "Takes the place of" in page(client, "series", new.code)


def test_a_declared_sum_that_does_not_hold_is_shown_by_how_much(client: Client) -> None:
    parts, total = [SeriesFactory.create(), SeriesFactory.create()], SeriesFactory.create()
    for each, value in zip((*parts, total), (3, 4, 9), strict=True):
        entered(each, row(value))
    terms = [(each, "") for each in parts]
    declare_sum(code="all", title_en="First and later", total=(total, ""), parts=terms, by=command_line())
    shown = " ".join(page(client, "series", total.code).split())
    assert "First and later" in shown
    assert "The parts make 7, the total is" in shown
    assert "Difference: -2" in shown


def test_adding_says_what_went_in_or_why_not(client: Client) -> None:
    one, other, calls = SeriesFactory.create(), SeriesFactory.create(), SeriesFactory.create(counts="call")
    for each in (one, other, calls):
        entered(each, row(5))
    span = {"from": "2012-04-01", "to": "2013-03-31"}
    address = reverse("figures_added")
    assert "<strong>10</strong>" in client.get(address, {"series": [one.code, other.code], **span}).content.decode()
    refused = client.get(address, {"series": [one.code, calls.code], **span}).content.decode()
    assert "a sum would mean nothing" in refused


def test_pages_take_as_many_queries_for_more(client: Client, series: Series) -> None:
    def asked(name: str, *parts: object) -> int:
        with CaptureQueriesContext(connection) as found:
            page(client, name, *parts)
        return len(found)

    first = series.observations.order_by("pk")[0].pk
    pages: list[tuple[object, ...]] = [("figures",), ("series", series.code), ("number", first)]
    before = [asked(str(name), *parts) for name, *parts in pages]
    for year in range(1990, 2005):
        SeriesFactory.create()
        document = SourceDocumentFactory.create()
        entered(series, row(1, year, document=document), row(1, year, sex="F", document=document), row(2, year))
    assert [asked(str(name), *parts) for name, *parts in pages] == before
