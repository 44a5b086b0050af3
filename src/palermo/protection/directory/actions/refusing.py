"""What people write that tells where a confidential place is, and links by which somebody could find that by trying."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.audit.models import AuditEvent
from palermo.people.queries import by_link
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.hsds.addresses import all_codes_in, codes_in
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.hsds.plain import is_id, readings
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import ProviderLink, Service
from palermo.protection.directory.sealing import SealedError

MOST_CODES = 5
"""So many postal codes at once may be new in what is written through a link."""
MOST_TRIES = 3
"""After so many refusals in a day a link opens nothing any more."""
DAY = timedelta(days=1)
SEALED = Problem((), "sealed", "")
"""Nobody can know what tells a secret, since none can be read."""


def telling(said: Document, patch: Document) -> list[Problem]:
    """Where a service tells where a confidential place is, once it is changed by a patch, or the patch itself does."""
    try:
        secrecy = Secrecy()
    except SealedError:
        return [SEALED]
    own = [Problem(path, "confidential", "service") for path in secrecy.given_away(patch)]
    return list(dict.fromkeys([*own, *secrecy.told([Record("service", said)])]))


def telling_words(words: str) -> list[Problem]:
    """Whether words that are kept beside a change or a referral tell where a confidential place is."""
    try:
        return [Problem((), "confidential_words", "")] if Secrecy().given_away({"words": words}) else []
    except SealedError:
        return [SEALED]


def too_many_codes(before: Mapping[str, Json], patch: Mapping[str, Json]) -> list[Problem]:
    """Whether a patch says so many postal codes at once that one of them may be meant to be found."""
    told, known = list(_readings(patch)), list(_readings(before))

    def new(codes: Callable[[str], set[str]]) -> int:
        return len({one for text in told for one in codes(text)} - {one for text in known for one in codes(text)})

    # Two codes side by side read as up to two more.
    is_many = new(codes_in) > MOST_CODES or new(all_codes_in) > MOST_CODES * 3
    return [Problem((), "many_codes", str(MOST_CODES))] if is_many else []


@transaction.atomic
def note_refusal(*, link: ProviderLink, service: Service) -> bool:
    """Leave a trace of what was refused from a link since it tells a secret; whether the link is withdrawn for it.

    What was written is not kept. By trying again and again somebody could find an address, so that a link is withdrawn
    after a few tries in a day.
    """
    one_at_a_time()
    by = by_link()
    record(by=by, act="directory.refuse", about=link, service=str(service.pk), link=link.pk)
    about = AuditEvent.objects.filter(about_kind=link._meta.label_lower, about_id=str(link.pk))
    if about.filter(act="directory.refuse", at__gt=timezone.now() - DAY).count() < MOST_TRIES:
        return False
    if ProviderLink.objects.filter(pk=link.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now()):
        record(by=by, act="directory.withdraw_link", about=link, organization=str(link.organization_id), link=link.pk)
    return True


def _readings(said: Json) -> Iterator[str]:
    for text in _texts(said):
        yield from readings(text)


def _texts(said: Json) -> Iterator[str]:
    """Every text and every name of a property."""
    if isinstance(said, str) and not is_id(said):
        yield said
    elif isinstance(said, Mapping):
        yield from said
        for one in said.values():
            yield from _texts(one)
    elif isinstance(said, list):
        for one in said:
            yield from _texts(one)
