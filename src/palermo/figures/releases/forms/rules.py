"""Forms of rules and populations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.figures.releases.actions.rules import Decided
from palermo.figures.releases.models import Population, RuleSet
from palermo.figures.releases.vocabulary import Method
from palermo.foundation.bilingual import reader_language
from palermo.people.models import Organisation

DAY = {"type": "date"}


def one_language(form: forms.BaseForm, *names: str) -> None:
    """Each of these texts in one language at least."""
    for name in names:
        if not (form.cleaned_data.get(f"{name}_en") or form.cleaned_data.get(f"{name}_fr")):
            form.add_error(f"{name}_en", ValidationError(_("Write it in one language at least.")))


def owner_field(owners: Sequence[Organisation]) -> forms.ChoiceField:
    """One of the organisations that somebody prepares for."""
    named = [(one.code, one.named_on()) for one in owners]
    choices = [(code, name.full(reader_language()).text if name else code) for code, name in named]
    return forms.ChoiceField(label=gettext_lazy("Organization"), choices=choices)


class RuleSetForm(forms.ModelForm[RuleSet]):
    """All that a version of a rule set says."""

    class Meta:
        model = RuleSet
        fields: ClassVar = [
            "title_en", "title_fr", "threshold", "hide_zeros", "method", "hide_size", "base", "dominance_largest",
            "dominance_percent", "epsilon", "delta", "decided_on", "decided_by_en", "decided_by_fr", "reason_en",
            "reason_fr",
        ]  # fmt: skip
        labels: ClassVar = {
            "title_en": gettext_lazy("Title, in English"),
            "title_fr": gettext_lazy("Title, in French"),
            "threshold": gettext_lazy("Smallest number that may be shown"),
            "hide_zeros": gettext_lazy("Do not show either that a group is empty"),
            "method": gettext_lazy("What is done about smaller numbers"),
            "hide_size": gettext_lazy("Nobody may even tell that a number left out is too small"),
            "base": gettext_lazy("Round to a multiple of"),
            "dominance_largest": gettext_lazy("Sums: how many of the largest contributors"),
            "dominance_percent": gettext_lazy("Sums: may give at most this share together, in percent"),
            "epsilon": gettext_lazy("Noise: epsilon of one release"),
            "delta": gettext_lazy("Noise: delta of one release"),
            "decided_on": gettext_lazy("Decided on"),
            "decided_by_en": gettext_lazy("Who decided it, in English"),
            "decided_by_fr": gettext_lazy("Who decided it, in French"),
            "reason_en": gettext_lazy("Why, in English"),
            "reason_fr": gettext_lazy("Why, in French"),
        }
        help_texts: ClassVar = {
            "threshold": gettext_lazy("5 means that groups of 1 to 4 are too small."),
            "hide_size": gettext_lazy(
                "Without it, only the exact number is kept from everybody. With it, more numbers are left out."
            ),
            "base": gettext_lazy("Used where numbers are rounded."),
            "epsilon": gettext_lazy("Used for noise and for synthetic records. Smaller protects more."),
            "delta": gettext_lazy(
                "Used for noise, where 0 is pure differential privacy, and for synthetic records, where it is above 0."
            ),
            "decided_by_en": gettext_lazy("Such as a committee. Everybody reads it."),
        }
        widgets: ClassVar = {
            "decided_on": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "reason_en": forms.Textarea(attrs={"rows": 3}),
            "reason_fr": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, object]:
        """One language at least for each text; numbers that protection can work with."""
        values = super().clean() or {}
        one_language(self, "title", "decided_by", "reason")
        if (values.get("dominance_largest") is None) != (values.get("dominance_percent") is None):
            self.add_error("dominance_percent", ValidationError(_("Give both numbers for sums, or neither.")))
        if values.get("method") == Method.SYNTHETIC and values.get("delta") == 0:
            self.add_error("delta", ValidationError(_("Synthetic records need a delta above 0, such as 0.000001.")))
        least = {"threshold": 1, "base": 2, "dominance_largest": 1, "dominance_percent": 1}
        for name, number in least.items():
            given = values.get(name)
            if isinstance(given, int) and given < number:
                self.add_error(name, ValidationError(_("Give %(number)s at least.") % {"number": number}))
        return values

    def decided(self) -> Decided:
        """What was decided."""
        return Decided(**self.cleaned_data)


class NewRuleSetForm(RuleSetForm):
    """The first version of a rule set."""

    code = forms.SlugField(
        label=gettext_lazy("Code"), max_length=60, help_text=gettext_lazy("Small letters, digits and hyphens.")
    )

    def __init__(self, owners: Sequence[Organisation], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["owner"] = owner_field(owners)
        self.order_fields(["code", "owner"])

    def decided(self) -> Decided:
        """What was decided."""
        apart = ("code", "owner")
        return Decided(**{name: value for name, value in self.cleaned_data.items() if name not in apart})


class PopulationForm(forms.ModelForm[Population]):
    """A group over which releases are compared."""

    class Meta:
        model = Population
        fields: ClassVar = ["code", "title_en", "title_fr", "epsilon_limit", "delta_limit"]
        labels: ClassVar = {
            "code": gettext_lazy("Code"),
            "title_en": gettext_lazy("Who or what is in it, in English"),
            "title_fr": gettext_lazy("Who or what is in it, in French"),
            "epsilon_limit": gettext_lazy("Noise: epsilon of all its releases together"),
            "delta_limit": gettext_lazy("Noise: delta of all its releases together"),
        }
        help_texts: ClassVar = {
            "code": gettext_lazy("Small letters, digits and hyphens."),
            "title_en": gettext_lazy("Such as: everybody who was given a permit in 2024."),
        }

    def __init__(self, owners: Sequence[Organisation], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["owner"] = owner_field(owners)

    def clean(self) -> dict[str, object]:
        """A title in one language at least."""
        values = super().clean() or {}
        one_language(self, "title")
        return values
