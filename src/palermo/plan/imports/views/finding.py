"""What the pages of a proposal begin with, and what they do when an act is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from palermo.foundation.bilingual import choose
from palermo.people.models import User
from palermo.people.queries import organisations
from palermo.plan.imports import queries
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.values import Frame


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else saved otherwise meanwhile: what they saved, and what this person wrote."""

    label: str
    theirs: str
    yours: str


def user_of(request: HttpRequest) -> User:
    """The coordinator; the guard has let in nobody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def proposal_or_404(request: HttpRequest, number: int) -> Proposal:
    """The proposal, if there is one that the viewer may see."""
    found = queries.proposal(request.user, number)
    if found is None:
        raise Http404
    return found


def organisation_names(request: HttpRequest) -> dict[str, str]:
    """What every organisation of the register is called in the reader's language, by code."""
    found = {}
    for one in organisations(request.user):
        name = one.named_on()
        found[one.code] = name.full().text if name else one.code
    return found


def section_label(frame: Frame, key: str) -> str:
    """Code and title of a section in the reader's language."""
    one = frame.section(key)
    return f"{one.code} {choose(one.title_en, one.title_fr).text}" if one else ""


def closed(request: HttpRequest, proposal: Proposal) -> HttpResponseRedirect:
    """Back to the proposal, which is decided or cannot be edited, with a word about it."""
    messages.warning(request, _("This proposal can no longer be changed like this. Nothing was saved."))
    return redirect("import_review", proposal.pk)


def clashes(form: forms.Form, stored: Mapping[str, object], version: int) -> list[Clash]:
    """The fields in which a form differs from what is stored now; the form is made ready to be sent again."""
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(version)
    form.data = data
    found = []
    for name, field in form.fields.items():
        theirs, yours = _written(field, stored.get(name)), _written(field, form.cleaned_data.get(name))
        if name != "version" and theirs != yours:
            found.append(Clash(str(field.label), theirs, yours))
    return found


def _written(field: forms.Field, value: object) -> str:
    """A value as a person reads it in its field."""
    if isinstance(field, forms.ChoiceField):
        choices = {str(key): str(label) for key, label in cast("list[tuple[str, str]]", field.choices)}
        return choices.get(str(value or ""), str(value or ""))
    if isinstance(field, forms.ModelChoiceField):
        return str(value.pk if hasattr(value, "pk") else value or "")
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    text = "" if value is None else str(field.prepare_value(value) if value != "" else "")
    return text.replace("\r\n", "\n").strip()
