"""Forms of evidence."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ProofForm(forms.Form):
    """A link or a file, with a title in one language at least."""

    title_en = forms.CharField(label=gettext_lazy("What it is, in English"), required=False, max_length=500)
    title_fr = forms.CharField(label=gettext_lazy("What it is, in French"), required=False, max_length=500)
    url = forms.URLField(
        label=gettext_lazy("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Begins with https. The day on which you add it is kept with it."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Does it name or show a person? Then do not send it: say it in words instead."),
    )

    def clean(self) -> None:
        """Either a link or a file."""
        super().clean()
        values = self.cleaned_data
        if not (values.get("title_en") or values.get("title_fr")):
            self.add_error("title_en", ValidationError(_("Say in one language at least what it is.")))
        if (
            bool(values.get("url")) == bool(values.get("file"))
            and "url" not in self.errors
            and "file" not in self.errors
        ):
            self.add_error("url", ValidationError(_("Give a link or a file, one of the two.")))
        if values.get("url") and not values["url"].startswith("https://"):
            self.add_error("url", ValidationError(_("Give a link that begins with https.")))


class PublicForm(forms.Form):
    """That somebody looked."""

    names_nobody = forms.BooleanField(
        label=gettext_lazy("I looked at it: it names or shows no person."),
        error_messages={"required": gettext_lazy("Look at it first. What names or shows a person stays internal.")},
    )
