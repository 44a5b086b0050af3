"""The frame alone: pages of other rooms are stood in for by their names, so that only the frame is tested."""

from __future__ import annotations

from types import ModuleType

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from pytest_django import Settings

from palermo.site.urls import without_language

PAGE = """{% extends "site/base.html" %}{% block title %}A page{% endblock %}{% block heading %}A page{% endblock %}"""


def page(request: HttpRequest, code: str = "") -> HttpResponse:
    """Any page of the site."""
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


def broken(request: HttpRequest) -> HttpResponse:
    """A page with a fault."""
    raise RuntimeError("a fault")


def closed(request: HttpRequest) -> HttpResponse:
    """A page that nobody may open."""
    raise PermissionDenied


NAMES = ("plans", "organisations", "compare", "search", "methods", "downloads", "work")
URLS = ModuleType("urls_of_the_frame")
vars(URLS).update(
    urlpatterns=[
        *without_language,
        path("broken", broken),
        *i18n_patterns(
            path("", page, name="home"),
            path("", include("palermo.site.urls")),
            path("account/", include("allauth.urls")),
            path("closed/", closed),
            path("form/", page),
            path("plans/<slug:code>/", page, name="plan"),
            *[path(f"{name}/", page, name=name) for name in NAMES],
        ),
    ],
    handler400="palermo.site.views.bad_request",
    handler403="palermo.site.views.forbidden",
    handler404="palermo.site.views.not_found",
    handler500="palermo.site.views.server_error",
)


@pytest.fixture(autouse=True)
def _frame_alone(settings: Settings) -> None:
    settings.ROOT_URLCONF = URLS
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
