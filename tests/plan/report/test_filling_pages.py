"""The pages on which a report is filled from returns, and that say where its words come from."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from palermo.plan.register.models import Account
from palermo.plan.report.actions.fill import fill_from_returns
from palermo.plan.report.actions.narrative import write_narrative
from palermo.plan.report.actions.publish import Correction, publish_edition
from palermo.plan.report.models import Edition, Filling, Narrative, NarrativePart
from tests.factories import DeliverableFactory, ResponsibilityFactory

from .conftest import queries_of
from .year import Year, open_year


def address(page: str, language: str = "en", **more: str | int) -> str:
    with override(language):
        return reverse(page, kwargs={"plan_code": "lantern", "period_code": "2013-2014", **more})


@pytest.fixture
def desk(client: Client, year: Year) -> Client:
    """The browser of the plan's coordinator, once the period is closed."""
    client.force_login(year.coordinator)
    return client


def test_the_desk_leads_to_filling_and_to_undoing(desk: Client) -> None:
    page = desk.get(address("report_period")).content.decode()
    assert f'href="{address("report_fill")}"' in page
    assert address("report_fill_undo") not in page
    desk.post(address("report_fill"))
    assert f'action="{address("report_fill_undo")}"' in desk.get(address("report_period")).content.decode()


def test_the_preview_says_first_what_is_filled_and_what_is_left(desk: Client, year: Year) -> None:
    write_narrative(
        by=year.coordinator, period=year.period, part=NarrativePart.PROTECTION, text_en="Mine.", text_fr="", version=0
    )
    page = desk.get(address("report_fill")).content.decode()
    assert f"{year.coordinator.name} has written in it." in page
    assert "Fill 1 part<" in page
    assert "Prevention: 3 accounts" in page
    assert "We trained 40 officers." in page
    assert '<span lang="en-CA">The handbook [return 1] is *printed*. </span>' in page
    assert not Filling.objects.exists()


def test_one_press_fills_and_another_takes_it_back(desk: Client) -> None:
    answer = desk.post(address("report_fill"), follow=True)
    assert "2 parts were filled. Read and edit them; you can still undo it." in answer.content.decode()
    assert Narrative.objects.exclude(text_en="").count() == 2
    Narrative.objects.filter(part="protection").update(text_en="Mine.")
    answer = desk.post(address("report_fill_undo"), follow=True)
    assert "1 part is as it was before. 1 part was changed since and stays as it is." in answer.content.decode()
    assert Narrative.objects.get(part="prevention").text_en == ""


def test_refusals_come_in_words(desk: Client) -> None:
    answer = desk.post(address("report_fill_undo", "fr"), follow=True)
    assert "Rien n’a été annulé" in answer.content.decode()
    desk.post(address("report_fill"))
    answer = desk.post(address("report_fill"), follow=True)
    assert "Nothing was filled: no part is empty" in answer.content.decode()
    assert "It was filled before and says what the returns say." in answer.content.decode()


@pytest.mark.django_db
def test_before_the_period_is_closed_the_page_says_what_to_do(client: Client) -> None:
    year = open_year()
    year.close()
    year.reopen()
    client.force_login(year.coordinator)
    page = client.get(address("report_fill")).content.decode()
    assert "Close the period first" in page
    assert (
        "Nothing was filled, because the period is not closed."
        in client.post(address("report_fill"), follow=True).content.decode()
    )


def test_each_sentence_leads_to_its_return_or_names_its_writer(desk: Client, year: Year) -> None:
    desk.post(address("report_fill"))
    one = Narrative.objects.get(part="prevention")
    Narrative.objects.filter(pk=one.pk).update(
        text_en=one.text_en.replace("Survivors taught half", "Survivors taught most"), text_fr=one.text_fr
    )
    page = desk.get(address("report_sources")).content.decode()
    link = (
        f'<a href="/en/plans/lantern/deliverables/T1/#account-{year.account("T1").pk}">Return {year.number("T1")}</a>'
    )
    assert f'<td lang="en">We trained 40 officers.</td>\n  <td>{link}</td>' in page
    assert f'<td lang="fr">Nous avons formé 40 agents.</td>\n  <td>{link}</td>' in page
    assert (
        '<td lang="en">Survivors taught most of the courses.</td>\n'
        f"  <td>written by {year.coordinator.name}</td>" in page
    )
    assert "Of 12 sentences, 1 comes from no return." in " ".join(page.split())
    other = desk.get(f"{address('report_sources')}?part=protection").content.decode()
    assert "La ligne répond la nuit." in other
    assert "We trained" not in other


def test_sources_of_nothing(desk: Client) -> None:
    assert "Nothing is written yet" in desk.get(address("report_sources")).content.decode()
    assert desk.get(f"{address('report_sources')}?part=nonsense").status_code == 200


def publish(year: Year) -> Edition:
    correction = Correction("A slip.") if Edition.objects.exists() else None
    return publish_edition(by=year.coordinator, period=year.period, correction=correction)


def test_everybody_reads_the_accounts_and_follows_them_to_their_source(client: Client, year: Year) -> None:
    fill_from_returns(by=year.coordinator, period=year.period)
    publish(year)
    edition = client.get(address("edition", number=1)).content.decode()
    path = f"/en/plans/lantern/deliverables/T1/#account-{year.account('T1').pk}"
    mark = f'<a href="{path}">[Return {year.number("T1")}]</a>'
    assert f'Survivors taught half of the courses. <span class="report-source">{mark}</span>' in edition
    assert f'<a href="{address("edition_accounts", number=1)}">What the organizations say</a>' in edition
    said = client.get(address("edition_accounts", number=1)).content.decode()
    assert f'<a href="{path}">Return {year.number("T1")} (Harbour Police, 2013–2014)</a>' in said
    assert "<dt>Claimed status</dt> <dd>" in said
    french = client.get(address("edition_accounts", "fr", number=1)).content.decode()
    assert f"Compte rendu {year.number('T1')} (Harbour Police (fr), 2013–2014)" in french
    assert f'id="account-{year.account("T1").pk}"' in client.get(path).content.decode()


def test_an_account_corrected_later_changes_nothing_that_was_published(client: Client, year: Year) -> None:
    fill_from_returns(by=year.coordinator, period=year.period)
    publish(year)
    pages = [address(name, language, number=1) for name in ("edition", "edition_accounts") for language in ("en", "fr")]
    before = [client.get(page).content for page in pages]
    year.correct("T1", narrative_en="We trained nobody.", status="not_started")
    assert [client.get(page).content for page in pages] == before
    publish(year)
    assert "We trained nobody." in client.get(address("edition_accounts", number=2)).content.decode()
    assert "We trained nobody." not in client.get(address("edition_accounts", number=1)).content.decode()


def test_queries_do_not_grow(desk: Client, year: Year) -> None:
    publish(year)
    pages = [address(name) for name in ("report_period", "report_fill", "report_sources", "report_preview")]
    pages += [address(name, number=1) for name in ("edition", "edition_accounts")]
    desk.post(address("report_fill"))
    before = [queries_of(desk, page) for page in pages]
    for number in range(12):
        one = DeliverableFactory.create(plan=year.plan, code=f"M{number}", p="prevention")
        ResponsibilityFactory.create(deliverable=one, organisation=year.police)
        Account.objects.create(
            deliverable=one,
            period=year.period,
            organisation=year.police,
            return_number=900 + number,
            status="complete",
            narrative_en=f"Work {number} is done.",
        )
    desk.post(address("report_fill_undo"))
    desk.post(address("report_fill"))
    publish(year)
    pages[-2:] = [address(name, number=2) for name in ("edition", "edition_accounts")]
    after = [queries_of(desk, page) for page in pages]
    assert [now - then for now, then in zip(after[:4], before[:4], strict=True)] == [0] * 4
    assert max(after[4:]) <= max(before[4:]) + 3, "the notice of what the second edition corrects, and no more"
