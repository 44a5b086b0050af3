"""The form by which people change what is told of a service.

It carries what its reader saw. Only what they changed becomes a change, and only that is held against the rules: what
stood there before may be longer or written otherwise than the form would have it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from palermo.foundation.bilingual import Shown
from palermo.protection.directory.cards import text_of
from palermo.protection.directory.entry.checks import faults
from palermo.protection.directory.entry.fields import PARTS, fields_of, initial_of, phone_rows
from palermo.protection.directory.entry.places import AtPlaces
from palermo.protection.directory.entry.values import (
    AGES,
    FLAGS,
    GENDER,
    HOURS,
    LANGUAGES,
    NEEDS,
    PHONES,
    PLAIN,
    PROPERTIES,
    SHORT,
    TEXTS,
    Values,
    are_values,
    in_order,
    merged,
    patch_of,
    plain,
    values_of,
    week_said,
)
from palermo.protection.directory.entry.week import KEYS, written
from palermo.protection.directory.entry.words import label_of, said_in_words
from palermo.protection.directory.hsds.at_places import OWN
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.hsds.written_hours import DAYS
from palermo.protection.directory.models import ServiceAtLocation
from palermo.protection.directory.queries.keeping import needs_besides
from palermo.protection.directory.words import sentence

_FIRST = {
    PHONES: "phone_0_number",
    HOURS: f"hours_{DAYS[0]}",
    PROPERTIES[HOURS]: f"hours_{DAYS[0]}",
    PROPERTIES[NEEDS]: NEEDS,
}
"""Where it is told that something is wrong with what takes several fields."""


class EntryForm(forms.Form):
    """What is told of a service, to be changed."""

    def __init__(
        self, document: Mapping[str, Json], data: QueryDict | None = None, visits: Iterable[ServiceAtLocation] = ()
    ) -> None:
        self._at_places = AtPlaces(document, visits)
        self.document = self._at_places.shown(document)
        self.now = values_of(self.document)
        self._sent = data if data is not None else QueryDict()
        self.rows = phone_rows(self.now, data)
        super().__init__(data, initial={**initial_of(self.now), "seen": json.dumps(self.now)})
        self.fields |= fields_of(self.rows, [name for name in OWN if self._at_places.apart(name)])
        self.seen = self._read_seen()
        self.mine: Values = {}
        self.disagreed: list[str] = []

    @property
    def is_unshown(self) -> bool:
        """Whether the hours that are kept are none that this form can show."""
        return week_said(self.now[HOURS]) is None

    @property
    def kept_hours(self) -> list[Shown]:
        """The hours that are kept, in words."""
        return said_in_words("schedules", self.document.get("schedules"))

    @property
    def own_phones(self) -> list[tuple[Shown, list[Shown]]]:
        """Places with telephones of their own that the form does not show, and which."""
        return self._at_places.apart("phones")

    @property
    def own_hours(self) -> list[tuple[Shown, list[Shown]]]:
        """The same of hours."""
        return self._at_places.apart("schedules")

    @property
    def stands_now(self) -> list[tuple[str, list[Shown]]]:
        """What somebody else wrote meanwhile where its writer wrote something else."""
        return [(label_of(_property(name)), self._now_in_words(name)) for name in self.disagreed]

    @property
    def phones(self) -> list[list[forms.BoundField]]:
        """The fields of each telephone."""
        return [[self[f"phone_{row}_{part}"] for part in PARTS] for row in range(self.rows)]

    @property
    def texts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each text."""
        return [(self[f"{name}_en"], self[f"{name}_fr"]) for name in TEXTS]

    @property
    def needs_besides(self) -> list[Shown]:
        """Needs that it answers by what its source calls it; they follow from that, and are none to be ticked."""
        return [text_of(one, "name") for one in needs_besides(self.document)]

    @property
    def flags(self) -> list[forms.BoundField]:
        """The fields that are yes, no or not said."""
        return [self[name] for name in FLAGS]

    @property
    def week(self) -> list[forms.BoundField]:
        """The fields of the hours."""
        return [self[f"hours_{key}"] for key in KEYS]

    def clean(self) -> None:
        """Right as far as it was changed."""
        super().clean()
        self.mine = self._values()
        changed = sorted(name for name in self.mine if self.mine[name] != self.seen.get(name))
        for name in changed:
            for field, words in faults(name, self.mine, self._rows()):
                self.add_error(field, ValidationError(words))
        if not (self.mine["name_en"] or self.mine["name_fr"]):
            self.add_error("name_en", ValidationError(_("Write the name in one language at least.")))
        if self._keeps_hours() and any(self._week()):
            words = _("Tick this to save the hours that you wrote, or take them away.")
            self.add_error("replace_hours", ValidationError(words))

    def patch(self) -> Document | None:
        """The merge patch of what was changed; None where somebody else changed the same to something else meanwhile.

        Then the form says both, and what it sends next stands over what it shows.
        """
        result, self.disagreed = merged(self.seen, self.mine, self.now)
        if not self.disagreed:
            found = patch_of(self.document, result)
            return {**found, **self._at_places.unsaid(found, [name for name in OWN if self._is_instead(name)])}
        shown = {**self.seen, **{name: self.now[name] for name in self.disagreed}}
        self.data = data = self._sent.copy()
        data["seen"] = json.dumps(shown)
        for name in self.disagreed:
            self.add_error(_FIRST.get(name, name), ValidationError(_("Somebody else changed this in the meantime.")))
        return None

    def leaves_some(self, patch: Document) -> bool:
        """Whether places go on saying something of their own that the patch changes for the service."""
        return self._at_places.still_stand(patch)

    def _is_instead(self, name: str) -> bool:
        return bool(self.cleaned_data.get(f"instead_{name}"))

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say what cannot be told so, beside the fields where it was written."""
        for problem in problems:
            name = self._field_of(str(problem.path[0])) if problem.path else None
            words = sentence(replace(problem, path=()) if name else problem)
            self.add_error(name, ValidationError(words))

    def _field_of(self, name: str) -> str | None:
        """The field by which a property of a service is changed."""
        bare = name.removesuffix(FRENCH)
        texts = {one: f"{bare}_{'en' if bare == name else 'fr'}" for one in (name,) if bare in TEXTS}
        found = texts.get(name) or _FIRST.get(name, name)
        return found if found in self.fields else None

    def _now_in_words(self, name: str) -> list[Shown]:
        key = _property(name)
        said = str(self.now[name]) if key.removesuffix(FRENCH) in TEXTS else self.document.get(key)
        return said_in_words(key, said)

    # -- What was seen and what was written --------------------------------------------------------

    def _read_seen(self) -> Values:
        try:
            said = json.loads(self.data.get("seen") or "")
        except (ValueError, RecursionError):
            return self.now
        return said if isinstance(said, dict) and are_values(said) else self.now

    def _text(self, name: str, *, is_short: bool = True) -> str:
        return plain(str(self.cleaned_data.get(name) or ""), is_short=is_short)

    def _values(self) -> Values:
        found: Values = {
            f"{name}_{language}": self._text(f"{name}_{language}", is_short=name in SHORT)
            for name in TEXTS
            for language in ("en", "fr")
        }
        found |= {name: self._text(name) for name in (*PLAIN, *FLAGS)}
        found |= {name: self._text(name).replace(",", ".") for name in AGES}
        found["url"] = _with_scheme(str(found["url"]))
        found |= {name: in_order(name, self.cleaned_data.get(name) or []) for name in (LANGUAGES, GENDER, NEEDS)}
        found[PHONES] = [self._phone(row) for row in self._rows()]
        found[HOURS] = self.seen.get(HOURS, "") if self._keeps_hours() else self._week()
        return found

    def _phone(self, row: int) -> list[str]:
        return [self._text(f"phone_{row}_{part}") for part in PARTS]

    def _rows(self) -> list[int]:
        """The rows in which a telephone stands."""
        return [row for row in range(self.rows) if any(self._phone(row)[1:])]

    def _week(self) -> list[str]:
        texts = {key: self._text(f"hours_{key}") for key in KEYS}
        return [written(text) if key in DAYS else text for key, text in texts.items()]

    def _keeps_hours(self) -> bool:
        """Whether hours that this form could not show stay as they are."""
        return week_said(self.seen.get(HOURS, [])) is None and not self.cleaned_data.get("replace_hours")


def _property(name: str) -> str:
    """The property of a service that a field of the form changes."""
    bare, _under, language = name.rpartition("_")
    if bare in TEXTS and language in {"en", "fr"}:
        return f"{bare}{FRENCH}" if language == "fr" else bare
    return PROPERTIES.get(name, name)


def _with_scheme(address: str) -> str:
    """An address as a browser takes it; people leave its beginning out."""
    return address if not address or ":" in address or " " in address else f"https://{address}"
