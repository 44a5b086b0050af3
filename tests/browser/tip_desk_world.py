"""A house with a desk for tips: run with nothing it makes the desk and two members, with words it tells them these."""

from __future__ import annotations

import sys

import django

MEMBERS = ("first-at-desk@example.org", "second-at-desk@example.org")
CANARY = "Quokka-Zanzibar-7741 sleeps in the cellar."

if __name__ == "__main__":
    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP
    from django.contrib.auth.models import AnonymousUser

    from palermo.people.actions import create_account, create_organisation, give_role
    from palermo.people.models import Role
    from palermo.people.queries import command_line
    from palermo.prosecution.tips.actions.desks import set_up_desk
    from palermo.prosecution.tips.actions.sealing_here import seal_and_keep
    from palermo.prosecution.tips.envelopes.bundle import File, Told
    from palermo.prosecution.tips.queries.desks import public_desk
    from tests.browser.people import PASSWORD, SECRET

    if words := " ".join(sys.argv[1:]):
        desk = public_desk(AnonymousUser())
        assert desk is not None
        told = Told({"what": words, "danger": "yes"}, [File("plan.txt", "text/html", b"<b>cellar</b>")])
        seal_and_keep(desk=desk, language="en", told=told, wants_box=True)
    else:
        by = command_line()
        police = create_organisation(code="police", name_en="Example Police", name_fr="Police Exemple", by=by)
        set_up_desk(by=by, organisation=police, is_public=True)
        for number, email in enumerate(MEMBERS, start=1):
            user = create_account(email=email, name=f"Member {number}", password=PASSWORD, by=by)
            give_role(user=user, organisation=police, role=Role.DESK_MEMBER, by=by)
            TOTP.activate(user, SECRET)
