"""The small forms by which the directory is kept; the large one is `entry.form`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.protection.directory.hsds.capacity import HOURS, MOST_BEDS, Capacity
from palermo.protection.directory.models import Change, Location

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.functional import _StrPromise as Label

MOST_HOURS = 720
"""Nobody knows for longer than a month how many beds will be free."""

_NUMBERS = {
    "invalid": gettext_lazy("Write a whole number, such as 3."),
    "min_value": gettext_lazy("Write %(limit_value)s or more."),
    "max_value": gettext_lazy("Write %(limit_value)s or less."),
}


def _count(label: Label, most: int, *, least: int = 0, required: bool = True) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=required, widget=widget, error_messages=_NUMBERS
    )


class BedsForm(forms.Form):
    """How many beds or places are free now, of how many, and for how long that is good."""

    available = _count(gettext_lazy("Free now"), MOST_BEDS)
    maximum = _count(gettext_lazy("Of how many"), MOST_BEDS, required=False)
    valid_hours = _count(gettext_lazy("Good for how many hours"), MOST_HOURS, least=1)

    def __init__(self, service: UUID, one: Capacity | None, data: QueryDict | None = None) -> None:
        self.key = one.key if one else ""
        initial = {"maximum": one.maximum if one else None, "valid_hours": round(one.valid_hours) if one else HOURS}
        super().__init__(data, initial=initial, auto_id=f"beds-{service}-{self.key}-%s")

    def clean(self) -> None:
        """No more are free than there are."""
        super().clean()
        free, maximum = self.cleaned_data.get("available"), self.cleaned_data.get("maximum")
        if free is not None and maximum is not None and free > maximum:
            self.add_error("available", ValidationError(_("More are free than there are.")))


class ReasonForm(forms.Form):
    """Why a change is declined or undone."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)

    def __init__(self, change: Change, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id=f"change-{change.pk}-%s")


class AreaForm(forms.Form):
    """What everybody may know of where a place is whose address is hidden."""

    area = forms.CharField(
        label=gettext_lazy("Area that everybody may know, in English"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As widely as is safe and as closely as helps, such as “Hamilton and area”."),
    )
    area_fr = forms.CharField(
        label=gettext_lazy("Area that everybody may know, in French"), max_length=200, required=False
    )

    def __init__(self, place: Location, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={name: place.document.get(name) for name in ("area", "area_fr")})
        if place.is_confidential:
            # Whoever hid it said its area.
            self.fields.clear()


class LinkForm(forms.Form):
    """For whom a link is, and whether changes by it wait."""

    label = forms.CharField(
        label=gettext_lazy("Who is given it"),
        max_length=100,
        help_text=gettext_lazy("A desk or a post, such as “night desk”. Not the name of a person."),
    )
    is_reviewed = forms.BooleanField(
        label=gettext_lazy("Changes made by it wait until a coordinator has looked at them"),
        required=False,
        help_text=gettext_lazy("Confirming never waits, nor does a new number of free beds."),
    )
