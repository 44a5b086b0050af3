"""Pages of people: who has which role, inviting somebody, answering an invitation, one's own preferences."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from palermo.people.actions import (
    AccountClosedError,
    AccountExistsError,
    NotIndependentError,
    end_role,
    give_role,
    set_preferences,
)
from palermo.people.authority import organisations_to_staff, roles_to_give
from palermo.people.forms import AcceptForm, InviteForm, PreferencesForm
from palermo.people.guards import ALL_STAFF, for_roles, public, signed_in
from palermo.people.invitations import (
    InvitationOverError,
    accept_invitation,
    invite,
    mail_invitation,
    withdraw_invitation,
)
from palermo.people.models import Organisation, Role, User
from palermo.people.policies import holding
from palermo.people.queries import invitation_of, open_invitations, staff_of_organisation

GIVERS = (Role.COORDINATOR, Role.CLEARING_OFFICER, Role.FOCAL_POINT, Role.ALTERNATE)
"""Roles that can give some role."""


@for_roles(*GIVERS)
def people(request: HttpRequest) -> HttpResponse:
    """The organisations in which the viewer can give roles."""
    return render(request, "people/people.html", {"organisations": organisations_to_staff(signed_in(request))})


@for_roles(*GIVERS)
@require_http_methods(["GET", "HEAD", "POST"])
def people_of(request: HttpRequest, organisation_code: str) -> HttpResponse:
    """Who has which role in one organisation, and inviting somebody to one."""
    by, organisation = signed_in(request), _own(request, organisation_code)
    roles = roles_to_give(by, organisation)
    form = InviteForm(roles, request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        link = _invited(request, form, organisation)
        if not link:
            return redirect("people_of", organisation_code)
    context = {
        "organisation": organisation,
        "staff": staff_of_organisation(by, organisation),
        "invitations": open_invitations(by, organisation),
        "form": InviteForm(roles) if link else form,
        "link": link,
        "roles": {role.value for role in roles},
    }
    return render(request, "people/people_of.html", context)


def _invited(request: HttpRequest, form: InviteForm, organisation: Organisation) -> str:
    """Invite the person, or give the role to an account there is; the link is told where no mail can carry it."""
    by, said = signed_in(request), form.cleaned_data
    role = Role(said["role"])
    try:
        made, token = invite(
            email=said["email"],
            language=said["language"],
            organisation=organisation,
            role=role,
            until=said["until"],
            by=by,
        )
    except AccountExistsError:
        _given(request, form, organisation, role)
        return ""
    with override(made.language):
        link = request.build_absolute_uri(reverse("invitation", args=[token]))
    if settings.MAIL_IS_SENT:
        try:
            mail_invitation(invitation=made, link=link, by=by)
        except OSError:
            messages.warning(request, _("The mail could not be sent. Give the person this link yourself."))
            return link
        messages.success(request, _("The invitation is on its way. Its link works once, for 14 days."))
        return ""
    return link


def _given(request: HttpRequest, form: InviteForm, organisation: Organisation, role: Role) -> None:
    user, until = User.objects.get(email__iexact=form.cleaned_data["email"].strip()), form.cleaned_data["until"]
    if user == request.user:
        messages.error(request, _("Nobody gives a role to themselves. Ask somebody else who holds it."))
        return
    try:
        give_role(user=user, organisation=organisation, role=role, until=until, by=signed_in(request))
    except AccountClosedError:
        messages.error(request, _("This account was closed. An operator can open it again; nothing was changed."))
    except NotIndependentError:
        messages.error(request, _("An assessor has no other hand in the same organization. Nothing was changed."))
    else:
        messages.success(request, _("The person had an account already, and has the role now."))


@for_roles(*GIVERS)
@require_http_methods(["POST"])
def role_end(request: HttpRequest, organisation_code: str) -> HttpResponse:
    """End a role of somebody."""
    by, organisation = signed_in(request), _own(request, organisation_code)
    found = staff_of_organisation(by, organisation).filter(pk=_number(request, "membership")).first()
    if found is None:
        raise Http404
    end_role(membership=found, by=by)
    messages.success(request, _("The role has ended. Returns that the person holds can be handed over."))
    return redirect("people_of", organisation_code)


@for_roles(*GIVERS)
@require_http_methods(["POST"])
def invitation_withdraw(request: HttpRequest, organisation_code: str) -> HttpResponse:
    """Take an invitation back."""
    by, organisation = signed_in(request), _own(request, organisation_code)
    found = open_invitations(by, organisation).filter(pk=_number(request, "invitation")).first()
    if found is None:
        raise Http404
    try:
        withdraw_invitation(invitation=found, by=by)
    except InvitationOverError:
        messages.warning(request, _("It was answered or withdrawn meanwhile."))
    else:
        messages.success(request, _("The invitation is withdrawn. Its link works no more."))
    return redirect("people_of", organisation_code)


@public
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Answer an invitation: name, language, password. Nobody tries many links in a short time."""
    if not ratelimit.consume(request, app="allauth.account", action="invitation", limit_get=True):
        return too_often(request)
    found = invitation_of(token)
    form = AcceptForm(request.POST or None, initial={"language": found.language if found else "en"})
    if found and request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "language", "password")}
        try:
            accept_invitation(token=token, **said)
        except (InvitationOverError, AccountExistsError):
            found = None
        else:
            messages.success(request, _("Your account is made. Sign in with your address and the password."))
            return redirect("account_login")
    answer = render(request, "people/invitation.html", {"invitation": found, "form": form})
    # The address of this page is a secret: no page that is opened from it learns it, and nothing keeps it.
    answer.headers["Referrer-Policy"] = "no-referrer" if request.method == "GET" and not found else "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@public
def address(request: HttpRequest) -> HttpResponse:
    """How the address that one signs in with is changed: by an operator, so that nobody leads the mail elsewhere."""
    return render(request, "people/address.html")


@for_roles(*ALL_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """One's own name, language, reminders and roles."""
    user = signed_in(request)
    form = PreferencesForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        set_preferences(user=user, by=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("preferences")
    roles = holding(user).select_related("organisation").prefetch_related("organisation__names")
    return render(request, "people/preferences.html", {"form": form, "memberships": roles})


def too_often(request: HttpRequest) -> HttpResponse:
    """The page for whoever tried too often."""
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer


def _own(request: HttpRequest, code: str) -> Organisation:
    """An organisation in which the viewer can give roles; the others are not to be known here."""
    found = next((one for one in organisations_to_staff(signed_in(request)) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _number(request: HttpRequest, name: str) -> int:
    raw = request.POST.get(name, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else 0
