"""Forms of recommendations, each for one action."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.plan.recommendations.actions.keep import Words
from palermo.plan.recommendations.models import Recommendation
from palermo.plan.recommendations.vocabulary import Response, SourceKind
from palermo.plan.register.models import Deliverable


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RecommendationForm(forms.ModelForm[Recommendation]):
    """Who recommended what, where it stands, and what the government answered."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, initial=0)
    """The version that the form was made from; 0 for a new one."""

    url = forms.URLField(
        label=gettext_lazy("Link to the document"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = Recommendation
        exclude = ("plan", "version")  # noqa: DJ006 - every other field is written here
        labels = {  # noqa: RUF012 - as Django wants it
            "source": gettext_lazy("Kind of source"),
            "body_en": gettext_lazy("Who recommends, in English"),
            "body_fr": gettext_lazy("Who recommends, in French"),
            "document_en": gettext_lazy("Title of the document, in English"),
            "document_fr": gettext_lazy("Title of the document, in French"),
            "issued_on": gettext_lazy("Published on"),
            "code": gettext_lazy("Number in the document, if it has one"),
            "text_en": gettext_lazy("What is recommended, in English"),
            "text_fr": gettext_lazy("What is recommended, in French"),
            "response": gettext_lazy("What the government answered"),
            "reason_en": gettext_lazy("Reason, in English"),
            "reason_fr": gettext_lazy("Reason, in French"),
        }
        widgets = {  # noqa: RUF012
            "issued_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text_en": _area(4),
            "text_fr": _area(4),
            "reason_en": _area(2),
            "reason_fr": _area(2),
        }

    def clean(self) -> dict[str, object]:
        """One language at least for each text; a refusal has a reason; a link begins with https."""
        values = super().clean() or {}
        for name in ("text", "body", "document"):
            if not (values.get(f"{name}_en") or values.get(f"{name}_fr")):
                self.add_error(f"{name}_en", ValidationError(_("Write it in one language at least.")))
        if values.get("response") == Response.NOT_ACCEPTED and not (values.get("reason_en") or values.get("reason_fr")):
            self.add_error("reason_en", ValidationError(_("Say in one language at least why it is not accepted.")))
        if values.get("url") and not str(values["url"]).startswith("https://"):
            self.add_error("url", ValidationError(_("Give a link that begins with https.")))
        return values

    def differing(self, stored: Recommendation) -> list[tuple[str, str]]:
        """What is stored of each field in which something else was typed: its label, and that."""
        standing = RecommendationForm(instance=stored)
        return [
            (str(field.label), _shown(stored, field.name))
            for field in standing
            if not field.is_hidden and str(field.value() or "") != str(self[field.name].value() or "")
        ]

    def words(self) -> Words:
        """What was written."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Words(**{**said, "source": SourceKind(said["source"]), "response": Response(said["response"])})


def _shown(stored: Recommendation, name: str) -> str:
    """A field as people read it."""
    told = getattr(stored, f"get_{name}_display", None)
    return str(told() if told else getattr(stored, name) or _("Nothing"))


class LinkForm(forms.Form):
    """A deliverable that answers a recommendation."""

    deliverable = forms.ChoiceField(label=gettext_lazy("What answers it"))
    note_en = forms.CharField(label=gettext_lazy("How, in English"), required=False, max_length=2000, widget=_area(2))
    note_fr = forms.CharField(label=gettext_lazy("How, in French"), required=False, max_length=2000, widget=_area(2))

    def __init__(self, deliverables: Sequence[Deliverable], data: object = None) -> None:
        super().__init__(data, prefix="link")  # type: ignore[arg-type]
        self.deliverables = {str(one.pk): one for one in deliverables}
        field = self.fields["deliverable"]
        if isinstance(field, forms.ChoiceField):
            choices = [
                (key, f"{one.code} {(one.text_en or one.text_fr)[:80]}") for key, one in self.deliverables.items()
            ]
            field.choices = [("", gettext_lazy("Choose one")), *choices]
