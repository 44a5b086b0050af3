"""Find help, narrowed down: by language, for whom, and what is open now; by everyday words and names; one card."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import FinderEntry, Service, ServiceWord
from palermo.protection.directory.queries.needs import needs
from palermo.protection.directory.queries.service_types import service_types
from palermo.protection.directory.schemas import Wholeness
from tests.protection.directory.helping import MONCTON, TORONTO, ask, helping
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db
WEEKDAYS = {"id": key("hours"), "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}
NIGHTS = {"id": key("nights"), "freq": "WEEKLY", "byday": "FR", "opens_at": "20:00", "closes_at": "04:00"}


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Friday 6 November 2026, half past four in Moncton and half past three in Toronto, in winter time."""
    at(monkeypatch, datetime(2026, 11, 6, 20, 30, tzinfo=UTC))


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def test_only_what_speaks_the_language_is_shown_and_the_choice_is_kept(client: Client) -> None:
    helping("Casa", "lawyer", at=MONCTON, languages=[{"id": key("l"), "name": "Spanish"}])
    helping("Maison", "lawyer", at=MONCTON)
    page = ask(client, need="lawyer", place="Moncton", language="es")
    assert "<h3>Casa" in page
    assert "<h3>Maison" not in page
    assert page.count('<option value="es" selected>') == 1
    assert '<input type="hidden" name="language" value="es">' in page
    assert "<h3>Maison" in ask(client, need="lawyer", place="Moncton", language="nonsense")


def test_only_what_takes_the_person_is_shown(client: Client) -> None:
    helping("Women", "safe-place", genders=["women", "trans"], takes_children=True)
    helping("Men", "safe-place", genders=["men"], takes_children=False, minimum_age=18, any_immigration_status=False)
    helping("All", "safe-place", indigenous_led=True, any_immigration_status=True)
    expected = {
        ("gender", "women"): {"Women", "All"},
        ("gender", "trans"): {"Women", "All"},
        ("gender", "men"): {"Men", "All"},
        ("minor", "1"): {"Women", "All"},
        ("children", "1"): {"Women", "All"},
        ("indigenous", "1"): {"All"},
        ("status", "1"): {"All"},
        ("gender", "nobody"): {"Women", "Men", "All"},
    }
    for (name, value), names in expected.items():
        page = ask(client, need="safe-place", anywhere="1", **{name: value})
        assert {one for one in ("Women", "Men", "All") if f"<h3>{one}" in page} == names


def test_where_nothing_fits_it_says_so_and_can_be_undone(client: Client) -> None:
    helping("Men", "safe-place", genders=["men"])
    page = ask(client, need="safe-place", place="Moncton", gender="women")
    assert "Nothing fits all that you chose" in page
    assert "Show all again" in page
    assert "<details open>" in page


@pytest.mark.usefixtures("now")
def test_cards_say_whether_it_is_open_by_the_clock_of_the_place(client: Client) -> None:
    helping("Here", "lawyer", at=MONCTON, schedules=[WEEKDAYS])
    helping("There", "lawyer", at=TORONTO, schedules=[{**WEEKDAYS, "closes_at": "15:00"}])
    helping("Words", "lawyer", at=MONCTON, schedules=[{"id": key("w"), "description": "By appointment"}])
    page = ask(client, need="lawyer", place="Moncton").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "Open now, until 5:00 p.m." in page
    assert "Closed now, opens on Monday at 9:00 a.m." in page
    assert page.count("Not known: call first") == 1
    french = ask(client, "/fr/find-help/", need="lawyer", place="Moncton").replace("\N{NO-BREAK SPACE}", " ")
    assert "Ouvert maintenant, jusqu’à 17 h" in french
    assert "(heure de l’Atlantique)" in french
    only = ask(client, need="lawyer", place="Moncton", open="1")
    assert "<h3>Here" in only
    assert "<h3>There" not in only
    assert "<h3>Words" not in only


def test_a_night_that_began_on_the_day_before_is_still_open(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    helping("Night", "talk", at=MONCTON, schedules=[NIGHTS])
    at(monkeypatch, datetime(2026, 11, 7, 7, 0, tzinfo=UTC))
    assert "<h3>Night" in ask(client, need="talk", place="Moncton", open="1")
    at(monkeypatch, datetime(2026, 11, 7, 8, 0, tzinfo=UTC))
    assert "<h3>Night" not in ask(client, need="talk", place="Moncton", open="1")


def test_on_a_holiday_it_is_closed_or_uncertain(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, datetime(2026, 7, 1, 15, 0, tzinfo=UTC))
    helping("Sure", "lawyer", at=MONCTON, schedules=[{**WEEKDAYS, "closed_on_holidays": True}])
    helping("Unsure", "lawyer", at=MONCTON, schedules=[WEEKDAYS])
    page = ask(client, need="lawyer", place="Moncton")
    assert "Closed now, opens tomorrow at" in page
    assert page.count("Today is a public holiday: call first") == 1


@pytest.mark.usefixtures("now")
def test_where_nobody_knows_the_zone_only_day_and_night_is_certain(client: Client) -> None:
    helping("Line", "talk", schedules=[{**WEEKDAYS, "byday": "MO,TU,WE,TH,FR,SA,SU", "closes_at": "09:00"}])
    helping("Office", "talk", schedules=[WEEKDAYS])
    helping("Named", "talk", schedules=[{**WEEKDAYS, "timezone_name": "America/Vancouver"}])
    page = ask(client, need="talk", anywhere="1")
    assert "Open day and night" in page
    assert "Not known: call first" in page
    assert "Open now, until" in page
    only = ask(client, need="talk", anywhere="1", open="1")
    assert [name for name in ("Line", "Office", "Named") if f"<h3>{name}" in only] == ["Line", "Named"]


def test_a_hidden_place_tells_no_more_of_its_zone_than_its_province(client: Client) -> None:
    dawson_creek: Document = {"latitude": 55.76, "longitude": -120.24, "province": "BC", "is_confidential": True}
    helping("Shelter", "safe-place", at=dawson_creek, schedules=[WEEKDAYS])
    assert FinderEntry.objects.get().zone == "America/Vancouver"


def test_everyday_words_lead_to_the_need_and_names_to_the_service(client: Client) -> None:
    helping("Harbour Light House", "safe-place", name_fr="Maison Phare du Port")
    page = ask(client, say="my boss took my passport")
    assert page.index('<button name="need" value="immigration"') < page.index("Or choose")
    assert "<h3>Harbour" not in page
    for words in ("harbour light", "Harbor Light", "MAISON PHARE", "maisons phares", "lindens harbour"):
        assert "<h3>Harbour Light House" in ask(client, say=words)
    nothing = ask(client, say="xyzzyx")
    assert "We did not understand this" in nothing
    assert 'value="safe-place"' in nothing


def test_names_follow_the_service_and_its_organization(client: Client) -> None:
    helping("First", "talk")
    taken({"id": key("house"), "name": "Cedars", "description": "A house."}, kind="organization")
    assert "<h3>First" in ask(client, say="cedars")
    assert "<h3>First" not in ask(client, say="lindens")
    helping("First", "talk", status="inactive")
    assert not ServiceWord.objects.exists()
    assert "<h3>First" not in ask(client, say="cedars")


def test_one_card_shows_everything_and_a_small_one_says_only_what_is_needed(client: Client) -> None:
    helping("Law house", "lawyer", at=MONCTON, schedules=[WEEKDAYS], fees_description="Free", url="https://example.org")
    listed = ask(client, need="lawyer", place="Moncton")
    card = listed.split('name="card" value="')[1].split('"')[0]
    page = ask(client, need="lawyer", place="Moncton", meant="Moncton (NB)", card=card)
    for words in ("<h1>Law house", "Free", "https://example.org", "Monday", "Sunday", "closed"):
        assert words in page
    small = page.split('id="small"')[1]
    assert "506-555-0100" in small
    assert "1-833-900-1010" in small
    assert "Law house" not in small.split("</section>")[0]
    back = page.split("Back</button>")[0].rsplit("<form", 1)[1]
    assert 'name="place" value="Moncton"' in back
    assert 'name="card"' not in back


def test_services_that_answer_no_need_take_no_place_of_those_that_do(client: Client) -> None:
    names = [f"Harbour {number}" for number in range(10, 34)]
    taken(*(service(name) for name in names[:12]))
    for name in names[12:]:
        helping(name, "lawyer")
    with CaptureQueriesContext(connection) as many:
        page = ask(client, say="harbour")
    assert re.findall("<h[23]>(Harbour [0-9]+)", page) == names[12:22]
    FinderEntry.objects.exclude(service=UUID(key(names[-1]))).delete()
    with CaptureQueriesContext(connection) as one:
        assert re.findall("<h[23]>(Harbour [0-9]+)", ask(client, say="harbour")) == [names[-1]]
    assert len(one) == len(many)


@pytest.mark.parametrize("card", ["", "nonsense", "1 2 3", str(key("nobody")), f"{key('a')} {key('b')}"])
def test_a_card_that_is_gone_says_what_to_do(client: Client, card: str) -> None:
    page = ask(client, card=card)
    assert "This service is no longer in the list" in page
    assert "1-833-900-1010" in page


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize(
    ("said", "most"), [({}, 9), ({"open": "1"}, 11), ({"gender": "men", "minor": "1", "language": "fr"}, 9)]
)
def test_as_many_queries_for_few_as_for_many(client: Client, said: dict[str, str], most: int) -> None:
    counts = []
    for start in (0, 4):
        for number in range(start, 5 * start + 4):
            spoken = [{"id": key(f"fr {number}"), "code": "fr"}]
            where = MONCTON if number % 2 else None
            helping(f"House {number}", "lawyer", at=where, schedules=[WEEKDAYS], languages=spoken)
        with CaptureQueriesContext(connection) as queries:
            assert "<h3>House" in ask(client, need="lawyer", place="Moncton", **said)
        counts.append(len(queries))
    # With few near, three more queries look further and further away; what is open is asked of hours and services.
    assert counts[1] <= counts[0] <= most


def test_what_a_migration_made_the_finder_forget_is_made_anew(client: Client) -> None:
    from palermo.protection.directory.apps import _remake

    helping("Law house", "lawyer", at=MONCTON)
    before = list(FinderEntry.objects.values("service", "term", "zone", "marks"))
    FinderEntry.objects.all().delete()
    ServiceWord.objects.all().delete()
    _remake()
    assert list(FinderEntry.objects.values("service", "term", "zone", "marks")) == before
    assert Service.objects.filter(words__isnull=False).exists()


def test_a_finder_of_before_learns_where_immigration_status_does_not_matter(client: Client) -> None:
    from palermo.protection.directory.apps import _remake

    forget = import_module("palermo.protection.directory.migrations.0030_marks_of_status").forget
    helping("Law house", "lawyer")
    FinderEntry.objects.update(marks="")
    forget(apps, None)
    assert FinderEntry.objects.exists()
    helping("Open house", "lawyer", any_immigration_status=True)
    FinderEntry.objects.update(marks="")
    forget(apps, None)
    _remake()
    page = ask(client, need="lawyer", anywhere="1", status="1")
    assert "<h3>Open house" in page
    assert "<h3>Law house" not in page


def test_a_service_of_another_directory_is_found_by_the_kind_that_it_is_of(client: Client) -> None:
    taken(*needs(), kind="taxonomy_term")
    for name, term in (("Theirs", "Women's shelters"), ("Autre", "AIDE JURIDIQUE"), ("Odd", "Zoo")):
        described = {"id": key(f"term {name}"), "name": term, "description": term}
        attributes = [{"id": key(f"said of {name}"), "taxonomy_term": described}]
        taken(service(name, attributes=attributes, service_at_locations=[]))
    assert "<h3>Theirs" in ask(client, need="safe-place", anywhere="1")
    assert "<h3>Autre" in ask(client, need="lawyer", anywhere="1")
    assert not FinderEntry.objects.filter(service__document__name="Odd").exists()
    # The API lists what is described by the very term, and says so.
    safe = next(one["id"] for one in needs() if one["code"] == "safe-place")
    assert client.get("/api/hsds/services", {"taxonomy_term_id": str(safe)}).json()["contents"] == []
    said = Wholeness.model_fields["taxonomy_term_id"].description
    assert said
    assert "Described by this very term." in said


def test_a_service_of_our_kinds_answers_every_need_of_its_kind_once(client: Client) -> None:
    taken(*needs(), *service_types(), kind="taxonomy_term")
    centre = next(one for one in service_types() if one["code"] == "sexual-assault-centre")
    talk = next(one for one in needs() if one["code"] == "talk")
    attributes = [{"id": key(str(one["id"])), "taxonomy_term_id": one["id"]} for one in (centre, talk)]
    taken(service("Centre", attributes=attributes, service_at_locations=[]))
    assert FinderEntry.objects.count() == 2
    for need in ("talk", "doctor"):
        assert "<h3>Centre" in ask(client, need=need, anywhere="1")
