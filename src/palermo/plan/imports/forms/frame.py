"""Forms for what stands around the rows: the plan, its sections, its organisations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.people.models import Organisation
from palermo.plan.imports.forms.fields import CODE, CodedChoice, DayField, LongText, PeriodField
from palermo.plan.register.vocabulary import P

_PLAN_CODE = RegexValidator(r"^[A-Za-z0-9_-]+$", gettext_lazy("Use letters without accents, digits and hyphens."))
_PLACE = RegexValidator(r"^[A-Za-z0-9-]+$", gettext_lazy("Use a code such as CA or CA-AB."))


class FrameForm(forms.Form):
    """The plan around the rows, its period and the source document."""

    title_en = forms.CharField(label=gettext_lazy("Title in English"), required=False, max_length=300)
    title_fr = forms.CharField(label=gettext_lazy("Title in French"), required=False, max_length=300)
    code = forms.CharField(
        label=gettext_lazy("Code of the plan"),
        required=False,
        max_length=60,
        validators=[_PLAN_CODE],
        help_text=gettext_lazy("It becomes part of the plan’s address and never changes: such as ca-2012."),
    )
    owner = CodedChoice(Organisation.objects.none(), label=gettext_lazy("Owner"), required=False)
    jurisdiction = forms.CharField(
        label=gettext_lazy("Where the plan holds"),
        required=False,
        max_length=20,
        validators=[_PLACE],
        help_text=gettext_lazy("A code such as CA for Canada, CA-AB for Alberta, or that of another country."),
    )
    starts_on = DayField(label=gettext_lazy("First day of the plan"), required=False)
    ends_on = DayField(label=gettext_lazy("Last day of the plan"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the document"),
        choices=[("en", gettext_lazy("English")), ("fr", gettext_lazy("French"))],
    )
    period = PeriodField(
        label=gettext_lazy("Period that it reports on"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Such as 2013–2014."),
    )
    document_title_en = forms.CharField(
        label=gettext_lazy("Title of the document in English"), required=False, max_length=300
    )
    document_title_fr = forms.CharField(
        label=gettext_lazy("Title of the document in French"), required=False, max_length=300
    )
    document_publisher_en = forms.CharField(label=gettext_lazy("Publisher in English"), required=False, max_length=200)
    document_publisher_fr = forms.CharField(label=gettext_lazy("Publisher in French"), required=False, max_length=200)
    document_published_on = DayField(label=gettext_lazy("Published on"), required=False)
    document_url = forms.URLField(
        label=gettext_lazy("Address of the document"), required=False, max_length=500, assume_scheme="https"
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, object] | None = None,
        owners: QuerySet[Organisation],
        is_known: bool,
        levels: int,
    ) -> None:
        """`is_known`: the plan exists, so that its code and owner stay. `levels`: how many it has."""
        super().__init__(data, initial=initial)
        cast(CodedChoice, self.fields["owner"]).queryset = owners
        if is_known:
            del self.fields["code"], self.fields["owner"]
        labels = {
            "name_en": gettext_lazy("Name of level %(depth)s in English"),
            "name_fr": gettext_lazy("Name of level %(depth)s in French"),
            "plural_en": gettext_lazy("Plural of level %(depth)s in English"),
            "plural_fr": gettext_lazy("Plural of level %(depth)s in French"),
        }
        for depth in range(1, levels + 1):
            for name, label in labels.items():
                self.fields[f"level_{depth}_{name}"] = forms.CharField(
                    label=str(label) % {"depth": depth}, required=False, max_length=60
                )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        found = super().clean() or self.cleaned_data
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return found


class SectionForm(forms.Form):
    """One section."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=60, validators=[CODE])
    title_en = forms.CharField(label=gettext_lazy("Title in English"), required=False, max_length=500)
    title_fr = forms.CharField(label=gettext_lazy("Title in French"), required=False, max_length=500)
    text_en = LongText(label=gettext_lazy("Text in English"), required=False, max_length=20_000)
    text_fr = LongText(label=gettext_lazy("Text in French"), required=False, max_length=20_000)
    p = forms.ChoiceField(
        label=gettext_lazy("P"), required=False, choices=[("", gettext_lazy("That of the section above")), *P.choices]
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, object] | None = None,
        taken: Iterable[str],
        is_known: bool,
    ) -> None:
        """`taken`: the codes of the other sections. `is_known`: the plan has it, so that its code stays."""
        super().__init__(data, initial=initial)
        self.taken = set(taken)
        if is_known:
            del self.fields["code"]

    def clean_code(self) -> str:
        """A code that no other section has."""
        code = str(self.cleaned_data["code"])
        if code in self.taken:
            raise forms.ValidationError(_("Another section has this code."))
        return code

    def clean(self) -> dict[str, Any]:
        """A section has a title in at least one language."""
        found = super().clean() or self.cleaned_data
        if not found.get("title_en") and not found.get("title_fr"):
            self.add_error("title_en", _("Give the section a title in at least one language."))
        return found


class OrganisationForm(forms.Form):
    """Who one printed name is: an organisation that is known, or a new one."""

    code = forms.ChoiceField(label=gettext_lazy("This is"), required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), required=False, max_length=200)
    name_fr = forms.CharField(label=gettext_lazy("Name in French"), required=False, max_length=200)
    acronym_en = forms.CharField(label=gettext_lazy("Acronym in English"), required=False, max_length=60)
    acronym_fr = forms.CharField(label=gettext_lazy("Acronym in French"), required=False, max_length=60)
    parent = forms.ChoiceField(label=gettext_lazy("It is a unit of"), required=False)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, object] | None = None,
        known: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
    ) -> None:
        """`known`: organisations of the register by code and name; `others`: further new ones of this document."""
        super().__init__(data, initial=initial)
        cast(forms.ChoiceField, self.fields["code"]).choices = [("", _("A new organization")), *known, *others]
        cast(forms.ChoiceField, self.fields["parent"]).choices = [("", _("No other organization")), *known]

    def clean(self) -> dict[str, Any]:
        """A new organisation has a name in at least one language."""
        found = super().clean() or self.cleaned_data
        if not found.get("code") and not found.get("name_en") and not found.get("name_fr"):
            self.add_error("name_en", _("Give the organization a name in at least one language."))
        return found
