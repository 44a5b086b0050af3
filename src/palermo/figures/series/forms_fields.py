"""Fields that the forms of series share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.foundation.bilingual import reader_language, shown
from palermo.people.models import Organisation

LONGEST_TEXT = 4000
_BLANKS = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}$%]")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?")
_FRENCH = re.compile(r"\d+([.,]\d+)?")


def area(label: object, rows: int = 2, hint: object = "") -> forms.CharField:
    """A longer text that may be left out."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=str_lazy(label), required=False, max_length=LONGEST_TEXT, widget=widget, help_text=str_lazy(hint)
    )


def line(label: object, most: int = 300, *, required: bool = False, hint: object = "") -> forms.CharField:
    """A text of one line."""
    return forms.CharField(label=str_lazy(label), required=required, max_length=most, help_text=str_lazy(hint))


def day(label: object, *, required: bool = False, hint: object = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=str_lazy(label), required=required, widget=widget, input_formats=["%Y-%m-%d"], help_text=str_lazy(hint)
    )


def str_lazy(words: object) -> str:
    """Words that may be lazy, for the types of Django's fields."""
    return words  # type: ignore[return-value]


def read_number(text: str) -> Decimal:
    """The number that somebody typed: `56,427`, `56 427` or `56 427,5`, as the language of the page writes it.

    Raises:
        ValidationError: it is none, or could be meant in two ways.
    """
    bare = _BLANKS.sub("", text)
    french = reader_language() == "fr"
    if (_FRENCH if french else _ENGLISH).fullmatch(bare):
        try:
            return Decimal(bare.replace(",", "." if french else ""))
        except InvalidOperation:
            pass
    if bare.startswith("-"):
        raise ValidationError(_("A number is never below zero."))
    raise ValidationError(_("Write a number, such as %(example)s.") % {"example": "1 234,5" if french else "1,234.5"})


class NumberField(forms.CharField):
    """A number as people write it; None where nothing is written."""

    def __init__(self, *, label: object) -> None:
        super().__init__(label=str_lazy(label), required=False, max_length=40)

    def to_python(self, value: object) -> str | None:
        """The text that was typed; `clean` makes a number of it."""
        return super().to_python(value)

    def clean(self, value: object) -> Decimal | None:
        """The number, or None."""
        text = super().clean(value)
        return read_number(text) if text else None


class OrganisationField(forms.ModelChoiceField[Organisation]):
    """An organisation by its name."""

    def __init__(self, *, label: object, queryset: QuerySet[Organisation], required: bool = True) -> None:
        super().__init__(queryset, label=str_lazy(label), required=required, to_field_name="code")

    def label_from_instance(self, obj: Model) -> str:
        """Its name today, in the reader's language."""
        named = obj.named_on() if isinstance(obj, Organisation) else None
        return str(named.full()) if named else str(obj)


class TitledField(forms.ModelChoiceField[Model]):
    """A record with a code and a title in both languages."""

    def __init__(self, *, label: object, queryset: QuerySet[Model], required: bool = True, hint: object = "") -> None:
        super().__init__(
            queryset,
            label=str_lazy(label),
            required=required,
            to_field_name="code",
            help_text=str_lazy(hint),
            empty_label=str_lazy(gettext_lazy("None")),
        )

    def label_from_instance(self, obj: Model) -> str:
        """Its title, in the reader's language."""
        return str(shown(obj, "title"))


def put_faults(form: forms.BaseForm, faults: Iterable[tuple[str, str]]) -> None:
    """Show what an action refused, each at its field; what has none stands above the form."""
    for field, words in faults:
        form.add_error(field if field in form.fields else None, ValidationError(words))
