"""A house with two desks of two members each, all of whose keys open with one passphrase.

Run with words, it tells the first desk these, with a name, a picture that says where it was taken, and a text.
"""

from __future__ import annotations

import base64
import sys

import django

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=="
)
SAID_BESIDES = b"\x00\x00\x00\x12tEXtComment\x00gate north\x00\x00\x00\x00"
"""A chunk of a picture that says where it was taken; nobody here reads its sum."""
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
    from palermo.prosecution.tips.actions.sealing_here import seal_and_keep
    from palermo.prosecution.tips.envelopes.bundle import File, Told
    from palermo.prosecution.tips.envelopes.sealing import new_private_key, point_of
    from palermo.prosecution.tips.models import Desk
    from tests.browser.people import PASSWORD, SECRET

    by = command_line()
    if words := " ".join(sys.argv[1:]):
        files = [
            File("gate-north.png", "image/png", PIXEL[:33] + SAID_BESIDES + PIXEL[33:]),
            File("plates.txt", "text/plain", b"ABC 123"),
        ]
        told = Told({"what": words, "name": "Ms. Bandicoot"}, files)
        seal_and_keep(desk=Desk.objects.get(is_public=True), language="en", told=told, wants_box=False)
        sys.exit()
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
