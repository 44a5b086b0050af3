"""Forms of the desk that hold no word of what was told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy

from palermo.foundation.jurisdictions import jurisdiction
from palermo.foundation.search import folded
from palermo.prosecution.tips.actions.filing import Filed, places
from palermo.prosecution.tips.models import Act, Element, Form, Means, Tip, Urgency

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Label

_NO_CHOICE = {"invalid_choice": gettext_lazy("Choose one of the list.")}


def _one_of(label: Label) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, error_messages=_NO_CHOICE)


def _some_of(
    label: Label, choices: Sequence[tuple[str, Label]], help_text: Label | str = ""
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
        error_messages=_NO_CHOICE,
    )


class FilingForm(forms.Form):
    """Under what a tip is filed: act, means and purpose as the Palermo Protocol defines trafficking, place and days."""

    urgency = _one_of(gettext_lazy("How urgent it is"))
    due_on = forms.DateField(
        label=gettext_lazy("Look at it again by"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Where this is empty, it goes by how urgent it is."),
        error_messages={"invalid": gettext_lazy("This is no day. Write year, month and day, such as 2030-01-31.")},
    )
    form = _one_of(gettext_lazy("What it may be about"))
    acts = _some_of(gettext_lazy("What is done with people"), Act.choices)
    means = _some_of(
        gettext_lazy("By what means"),
        Means.choices,
        gettext_lazy(
            "For anybody under 18, none is needed for it to be trafficking (Palermo Protocol, article 3 (c)). The "
            "Criminal Code asks for none of them as such (sections 279.01, 279.011 and 279.04)."
        ),
    )
    place = _one_of(gettext_lazy("Province or territory"))

    def __init__(
        self, data: Mapping[str, object] | None, tip: Tip, elements: Mapping[str, Collection[str]] | None = None
    ) -> None:
        filed = elements or {}
        initial = {
            "urgency": tip.urgency,
            "due_on": tip.due_on,
            "form": tip.form,
            "acts": list(filed.get(Element.ACT, ())),
            "means": list(filed.get(Element.MEANS, ())),
            "place": tip.place,
        }
        super().__init__(data, initial=initial, auto_id="file-%s")
        named = sorted(
            ((code, jurisdiction(code).name.text) for code in places() if code), key=lambda one: folded(one[1])
        )
        for name, choices in (("urgency", Urgency.choices), ("form", Form.choices), ("place", named)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", gettext_lazy("Not known yet")), *choices]

    def filed(self) -> Filed:
        """What was chosen, once it is valid."""
        said = self.cleaned_data
        return Filed(
            urgency=said["urgency"],
            form=said["form"],
            place=said["place"],
            due_on=said["due_on"],
            acts=frozenset(said["acts"]),
            means=frozenset(said["means"]),
        )


class LinkForm(forms.Form):
    """Which other tip tells of the same event, by what people call it."""

    other = forms.CharField(
        label=gettext_lazy("Code of the other tip"),
        max_length=80,
        help_text=gettext_lazy("As it stands in the list, such as 3F2A 91BC."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data, auto_id="link-%s")
