"""What each guard lets through, and what it does with everybody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from pytest_django import Settings

from palermo.people.guards import coordinators, public
from palermo.people.models import Role
from palermo.people.policies import Viewer
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date.today()
DAY = timedelta(days=1)


@public
def open_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@coordinators
def closed_page(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(f"closed {number}")


def ask(viewer: Viewer) -> HttpResponseBase:
    request = RequestFactory().get("/en/work/?page=2")
    request.user = viewer
    return closed_page(request, number=7)


def test_a_public_page_asks_for_nothing() -> None:
    assert open_page(RequestFactory().get("/")).status_code == 200


def test_guards_say_who_may_come_in() -> None:
    assert (getattr(open_page, "guard", ""), getattr(closed_page, "guard", "")) == ("public", "roles:coordinator")


def test_nobody_is_sent_to_sign_in_and_back() -> None:
    response = ask(AnonymousUser())
    assert response.status_code == 302
    assert response["Location"].endswith("/account/login/?next=/en/work/%3Fpage%3D2")


def test_a_coordinator_comes_in() -> None:
    response = ask(MembershipFactory.create().user)
    assert isinstance(response, HttpResponse)
    assert response.content == b"closed 7"


@pytest.mark.parametrize(
    "membership",
    [
        {"role": Role.READER},
        {"from_date": TODAY + DAY},
        {"from_date": TODAY - 9 * DAY, "to_date": TODAY - DAY},
        {"user__is_active": False},
    ],
    ids=["reader", "not yet", "no longer", "account closed"],
)
def test_whoever_does_not_coordinate_today_is_refused(membership: dict[str, object]) -> None:
    with pytest.raises(PermissionDenied):
        ask(MembershipFactory.create(**membership).user)


def test_an_account_without_a_role_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        ask(UserFactory.create())


def test_the_last_day_of_a_role_belongs_to_it() -> None:
    member = MembershipFactory.create(from_date=TODAY - DAY, to_date=TODAY)
    assert ask(member.user).status_code == 200


def test_a_second_factor_is_set_up_first_where_one_is_demanded(settings: Settings) -> None:
    settings.SECOND_FACTOR_DEMANDED = True
    user = MembershipFactory.create().user
    response = ask(user)
    assert response.status_code == 302
    assert "/second-factor/" in response["Location"]
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert ask(user).status_code == 200
