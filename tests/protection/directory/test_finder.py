"""Find help: from a need to a telephone number, without a trace."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from palermo.protection.directory.hsds.fitting import Wish
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.places import Point, _names, kilometres
from palermo.protection.directory.models import FinderEntry, Service
from palermo.protection.directory.opening import Told, hours_key
from palermo.protection.directory.queries import finder
from palermo.protection.directory.queries.nearest import SHOWN
from palermo.protection.directory.queries.needs import need, needs
from palermo.protection.directory.queries.shown import FIRST
from tests.protection.directory.helping import ADDRESS, MONCTON, TORONTO, ask, helping
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db


def test_the_first_page_offers_every_need_and_calls_first(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    for one in needs():
        assert f'value="{one["code"]}"' in page
    assert page.index("tel:911") < page.index("tel:+18339001010") < page.index('name="need"')


def test_two_steps_lead_to_a_telephone_number(client: Client) -> None:
    helping("Law house", "lawyer", at=MONCTON, description="We listen.", eligibility_description="Everybody.")
    assert 'name="place"' in ask(client, need="lawyer")
    page = ask(client, need="lawyer", place="moncton")
    assert 'href="tel:5065550100;ext=7"' in page
    for words in ("Law house", "We listen.", "Everybody.", "less than 1 km", "12 Rue de l’Église, Moncton", "never"):
        assert words in page


def test_what_is_near_comes_first_and_what_is_far_last(client: Client) -> None:
    helping("Far", "lawyer", at=TORONTO)
    helping("Near", "lawyer", at=MONCTON)
    helping("Line", "lawyer")
    helping("Other", "doctor", at=MONCTON)
    page = ask(client, need="lawyer", place="E1C")
    assert page.index("<h3>Near") < page.index("<h3>Line") < page.index("Further away") < page.index("<h3>Far")
    assert "<h3>Other" not in page
    anywhere = ask(client, need="lawyer", anywhere="1")
    assert anywhere.index("<h3>Line") < anywhere.index("<h3>Near")
    assert "Further away" not in anywhere


def test_what_nobody_confirmed_for_long_stands_last_and_says_so(client: Client) -> None:
    today = date.today()
    helping("A", "lawyer", at=MONCTON, assured_date=(today - timedelta(days=400)).isoformat())
    helping("B", "lawyer", at=MONCTON, assured_date=(today - timedelta(days=10)).isoformat())
    page = ask(client, need="lawyer", place="Moncton")
    assert page.index("<h3>B") < page.index("<h3>A")
    assert page.count("Call first: this may have changed") == 1


def test_help_for_another_province_is_left_out(client: Client) -> None:
    helping("Maritime line", "lawyer", service_areas=[{"id": key("area"), "provinces": ["NB", "NS"]}])
    assert "Maritime line" in ask(client, need="lawyer", place="Halifax")
    assert "Maritime line" not in ask(client, need="lawyer", place="Toronto")
    assert "We know of no such service yet" in ask(client, need="lawyer", place="Toronto")


def test_what_serves_the_province_comes_before_what_serves_all_and_before_the_cut(client: Client) -> None:
    for number in range(12):
        helping(f"Line {number}", "lawyer", assured_date=date.today().isoformat())
    helping("Ours", "lawyer", service_areas=[{"id": key("area"), "provinces": ["NB"]}])
    page = ask(client, need="lawyer", place="Moncton")
    assert (page.count("<h3>Ours"), page.count("<h3>Line")) == (1, FIRST - 1)
    page = ask(client, need="lawyer", place="Moncton", more="1")
    assert (page.count("<h3>Ours"), page.count("<h3>Line")) == (1, SHOWN - 1)


def test_a_page_is_short_at_first_and_the_rest_is_a_button_away(client: Client) -> None:
    for number in range(7):
        helping(f"House {number}", "lawyer", at={**MONCTON, "latitude": 46.1 + number / 10})
        helping(f"Line {number}", "lawyer", languages=[{"id": key(f"fr {number}"), "code": "fr"}])
    asked = {"need": "lawyer", "place": "Moncton"}
    page = ask(client, **asked)
    assert [page.count("<h3>House"), page.count("<h3>Line")] == [FIRST, FIRST]
    assert [f"<h3>House {number}" in page for number in range(7)] == [True] * FIRST + [False] * (7 - FIRST)
    assert page.count("Show more services</button>") == 1
    whole = ask(client, **asked, more="1")
    assert [whole.count("<h3>House"), whole.count("<h3>Line")] == [7, 7]
    assert "Show more services" not in whole
    # The first one that was not there before is where one goes on reading.
    assert f'formaction="{ADDRESS}#more"' in page
    assert whole.count('<li class="card help" id="more" tabindex="-1">\n<h3>House 5') == whole.count('id="more"') == 1
    # Whoever reads one of them in full, or changes the language, comes back to all of them.
    assert whole.count('<input type="hidden" name="more" value="1">') == 2
    card = ask(client, **asked, more="1", card=str(key("Line 6")))
    assert card.count('<input type="hidden" name="more" value="1">') == 2
    fewer = ask(client, **asked, language="fr")
    assert (fewer.count("<h3>House"), fewer.count("<h3>Line"), "Show more" in fewer) == (0, FIRST, True)


def test_a_service_of_many_hidden_houses_leaves_room_for_others(client: Client) -> None:
    terms = {str(one["code"]): one for one in needs()}
    houses = [
        {"id": key(f"visit {number}"), "location": {"id": key(f"house {number}"), "location_type": "virtual"}}
        for number in range(11)
    ]
    attributes = [{"id": key("said"), "taxonomy_term": terms["talk"]}]
    taken(service("Many", attributes=attributes, service_at_locations=houses, assured_date=date.today().isoformat()))
    helping("Other", "talk")
    page = ask(client, need="talk", place="Moncton")
    assert page.count("<h3>Many") == 1
    assert "<h3>Other" in page


def test_a_hidden_place_without_an_area_is_found_in_its_province_alone(client: Client) -> None:
    helping("Shelter", "safe-place", at={"is_confidential": True})
    assert "<h3>Shelter" in ask(client, need="safe-place", place="Moncton")
    assert "<h3>Shelter" not in ask(client, need="safe-place", place="Toronto")


def test_hidden_places_of_an_area_nearby_come_before_those_of_the_province(client: Client) -> None:
    for number in range(12):
        helping(f"Far {number}", "safe-place", at={"is_confidential": True, "area": "Kenora", "province": "ON"})
    near: Document = {"is_confidential": True, "area_fr": "Près de Toronto", "province": "ON", "addresses": []}
    helping("Maple", "safe-place", at=near)
    text = ask(client, need="safe-place", place="Mississauga")
    assert text.index("Maple") < text.index("Far ")
    assert "km</dd>" not in text


def test_a_hidden_place_without_an_area_says_that_it_is_hidden(client: Client) -> None:
    helping("Maple", "safe-place", at={"is_confidential": True, "province": "NB"})
    text = ask(client, need="safe-place", place="Moncton")
    assert "The address is kept secret. Call first." in text


def test_the_history_of_a_browser_tells_nothing_that_was_chosen(client: Client) -> None:
    helping("Maple", "safe-place", at=MONCTON)
    where = {"need": "safe-place", "place": "Moncton"}
    card = re.search(r'name="card" value="([^"]+)"', ask(client, **where))
    assert card
    pages = [ask(client), ask(client, need="safe-place"), ask(client, **where), ask(client, **where, card=card[1])]
    titles = [match[1] for page in pages if (match := re.search(r"<title>([^<]+)</title>", page))]
    assert [title.split(" –")[0] for title in titles] == [
        "Find help", "Where are you?", "Help that you can reach", "A service in full"
    ]  # fmt: skip
    assert "Maple" in pages[-1]
    # What is typed in the search of the site stands in the address and the history.
    assert not any("site-search" in page for page in pages)
    assert "site-search" in client.get("/en/").content.decode()


def test_calls_come_first_where_a_place_is_not_known(client: Client) -> None:
    text = ask(client, need="safe-place", place="Nowhereville Xq")
    assert text.index('href="tel:911"') < text.index("We do not know")


def test_a_number_nobody_can_dial_is_shown_without_a_button_and_a_fax_not_at_all(client: Client) -> None:
    phones = [
        {"id": key("fax"), "number": "506-555-0199", "type": "Fax"},
        {"id": key("words"), "number": "ask at the door", "type": "voice"},
    ]
    terms = {str(one["code"]): one for one in needs()}
    taken(service("Door", attributes=[{"id": key("said"), "taxonomy_term": terms["talk"]}], phones=phones))
    page = ask(client, need="talk", anywhere="1")
    assert "<strong>ask at the door</strong>" in page
    assert "0199" not in page


def test_a_confidential_place_is_told_by_its_area(client: Client) -> None:
    helping("Shelter", "safe-place", at={**MONCTON, "is_confidential": True, "area": "Southeast", "area_fr": "Sud-Est"})
    page = ask(client, need="safe-place", place="Moncton")
    assert "Southeast. The address is kept secret. Call first." in page
    assert "glise" not in page
    assert "<dt>Distance" not in page
    assert FinderEntry.objects.get().latitude is None
    assert "Sud-Est" in ask(client, "/fr/find-help/", need="safe-place", place="Moncton")


def test_closed_services_are_not_found(client: Client) -> None:
    helping("Gone", "lawyer", status="defunct")
    assert "<h3>" not in ask(client, need="lawyer", anywhere="1")
    helping("Gone", "lawyer", status="active")
    assert "<h3>Gone" in ask(client, need="lawyer", anywhere="1")


def test_a_place_that_nobody_knows_is_asked_for_again_with_what_was_written(client: Client) -> None:
    page = ask(client, need="lawyer", place="<b>qqzz</b>")
    assert "We do not know a place called “&lt;b&gt;qqzz&lt;/b&gt;”." in page
    assert 'value="&lt;b&gt;qqzz&lt;/b&gt;"' in page
    assert "Write where you are." in ask(client, need="lawyer", place="  ")


def test_a_whole_province_is_known_and_asks_for_a_place_in_it(client: Client) -> None:
    page = ask(client, need="lawyer", place="Ontario")
    assert "“Ontario” is a whole province. Write a city, a town or a postal code, or choose “Anywhere”." in page
    assert "Check the spelling" not in page
    assert "est une province entière. Écrivez une ville" in ask(
        client, "/fr/find-help/", need="lawyer", place="Nouveau-Brunswick"
    )
    assert "Prince Edward Island (PE)" in ask(client, need="lawyer", place="PEI")


def test_other_places_of_the_same_name_are_one_step_away(client: Client) -> None:
    helping("Law", "lawyer", at={"latitude": 45.57, "longitude": -72.0})
    page = ask(client, need="lawyer", place="Windsor")
    assert "Windsor (ON)</p>" in page.replace("</strong> · ", "")
    assert 'value="Windsor (QC)"' in page
    assert "less than 1 km" in ask(client, need="lawyer", place="Windsor", meant="Windsor (QC)")


def test_a_place_that_is_only_nearly_known_is_asked_about_and_not_chosen(client: Client) -> None:
    helping("Law", "lawyer", at=MONCTON)
    page = ask(client, need="lawyer", place="Downtown <Moncto", language="fr", open="1")
    assert "<h3>Law" not in page
    assert "Did you mean one of these places?" in page
    assert "We do not know a place called “Downtown &lt;Moncto”." in page
    assert 'name="meant" value="Downtown Moncton (NB)"' in page
    assert page.count('<input type="hidden" name="language" value="fr">') == 3
    assert page.count('<input type="hidden" name="open" value="1">') == 3
    assert 'value="Downtown &lt;Moncto" maxlength' in page
    assert "csrfmiddlewaretoken" not in page


def test_a_place_that_was_meant_is_chosen_and_stays_so(client: Client) -> None:
    helping("Law", "lawyer", at=MONCTON)
    page = ask(client, need="lawyer", place="Monctn", meant="Moncton (NB)")
    assert "<h3>Law" in page
    assert (
        '<input type="hidden" name="place" value="Monctn"><input type="hidden" name="meant" value="Moncton (NB)">'
        in page
    )
    assert "Did you mean one of these places?" in ask(client, need="lawyer", place="Monctn", meant="Toronto (ON)")


@pytest.mark.parametrize("said", [{}, {"need": "x"}, {"need": "lawyer' OR 1=1"}, {"place": "Moncton"}])
def test_a_need_that_is_none_leads_to_the_beginning(client: Client, said: dict[str, str]) -> None:
    assert "What do you need?" in ask(client, **said)


def test_texts_in_one_language_only_are_marked_as_such(client: Client) -> None:
    helping("Droits", "lawyer", name_fr="Droits", description="In English only.")
    assert '<h3><span lang="fr">Droits</span></h3>' in ask(client, need="lawyer", anywhere="1")
    assert '<span lang="en">In English only.</span>' in ask(client, "/fr/find-help/", need="lawyer", anywhere="1")


def test_a_search_asks_the_database_as_often_for_many_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    helping("first", "lawyer", at=MONCTON)
    with django_assert_max_num_queries(8) as one:
        ask(client, need="lawyer", place="Moncton")
    for number in range(25):
        helping(f"near {number}", "lawyer", at=MONCTON)
        helping(f"line {number}", "lawyer")
    with django_assert_max_num_queries(len(one)):
        ask(client, need="lawyer", place="Moncton")


def test_a_page_of_many_services_is_light(client: Client) -> None:
    for number in range(12):
        helping(f"near {number}", "lawyer", at=MONCTON, description="Words. " * 20)
        helping(f"line {number}", "lawyer", description="Words. " * 20)
    assert len(ask(client, need="lawyer", place="Moncton").encode()) < 30_000


@pytest.mark.parametrize("seed", [1, 2])
def test_the_nearest_are_those_that_measuring_all_of_them_finds(seed: int) -> None:
    """Many in the south and few to the north, asked for from everywhere: some far away, some just outside of a box."""
    chance = random.Random(seed)  # noqa: S311 - points on a map
    helping("House", "lawyer")
    entry = FinderEntry.objects.get()
    points = [Point(min(43 + chance.expovariate(0.25), 75), chance.uniform(-135, -53)) for _ in range(400)]
    houses = [Service(id=uuid4(), document=entry.service.document, status="active") for _ in points]
    Service.objects.bulk_create(houses)
    always: Document = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "24:00"}
    at = [{"latitude": point.latitude, "longitude": point.longitude} for point in points]
    told = Told([always], "America/Toronto", "", "")
    FinderEntry.objects.bulk_create(
        FinderEntry(term_id=entry.term_id, service=house, hours=hours_key(told), **told._asdict(), **each)
        for house, each in zip(houses, at, strict=True)
    )
    asked = chance.sample(sorted({one for places in _names().values() for one in places}, key=str), 40)
    for place in asked:
        expected = sorted(round(kilometres(place.point, point)) for point in points)[:SHOWN]
        for wish in (Wish(), Wish(open_now=True)):
            found = finder.found(AnonymousUser(), need("lawyer") or {}, place, wish)
            assert sorted(card.kilometres or 0 for card in [*found.near, *found.far]) == expected, place
