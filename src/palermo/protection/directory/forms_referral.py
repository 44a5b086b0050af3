"""What is asked before somebody is led to a service: nothing that names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from palermo.protection.directory.actions.referring import LONGEST, SHARED, Agreed
from palermo.protection.directory.models import Consent, Outcome, ServiceAtLocation
from palermo.protection.directory.places_said import said_of

SHARED_WORDS = {
    "contact": _("how to reach them safely"),
    "needs": _("what they need"),
    "languages": _("the languages that they speak"),
    "children": _("that children come with them"),
    "safety": _("what the service must know to keep them and others safe"),
    "health": _("what care they need"),
}

CODE = re.compile(r"(?=.*[0-9])(?!.*[A-Za-z]{3})[A-Za-z0-9](?:[ ._/#-]?[A-Za-z0-9])*")
"""Letters, but no word of three, and digits, of which there is one at least."""
MOST_DIGITS = 5


class ReferralForm(forms.Form):
    """Where somebody is led, and to what they agreed."""

    code = forms.CharField(
        label=_("Your code for the person"),
        max_length=40,
        help_text=_(
            "Such as B-7: a number, and at most two letters in a row. Never a name, a date of birth or a number of a "
            "document."
        ),
    )
    visit = forms.ChoiceField(label=_("Where"), required=False)
    shared = forms.MultipleChoiceField(
        label=_("What the service may be told"),
        choices=[(code, SHARED_WORDS[code]) for code in SHARED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick only what the person agreed to. You tell the service yourself: none of it is stored here."),
    )
    consent = forms.ChoiceField(label=_("How did they agree?"), choices=Consent.choices, widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until when do they agree?"),
        # Whatever the language, a browser wants the day as ISO 8601 writes it.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most 90 days from today. They can say no at any time before."),
    )

    def __init__(self, visits: Sequence[ServiceAtLocation], *args: Any, **more: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **more)
        self._visits = {str(one.pk): one for one in visits}
        choices = [(key, said_of(one.location)) for key, one in self._visits.items()]
        self.fields["visit"].choices = [("", _("by telephone, or nowhere in particular")), *choices]  # type: ignore[attr-defined]
        self.fields["until"].initial = timezone.localdate() + timedelta(days=14)

    def clean_until(self) -> object:
        """A day from today on, and not too far away."""
        until = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= until <= today + LONGEST:
            raise forms.ValidationError(_("Choose a day within the next 90 days."))
        return until

    def clean_code(self) -> object:
        """What holds a word or no number at all, or looks like a date or a long number, may name the person."""
        code: str = self.cleaned_data["code"].strip()
        if not CODE.fullmatch(code):
            raise forms.ValidationError(
                _("Use a short code with a number and at most two letters in a row, without accents, such as B-7.")
            )
        if sum(letter.isdigit() for letter in code) > MOST_DIGITS:
            raise forms.ValidationError(_("This may be a date of birth or the number of a document. Use a short code."))
        return code

    @property
    def place(self) -> ServiceAtLocation | None:
        """The visit that was chosen."""
        return self._visits.get(self.cleaned_data["visit"])

    def agreed(self) -> Agreed:
        """To what the person agreed."""
        said = self.cleaned_data
        return Agreed(Consent(said["consent"]), said["until"], said["shared"])


class AddressForm(forms.Form):
    """To whom a confidential address is given."""

    to = forms.CharField(
        label=_("To whom do you give the address?"),
        max_length=200,
        help_text=_("The name and post of one person, such as the driver. It is kept on the record, encrypted."),
    )


class OutcomeForm(forms.Form):
    """What came of a referral."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=Outcome.choices)
