"""The fields of the form of a service."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.foundation.search import folded
from palermo.protection.directory.cards import text_of
from palermo.protection.directory.entry.values import (
    AGES,
    FLAGS,
    GENDER,
    HOURS,
    LANGUAGES,
    NEEDS,
    PHONES,
    SHORT,
    TEXTS,
    Values,
    week_said,
)
from palermo.protection.directory.entry.week import HOLIDAYS, KEYS, NOTE
from palermo.protection.directory.entry.words import ANSWERS, GENDERS, OTHERS, STATUSES, day_name
from palermo.protection.directory.entry.words import TEXTS as TEXT_LABELS
from palermo.protection.directory.hsds import fitting
from palermo.protection.directory.hsds.written_hours import DAYS
from palermo.protection.directory.queries.needs import needs

ROWS = 3
"""So many telephones there is room for, and for one more than there are."""
MOST_ROWS = 40
PARTS = ("id", "number", "en", "fr")
"""What a row of a telephone consists of."""
_INSTEAD = {
    "phones": gettext_lazy("Put the telephones above in place of those"),
    "schedules": gettext_lazy("Put the hours below in place of those"),
}


def phone_rows(now: Values, data: Mapping[str, object] | None) -> int:
    """How many telephones the form has room for; as many as were sent, where it was sent."""
    sent = sum(f"phone_{row}_number" in data for row in range(MOST_ROWS)) if data else 0
    return max(ROWS, len(now[PHONES]) + 1, sent)


def fields_of(rows: int, apart: Collection[str] = ()) -> dict[str, forms.Field]:
    """Every field of the form, in the order of the page; `apart`: what places say of their own besides."""
    found: dict[str, forms.Field] = {"seen": forms.CharField(required=False, strip=False, widget=forms.HiddenInput)}
    found |= dict(_texts())
    found["status"] = forms.ChoiceField(label=OTHERS["status"], choices=list(STATUSES.items()))
    found[NEEDS] = _needs()
    found |= dict(_phones(rows))
    found["email"] = _line(str(OTHERS["email"]), kind="email")
    found["url"] = _line(str(OTHERS["url"]), kind="url", hint=_("Such as https://example.org"))
    found |= dict(_for_whom())
    found |= dict(_hours())
    found |= {f"instead_{name}": forms.BooleanField(label=_INSTEAD[name], required=False) for name in apart}
    return found


def initial_of(now: Values) -> dict[str, object]:
    """What the fields say of a service, by their names."""
    found: dict[str, object] = {name: said for name, said in now.items() if name not in (PHONES, HOURS)}
    for row, said in enumerate(now[PHONES]):
        found |= {f"phone_{row}_{part}": text for part, text in zip(PARTS, said, strict=True)}
    week = week_said(now[HOURS])
    found |= {f"hours_{key}": week[key] for key in KEYS} if week else {}
    return found


def _line(label: str, *, kind: str = "text", hint: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"type": kind} if kind == "text" else {"inputmode": kind})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def _texts() -> Iterator[tuple[str, forms.Field]]:
    for name in TEXTS:
        for place, language in enumerate(("en", "fr"), start=1):
            label = str(TEXT_LABELS[name][place])
            area = forms.Textarea(attrs={"rows": 3, "lang": language})
            widget = forms.TextInput(attrs={"lang": language}) if name in SHORT else area
            hint = _("A name that is the same in both languages stands in French alone.") if name == "name" else ""
            yield (
                f"{name}_{language}",
                forms.CharField(label=label, help_text=hint if place == 1 else "", required=False, widget=widget),
            )


def _needs() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=OTHERS["attributes"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(one["id"]), text_of(one, "name").text) for one in needs()],
        help_text=_("People look for help by these. Tick all that it helps with."),
    )


def _phones(rows: int) -> Iterator[tuple[str, forms.Field]]:
    for row in range(rows):
        hint = _("An extension stands behind it, such as 506-555-0100 #7.") if row == 0 else ""
        yield f"phone_{row}_id", forms.CharField(required=False, widget=forms.HiddenInput)
        yield f"phone_{row}_number", _line(_("Telephone number %(n)s") % {"n": row + 1}, kind="tel", hint=hint)
        yield f"phone_{row}_en", _line(_("What it is for, in English"))
        yield f"phone_{row}_fr", _line(_("What it is for, in French"))


def _for_whom() -> Iterator[tuple[str, forms.Field]]:
    names = [(str(one["code"]), text_of({**one}, "name").text) for one in fitting.languages()]
    in_their_order = sorted(names, key=lambda one: folded(one[1]))
    boxes = forms.CheckboxSelectMultiple
    yield (
        LANGUAGES,
        forms.MultipleChoiceField(
            label=OTHERS[LANGUAGES],
            required=False,
            widget=boxes,
            choices=in_their_order,
            help_text=_("In which people there can speak with somebody themselves, without an interpreter."),
        ),
    )
    yield (
        GENDER,
        forms.MultipleChoiceField(
            label=OTHERS[GENDER],
            required=False,
            widget=boxes,
            choices=list(GENDERS.items()),
            help_text=_("Leave all of them empty where everybody may come."),
        ),
    )
    for name in AGES:
        yield name, _line(str(OTHERS[name]), kind="numeric", hint=_("In years. Leave it empty where there is none."))
    for name in FLAGS:
        yield name, _answer(str(OTHERS[name]))


def _answer(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=list(ANSWERS.items()))


def _hours() -> Iterator[tuple[str, forms.Field]]:
    label = _("Put the hours below in place of those that are kept")
    yield "replace_hours", forms.BooleanField(label=label, required=False)
    for day in DAYS:
        yield f"hours_{day}", _line(day_name(day))
    yield f"hours_{HOLIDAYS}", _answer(_("Closed on public holidays"))
    yield f"hours_{NOTE}_en", _line(_("Words about the hours, in English"))
    yield f"hours_{NOTE}_fr", _line(_("Words about the hours, in French"))
