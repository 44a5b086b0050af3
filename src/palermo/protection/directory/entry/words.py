"""What stands in an entry, in words that a person reads: the names of its fields, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from babel.dates import format_timedelta
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from palermo.foundation.bilingual import Shown, choose, reader_language
from palermo.foundation.days import long_date, weekday
from palermo.protection.directory.cards import languages_of, text_of
from palermo.protection.directory.entry.week import HOLIDAYS, NOTE, week_of
from palermo.protection.directory.hsds.at_places import CORRECTED
from palermo.protection.directory.hsds.capacity import Capacity, capacities_of
from palermo.protection.directory.hsds.days import day_of
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.hsds.written_hours import DAYS
from palermo.protection.directory.queries.needs import needs
from palermo.protection.directory.queries.service_types import needs_said

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Label

_MONDAY = date(2001, 1, 1)

STATUSES: dict[str, Label] = {
    "active": gettext_lazy("offered"),
    "temporarily closed": gettext_lazy("closed for a while"),
    "inactive": gettext_lazy("not offered at present"),
    "defunct": gettext_lazy("ended for good"),
}
"""Whether a service is there."""

ANSWERS: dict[str, Label] = {
    "": pgettext_lazy("answer", "not said"),
    "yes": pgettext_lazy("answer", "yes"),
    "no": pgettext_lazy("answer", "no"),
}

GENDERS: dict[str, Label] = {
    "women": gettext_lazy("Women"),
    "men": gettext_lazy("Men"),
    "two-spirit": gettext_lazy("Two-Spirit people"),
    "trans": gettext_lazy("Trans people"),
    "non-binary": gettext_lazy("Non-binary people"),
}

TEXTS: dict[str, tuple[Label, Label, Label]] = {
    "name": (gettext_lazy("Name"), gettext_lazy("Name, in English"), gettext_lazy("Name, in French")),
    "description": (
        gettext_lazy("What it offers"),
        gettext_lazy("What it offers, in English"),
        gettext_lazy("What it offers, in French"),
    ),
    "eligibility_description": (
        gettext_lazy("Who may come"),
        gettext_lazy("Who may come, in English"),
        gettext_lazy("Who may come, in French"),
    ),
    "application_process": (
        gettext_lazy("How to come in"),
        gettext_lazy("How to come in, in English"),
        gettext_lazy("How to come in, in French"),
    ),
    "fees_description": (
        gettext_lazy("Cost"),
        gettext_lazy("What it costs, in English"),
        gettext_lazy("What it costs, in French"),
    ),
}
"""What is told in words and can be changed: how it is called, and how in each language."""

FROM_SOURCES: dict[str, Label] = {
    "alternate_name": gettext_lazy("Also called"),
    "alert": gettext_lazy("Important at present"),
    "wait_time": gettext_lazy("Waiting time"),
    "interpretation_services": gettext_lazy("Interpreters"),
    "fees": gettext_lazy("Fees"),
    "accreditations": gettext_lazy("Recognized by"),
    "licenses": gettext_lazy("Licences"),
}
"""Texts that come from sources alone."""

LISTS: dict[str, tuple[Label, str]] = {
    "service_areas": (gettext_lazy("Where it is offered"), "name"),
    "required_documents": (gettext_lazy("What to bring"), "document"),
    "cost_options": (gettext_lazy("Prices"), "option"),
    "contacts": (gettext_lazy("Whom to ask for"), "title"),
    "additional_urls": (gettext_lazy("Further pages"), "url"),
    "funding": (gettext_lazy("Paid for by"), "source"),
}
"""Lists that come from sources alone, and what says most of an entry of each."""

OTHERS: dict[str, Label] = {
    "status": gettext_lazy("Is it offered?"),
    "email": gettext_lazy("E-mail address"),
    "url": gettext_lazy("Website"),
    "languages": gettext_lazy("Languages"),
    "genders": gettext_lazy("For whom"),
    "takes_children": gettext_lazy("People with children may come"),
    "minimum_age": gettext_lazy("Youngest age"),
    "maximum_age": gettext_lazy("Oldest age"),
    "any_immigration_status": gettext_lazy("Immigration status does not matter"),
    "indigenous_led": gettext_lazy("Led by Indigenous people"),
    "community_led": gettext_lazy("Led by the community that it is for"),
    "trauma_informed": gettext_lazy("The people there are trained in what trauma does"),
    "survivor_led": gettext_lazy("Led by people who were trafficked themselves"),
    "phones": gettext_lazy("Telephones"),
    "schedules": gettext_lazy("Hours"),
    CORRECTED: gettext_lazy("In place of what its places say of their own"),
    "capacities": gettext_lazy("Beds and places"),
    "attributes": gettext_lazy("Needs that it answers"),
    "assured_date": gettext_lazy("Confirmed on"),
    "assured_by": gettext_lazy("Confirmed by"),
}
"""The other fields of a service."""

_ORDER = {name: place for place, name in enumerate((*TEXTS, *FROM_SOURCES, *LISTS, *OTHERS))}


def in_order(names: Iterable[str]) -> list[str]:
    """Fields as a page shows them: PostgreSQL keeps no order of what stands in a document."""
    return sorted(names, key=lambda name: (_ORDER.get(name.removesuffix(FRENCH), len(_ORDER)), name))


def label_of(name: str) -> str:
    """What a field is called; its own name where it is none of those known."""
    if name in OTHERS:
        return str(OTHERS[name])
    if name in LISTS:
        return str(LISTS[name][0])
    bare = name.removesuffix(FRENCH)
    if bare in FROM_SOURCES:
        return f"{FROM_SOURCES[bare]} ({_('French') if bare != name else _('English')})"
    return str(TEXTS[bare][2 if bare != name else 1]) if bare in TEXTS else name


def said_in_words(name: str, said: Json) -> list[Shown]:
    """What a field says, in lines; none where it says nothing."""
    if said is None or said in ("", [], {}):
        return []
    if name.removesuffix(FRENCH) in (*TEXTS, *FROM_SOURCES):
        return [_in("fr" if name.endswith(FRENCH) else "en", str(said))]
    if isinstance(said, list):
        return list(_lines(name, said))
    if isinstance(said, bool):
        return [_plain(str(ANSWERS["yes" if said else "no"]))]
    if name == CORRECTED:
        places = said.values() if isinstance(said, Mapping) else ()
        properties = {key for one in places if isinstance(one, Mapping) for key in one}
        return [_plain(label_of(key)) for key in in_order(properties)]
    if name == "status":
        return [_plain(str(STATUSES.get(str(said), said)))]
    if name == "assured_by":
        return [_plain(confirmer(said))]
    if name == "assured_date":
        return [_plain(long_date(day) if (day := day_of(said)) else str(said))]
    return [_plain(_short_number(said) if isinstance(said, int | float) else str(said))]


def _lines(name: str, said: list[Json]) -> Iterator[Shown]:
    entries = [dict(one) for one in said if isinstance(one, Mapping)]
    if name == "genders":
        yield from (_plain(str(GENDERS.get(str(one), one))) for one in said)
    elif name == "phones":
        yield from (phone_in_words(one) for one in entries)
    elif name == "attributes":
        answered = {str(key) for key in needs_said({"attributes": said})}
        yield from (text_of(one, "name") for one in needs() if one["id"] in answered)
    elif name == "languages":
        yield from languages_of({"languages": said})
    elif name == "schedules":
        yield from schedules_in_words(entries)
    elif name == "capacities":
        yield from (_plain(count_in_words(one)) for one in capacities_of({"capacities": said}))
    else:
        text = LISTS[name][1] if name in LISTS else "name"
        told = [found for one in entries if (found := text_of(one, text)).text]
        yield from told or [_plain(_("%(number)s entries") % {"number": len(said)})]


def phone_in_words(one: Document) -> Shown:
    """A number, its extension and what it is for, on one line."""
    number, extension, meaning = str(one.get("number") or ""), one.get("extension"), text_of(one, "description")
    if isinstance(extension, int | float):
        number = _("%(number)s, extension %(extension)s") % {"number": number, "extension": int(extension)}
    if not meaning.text:
        return _plain(number)
    return Shown(f"{number} ({meaning.text})", meaning.language, is_other=meaning.is_other)


def schedules_in_words(schedules: list[Document]) -> Iterator[Shown]:
    """The hours of every week, a day a line; of those that no week can say, how many there are."""
    week = week_of(schedules)
    if week is None:
        yield _plain(_("Hours that follow other rules than those of a week: %(number)s") % {"number": len(schedules)})
        return
    if any(week[day] for day in DAYS):
        for day in DAYS:
            yield _plain(f"{day_name(day)} {week[day] or _('closed')}")
    if week[HOLIDAYS]:
        closed, opened = _("closed on public holidays"), _("open on public holidays")
        yield _plain(closed if week[HOLIDAYS] == "yes" else opened)
    english, french = week[f"{NOTE}_en"], week[f"{NOTE}_fr"]
    if english or french:
        yield choose(english, french)


def day_name(day: str) -> str:
    """The name of a day that iCalendar writes with two letters."""
    return weekday(_MONDAY + timedelta(days=DAYS.index(day)))


def confirmer(said: Json) -> str:
    """Who confirmed a service."""
    words = {"provider": _("the provider"), "coordinator": _("a coordinator")}
    return words.get(str(said or ""), _("the source"))


def count_in_words(one: Capacity) -> str:
    """How many are free, of how many where that is known."""
    said = {"free": one.available, "all": one.maximum}
    return _("%(free)s free") % said if one.maximum is None else _("%(free)s of %(all)s free") % said


def beds_in_words(one: Capacity, now: datetime | None = None) -> str:
    """How many are free and how long ago that was told; where it is too old, that nobody knows."""
    moment = now or timezone.now()
    age = one.age(moment)
    if age is None:
        return _("not known")
    said = {"count": count_in_words(one), "ago": _ago(age)}
    if one.is_known(moment):
        return _("%(count)s, told %(ago)s") % said
    return _("not known any more: it was last told %(ago)s") % said


def unit_in_words(one: Capacity) -> Shown:
    """What is counted."""
    found = text_of(one.unit, "name")
    return found if found.text else _plain(pgettext("unit", "places"))


def _ago(age: timedelta) -> str:
    """Such as “2 hours ago”; less than a minute is one."""
    shown = -max(age, timedelta(minutes=1))
    locale = {"en": "en_CA", "fr": "fr_CA"}[reader_language()]
    return str(format_timedelta(shown, granularity="minute", add_direction=True, threshold=1, locale=locale))


def _short_number(said: float) -> str:
    return str(int(said)) if said == int(said) else str(said)


def _plain(words: str) -> Shown:
    return Shown(words, reader_language(), is_other=False)


def _in(language: str, words: str) -> Shown:
    return choose("", words) if language == "fr" else choose(words, "")
