"""Forms of people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.people.models import MailRhythm, Role, User

LANGUAGE_NAMES = [("en", gettext_lazy("English")), ("fr", gettext_lazy("French"))]


class InviteForm(forms.Form):
    """Whom to invite, to which role."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    until = forms.DateField(
        label=gettext_lazy("Last day of the role, if it has one"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the invitation"), choices=LANGUAGE_NAMES)

    def clean_until(self) -> date | None:
        """A role that is over before it begins is none."""
        until: date | None = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose a later one, or leave it empty."))
        return until

    def __init__(self, roles: Sequence[Role], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(role.value, role.label) for role in roles]


class AcceptForm(forms.Form):
    """What a person who was invited says of themselves."""

    name = forms.CharField(label=gettext_lazy("Your name, as colleagues see it"), max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Language of mail to you"), choices=LANGUAGE_NAMES)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 12 characters. Several words in a row are easy to keep and hard to guess."),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        """The password is the same twice, and hard to guess."""
        super().clean()
        values = self.cleaned_data
        password, again = values.get("password"), values.get("again")
        if password and again and password != again:
            self.add_error("again", ValidationError(_("The two passwords differ.")))
        elif password:
            try:
                validate_password(password, User(name=values.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)


class PreferencesForm(forms.ModelForm[User]):
    """How a person is called and written to."""

    language = forms.ChoiceField(label=gettext_lazy("Language of mail to you"), choices=LANGUAGE_NAMES)

    class Meta:
        model = User
        fields = ("name", "language", "mail_rhythm")
        labels = {  # noqa: RUF012 - as Django wants it
            "name": gettext_lazy("Your name, as colleagues see it"),
            "mail_rhythm": gettext_lazy("When to be reminded"),
        }
        help_texts = {"mail_rhythm": gettext_lazy("One mail for everything, never two for the same thing.")}  # noqa: RUF012

    def clean_mail_rhythm(self) -> MailRhythm:
        """One of the two: silence is no choice."""
        return MailRhythm(self.cleaned_data["mail_rhythm"])
