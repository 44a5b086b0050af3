"""The pages on which a report is written and published."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from palermo.people.models import User
from palermo.plan.register.models import Plan
from palermo.plan.report.models import Edition, Narrative
from tests.factories import UserFactory

from .conftest import grow_fourfold, newest, queries_of

PLAN, PERIOD = "example-city-2021", "2024-2025"
PAGES = ("report_desk", "report_period", "report_preview", "report_publish", "narrative_edit")


def address(page: str, language: str = "en", **more: str | int) -> str:
    """A page of the desk, for the city's newest period unless said otherwise."""
    given: dict[str, str | int] = {} if page == "report_desk" else {"plan_code": PLAN, "period_code": PERIOD}
    if page == "narrative_edit":
        given["part"] = "foreword"
    with override(language):
        return reverse(page, kwargs={**given, **more})


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    """The browser of the city's coordinator."""
    client.force_login(coordinator)
    return client


@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_asked_to_sign_in(client: Client, city: Plan, name: str) -> None:
    answer = client.get(address(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/en/account/login/?next=")


@pytest.mark.parametrize("name", PAGES)
def test_people_without_a_role_stay_outside(client: Client, city: Plan, name: str) -> None:
    client.force_login(UserFactory.create())
    assert client.get(address(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_coordinators_of_another_organisation_find_nothing_here(
    client: Client, city: Plan, elsewhere: User, name: str
) -> None:
    client.force_login(elsewhere)
    answer = client.get(address(name))
    if name == "report_desk":
        assert "There is no period to report on yet" in answer.content.decode()
        assert PERIOD not in answer.content.decode()
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("name", ["report_publish", "narrative_edit", "make_files_again"])
def test_coordinators_of_another_organisation_change_nothing(
    client: Client, edition: Edition, elsewhere: User, name: str
) -> None:
    client.force_login(elsewhere)
    page = address(name, number=1) if name == "make_files_again" else address(name)
    sent = {"version": 1, "text_en": "Mine", "understood": "on", "correction_en": "All of it."}
    assert client.post(page, sent).status_code == 403
    assert Edition.objects.count() == 1
    assert not Narrative.objects.filter(version__gt=1).exists()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_coordinators_see_every_page_in_both_languages(desk: Client, city: Plan, name: str, language: str) -> None:
    answer = desk.get(address(name, language))
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


@pytest.mark.parametrize("wrong", [("none", PERIOD), (PLAN, "1999-2000")])
@pytest.mark.parametrize("name", PAGES[1:])
def test_wrong_names_are_not_found(desk: Client, city: Plan, name: str, wrong: tuple[str, str]) -> None:
    plan_code, period_code = wrong
    assert desk.get(address(name, plan_code=plan_code, period_code=period_code)).status_code == 404


@pytest.mark.parametrize("part", ["none", "empowerment", "action-chart"])
def test_only_parts_that_the_report_has_can_be_written(desk: Client, city: Plan, part: str) -> None:
    assert desk.get(address("narrative_edit", part=part)).status_code == 404


def test_the_desk_says_how_far_each_report_is(desk: Client, edition: Edition) -> None:
    page = desk.get(address("report_desk")).content.decode()
    assert page.count(f'href="/en/work/reports/{PLAN}/') == 4
    assert page.count("not yet") == 3
    assert f'<a href="/en/plans/{PLAN}/reports/{PERIOD}/1/">edition 1</a>' in page


def test_a_part_is_saved_in_both_languages(desk: Client, city: Plan, coordinator: User) -> None:
    sent = {"version": 1, "text_en": "Our words", "text_fr": "Nos mots"}
    answer = desk.post(address("narrative_edit"), sent)
    assert answer["Location"] == address("report_period")
    saved = Narrative.objects.get(period=newest(city), part="foreword")
    assert (saved.text_en, saved.text_fr, saved.version, saved.written_by) == ("Our words", "Nos mots", 2, coordinator)


def test_what_a_browser_does_to_lines_changes_no_text(desk: Client, city: Plan) -> None:
    desk.post(address("narrative_edit"), {"version": 1, "text_en": "One.\r\n\r\nTwo.", "text_fr": ""})
    assert Narrative.objects.get(period=newest(city), part="foreword").text_en == "One.\n\nTwo."


def test_a_conflict_shows_both_texts_and_loses_neither(desk: Client, city: Plan) -> None:
    desk.post(address("narrative_edit"), {"version": 1, "text_en": "Theirs", "text_fr": "Le leur"})
    answer = desk.post(address("narrative_edit"), {"version": 1, "text_en": "Mine", "text_fr": "Le mien"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in ("Theirs", "Le leur", "Mine", "Le mien"))
    assert Narrative.objects.get(period=newest(city), part="foreword").text_en == "Theirs"
    # The form now carries the version that it was shown beside, so that the next save is a choice.
    assert answer.context["form"].initial["version"] == 2
    both = {"version": 2, "text_en": "Theirs and mine", "text_fr": "Les deux"}
    assert desk.post(address("narrative_edit"), both).status_code == 302


def test_a_preview_saves_nothing_and_says_what_cannot_be_printed(desk: Client, city: Plan) -> None:
    sent = {"version": 1, "text_en": "**Bold** ![A map](map.png)", "text_fr": "Mots", "preview": "1"}
    page = desk.post(address("narrative_edit"), sent).content.decode()
    assert "<strong>Bold</strong>" in page
    assert "A picture was left out: A map" in page
    assert "**Bold** ![A map](map.png)</textarea>" in page
    assert Narrative.objects.get(period=newest(city), part="foreword").version == 1


def test_what_is_written_can_run_nothing(desk: Client, city: Plan) -> None:
    sent = {"version": 1, "text_en": "<script>alert(1)</script> [x](javascript:alert(1))", "preview": "1"}
    page = desk.post(address("narrative_edit"), sent).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_the_preview_shows_the_whole_report(desk: Client, city: Plan) -> None:
    page = desk.get(address("report_preview")).content.decode()
    for heading in ("Foreword", "Prevention", "What changed", "Figures", "Action chart", "Resources"):
        assert f">{heading}</h2>" in page
    assert "This is how the report would be published now" in page


def test_publishing_takes_the_word_that_it_was_read(desk: Client, city: Plan) -> None:
    answer = desk.post(address("report_publish"), {})
    assert answer.status_code == 200
    assert "understood" in answer.context["form"].errors
    assert not Edition.objects.exists()


def test_publishing_leads_to_the_edition_whose_files_are_being_made(desk: Client, city: Plan) -> None:
    answer = desk.post(address("report_publish"), {"understood": "on"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/en/plans/{PLAN}/reports/{PERIOD}/1/", 302)]
    assert "Files are being made" in page
    assert page.count("not yet made") == 12


def test_a_further_edition_says_what_it_corrects(desk: Client, edition: Edition) -> None:
    assert "Edition 1 is published already" in desk.get(address("report_publish")).content.decode()
    refused = desk.post(address("report_publish"), {"understood": "on", "correction_en": "  "})
    assert "Say in at least one language what this edition corrects." in refused.content.decode()
    desk.post(address("report_publish"), {"understood": "on", "correction_fr": "Une date."})
    assert list(Edition.objects.order_by("number").values_list("number", "correction_fr")) == [
        (1, ""),
        (2, "Une date."),
    ]


def test_who_published_meanwhile_makes_the_form_ask_for_the_correction(desk: Client, edition: Edition) -> None:
    page = desk.post(address("report_publish"), {"understood": "on"}).content.decode()
    assert 'name="correction_en"' in page
    assert Edition.objects.count() == 1


def test_a_period_without_statuses_is_refused_in_words(desk: Client, city: Plan) -> None:
    answer = desk.post(address("report_publish", period_code="2025-2026"), {"understood": "on"})
    assert "there is nothing to report" in answer.content.decode()
    assert not Edition.objects.exists()


def test_files_that_failed_can_be_asked_for_again(desk: Client, edition: Edition) -> None:
    Edition.objects.update(state="failed")
    again = address("make_files_again", number=1)
    assert f'action="{again}"' in desk.get(address("report_period")).content.decode()
    assert desk.get(again).status_code == 405
    assert desk.post(again)["Location"] == f"/en/plans/{PLAN}/reports/{PERIOD}/1/"
    assert Edition.objects.get().state == "building"
    assert desk.post(address("make_files_again", number=9)).status_code == 404


def test_where_nothing_is_known_the_desk_says_what_to_do(client: Client, elsewhere: User) -> None:
    client.force_login(elsewhere)
    page = client.get(address("report_desk")).content.decode()
    assert "There is no period to report on yet" in page
    assert "Import a document" in page


@pytest.mark.parametrize("name", ["report_desk", "report_period", "report_preview", "report_publish"])
def test_queries_do_not_grow(desk: Client, city: Plan, name: str) -> None:
    before = queries_of(desk, address(name))
    grow_fourfold(city)
    assert queries_of(desk, address(name)) == before
