"""Defining series and entering numbers on the site."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from palermo.figures.series.entering import span_to_enter
from palermo.figures.series.models import CodeList, Observation, Series, SourceDocument, Sum
from palermo.figures.series.queries.desk import figures_desk, last_span, next_span
from palermo.foundation.periods import Period, fiscal_year
from palermo.people.models import Organisation, Role
from tests.factories import MembershipFactory, OrganisationFactory
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, entered, row

pytestmark = pytest.mark.django_db
SPAN = "?from=2012-04-01&to=2013-03-31"


@pytest.fixture
def owner() -> Organisation:
    return OrganisationFactory.create()


def signed_in(owner: Organisation, role: Role = Role.FOCAL_POINT) -> Client:
    client = Client()
    client.force_login(MembershipFactory.create(organisation=owner, role=role).user)
    return client


def definition(owner: Organisation, **more: str) -> dict[str, str]:
    organisations = dict.fromkeys(("source", "owner", "keeper"), owner.code)
    said = {"seen": "0", "code": "permits", "title_en": "Permits", "definition_en": "Permits issued."}
    return {**said, **organisations, "counts": "permit", "frequency": "AF", "effect": "output", **more}


def test_from_a_code_list_to_a_number(owner: Organisation) -> None:
    client = signed_in(owner, Role.COORDINATOR)
    codes = "F | Women | Femmes\nM | Men | Hommes\nF18 | Girls | Filles | F\n"
    client.post(reverse("code_lists"), {"code": "sex", "title_en": "Sex", "codes": codes})
    assert [str(code.parent or "") for code in CodeList.objects.get().codes.all()] == ["", "", "F"]
    cut = {"d0-code": "sex", "d0-label_en": "Sex", "d0-code_list": "sex", "d0-adds_up": "on"}
    broken = {"b0-on": "2012-06-28", "b0-what_en": "A new law."}
    answer = client.post(reverse("series_define"), definition(owner, **cut, **broken))
    assert answer.headers["Location"] == reverse("series_enter", args=["permits"])
    typed = {"row--value": "1,234", "row--mark": "final", "row-sex=F-value": "", "row-sex=F-mark": "suppressed"}
    typed |= {"row-sex=F-footnote_en": "Fewer than five.", "row-sex=F-page": "12"}
    source = {"title_en": "Annual report", "published_on": "2013-06-01", "address": "https://example.org/report"}
    answer = client.post(reverse("series_enter", args=["permits"]) + SPAN, {**typed, **source})
    assert answer.headers["Location"] == reverse("series", args=["permits"])
    stands = Observation.objects.order_by("key").values_list(
        "key", "value", "mark", "page", "document__code", "known_on"
    )
    assert list(stands) == [
        ("", 1234, "final", "", "annual-report", date(2013, 6, 1)),
        ("sex=F", None, "suppressed", "12", "annual-report", date(2013, 6, 1)),
    ]


def test_what_is_wrong_in_one_cell_loses_nothing_of_the_others(owner: Organisation) -> None:
    series = SeriesFactory.create(owner=owner, cut={"sex": ("F", "M")})
    client, address = signed_in(owner), reverse("series_enter", args=[series.code]) + SPAN
    typed = {"row--value": "30", "row--mark": "final", "row-sex=F-value": "1.5", "row-sex=F-mark": "final"}
    shown = client.post(address, {**typed, "title_en": "Report"}).content.decode()
    assert "counted in whole numbers" in shown
    assert 'value="30"' in shown
    assert not Observation.objects.exists()
    assert not SourceDocument.objects.exists(), "the new document goes with its numbers"
    assert "Write a number" in client.post(address, {**typed, "row-sex=F-value": "many"}).content.decode()
    assert "Enter one number at least" in client.post(address, {}).content.decode()
    both = client.post(address, {**typed, "document": SourceDocumentFactory.create().code, "title_en": "Report"})
    assert "not both" in both.content.decode()


def test_numbers_are_typed_as_the_page_writes_them(owner: Organisation) -> None:
    series = SeriesFactory.create(owner=owner, counts="dollar", currency="CAD")
    client = signed_in(owner)
    with override("fr"):
        address = reverse("series_enter", args=[series.code]) + SPAN
    client.post(address, {"row--value": "1 234,50 $", "row--mark": "final"})
    assert str(Observation.objects.get().value) == "1234.5000"
    with override("en"):
        revise = reverse("number_revise", args=[Observation.objects.get().pk])
    client.post(revise, {"value": "$1,234.75", "mark": "final", "reason_en": "Cents."})
    assert Observation.objects.filter(value="1234.75", reason_en="Cents.").exists()


def test_rows_of_dimensions_alone_or_combined_and_what_stands(owner: Organisation) -> None:
    series = SeriesFactory.create(owner=owner, cut={"sex": ("F", "M"), "age": tuple("abcdefghij")})
    entered(series, row(48))
    client, address = signed_in(owner), reverse("series_enter", args=[series.code]) + SPAN
    alone = client.get(address)
    assert len(alone.context["sheet"].rows) == 1 + 2 + 10
    assert "Stands: 48" in alone.content.decode()
    combined = client.get(address + "&cut=sex&cut=age")
    assert len(combined.context["sheet"].rows) == 3 * 11
    assert combined.context["grid"].keys[-1] == "age=j;sex=M"


def test_a_table_too_long_for_a_page_says_so(owner: Organisation) -> None:
    series = SeriesFactory.create(owner=owner, cut={"country": tuple(f"C{n}" for n in range(130))})
    shown = signed_in(owner).get(reverse("series_enter", args=[series.code]))
    assert shown.context["grid"].left_out == 11
    assert "11 more rows" in shown.content.decode()


def test_a_revision_by_form_and_a_second_one_meanwhile(owner: Organisation) -> None:
    first = entered(SeriesFactory.create(owner=owner), row(10))[0]
    client, address = signed_in(owner), reverse("number_revise", args=[first.pk])
    assert "why it is revised" in client.post(address, {"value": "11", "mark": "final"}).content.decode()
    said = {"value": "11", "mark": "provisional", "reason_en": "Recounted."}
    answer = client.post(address, said)
    newest = Observation.objects.get(value=11)
    assert answer.headers["Location"] == reverse("number", args=[newest.pk])
    shown = client.post(address, {**said, "value": "12"}).content.decode()
    assert "It was revised already" in shown
    assert 'value="12"' in shown
    assert not Observation.objects.filter(value=12).exists()


def test_a_definition_saved_meanwhile_loses_neither(owner: Organisation) -> None:
    client = signed_in(owner, Role.COORDINATOR)
    client.post(reverse("series_define"), definition(owner))
    address = reverse("series_edit", args=["permits"])
    client.post(address, definition(owner, seen="1", title_en="First"))
    shown = client.post(address, definition(owner, seen="1", title_en="Second")).content.decode()
    assert "First" in shown
    assert "Second" in shown
    assert Series.objects.get().title_en == "First"
    client.post(address, definition(owner, seen="2", title_en="Both"))
    assert Series.objects.get().title_en == "Both"


def test_what_a_definition_lacks_is_said(owner: Organisation) -> None:
    client = signed_in(owner, Role.COORDINATOR)
    for wrong, words in (
        ({"title_en": ""}, "one language at least"),
        ({"code": "Permits!"}, "small letters"),
        ({"currency": "CAD"}, "has a currency"),
        ({"d0-label_en": "Sex"}, "Give it a code"),
        ({"d0-code": "sex"}, "Choose a list of codes"),
        ({"b0-what_en": "A law"}, "Give the day"),
    ):
        assert words in client.post(reverse("series_define"), definition(owner, **wrong)).content.decode()
    assert not Series.objects.exists()


def test_giving_up_and_following_again(owner: Organisation) -> None:
    series = SeriesFactory.create(owner=owner)
    client, address = signed_in(owner, Role.COORDINATOR), reverse("series_retire", args=[series.code])
    assert "why it is given up" in client.post(address, {"do": "retire", "on": "2014-01-01"}).content.decode()
    client.post(address, {"do": "retire", "on": "2014-01-01", "because_en": "Replaced."})
    series.refresh_from_db()
    assert series.retired_on == date(2014, 1, 1)
    client.post(address, {"do": "bring_back"})
    series.refresh_from_db()
    assert series.retired_on is None


def test_declaring_and_dropping_a_sum(owner: Organisation) -> None:
    series = SeriesFactory.create(owner=owner, cut={"sex": ("F", "M")})
    client, address = signed_in(owner, Role.COORDINATOR), reverse("work_sums")
    said = {"do": "declare", "code": "all", "title_en": "Women and men", "total": series.code}
    assert "no series with the code" in client.post(address, {**said, "parts": "nothing"}).content.decode()
    client.post(address, {**said, "parts": f"{series.code} sex=F\n{series.code} sex=M"})
    assert [term.key for term in Sum.objects.get().terms.all()] == ["sex=F", "sex=M", ""]
    client.post(address, {"do": "drop:all"})
    assert not Sum.objects.exists()


def test_strangers_and_readers_do_nothing(owner: Organisation) -> None:
    series = SeriesFactory.create(owner=owner, is_public=False)
    first = entered(series, row(10))[0]
    addresses = [
        reverse("series_enter", args=[series.code]),
        reverse("series_edit", args=[series.code]),
        reverse("series_retire", args=[series.code]),
        reverse("number_revise", args=[first.pk]),
    ]
    for client in (signed_in(OrganisationFactory.create(), Role.COORDINATOR), signed_in(owner, Role.READER)):
        assert [client.post(address, {}).status_code for address in addresses] == [403] * 4


def test_the_desk_puts_first_what_lacks_a_number(owner: Organisation) -> None:
    user = MembershipFactory.create(organisation=owner, role=Role.ALTERNATE).user
    done, lacking, never = (SeriesFactory.create(owner=owner) for _ in range(3))
    SeriesFactory.create()
    entered(done, row(1, 2013, known_on=date(2014, 6, 1)))
    entered(lacking, row(1, 2012))
    told = [(each.series, each.lacks) for each in figures_desk(user, date(2014, 7, 1))]
    assert sorted(told[:2], key=str) == sorted([(lacking, True), (never, True)], key=str)
    assert told[2:] == [(done, False)]


@pytest.mark.parametrize(
    ("frequency", "span"),
    [
        ("AF", fiscal_year(2013)),
        ("A", Period(date(2013, 1, 1), date(2013, 12, 31))),
        ("S", Period(date(2013, 7, 1), date(2013, 12, 31))),
        ("Q", Period(date(2014, 1, 1), date(2014, 3, 31))),
        ("M", Period(date(2014, 4, 1), date(2014, 4, 30))),
        ("I", None),
    ],
)
def test_the_last_span_that_is_over(frequency: str, span: Period | None) -> None:
    assert last_span(frequency, date(2014, 5, 15)) == span
    if span:
        after = next_span(span)
        assert after.starts_on > span.ends_on
        series = Series(frequency=frequency)
        assert span_to_enter(series, None, date(2014, 5, 15)) == span
        assert span_to_enter(series, span.ends_on, date(2014, 5, 15)) == span
        earlier = span_to_enter(series, date(2010, 3, 31), date(2014, 5, 15))
        assert earlier.starts_on <= date(2011, 3, 31)
        assert earlier.ends_on > date(2010, 3, 31)


def test_the_desk_takes_as_many_queries_for_more(owner: Organisation) -> None:
    client = signed_in(owner)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("work_figures"))
        return len(found)

    entered(SeriesFactory.create(owner=owner), row(1))
    before = asked()
    for _ in range(3):
        entered(SeriesFactory.create(owner=owner), row(1))
    assert asked() == before
