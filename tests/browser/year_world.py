"""Fills the house that a year is walked through: a plan of four promises, and its coordinator."""

from __future__ import annotations

import json

import django

ADDRESS, PLAN, OWNER, FISHERIES, TOURISM = "coordinator@example.org", "harbour", "secretariat", "fisheries", "tourism"
PROMISES = (
    ("H1", FISHERIES, "Inspect fishing boats", "Inspecter les bateaux de pêche"),
    ("H2", FISHERIES, "Train inspectors to listen", "Former les inspectrices et inspecteurs à l’écoute"),
    ("H3", FISHERIES, "Translate the rights of crews", "Traduire les droits des équipages"),
    ("H4", TOURISM, "Brief hotels", "Informer les hôtels"),
)
"""Code, lead, and text in both languages."""


def plan_file() -> bytes:
    """The plan, as a file that Palermo reads."""
    names = {
        OWNER: ("Secretariat", "Secrétariat"),
        FISHERIES: ("Fisheries", "Pêches"),
        TOURISM: ("Tourism", "Tourisme"),
    }
    file = {
        "format": "palermo-plan/1",
        "plan": {
            "code": PLAN,
            "title": {"en": "Harbour plan", "fr": "Plan du port"},
            "jurisdiction": "XX",
            "owner": OWNER,
            "is_invented": True,
        },
        "organisations": [
            {"code": code, "names": [{"name": {"en": en, "fr": fr}}]} for code, (en, fr) in names.items()
        ],
        "deliverables": [
            {
                "code": code,
                "row": row,
                "text": {"en": en, "fr": fr},
                "p": "prevention",
                "due": [{"on": "2023-12-31"}],
                "responsibilities": [{"organisation": lead, "kind": "lead"}],
            }
            for row, (code, lead, en, fr) in enumerate(PROMISES, start=1)
        ],
    }
    return json.dumps(file).encode()


def fill() -> None:
    """Make all of it in an empty house."""
    from palermo.people.actions import create_account, give_role
    from palermo.people.models import Role
    from palermo.people.queries import command_line
    from palermo.plan.planfile import load
    from palermo.plan.register.actions.load_plan import load_plan
    from tests.browser.people import PASSWORD

    by = command_line()
    plan = load_plan(file=load(plan_file()), by=by).plan
    user = create_account(email=ADDRESS, name="Robin Coordinator", password=PASSWORD, by=by)
    give_role(user=user, organisation=plan.owner, role=Role.COORDINATOR, by=by)


def acts() -> list[str]:
    """Every act in the trail, in order, with the code of what it is about where it has one."""
    from palermo.audit.models import AuditEvent

    events = AuditEvent.objects.order_by("number")
    return [" ".join(filter(None, (each.act, each.details.get("code", "")))) for each in events]


if __name__ == "__main__":
    import sys

    django.setup()
    if sys.argv[1:] == ["acts"]:
        json.dump(acts(), sys.stdout)
    else:
        fill()
