"""A desk that the public tells, in a house of its own, and what its member reads there.

python -m tests.browser.tips_world desk FILE    makes it, and writes the member's private key to a file elsewhere
python -m tests.browser.tips_world read FILE    prints what that key opens, as JSON
python -m tests.browser.tips_world ask FILE WORDS    asks everybody who has a box
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from uuid import uuid4

import django
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)


def desk(file: Path) -> None:
    """Make the desk and its one member."""
    from tests.prosecution.tips.telling import manned

    at = manned()
    [private] = at.keys.values()
    file.write_bytes(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def read(file: Path) -> None:
    """Print the texts of all messages, and the names and sizes of their files, in the order in which they came."""
    from palermo.prosecution.tips.models import Desk
    from tests.prosecution.tips.telling import Manned

    key = Desk.objects.get().keys.get()
    at = Manned(key.desk, {key.pk: _private(file)})
    told = [(one.texts, [[each.name, len(each.content)] for each in one.files]) for one in at.read(key)]
    sys.stdout.write(json.dumps([{"texts": texts, "files": files} for texts, files in told]))


def ask(words: str) -> None:
    """Ask everybody who has a box, as a member's browser would."""
    from palermo.prosecution.tips import slots
    from palermo.prosecution.tips.envelopes.bundle import Told, packed
    from palermo.prosecution.tips.envelopes.sealing import Author, Bound, seal
    from palermo.prosecution.tips.models import Box, ContentKey, Message
    from palermo.prosecution.tips.queries.load import this_hour

    for box in Box.objects.select_related("tip__desk"):
        bound = Bound(box.tip_id, uuid4(), Author.DESK)
        made = seal(packed(Told({"text": words})), bound, [bytes(box.point)])
        kept = Message.objects.create(
            pk=bound.message,
            tip=box.tip,
            number=box.tip.messages.count() + 1,
            author=Author.DESK,
            by=box.tip.desk.keys.get().user,
            hour=this_hour(),
            bundle=made.bundle,
        )
        assert box.tip.slot_id is not None
        wrapped = slots.seal(slots.key_of(box.tip.slot_id), made.keys[0])
        ContentKey.objects.create(message=kept, wrapped=wrapped)


def _private(file: Path) -> EllipticCurvePrivateKey:
    found = load_der_private_key(file.read_bytes(), None)
    assert isinstance(found, EllipticCurvePrivateKey)
    return found


if __name__ == "__main__":
    django.setup()
    what, path, *words = sys.argv[1:]
    if what == "ask":
        ask(words[0])
    else:
        {"desk": desk, "read": read}[what](Path(path))
