"""Forms for handing in a document and saying what its columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.people.models import Organisation
from palermo.plan.imports.cleaning import clean
from palermo.plan.imports.forms.fields import CodedChoice, PeriodField
from palermo.plan.imports.values import Frame
from palermo.plan.register.models import Plan

ACCEPTED = ".txt,.pdf,.csv,.xlsx,.json"


class UploadForm(forms.Form):
    """A document to be read, the plan that it is about, and the period that it reports on."""

    file = forms.FileField(
        label=gettext_lazy("Document"),
        help_text=gettext_lazy("Text, PDF, CSV, XLSX, or a plan file of Palermo (JSON)."),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    plan = CodedChoice(
        Plan.objects.none(),
        label=gettext_lazy("Which plan is it about?"),
        required=False,
        empty_label=gettext_lazy("A new plan"),
    )
    owner = CodedChoice(
        Organisation.objects.none(),
        label=gettext_lazy("Which organization owns a new plan?"),
        required=False,
        empty_label=None,
        help_text=gettext_lazy("For a plan that is here already, its owner stays."),
    )
    period = PeriodField(
        label=gettext_lazy("Period that it reports on"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Such as 2013–2014. Leave it empty to take what the document says."),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        plans: QuerySet[Plan],
        owners: QuerySet[Organisation],
    ) -> None:
        super().__init__(data, files)
        cast(CodedChoice, self.fields["plan"]).queryset = plans
        cast(CodedChoice, self.fields["owner"]).queryset = owners
        first = next(iter(owners), None)
        self.fields["owner"].initial = first.pk if first else None

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, unless it is larger than this site takes."""
        file = cast("UploadedFile[bytes]", self.cleaned_data["file"])
        if file.size and file.size > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // (1024 * 1024)
            raise forms.ValidationError(
                _("This file is larger than %(limit)s MB. Import only the part that holds the plan.") % {"limit": limit}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """A new plan needs an owner."""
        found = super().clean() or self.cleaned_data
        if not found.get("plan") and not found.get("owner") and "owner" not in self.errors:
            self.add_error("owner", _("Say which organization is to own the new plan."))
        return found


class HeadersForm(forms.Form):
    """What each unknown column of a table holds."""

    def __init__(self, data: QueryDict | None = None, *, frame: Frame, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        for place, one in enumerate(frame.headers):
            # Help texts are printed as HTML.
            shown_values = escape(" · ".join(clean(sample, 60) for sample in one.samples))
            self.fields[f"header_{place}"] = forms.ChoiceField(
                label=one.header,
                choices=fields,
                initial=one.said or "ignore",
                help_text=_("It holds for example: %(values)s") % {"values": shown_values} if shown_values else "",
            )

    def mapping(self, frame: Frame) -> dict[str, str]:
        """Heading as printed → what the person said it is."""
        return {one.header: str(self.cleaned_data[f"header_{place}"]) for place, one in enumerate(frame.headers)}
