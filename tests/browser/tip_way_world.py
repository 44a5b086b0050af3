"""A house with two desks of two members each, all of whose keys open with one passphrase."""

from __future__ import annotations

import django

DESKS = {
    "hotline": ("anne@hotline.example", "bilal@hotline.example"),
    "police": ("carla@police.example", "dan@police.example"),
}
PASSPHRASE = "correct horse battery staple"

if __name__ == "__main__":
    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP

    from palermo.commands.sample_tips import locked
    from palermo.people.actions import create_account, create_organisation, give_role
    from palermo.people.models import Role
    from palermo.people.queries import command_line
    from palermo.prosecution.tips.actions.confirming import confirm_key
    from palermo.prosecution.tips.actions.desks import set_up_desk
    from palermo.prosecution.tips.actions.keys import make_key
    from palermo.prosecution.tips.envelopes.sealing import new_private_key, point_of
    from tests.browser.people import PASSWORD, SECRET

    by = command_line()
    for code, emails in DESKS.items():
        named = {"name_en": f"Example {code}", "name_fr": f"Exemple {code}"}
        organisation = create_organisation(code=code, **named, by=by)
        desk = set_up_desk(by=by, organisation=organisation, is_public=code == "hotline")
        first = None
        for email in emails:
            user = create_account(email=email, name=email.split("@")[0].title(), password=PASSWORD, by=by)
            give_role(user=user, organisation=organisation, role=Role.DESK_MEMBER, by=by)
            TOTP.activate(user, SECRET)
            private = new_private_key()
            point = point_of(private.public_key())
            key = make_key(by=user, desk=desk, point=point, lock=locked(private, point, PASSPHRASE))
            if first:
                confirm_key(by=first, key=key, wrapped={})
            first = first or user
