"""What the finder shows of one service: the few things that somebody needs to reach it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from palermo.foundation.bilingual import Shown, choose
from palermo.foundation.money import written_number
from palermo.protection.directory.for_whom import for_whom, who_helps
from palermo.protection.directory.hsds.at_places import said_at
from palermo.protection.directory.hsds.days import done_on
from palermo.protection.directory.hsds.fitting import language_code, language_names
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.phones import LONGEST, short, without_hours
from palermo.protection.directory.hsds.places import Point, kilometres
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.models import FinderEntry, Organization
from palermo.protection.directory.opening import Opened, opened

TRUSTED = timedelta(days=365)
"""What was last confirmed longer ago than this is said to be uncertain, and stands behind what is about as far."""
ROUND = 5
"""Kilometres to which a distance is told that nobody knows better: what one postal code stands for, or a town."""

NOTHING = Shown("", "en", is_other=False)
NO_VOICE = ("fax", "pager", "tty", "textphone")
"""Kinds of number at which nobody answers by voice."""
TEXTED = ("text", "sms", "texto", "textos")
"""Kinds of number that take text messages alone."""
_TEXT_CODE = re.compile(r"[1-9][0-9]{4,5}")
"""Short numbers that text messages can be sent to, such as 686868."""
_EMAIL = re.compile(r"[^\s@?&]+@[^\s@?&]+")
"""Addresses that a link can hold and that add nothing else to a message."""
_REST = re.compile(r"(?i)\b(?:ext|extension|x|poste|or|ou)\b|[#/,;]|x(?=\d)")
_DIGITS = 6
"""So many digits stand in a number that ends in letters; in fewer, the letters are words."""
_GAP = r"[\s.()\-\u00a0\u2011\u2013]*"
_NUMBER = re.compile(
    rf"\+[0-9](?:{_GAP}[0-9]){{8,14}}"
    rf"|1?{_GAP}[2-9][0-9]{{2}}{_GAP}[0-9]{{3}}(?:{_GAP}[0-9A-Z]){{4}}"
)
"""Numbers with the code of a country, and those of North America, the last four as letters or digits."""
_KEYPAD = {ord(letter): str(key) for key, letters in enumerate(
    ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"), start=2
) for letter in letters}  # fmt: skip
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
_SHORT = re.compile(rf"{_CODE.pattern}|[A-Z]{{2,3}}")
"""What stands in the place of a language's name and is its code, or an abbreviation such as ASL."""
_NO_KEY = re.compile(r"[^0-9+]")


@dataclass(frozen=True)
class Phone:
    """A number as it is written, as a telephone dials it (empty where that is not certain), and what it is for."""

    written: str
    dialled: str
    meaning: Shown
    is_texted: bool = False
    """Whether it takes text messages alone."""

    @property
    def words(self) -> str:
        """What is written on its button: the number, and what to do with it where that is not to call."""
        return _("Send a text to %(number)s") % {"number": self.written} if self.is_texted else self.written


@dataclass(frozen=True)
class ForWorkers:
    """What only those see who lead people to services: what is free, each with its age, and the way to a referral."""

    service: UUID
    beds: tuple[tuple[Shown, str], ...]


@dataclass(frozen=True)
class Card:
    """One service at one place, or by telephone."""

    key: str
    """By which the card of its own is asked for."""
    name: Shown
    organization: Shown
    description: Shown
    who: Shown
    for_whom: str
    """What it says of genders, ages, children and immigration status in fields, in the words of the reader."""
    who_helps: str
    """What it says in fields of those who lead it and work there."""
    alert: Shown
    """What is different at present."""
    phones: tuple[Phone, ...]
    languages: tuple[Shown, ...]
    address: str
    area: Shown
    """Where a confidential place is, as nearly as may be said."""
    is_secret: bool
    """Whether it is at a confidential place, of which perhaps not even an area is known."""
    kilometres: int | None
    is_about: bool
    """Whether its postal code or its town alone says where it is, so that nobody knows how far it is to a kilometre."""
    hours: Opened | None
    """None where it is not said at all when it is open."""
    confirmed_on: date | None
    more: tuple[tuple[str, Shown], ...]
    """What the card of its own says besides: what it is called, and the words. Lists have no room for it."""
    website: str
    email: str
    is_uncertain: bool
    """Whether nobody has confirmed it for long."""
    for_workers: ForWorkers | None = None

    @property
    def has_voice(self) -> bool:
        """Whether somebody can be called."""
        return any(not phone.is_texted for phone in self.phones)

    @property
    def away(self) -> str:
        """How far it is, in words."""
        far = self.kilometres or 0
        if self.is_about:
            return _("about %(km)s km") % {"km": written_number(max(ROUND, round(far / ROUND) * ROUND))}
        return _("%(km)s km") % {"km": written_number(far)} if far else _("less than 1 km")


def text_of(said: Mapping[str, Json], name: str) -> Shown:
    """A text of an entry as the reader sees it; where both languages hold the same, it is French."""
    en, fr = str(said.get(name) or ""), str(said.get(f"{name}{FRENCH}") or "")
    return choose("" if en == fr else en, fr) if en or fr else NOTHING


def card_of(entry: FinderEntry, place: Point | None, now: datetime, *, in_full: bool = False) -> Card:
    """The card of what the finder knows, with its service, visit and organization loaded; `place`: the reader's."""
    service, visit = entry.service, entry.visit
    said = service.document
    organization: Document = service.organization.document if isinstance(service.organization, Organization) else {}
    location: Document = visit.location.document if visit else {}
    own: Document = said_at(said, visit.pk, visit.document) if visit else {}
    is_secret = bool(visit and visit.location.is_confidential)
    area = None if is_secret else _point(entry.area_latitude, entry.area_longitude)
    at = area or _point(entry.latitude, entry.longitude)
    today = timezone.localdate(now)
    confirmed_on, long_ago = done_on(said.get("assured_date"), today), today - TRUSTED
    who = text_of(said, "eligibility_description")
    return Card(
        key=f"{service.pk} {visit.pk if visit else ''}".strip(),
        name=text_of(said, "name"),
        organization=text_of(organization, "name"),
        description=text_of(said, "description"),
        who=who,
        for_whom=for_whom(said, who.text),
        who_helps=who_helps(said),
        alert=text_of(said, "alert"),
        phones=next((found for one in (own, said, location, organization) if (found := tuple(phones_of(one)))), ()),
        languages=languages_of({**location, **said}),
        address=address_of(location),
        area=text_of(location, "area") if is_secret else NOTHING,
        is_secret=is_secret,
        kilometres=round(kilometres(at, place)) if at and place else None,
        is_about=area is not None,
        hours=opened(entry, now) if entry.schedules else None,
        confirmed_on=confirmed_on,
        more=tuple(_more(said, location)) if in_full else (),
        website=_website(said, organization),
        email=_email(said, organization),
        is_uncertain=service.is_missing or confirmed_on is None or confirmed_on < long_ago,
    )


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else Point(latitude, longitude)


def _more(said: Document, location: Document) -> Iterator[tuple[str, Shown]]:
    """What somebody asks before the first visit: how to come in, what it costs, how long it takes, the way there."""
    texts: tuple[tuple[str, Document, str], ...] = (
        (_("How to come in"), said, "application_process"),
        (_("Cost"), said, "fees_description"),
        (_("Waiting time"), said, "wait_time"),
        (_("Interpreters"), said, "interpretation_services"),
        (_("The way there"), location, "transportation"),
    )
    for label, one, name in texts:
        found = text_of(one, name)
        if found.text:
            yield label, found
    for way in _entries(location, "accessibility"):
        if (found := text_of(way, "description")).text:
            yield _("Accessibility"), found


def _website(said: Document, organization: Document) -> str:
    """The page of a service or of its organization, where it is one that a browser may be sent to."""
    found = str(said.get("url") or organization.get("website") or "")
    return found if found.startswith(("https://", "http://")) else ""


def _email(said: Document, organization: Document) -> str:
    """The address of a service or of its organization to which an e-mail can be sent."""
    found = str(said.get("email") or organization.get("email") or "").strip()
    return found if _EMAIL.fullmatch(found) else ""


def languages_of(said: Document) -> tuple[Shown, ...]:
    """The languages of an entry, each once; one that is told by a code alone has the name that it is known by."""
    return tuple(dict.fromkeys(found for one in _entries(said, "languages") if (found := language_of(one)).text))


def language_of(one: Mapping[str, Json]) -> Shown:
    """What a language is called; nothing where there is but a code that is not known."""
    name = text_of(one, "name")
    if name.text and not _SHORT.fullmatch(name.text):
        return name
    code = next((code for key in ("name", "name_fr", "code") if (code := language_code(str(one.get(key) or "")))), "")
    if known := language_names().get(code):
        return choose(known["name"], known["name_fr"])
    named = {key: said for key in ("name", "name_fr") if (said := one.get(key)) and not _CODE.fullmatch(str(said))}
    return text_of(named, "name")


def phones_of(said: Document) -> list[Phone]:
    """The numbers of an entry: those at which somebody answers by voice, then those that take text messages alone."""
    kinds = ((one, str(one.get("type") or "").strip().lower()) for one in _entries(said, "phones"))
    found = [_phone(one, is_texted=kind in TEXTED) for one, kind in kinds if kind not in NO_VOICE]
    return sorted(found, key=lambda phone: phone.is_texted)


def _phone(one: Mapping[str, Json], *, is_texted: bool) -> Phone:
    written, extension = str(one.get("number") or ""), one.get("extension")
    found = str(one.get("e164") or "") or dialled(written)
    if is_texted:
        code = re.sub(r"[\s-]", "", written)
        found = found or (code if _TEXT_CODE.fullmatch(code) else "")
    elif found and isinstance(extension, int | float):
        found += f";ext={int(extension)}"
    return Phone(written, found, text_of(one, "description"), is_texted)


def dialled(written: str) -> str:
    """What a telephone dials for a number as it is written; empty where that is not for certain.

    Letters are those of the keypad. What follows as an extension or a second number is left out, and so are words such
    as “24/7”, and the hyphens of short numbers such as 2-1-1.
    """
    text = without_hours(written)
    if len(text) > LONGEST:
        return ""
    first = _REST.split(text, maxsplit=1)[0].strip(' "').upper()
    if known := short(first):
        return known
    if not _NUMBER.fullmatch(first) or (sum(map(str.isdigit, first)) < _DIGITS and not first.isdigit()):
        return ""
    return _NO_KEY.sub("", first.translate(_KEYPAD))


def address_of(location: Document) -> str:
    """Where somebody goes, on one line; empty where no street address is told."""
    for one in _entries(location, "addresses"):
        if one.get("address_type") == "physical":
            names = ("address_1", "address_2", "city", "state_province", "postal_code")
            return ", ".join(str(one[name]) for name in names if one.get(name))
    return ""


def _entries(said: Document, name: str) -> Iterator[Mapping[str, Json]]:
    found = said.get(name)
    yield from (one for one in (found if isinstance(found, list) else []) if isinstance(one, Mapping))
