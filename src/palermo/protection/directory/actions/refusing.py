"""What people write that tells where a confidential place is, and links by which somebody could find that by trying."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.people.queries import by_link
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.actions.waiting import Waiting
from palermo.protection.directory.hsds.addresses import SHORTEST, all_codes_in, codes_in, numbers_in
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.hsds.plain import is_id, plain, readings
from palermo.protection.directory.hsds.points import halves_in
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import Change, ProviderLink, PutAside, Service
from palermo.protection.directory.sealing import SealedError

MOST_CODES = MOST_POINTS = 5
"""So many postal codes, and points of the map, may be new in what is written through a link in a day."""
MOST_HOUSES = 20
"""So many numbers before the same word, as houses of one street have them."""
MOST_NUMBERS = 200
"""So many numbers before any word."""
MOST_TRIES = 3
"""After so many refusals in a day a link opens nothing any more, and no code that could tell is looked at.

Nor is what somebody writes to mend an entry that was put aside.
"""
DAY = timedelta(days=1)
SEALED = Problem((), "sealed", "")
"""Nobody can know what tells a secret, since none can be read."""
_Found = TypeVar("_Found")


def telling(said: Document, patch: Document) -> list[Problem]:
    """Where a service tells where a confidential place is, once it is changed by a patch, or the patch itself does."""
    try:
        secrecy = _known()
    except SealedError:
        return [SEALED]
    own = [Problem(path, "confidential", "service") for path in secrecy.given_away(patch)]
    return list(dict.fromkeys([*own, *secrecy.told([Record("service", said)])]))


def telling_words(words: str) -> list[Problem]:
    """Whether words that are kept beside a change or a referral tell where a confidential place is."""
    try:
        return [Problem((), "confidential_words", "")] if _known().given_away({"words": words}) else []
    except SealedError:
        return [SEALED]


def _known() -> Secrecy:
    """What must not be told, also by what waits."""
    return Secrecy(waiting=Waiting().places())


def telling_code(by: User, code: str) -> list[Problem]:
    """The same of the code of a referral; of whoever was refused often, only such are looked at as can tell nothing."""
    if len(plain(code)) >= SHORTEST and tries_too_often(by):
        return [Problem((), "long_code", str(SHORTEST - 1))]
    return telling_words(code)


def too_many_places(link: ProviderLink, before: Mapping[str, Json], patch: Mapping[str, Json]) -> list[Problem]:
    """Whether so many postal codes, points or civic numbers are new in a day that one may be meant to be found."""
    earlier = list(
        Change.objects.filter(link=link, made_at__gt=timezone.now() - DAY)
        .order_by()
        .values_list("patch", "service__given__document")
    )

    def new(find: Callable[[Json], set[_Found]]) -> set[_Found]:
        fresh = find(patch) - find(before)
        return fresh.union(*(find(said) - find(given) for said, given in earlier)) if fresh else fresh

    numbers = new(_numbers)
    # Two codes side by side read as up to two more.
    is_many = (
        len(new(_codes)) > MOST_CODES
        or len(new(_all_codes)) > MOST_CODES * 3
        or len(new(_halves)) > MOST_POINTS * 2
        or len(numbers) > MOST_NUMBERS
        or max(Counter(words for _number, words in numbers).values(), default=0) > MOST_HOUSES
    )
    return [Problem((), "many_places", "")] if is_many else []


@transaction.atomic
def note_refusal(*, by: ProviderLink | User, service: Service) -> bool:
    """Leave a trace of what was refused since it tells a secret; whether that happened too often in a day.

    What was written is not kept. By trying again and again somebody could find an address, so that a link is withdrawn
    after a few tries in a day.
    """
    one_at_a_time()
    if isinstance(by, User):
        record(by=by, act="directory.refuse", about=by, service=str(service.pk))
        return tries_too_often(by)
    record(by=by_link(), act="directory.refuse", about=by, service=str(service.pk), link=by.pk)
    if not tries_too_often(by):
        return False
    if ProviderLink.objects.filter(pk=by.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now()):
        record(by=by_link(), act="directory.withdraw_link", about=by, organization=str(by.organization_id), link=by.pk)
    return True


@transaction.atomic
def note_refused_mending(*, by: User, aside: PutAside) -> bool:
    """Leave the same trace of what somebody wrote to mend an entry; whether that happened too often in a day."""
    one_at_a_time()
    record(by=by, act="directory.refuse", about=by, entry=str(aside.pk))
    return tries_too_often(by)


def told_by_mending(before: Document, said: Document, written: Iterable[str], secrecy: Secrecy) -> bool:
    """Whether what somebody wrote into an entry tells a secret, by itself or together with what stood there before."""
    own: Document = {"written": list(written)}
    return bool(secrecy.given_away(own) or set(secrecy.given_away(said)).difference(secrecy.given_away(before)))


def tries_too_often(by: ProviderLink | User) -> bool:
    """Whether so much was refused in a day that nothing more is looked at."""
    about = AuditEvent.objects.filter(about_kind=by._meta.label_lower, about_id=str(by.pk))
    return about.filter(act="directory.refuse", at__gt=timezone.now() - DAY).count() >= MOST_TRIES


def _codes(said: Json) -> set[str]:
    return {code for text in _readings(said) for code in codes_in(text)}


def _all_codes(said: Json) -> set[str]:
    return {code for text in _readings(said) for code in all_codes_in(text)}


def _numbers(said: Json) -> set[tuple[str, str]]:
    return {number for text in _readings(said) for number in numbers_in(text)}


def _halves(said: Json) -> set[float]:
    return {half for text in _texts(said) for half in halves_in(text)}


def _readings(said: Json) -> Iterator[str]:
    for text in _texts(said):
        yield from readings(text)


def _texts(said: Json) -> Iterator[str]:
    """Every text and every name of a property; also numbers that stand together, as those of a point do."""
    if isinstance(said, str) and not is_id(said):
        yield said
    if not isinstance(said, Mapping | list):
        return
    yield from said if isinstance(said, Mapping) else ()
    inside = list(said.values()) if isinstance(said, Mapping) else said
    yield " ".join(str(one) for one in inside if isinstance(one, float))
    for one in inside:
        yield from _texts(one)
