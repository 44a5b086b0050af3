"""Forms that enter and revise numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from palermo.figures.series.actions import DocumentWords, NewObservation, Revision
from palermo.figures.series.forms_fields import NumberField, TitledField, area, day, line
from palermo.figures.series.keys import codes_of
from palermo.figures.series.models import Observation, SourceDocument
from palermo.figures.series.vocabulary import WITHOUT_VALUE, Mark
from palermo.foundation.periods import Period


class SourceForm(forms.Form):
    """Where the numbers stand: a document that is known, or a new one, or none."""

    use_required_attribute = False
    document = TitledField(
        label=gettext_lazy("Document"),
        queryset=SourceDocument.objects.order_by("-published_on", "code"),
        required=False,
        hint=gettext_lazy("If it is not in the list, describe it below."),
    )
    known_on = day(
        gettext_lazy("Known since"),
        hint=gettext_lazy("The day on which the source made the numbers known; without it, the day of the document."),
    )
    title_en = line(gettext_lazy("Title of a new document, in English"))
    title_fr = line(gettext_lazy("Title of a new document, in French"))
    publisher_name = line(gettext_lazy("Who published it"), 200)
    published_on = day(gettext_lazy("Published on"))
    address = line(gettext_lazy("Link to the document"), 500, hint=gettext_lazy("It begins with https."))

    def clean(self) -> dict[str, Any]:
        """Either a known document or a new one."""
        said = super().clean() or {}
        new = [said.get(name) for name in ("title_en", "title_fr", "publisher_name", "published_on", "address")]
        if said.get("document") and any(new):
            self.add_error("document", ValidationError(_("Choose a document or describe a new one, not both.")))
        elif any(new[2:]) and not any(new[:2]):
            self.add_error("title_en", ValidationError(_("Give the title of the new document.")))
        return said

    def new_document(self) -> DocumentWords | None:
        """The new document; None where none is described."""
        said = self.cleaned_data
        if not (said["title_en"] or said["title_fr"]):
            return None
        names = ("title_en", "title_fr", "publisher_name", "published_on", "address")
        return DocumentWords(code=_free_code(said), **{name: said[name] for name in names})


class RowForm(forms.Form):
    """The number of one combination of codes."""

    use_required_attribute = False
    value = NumberField(label=gettext_lazy("Number"))
    mark = forms.ChoiceField(
        label=pgettext_lazy("of a number", "Mark"), choices=Mark.choices, initial=Mark.FINAL, required=False
    )
    page = line(gettext_lazy("Page"), 40)
    footnote_en = line(gettext_lazy("Note, in English"), 2000)
    footnote_fr = line(gettext_lazy("Note, in French"), 2000)

    def __init__(
        self, key: str, words: str, standing: Sequence[Observation], data: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, prefix=f"row-{key}")
        self.key, self.words, self.standing = key, words, standing
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {words}"

    def clean_mark(self) -> str:
        """The mark; final where none was sent."""
        return str(self.cleaned_data["mark"] or Mark.FINAL)

    @property
    def is_given(self) -> bool:
        """Whether there is something to enter."""
        said = self.cleaned_data
        return said.get("value") is not None or said.get("mark") in WITHOUT_VALUE

    def clean(self) -> dict[str, Any]:
        """What belongs to a number has a number."""
        said = super().clean() or {}
        beside = any(said.get(name) for name in ("page", "footnote_en", "footnote_fr"))
        if (
            beside
            and "value" not in self.errors
            and said.get("value") is None
            and said.get("mark") not in WITHOUT_VALUE
        ):
            self.add_error("value", ValidationError(_("Give the number, or say that there is none.")))
        return said

    def observation(self, span: Period, document: SourceDocument | None, known_on: date | None) -> NewObservation:
        """What was written."""
        where: dict[str, Any] = {"document": document, "known_on": known_on, "codes": codes_of(self.key)}
        return NewObservation(span.starts_on, span.ends_on, **self.cleaned_data, **where)


class ReviseForm(forms.Form):
    """What is to stand in place of a number, and why."""

    value = NumberField(label=gettext_lazy("Number"))
    mark = forms.ChoiceField(label=pgettext_lazy("of a number", "Mark"), choices=Mark.choices)
    reason_en = area(gettext_lazy("Why it is revised, in English"))
    reason_fr = area(gettext_lazy("Why it is revised, in French"))
    document = TitledField(
        label=gettext_lazy("Document"),
        queryset=SourceDocument.objects.order_by("-published_on", "code"),
        required=False,
    )
    page = line(gettext_lazy("Page"), 40)
    known_on = day(gettext_lazy("Known since"), hint=gettext_lazy("Without it, today."))
    footnote_en = area(gettext_lazy("Note, in English"))
    footnote_fr = area(gettext_lazy("Note, in French"))

    @classmethod
    def of(cls, one: Observation, typed: str) -> ReviseForm:
        """The form with what stands; `typed` is the value as the reader would write it."""
        names = ("mark", "page", "footnote_en", "footnote_fr")
        said: dict[str, object] = {name: getattr(one, name) for name in names}
        return cls(initial={**said, "value": typed, "document": one.document.code if one.document else None})

    def revision(self) -> Revision:
        """What was written."""
        return Revision(**self.cleaned_data)


def _free_code(said: Mapping[str, Any]) -> str:
    """A code of no document yet, made of the title."""
    base = slugify(said["title_en"] or said["title_fr"])[:50].strip("-_") or "document"
    taken = set(SourceDocument.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := base if n == 1 else f"{base}-{n}") not in taken)
