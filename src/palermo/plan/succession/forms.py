"""Forms of a plan that follows, each for one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.foundation.bilingual import shown
from palermo.plan.register.models import Deliverable, Plan
from palermo.plan.register.vocabulary import LineageKind
from palermo.plan.succession.actions.begin import Head
from palermo.plan.succession.actions.link import Why

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Label


def _day(label: Label, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


class BeginForm(forms.Form):
    """What is said of the plan that follows."""

    code = forms.SlugField(
        label=gettext_lazy("Code of the new plan"),
        max_length=60,
        help_text=gettext_lazy(
            "Letters, digits and hyphens. It stands in every address of the plan and never changes."
        ),
    )
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=300)
    title_fr = forms.CharField(label=gettext_lazy("Title in French"), max_length=300)
    starts_on = _day(gettext_lazy("First day"))
    ends_on = _day(gettext_lazy("Last day, if it has one"), required=False)

    def __init__(self, plan: Plan, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.plan = plan

    def clean_code(self) -> str:
        """No other plan may have it."""
        code = str(self.cleaned_data["code"])
        if Plan.objects.filter(code=code).exists():
            raise ValidationError(_("Another plan has this code. Choose one that is free."))
        return code

    def clean(self) -> None:
        """It begins after the plan that it follows, and ends after it begins."""
        super().clean()
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and self.plan.starts_on and start <= self.plan.starts_on:
            self.add_error("starts_on", ValidationError(_("It must begin after the plan that it follows.")))
        if start and end and end < start:
            self.add_error("ends_on", ValidationError(_("It must end after it begins.")))

    def head(self) -> Head:
        """What was written."""
        values = self.cleaned_data
        return Head(values["code"], values["title_en"], values["title_fr"], values["starts_on"], values["ends_on"])


class LinkForm(forms.Form):
    """Two deliverables by their codes, and why they are the same promise."""

    later = forms.CharField(label=gettext_lazy("Code in this plan"), max_length=60)
    plan = forms.ChoiceField(label=gettext_lazy("Earlier plan"))
    earlier = forms.CharField(label=gettext_lazy("Code in the earlier plan"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("What became of it"), choices=LineageKind.choices)
    note_en = forms.CharField(label=gettext_lazy("Why, in English"), required=False, max_length=2000)
    note_fr = forms.CharField(label=gettext_lazy("Why, in French"), required=False, max_length=2000)

    def __init__(
        self, plan: Plan, earlier: Sequence[Plan], data: Mapping[str, str] | None = None, *, before: str = ""
    ) -> None:
        """`before` is the code of the plan that is chosen at first."""
        super().__init__(data, initial={"plan": before})
        self.of, self.plans = plan, {each.code: each for each in earlier}
        field = self.fields["plan"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.code, shown(each, "title").text) for each in earlier]

    def clean(self) -> None:
        """Both codes name something, and one language at least says why."""
        super().clean()
        values = self.cleaned_data
        self._find("later", self.of)
        self._find("earlier", self.plans.get(values.get("plan", "")))
        if not (values.get("note_en") or values.get("note_fr")):
            self.add_error("note_en", ValidationError(_("Say in one language at least why they are the same promise.")))

    def _find(self, name: str, plan: Plan | None) -> None:
        code = self.cleaned_data.get(name)
        if plan is None or not code:
            return
        found = Deliverable.objects.select_related("plan__owner").filter(plan=plan, code=code).first()
        if found is None:
            told = _("%(plan)s has nothing with the code %(code)s.")
            self.add_error(name, ValidationError(told % {"plan": shown(plan, "title").text, "code": code}))
        self.cleaned_data[name] = found

    def why(self) -> Why:
        """What was chosen and written."""
        values = self.cleaned_data
        return Why(LineageKind(values["kind"]), values["note_en"], values["note_fr"])
