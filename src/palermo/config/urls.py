"""Every address of the site. Pages carry their language in front; files and the API do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from palermo.config.api import api
from palermo.people.urls import without_language as people_without_language
from palermo.protection.directory.urls import without_language as directory_without_language
from palermo.site.urls import without_language

urlpatterns: list[URLPattern | URLResolver] = [
    *without_language,
    *people_without_language,
    *directory_without_language,
    path("api/v1/", api.urls),
    *i18n_patterns(
        path("", include("palermo.plan.register.urls")),
        path("", include("palermo.plan.report.urls")),
        path("", include("palermo.plan.returns.urls")),
        path("", include("palermo.plan.recommendations.urls")),
        path("", include("palermo.plan.indicators.urls")),
        path("", include("palermo.plan.reminders.urls")),
        path("", include("palermo.plan.trail.urls")),
        path("", include("palermo.plan.tracker.urls")),
        path("", include("palermo.plan.succession.urls")),
        path("", include("palermo.figures.releases.urls")),
        path("", include("palermo.figures.series.urls")),
        path("", include("palermo.figures.series.urls_measures")),
        path("", include("palermo.protection.directory.urls_finder")),
        path("", include("palermo.protection.directory.urls_intake")),
        path("", include("palermo.protection.directory.urls_referral")),
        path("", include("palermo.protection.directory.urls_keeping")),
        path("", include("palermo.prosecution.tips.urls")),
        path("", include("palermo.prosecution.tips.urls_desk")),
        path("", include("palermo.people.urls")),
        path("work/imports/", include("palermo.plan.imports.urls")),
        path("", include("palermo.site.urls")),
        path("account/", include("allauth.account.urls")),
        path("account/second-factor/", include("allauth.mfa.urls")),
    ),
]
handler400 = "palermo.site.views.bad_request"
handler403 = "palermo.site.views.forbidden"
handler404 = "palermo.site.views.not_found"
handler429 = "palermo.site.views.too_many"
"""Django has no such handler; the library of sign-in, which counts attempts, asks for it."""
handler500 = "palermo.site.views.server_error"
