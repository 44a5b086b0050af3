"""What the pages of coordinators and of providers do alike: a service changed by the form, and its beds counted."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.people.models import User
from palermo.protection.directory.actions.changes import OtherBedsError, WrongChangeError, change, count
from palermo.protection.directory.actions.refusing import SEALED, note_refusal
from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.forms_keeping import BedsForm
from palermo.protection.directory.hsds.capacity import capacities_of
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Change, ProviderLink, Service
from palermo.protection.directory.words import sealed

_LINK_GONE = gettext_lazy(
    "This link opens nothing any more: several times in a day, something was to be saved through it that tells where a "
    "confidential place is. That can happen without anybody meaning it. Whoever gave you the link helps you with what "
    "you want to write, and can give you a new one. Copy what you wrote before you leave this page."
)


def saved(form: EntryForm, service: Service, by: User | ProviderLink) -> Document | None:
    """Change a service as the form says, and return what that changed, which may be nothing.

    None where something is wrong, which the form then tells.

    Raises:
        PermissionDenied: this is not for them to change.
    """
    patch = form.patch() if form.is_valid() else None
    try:
        if patch:
            change(by=by, service=service, patch=patch)
    except WrongChangeError as error:
        form.refuse(error.problems)
        if isinstance(by, ProviderLink) and _tells(error) and note_refusal(by=by, service=service):
            form.add_error(None, _LINK_GONE)
        return None
    return patch


def _tells(error: WrongChangeError) -> bool:
    return any(problem.rule == "confidential" for problem in error.problems)


def beds_forms(service: Service, wrong: BedsForm | None = None) -> Iterator[BedsForm]:
    """A form for each kind of bed that a service tells of; one for the first where it tells of none."""
    counted = capacities_of(service.document)
    forms = [BedsForm(service.pk, one) for one in counted] or [BedsForm(service.pk, None)]
    if wrong is not None and wrong.key not in {one.key for one in forms}:
        yield wrong
    yield from (wrong if wrong is not None and wrong.key == one.key else one for one in forms)


def beds_sent(request: HttpRequest, service: Service) -> BedsForm:
    """What was sent of the beds of a service, bound to the kind of bed that was meant."""
    key = request.POST.get("beds", "")
    known = {one.key: one for one in capacities_of(service.document)}
    return BedsForm(service.pk, known.get(key), request.POST)


def beds_told(form: BedsForm, service: Service, by: User | ProviderLink) -> Change | None:
    """Tell how many beds are free, from now on; nothing where something is wrong, which the form then tells.

    Raises:
        PermissionDenied: this is not for them to say.
    """
    if not form.is_valid():
        return None
    try:
        return count(by=by, service=service, key=form.key, **form.cleaned_data)
    except OtherBedsError:
        form.add_error(None, _("Somebody else counted other beds in the meantime. Look at them again."))
        return None
    except WrongChangeError as error:
        words = _("This could not be saved: something else is wrong with what is told of this service.")
        form.add_error(None, sealed() if SEALED in error.problems else words)
        return None
