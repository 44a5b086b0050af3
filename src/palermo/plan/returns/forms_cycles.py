"""Forms of the coordinator and the assessor, each for one action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.foundation.periods import Period as Span
from palermo.plan.register.vocabulary import Status
from palermo.plan.returns.forms import day_field, long_field
from palermo.plan.returns.models import CLAIMABLE, Cycle
from palermo.plan.returns.vocabulary import DEFAULT_REMINDER_DAYS, Needs, When

REMINDER_CHOICES = [
    (-30, gettext_lazy("30 days before")),
    (-14, gettext_lazy("14 days before")),
    (-7, gettext_lazy("7 days before")),
    (-3, gettext_lazy("3 days before")),
    (0, gettext_lazy("on the day")),
    (1, gettext_lazy("1 day after")),
    (7, gettext_lazy("7 days after")),
    (14, gettext_lazy("14 days after")),
    (21, gettext_lazy("21 days after")),
]


class AskForm(forms.Form):
    """What is asked, by when, and when to remind of it."""

    due_on = day_field(gettext_lazy("Returns are due on"))
    note_en = long_field(gettext_lazy("Covering note in English"), 4)
    note_fr = long_field(gettext_lazy("Covering note in French"), 4)
    reminder_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("When to remind by mail"),
        choices=REMINDER_CHOICES,
        coerce=int,
        initial=list(DEFAULT_REMINDER_DAYS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ChangeForm(AskForm):
    """The same of an open period, with the version that it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    @classmethod
    def of(cls, cycle: Cycle) -> ChangeForm:
        """The form as the period stands."""
        names = ("due_on", "note_en", "note_fr", "reminder_days", "version")
        return cls(initial={name: getattr(cycle, name) for name in names})


class OpenForm(AskForm):
    """What is asked of whom, by when."""

    starts_on = day_field(gettext_lazy("First day of the period"))
    ends_on = day_field(gettext_lazy("Last day of the period"))
    field_order = ("starts_on", "ends_on", "due_on", "note_en", "note_fr", "reminder_days")

    @classmethod
    def for_span(cls, span: Span) -> OpenForm:
        """The form for a period, due two months after it ends."""
        due = span.ends_on + timedelta(days=61)
        return cls(initial={"starts_on": span.starts_on, "ends_on": span.ends_on, "due_on": due})

    def clean(self) -> None:
        """The days are in order."""
        super().clean()
        starts, ends, due = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on", "due_on"))
        if starts and ends and ends < starts:
            self.add_error("ends_on", ValidationError(_("The last day comes before the first.")))
        if starts and due and due < starts:
            self.add_error("due_on", ValidationError(_("Nobody can report before the period begins.")))

    def span(self) -> Span:
        """The period."""
        return Span(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class ReopenForm(forms.Form):
    """Why a closed period is opened again, and until when."""

    due_on = day_field(gettext_lazy("Returns are due on"))
    reason_en = long_field(gettext_lazy("Reason in English"), 3)
    reason_fr = long_field(gettext_lazy("Reason in French"), 3)

    def clean(self) -> None:
        """There is a reason in one language at least."""
        super().clean()
        if not (self.cleaned_data.get("reason_en") or self.cleaned_data.get("reason_fr")):
            self.add_error("reason_en", ValidationError(_("Say in one language at least why it is opened again.")))


class RulesForm(forms.Form):
    """One row of boxes for each occasion: what a return must then have."""

    def __init__(self, data: object = None, *, known: tuple[tuple[When, Needs], ...] = ()) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for when in When:
            self.fields[when.value] = forms.MultipleChoiceField(
                label=when.label,
                choices=Needs.choices,
                required=False,
                initial=[needs for occasion, needs in known if occasion == when],
                widget=forms.CheckboxSelectMultiple,
            )

    def rules(self) -> Iterator[tuple[When, Needs]]:
        """Those that were ticked."""
        for when in When:
            for needs in self.cleaned_data[when.value]:
                yield when, Needs(needs)


class AssessForm(forms.Form):
    """What the assessor found, and the assessment that stood when the page was made."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)
    status = forms.ChoiceField(
        label=gettext_lazy("How far is it, in your own judgement?"),
        choices=[("", gettext_lazy("Choose a status")), *((s.value, s.label) for s in Status if s.value in CLAIMABLE)],
    )
    note_en = long_field(gettext_lazy("What you found, in English"), 4)
    note_fr = long_field(gettext_lazy("What you found, in French"), 4)

    def clean(self) -> None:
        """A judgement says what it rests on."""
        super().clean()
        if not (self.cleaned_data.get("note_en") or self.cleaned_data.get("note_fr")):
            self.add_error("note_en", ValidationError(_("Say in one language at least what you found.")))
