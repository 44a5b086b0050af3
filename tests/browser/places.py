"""Every page of the site in every state that looks different, with who may see it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import override

from palermo.figures.releases.models import Release
from palermo.figures.series.models import Observation
from palermo.plan.imports.models import Proposal
from palermo.plan.recommendations.models import Recommendation
from palermo.plan.register.models import Deliverable
from palermo.plan.returns.models import Proof, Return
from palermo.prosecution.tips.models import State, Tip
from palermo.protection.directory.models import Intake, PutAside, Referral, ServiceAtLocation
from tests.browser import directory_world

EVERYBODY, COORDINATORS, TWO_STEP_PEOPLE = "everybody", "coordinators", "people with two steps"
READERS = "readers"
"""Have an account, and no role that opens the pages for work."""
LARGE, LONG, EMPTY, CHANGING = "ca-2012", "example-long", "example-empty", "example-country-2023"
PERIOD = "2013-2014"
FIGURES = "test-permits"
"""A series with everything that a page can show; `-empty` and `-old` behind it are others."""
DESK = "/work"
"""Where the pages for work begin, after the language."""


def all_places() -> list[dict[str, str]]:
    """Each page as name of its address, who sees it, and its path without the language in front."""
    with override("en"):
        work = [*_register_work(), *_report_work(), *_import_work(), *_account(), *_returns(), *_directory(), *_tips()]
        found = [*_public(), *_figures(), *_releases(), *work]
    return [{"name": name, "who": who, "path": path.removeprefix("/en")} for name, who, path in found]


Found = Iterator[tuple[str, str, str]]


def _place(name: str, *parts: object, query: str = "", who: str = EVERYBODY) -> tuple[str, str, str]:
    return name, who, reverse(name, args=parts) + query


def _public() -> Found:
    for name in ("home", "find_help", "plans", "organisations", "methods", "downloads", "accessibility", "reports"):
        yield _place(name)
    for name in ("tell", "tell_box", "tell_protected"):
        yield _place(name)
        yield _place(f"{name}_in", "es")
    yield _place("api_guide")
    yield _place("compare")
    yield _place("compare", query=f"?plans={LARGE}&plans={CHANGING}&plans=example-city-2024&plans={LONG}")
    for words in ("", "?q=training", "?q=xyzzyplugh", "?q=" + "Interdepartmental" * 10):
        yield _place("search", query=words)
    for plan in (LARGE, LONG, EMPTY, CHANGING, "example-city-2021"):
        yield _place("plan", plan)
        yield _place("plan_deliverables", plan)
    yield _place("plan", LARGE, query="?period=2012-2013")
    yield _place("plan_deliverables", LARGE, query="?status=ongoing&p=prevention&q=training")
    yield _place("plan_deliverables", LARGE, query="?status=not_started")
    yield _place("plan_deliverables", LARGE, query="?page=2")
    yield _place("plan_periods", LARGE)
    yield _place("plan_periods", CHANGING, query="?show=all")
    yield _place("plan_periods", EMPTY)
    for plan in (LARGE, CHANGING, LONG, EMPTY):
        yield _place("plan_tracker", plan)
    yield _place("plan_tracker", CHANGING, query="?show=lacking")
    yield _place("section", LARGE, "1")
    yield _place("section", LARGE, "1.11")
    yield _place("section", LONG, "L1")
    for plan, code in ((LARGE, "1.11-01"), (LONG, "L1-01"), (LONG, "L1-02"), (CHANGING, _with_most_history())):
        yield _place("deliverable", plan, code)
    yield _place("organisation", "rcmp")
    yield _place("organisation", "ministry-of-length")
    yield _place("measures")
    for code in ("deliverables", "deliverables_by_section", "deliverables_by_organisation", "money_spent"):
        yield _place("measure", code)
    yield _place("measure", "deliverables", query=f"?plan={LARGE}&period={PERIOD}")
    yield _place("measure", "deliverables", query="?plan=nowhere")
    for number in (1, 2):
        yield _place("edition", LARGE, PERIOD, number)
    yield _place("edition", LONG, "2021-2022", 1)
    yield _place("edition", CHANGING, "2024", 1)
    yield _place("edition_accounts", CHANGING, "2024", 1)
    yield _place("edition_accounts", LARGE, PERIOD, 1)
    yield _place("edition_chart", LARGE, PERIOD, 2)
    yield _place("edition_chart", LARGE, PERIOD, 2, query="?page=2")


def _releases() -> Found:
    """Releases that are published, some that wait, and one that stopped over mistakes in its records."""
    waiting, draft = (Release.objects.filter(state=state)[0] for state in ("submitted", "draft"))
    made_up = Release.objects.get(synthetic__is_published=True)
    compared = Release.objects.get(synthetic__is_published=False)
    published = Release.objects.filter(state="published", synthetic=None)[0]
    yield _place("release", made_up.identifier)
    yield _place("releases")
    yield _place("release", published.identifier)
    yield _place("release", published.identifier, query="?table=2")
    for name in ("release_desk", "release_begin", "rule_sets", "rule_set_add", "population_add"):
        yield _place(name, who=COORDINATORS)
    yield _place("rule_set", published.rule_set.code, who=COORDINATORS)
    yield _place("population", published.population.code, who=COORDINATORS)
    for number in (published.pk, made_up.pk, compared.pk, waiting.pk, draft.pk):
        yield _place("release_work", number, who=COORDINATORS)
    yield _place("release_losses", waiting.pk, who=COORDINATORS)
    yield _place("release_table", waiting.pk, 1, who=COORDINATORS)
    for name in ("release_change", "release_records", "release_columns", "release_tables"):
        yield _place(name, draft.pk, who=COORDINATORS)
    yield _place("release_column", draft.pk, 2, who=COORDINATORS)


def _figures() -> Found:
    yield _place("figures")
    for query in ("?q=xyzzyplugh", "?show=retired"):
        yield _place("figures", query=query)
    yield _place("figures_added", query=f"?series={FIGURES}&series={FIGURES}-empty&from=2012-04-01&to=2013-03-31")
    for code in (FIGURES, f"{FIGURES}-empty", f"{FIGURES}-old"):
        yield _place("series", code)
    yield _place("series", FIGURES, query="?known=2013-12-31&by=none")
    first, *_others = Observation.objects.filter(series__code=FIGURES).order_by("pk").values_list("pk", flat=True)
    yield _place("number", first)
    for name in ("work_figures", "series_define", "code_lists", "work_sums"):
        yield _place(name, who=COORDINATORS)
    yield _place("code_list", f"{FIGURES}-sex", who=COORDINATORS)
    for name in ("series_edit", "series_enter", "series_retire"):
        yield _place(name, FIGURES, who=COORDINATORS)
    yield _place("series_retire", f"{FIGURES}-old", who=COORDINATORS)
    yield _place("number_revise", first, who=COORDINATORS)
    for code in (FIGURES, f"{FIGURES}-empty"):
        yield _place("series_take_in", code, who=COORDINATORS)
        yield _place("series_take_in_preview", code, who=COORDINATORS)


def _with_most_history() -> str:
    """A deliverable of the plan that has the most to tell: revised dates, lineage, money, evidence."""
    deliverables = Deliverable.objects.filter(plan__code=CHANGING, due_dates__revision__gt=0)
    return deliverables.order_by("position")[0].code


def _register_work() -> Found:
    yield _place("work", who=COORDINATORS)
    yield _place("deliverable_edit", LARGE, "1.11-01", who=COORDINATORS)
    yield _place("deliverable_edit", LONG, "L1-01", who=COORDINATORS)
    yield _place("organisation_rename", "ministry-of-length", who=COORDINATORS)


def _report_work() -> Found:
    yield _place("report_desk", who=COORDINATORS)
    for plan, period in ((LARGE, PERIOD), (LONG, "2021-2022")):
        for name in ("report_period", "report_preview", "report_publish"):
            yield _place(name, plan, period, who=COORDINATORS)
    yield _place("narrative_edit", LARGE, PERIOD, "foreword", who=COORDINATORS)
    yield _place("narrative_edit", CHANGING, "2024", "empowerment", who=COORDINATORS)
    for name in ("report_period", "report_fill", "report_sources", "report_preview"):
        yield _place(name, CHANGING, "2024", who=COORDINATORS)
    for name in ("report_fill", "report_sources"):
        yield _place(name, LARGE, PERIOD, who=COORDINATORS)
    yield _place("narrative_edit", LARGE, PERIOD, "conclusion", who=COORDINATORS)


def _import_work() -> Found:
    yield _place("imports", who=COORDINATORS)
    yield _place("import_upload", who=COORDINATORS)
    doubts, changes, strange, confirmed, dropped = Proposal.objects.order_by("pk").values_list("pk", flat=True)
    for number in (doubts, changes, confirmed, dropped):
        yield _place("import_review", number, who=COORDINATORS)
    yield _place("import_review", doubts, query="?show=dropped", who=COORDINATORS)
    yield _place("import_headers", strange, who=COORDINATORS)
    for name in ("import_frame", "import_sections", "import_organisations", "import_confirm", "import_drop"):
        yield _place(name, doubts, who=COORDINATORS)
        yield _place(name, changes, who=COORDINATORS)
    yield _place("import_row", doubts, 1, who=COORDINATORS)
    yield _place("import_row", doubts, 2, who=COORDINATORS)
    yield _place("import_row", confirmed, 1, who=COORDINATORS)
    yield _place("import_section", doubts, 1, who=COORDINATORS)
    yield _place("import_organisation", doubts, 1, who=COORDINATORS)
    yield _place("import_left_out", changes, who=COORDINATORS)


def _directory() -> Found:
    """Services and help, as those see them who keep them: with an account, and by a link."""
    shelter, office = directory_world.shelter(), directory_world.office()
    for query in ("", "?q=xyzzyplugh", "?show=due", "?show=missing"):
        yield _place("directory_services", query=query, who=COORDINATORS)
    yield _place("directory_changes", who=COORDINATORS)
    yield _place("directory_organization", shelter.organization_id, who=COORDINATORS)
    for one in (shelter, office):
        yield _place("directory_service", one.pk, who=COORDINATORS)
        yield _place("directory_service_change", one.pk, who=COORDINATORS)
    open_places = ServiceAtLocation.objects.filter(location__is_confidential=False)
    there = open_places.order_by("pk").values_list("service", "location")[0]
    yield _place("directory_hide_address", *there, who=COORDINATORS)
    yield _place("directory_intakes", who=COORDINATORS)
    for intake in Intake.objects.order_by("pk"):
        yield _place("directory_intake", intake.pk, who=COORDINATORS)
    yield _place("directory_aside", who=COORDINATORS)
    for aside in PutAside.objects.order_by("number"):
        yield _place("directory_aside_one", aside.pk, who=COORDINATORS)
    for query in ("", "?show=merged"):
        yield _place("directory_alike", query=query, who=COORDINATORS)
    yield _place("directory_refer", shelter.pk, who=COORDINATORS)
    yield _place("directory_referrals", who=COORDINATORS)
    yield _place("directory_referral", Referral.objects.get().pk, who=COORDINATORS)
    for query in ("", "?said=waits"):
        yield _place("provider_services", directory_world.TOKEN, query=query)
    yield _place("provider_service_change", directory_world.TOKEN, shelter.pk)


def _tips() -> Found:
    """The desk, before the key is unlocked; what is seen after that, `test_tip_desk.py` judges."""
    for name in ("tips", "tips_keys", "tips_call"):
        yield _place(name, who=TWO_STEP_PEOPLE)
    for tip in Tip.objects.filter(desk__organisation__code="ministry-of-length"):
        yield _place("tips_one", tip.pk, who=TWO_STEP_PEOPLE)
        yield _place("tips_hand", tip.pk, who=TWO_STEP_PEOPLE)
        if tip.state == State.ERASED:
            yield _place("tips_erased", tip.pk, who=TWO_STEP_PEOPLE)
    yield _place("tips", query="?show=due", who=TWO_STEP_PEOPLE)


def _account() -> Found:
    for name in ("login", "logout", "signup", "reset_password", "reset_password_done", "inactive"):
        who = COORDINATORS if name == "logout" else EVERYBODY
        yield _place(f"account_{name}", who=who)
    yield _place("account_email_verification_sent")
    yield _place("account_reset_password_from_key_done")
    yield _place("account_change_password", who=COORDINATORS)
    yield _place("account_email", who=COORDINATORS)
    yield _place("mfa_index", who=COORDINATORS)
    for name in ("mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"):
        yield _place(name, who=COORDINATORS)
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_reauthenticate"):
        yield _place(name, who=TWO_STEP_PEOPLE)
    yield _place("account_reauthenticate", who=TWO_STEP_PEOPLE)


def _returns() -> Found:
    """The yearly cycle, by the person who has every role."""
    gathered = Return.objects.filter(cycle__period__gathering="open", cycle__period__plan__code=CHANGING)
    number = gathered.get(deliverable__code="E2.1.1").pk
    for name in ("returns", "cycles", "assessments", "people", "preferences", "hand_over", "recommendation_desk"):
        yield _place(name, who=COORDINATORS)
    for group in ("to_write", "to_clear", "done", "missed"):
        yield _place("returns", query=f"?show={group}", who=COORDINATORS)
    for name in ("return", "return_history", "return_evidence_add"):
        yield _place(name, number, who=COORDINATORS)
    desk = ("examplia-justice", CHANGING, "2025")
    yield _place("returns_sheet", *desk, who=COORDINATORS)
    yield _place("returns_sheet_preview", *desk, who=COORDINATORS)
    yield _place("deliverable_history", CHANGING, "E2.1.1", who=COORDINATORS)
    yield _place("evidence_one", Proof.objects.order_by("pk")[0].code, who=COORDINATORS)
    for name in ("cycle", "cycle_change", "cycle_accept", "cycle_close", "cycle_reopen", "assessment_list"):
        yield _place(name, CHANGING, "2025", who=COORDINATORS)
    yield _place("assess", CHANGING, "2025", "PC1.1.1", who=COORDINATORS)
    yield _place("cycle_open", "example-city-2024", who=COORDINATORS)
    yield _place("cycle_rules", CHANGING, who=COORDINATORS)
    yield _place("people_of", "examplia-justice", who=COORDINATORS)
    for name in ("reminders", "reminders_ahead", "reminders_sent"):
        yield _place(name, who=COORDINATORS)
    yield _place("recommendation_add", CHANGING, who=COORDINATORS)
    yield _place("recommendation_edit", Recommendation.objects.order_by("pk")[0].pk, who=COORDINATORS)
    yield _place("recommendations")
    yield _place("deliverable_indicators", CHANGING, "PT1.1.1", who=COORDINATORS)
    yield _place("section_indicators", CHANGING, "PT1", who=COORDINATORS)
    yield _place("plan_moved", CHANGING)
    yield _place("plan_survivors", CHANGING)
    for plan in ("example-city-2024", LARGE):
        yield _place("plan_promised", plan)
    for plan in ("example-city-2024", "example-city-2021", "example-city-2017", CHANGING):
        yield _place("succession", plan, who=COORDINATORS)
    yield _place("succession_begin", "example-city-2021", who=COORDINATORS)
    yield _place("invitation", "of-nobody")
