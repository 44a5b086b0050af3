"""From the upload to the plan through pages alone, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from palermo.people.models import Organisation, User
from palermo.plan.imports.actions.drop_proposal import drop_proposal
from palermo.plan.imports.actions.edit_row import edit_row
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.values import RowValues
from palermo.plan.register.models import Deliverable, Plan
from tests.plan.imports.conftest import HEADINGS, TABLE, Propose
from tests.plan.imports.handling import confirmed, made_ready, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(proposed: Propose) -> Proposal:
    return proposed()


def row_data(proposal: Proposal, position: int, **changes: object) -> dict[str, object]:
    row = proposal.rows.get(position=position)
    data = {**row.values, "section": row.section, "version": row.version}
    data |= {name: "\n".join(row.values[name]) for name in ("leads", "supporting")}
    data = {name: "" if value is None else value for name, value in data.items() if name not in {"matched", "is_new"}}
    return data | changes


def test_rows_are_dropped_kept_and_looked_at(signed_in: Client, proposal: Proposal) -> None:
    first, second, third = proposal.rows.order_by("position")
    answer = page(signed_in, "import_rows", proposal.pk, act="drop", rows=[first.pk, second.pk], show="dropped")
    assert "2 rows were dropped." in answer
    assert f"Keep {first.code} after all" in answer
    assert "1 row is kept." in page(signed_in, "import_rows", proposal.pk, act=f"keep-{first.pk}")
    answer = page(signed_in, "import_rows", proposal.pk, act="page", page_rows=[third.pk])
    assert "are marked as looked at" in answer
    assert "Choose at least one row." in page(signed_in, "import_rows", proposal.pk, act="drop")
    assert list(proposal.rows.order_by("position").values_list("keep", "is_checked")) == [
        (True, False),
        (False, False),
        (True, True),
    ]


def test_the_list_is_filtered(signed_in: Client, proposal: Proposal) -> None:
    proposal.rows.filter(position=1).update(keep=False)
    proposal.rows.filter(position=2).update(doubts=[{"code": "status_guessed", "detail": "so so"}], doubt_count=1)
    proposal.rows.filter(position=3).update(doubts=[], doubt_count=0, change="same")
    address = reverse("import_review", args=[proposal.pk])
    expected = {"all": "123", "doubts": "2", "changes": "2", "dropped": "1", "nonsense": "123"}
    for show, positions in expected.items():
        text = signed_in.get(address, {"show": show}).content.decode()
        assert "".join(place for place in "123" if f'id="row-{place}"' in text) == positions
    text = signed_in.get(address).content.decode()
    assert "The words of the status do not fully decide" in text
    assert "<q>so so</q>" in text


def test_a_row_is_corrected(signed_in: Client, proposal: Proposal) -> None:
    data = row_data(proposal, 1, text_fr="Former les chauffeurs", leads="City Police\nArmy", due_on="2014-05-01")
    assert "The row was saved." in page(signed_in, "import_row", proposal.pk, 1, **data)
    values = proposal.rows.get(position=1).values
    assert (values["text_fr"], values["leads"], values["due_on"], values["matched"]) == (
        "Former les chauffeurs",
        ["City Police", "Army"],
        "2014-05-01",
        None,
    )


def test_a_row_saved_meanwhile_shows_both_and_loses_neither(signed_in: Client, proposal: Proposal, by: User) -> None:
    row = proposal.rows.get(position=1)
    data = row_data(proposal, 1, text_en="What I wrote")
    values = RowValues.model_validate(row.values | {"text_en": "What they wrote"})
    edit_row(by=by, row=row, version=1, values=values, section="1")
    answer = signed_in.post(reverse("import_row", args=[proposal.pk, 1]), data)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "What they wrote" in text
    assert text.count("What I wrote") == 2
    assert proposal.rows.get(position=1).values["text_en"] == "What they wrote"
    assert 'name="version" value="2"' in text
    page(signed_in, "import_row", proposal.pk, 1, **(data | {"version": 2}))
    assert proposal.rows.get(position=1).values["text_en"] == "What I wrote"


@pytest.mark.parametrize(
    ("field", "value"),
    [("start_on", "soon"), ("status", "done"), ("code", "a b"), ("amount", "-1"), ("fiscal_year", "2013")],
)
def test_wrong_values_are_refused_beside_their_field(
    signed_in: Client, proposal: Proposal, field: str, value: str
) -> None:
    answer = signed_in.post(
        reverse("import_row", args=[proposal.pk, 1]), row_data(proposal, 1, **{field: value, "text_en": "Mine"})
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text
    assert "Mine" in text
    assert proposal.rows.get(position=1).version == 1


def frame_data(**changes: object) -> dict[str, object]:
    return {
        "title_en": "Roads",
        "code": "roads",
        "jurisdiction": "CA",
        "language": "en",
        "period": "2013–2014",
        "document_title_en": "Report",
        "level_1_name_en": "Pillar",
        "level_1_name_fr": "Pilier",
        "version": 1,
    } | changes


def test_the_frame_is_corrected(signed_in: Client, proposal: Proposal, owner: Organisation) -> None:
    assert "frame was saved" in page(signed_in, "import_frame", proposal.pk, **frame_data(owner=owner.pk))
    proposal.refresh_from_db()
    assert (proposal.frame["code"], proposal.frame["levels"][0]["name_fr"], proposal.frame["period"]) == (
        "roads",
        "Pilier",
        "2013-2014",
    )
    late = signed_in.post(reverse("import_frame", args=[proposal.pk]), frame_data(owner=owner.pk, title_en="Streets"))
    assert late.status_code == 409
    assert "Roads" in late.content.decode()
    wrong = frame_data(owner=owner.pk, version=2, starts_on="2014-01-01", ends_on="2013-01-01", code="a b")
    assert signed_in.post(reverse("import_frame", args=[proposal.pk]), wrong).status_code == 422


def test_a_section_is_corrected(signed_in: Client, proposal: Proposal) -> None:
    data = {"code": "R", "title_en": "Roads", "title_fr": "Routes", "p": "prevention", "version": 1}
    assert "Routes" in page(signed_in, "import_section", proposal.pk, 1, **data)
    taken = signed_in.post(reverse("import_section", args=[proposal.pk, 1]), data | {"code": "2", "version": 2})
    assert taken.status_code == 422
    late = signed_in.post(reverse("import_section", args=[proposal.pk, 1]), data | {"title_fr": "Voies"})
    assert late.status_code == 409


def test_an_organisation_is_named(signed_in: Client, proposal: Proposal, owner: Organisation) -> None:
    answer = page(signed_in, "import_organisation", proposal.pk, 1, code=owner.code, parent="", version=1)
    assert "The organization was saved." in answer
    proposal.refresh_from_db()
    assert proposal.frame["organisations"][0]["code"] == owner.code
    late = {"code": "", "name_en": "Transport", "parent": "", "version": 1}
    assert signed_in.post(reverse("import_organisation", args=[proposal.pk, 2]), late).status_code == 409
    nameless = {"code": "", "parent": "", "version": proposal.frame_version}
    assert signed_in.post(reverse("import_organisation", args=[proposal.pk, 2]), nameless).status_code == 422
    answer = page(signed_in, "import_accept_organisations", proposal.pk, version=proposal.frame_version)
    assert "2 organizations will be added." in answer


def test_a_proposal_is_confirmed(signed_in: Client, proposal: Proposal, by: User) -> None:
    made_ready(proposal, by)
    assert "Deliverables to add" in page(signed_in, "import_confirm", proposal.pk)
    answer = signed_in.post(reverse("import_confirm", args=[proposal.pk]), {"version": proposal.version})
    assert (answer.status_code, answer["Location"]) == (302, reverse("plan", args=["roads"]))
    assert Deliverable.objects.count() == 3
    assert "confirmed this on" in page(signed_in, "import_review", proposal.pk)


def test_what_is_missing_is_said_and_nothing_written(signed_in: Client, proposal: Proposal) -> None:
    answer = signed_in.post(reverse("import_confirm", args=[proposal.pk]), {"version": proposal.version})
    assert answer.status_code == 409
    for words in ("Give the plan a title.", "Say who this organization is.", "City Police"):
        assert words in answer.content.decode()
    assert not Plan.objects.exists()


def test_a_changed_plan_can_be_compared_again(
    signed_in: Client, proposal: Proposal, proposed: Propose, by: User
) -> None:
    plan = confirmed(made_ready(proposal, by), by).plan
    later = proposed(f"{HEADINGS}\n1,Roads,Train the drivers of buses,,Complete,,", plan=plan, period="2014-2015")
    Deliverable.objects.filter(code="1-01").update(text_fr="Former")
    answer = signed_in.post(reverse("import_confirm", args=[later.pk]), {"version": later.version})
    assert "Compare the proposal with it again." in answer.content.decode()
    assert "compared with the plan again" in page(signed_in, "import_compare", later.pk, now="1")
    assert "Put posters in every station" in page(signed_in, "import_left_out", later.pk)
    data = {"version": later.frame_version + 1, "shown": ["1-02", "2-01"], "ticked": ["1-02"]}
    assert "Saved." in page(signed_in, "import_left_out", later.pk, **data)
    later.refresh_from_db()
    assert later.frame["not_reported"] == ["1-02"]
    assert "changed this meanwhile" in page(signed_in, "import_left_out", later.pk, **data)


def test_a_dropped_proposal_can_be_seen_and_not_edited(signed_in: Client, proposal: Proposal, by: User) -> None:
    assert "Drop the whole proposal?" in page(signed_in, "import_drop", proposal.pk)
    assert "was dropped" in page(signed_in, "import_drop", proposal.pk, sure="yes")
    assert "dropped this on" in page(signed_in, "import_review", proposal.pk)
    for name in ("import_frame", "import_confirm", "import_drop"):
        assert "can no longer be changed" in page(signed_in, name, proposal.pk)
    assert "can no longer be changed" in page(signed_in, "import_rows", proposal.pk, act="wording")
    assert "can no longer be changed" in page(signed_in, "import_row", proposal.pk, 1, **row_data(proposal, 1))


def queries_of(signed_in: Client, address: str, counting: Callable[..., object]) -> int:
    signed_in.get(address)
    with counting(200) as found:  # type: ignore[attr-defined]
        assert signed_in.get(address).status_code == 200
    return len(found)


def test_pages_ask_the_same_number_of_questions_whatever_the_size(
    signed_in: Client, proposed: Propose, by: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    long = "\n".join([TABLE, *(f"{n % 9},S{n % 9},Do thing {n},,Ongoing,Office {n % 7},yes" for n in range(400))])
    plan = confirmed(made_ready(proposed(), by), by).plan
    small, large = proposed(TABLE, plan=plan, period="2014-2015"), proposed(long, plan=plan, period="2014-2015")
    names = ["review", "frame", "sections", "organisations", "left_out", "confirm", "drop"]
    for name in names:
        few, many = (
            queries_of(signed_in, reverse(f"import_{name}", args=[one.pk]), django_assert_max_num_queries)
            for one in (small, large)
        )
        assert (name, few) == (name, many)
        assert few <= 20
    for row in (reverse("import_row", args=[one.pk, 2]) for one in (small, large)):
        assert queries_of(signed_in, row, django_assert_max_num_queries) <= 20
    assert signed_in.get(reverse("import_review", args=[large.pk])).content.decode().count("<article") == 50
    drop_proposal(by=by, proposal=small)
    assert queries_of(signed_in, reverse("imports"), django_assert_max_num_queries) <= 12
