"""Taking away everything: the page that lists the files, and the plan file itself."""

from __future__ import annotations

import pytest
from django.test import Client

from palermo.people.queries import command_line
from palermo.plan.planfile import dump, load
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.report.models import Narrative
from tests.factories import coordinator_of
from tests.plan.register.test_load_plan import one, small_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    load_plan(file=small_plan(one(), one("1.1-02", p="protection")), by=command_line())


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_file_of_every_plan_is_listed_and_there(client: Client, language: str) -> None:
    shown = client.get(f"/{language}/downloads/").content.decode()
    for file in ("plan.json", "deliverables.csv?period=2021-2022", "deliverables.csv?period=2022-2023"):
        address = f"/{language}/plans/small/{file}"
        assert f'href="{address}"' in shown
        assert client.get(address).status_code == 200


@pytest.mark.usefixtures("loaded")
def test_the_plan_file_comes_back_whole_with_what_was_written(client: Client) -> None:
    period = ReportingPeriod.objects.get(starts_on__year=2021)
    Narrative.objects.create(
        plan=period.plan,
        period=period,
        part="foreword",
        text_en="A *word*",
        text_fr="Un *mot*",
        written_by=command_line(),
    )
    # A draft is nobody else's.
    assert load(client.get("/en/plans/small/plan.json").content).narratives == ()
    client.force_login(coordinator_of(period.plan.owner))
    response = client.get("/en/plans/small/plan.json")
    assert response["Content-Disposition"] == 'attachment; filename="small.json"'
    file = load(response.content)
    assert dump(file) == response.content
    assert (file.narratives[0].part, file.narratives[0].text.fr) == ("foreword", "Un *mot*")
    again = load_plan(file=file, by=command_line())
    assert (again.added, again.changed, again.statuses) == (0, 0, 0)


def test_a_plan_that_there_is_not_has_no_file(client: Client) -> None:
    assert client.get("/en/plans/none/plan.json").status_code == 404
    assert client.get("/en/plans/%00/plan.json").status_code == 404
