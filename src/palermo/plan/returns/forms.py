"""Forms of returns, each for one action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.plan.register.vocabulary import Status
from palermo.plan.returns.actions.drafting import CONTENT_FIELDS, Content, Number
from palermo.plan.returns.models import CLAIMABLE, Return
from palermo.plan.returns.spreadsheet.columns import LONGEST_TEXT, UNWRITABLE, clean

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Label

QUESTIONS_AT_ONCE = 3


def _no_hidden_signs(text: str) -> None:
    """Refuse signs that nobody sees and that no spreadsheet or report can hold; copying out of a PDF brings them."""
    found = UNWRITABLE.search(text)
    if found:
        before = " ".join(text[: found.start()].split()[-3:])
        told = _("After “%(words)s” stands a sign that cannot be seen and that files cannot hold. Delete it.")
        at_the_start = _("The text begins with a sign that cannot be seen and that files cannot hold. Delete it.")
        raise ValidationError(told % {"words": before} if before else at_the_start)


def long_field(label: Label, rows: int = 3, help_text: Label | str = "") -> forms.CharField:
    """A text of several lines that may be left empty."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        widget=widget,
        help_text=help_text,
        validators=[_no_hidden_signs],
    )


def day_field(label: Label, *, required: bool = True, help_text: Label | str = "") -> forms.DateField:
    """A day, chosen with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


WORDS = ("status", "narrative_en", "narrative_fr", "reason_en", "reason_fr", "proof_en", "proof_fr")
"""What may be taken over from the year before; dates and money are of their year."""


class ReturnForm(forms.Form):
    """What an organisation says, with the version that it was made from. Nothing is demanded until it is submitted."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    status = forms.ChoiceField(
        label=gettext_lazy("How far is it?"),
        required=False,
        choices=[("", gettext_lazy("Choose a status")), *((s.value, s.label) for s in Status if s.value in CLAIMABLE)],
    )
    narrative_en = long_field(gettext_lazy("What was done, in English"), 5)
    narrative_fr = long_field(gettext_lazy("What was done, in French"), 5)
    reason_en = long_field(gettext_lazy("Why it is behind, has no end or was given up, in English"))
    reason_fr = long_field(gettext_lazy("Why it is behind, has no end or was given up, in French"))
    proof_en = long_field(gettext_lazy("What would show that it works, in English"))
    proof_fr = long_field(gettext_lazy("What would show that it works, in French"))
    new_due_on = day_field(
        gettext_lazy("New due date"),
        required=False,
        help_text=gettext_lazy("Only if the date changes. The dates before it stay visible."),
    )
    spent = forms.DecimalField(
        label=gettext_lazy("Money spent in the period"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=gettext_lazy("Currency"),
        initial="CAD",
        help_text=gettext_lazy("Three capital letters, such as CAD."),
    )

    @classmethod
    def of(cls, one: Return, words: Return | None = None) -> ReturnForm:
        """The form with what the return says. Where it says nothing yet, the words of another one stand, if given."""
        initial = {name: getattr(one, name) for name in CONTENT_FIELDS}
        if words:
            initial |= {name: getattr(words, name) for name in WORDS if not initial[name]}
        return cls(initial={**initial, "version": one.version})

    def content(self) -> Content:
        """What was written."""
        return Content(**{name: self.cleaned_data[name] for name in CONTENT_FIELDS})


class FigureForm(forms.Form):
    """A number with what it counts."""

    # It stands in the form of the return: a browser must let that be saved while this is empty.
    use_required_attribute = False

    label_en = forms.CharField(label=gettext_lazy("What it counts, in English"), required=False, max_length=200)
    label_fr = forms.CharField(label=gettext_lazy("What it counts, in French"), required=False, max_length=200)
    value = forms.DecimalField(label=gettext_lazy("How many"), max_digits=20, decimal_places=4)
    unit_en = forms.CharField(label=gettext_lazy("Unit in English, if there is one"), required=False, max_length=60)
    unit_fr = forms.CharField(label=gettext_lazy("Unit in French, if there is one"), required=False, max_length=60)

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, prefix="figure")

    @classmethod
    def begun(cls, data: Mapping[str, str]) -> FigureForm:
        """The form with what was typed so far, before anybody asked to add it."""
        form = cls()
        form.initial = {name: typed for name in form.fields if (typed := data.get(form.add_prefix(name), ""))}
        return form

    def clean(self) -> None:
        """One language at least must say what it counts."""
        super().clean()
        if not (self.cleaned_data.get("label_en") or self.cleaned_data.get("label_fr")):
            self.add_error("label_en", ValidationError(_("Say in one language at least what it counts.")))

    @property
    def was_begun(self) -> bool:
        """Whether something stands in it, so that the page must not hide it."""
        return self.is_bound or bool(self.initial)

    def number(self) -> Number:
        """What was written."""
        return Number(**self.cleaned_data)


def answers_in(data: Mapping[str, str]) -> dict[int, str]:
    """What was typed as answers, by the key of the question: fields named `answer_17`."""
    typed = ((name.removeprefix("answer_"), text) for name, text in data.items() if name.startswith("answer_"))
    return {
        int(key): clean(text)[:LONGEST_TEXT] for key, text in typed if key.isascii() and key.isdigit() and len(key) < 19
    }


class QuestionsForm(forms.Form):
    """Questions that a return goes back with."""

    question_1 = long_field(gettext_lazy("First question"), 2)
    question_2 = long_field(gettext_lazy("Second question, if there is one"), 2)
    question_3 = long_field(gettext_lazy("Third question, if there is one"), 2)

    def clean(self) -> None:
        """Nothing goes back without a question."""
        super().clean()
        if not self.questions():
            self.add_error("question_1", ValidationError(_("Write what you want to know. It goes back with that.")))

    def questions(self) -> list[str]:
        """Those that were written."""
        found = [self.cleaned_data.get(f"question_{n}", "") for n in range(1, QUESTIONS_AT_ONCE + 1)]
        return [text for text in found if text]
