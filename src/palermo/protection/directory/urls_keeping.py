"""Where the directory is kept."""

from django.urls import path

from palermo.protection.directory import views_keeping, views_provider

_WORK = "work/services/"

urlpatterns = [
    path(_WORK, views_keeping.directory_services, name="directory_services"),
    path(f"{_WORK}changes/", views_keeping.directory_changes, name="directory_changes"),
    path(
        f"{_WORK}organizations/<uuid:organization>/",
        views_keeping.directory_organization,
        name="directory_organization",
    ),
    path(f"{_WORK}<uuid:service>/", views_keeping.directory_service, name="directory_service"),
    path(f"{_WORK}<uuid:service>/change/", views_keeping.directory_service_change, name="directory_service_change"),
    path("provider/<str:token>/", views_provider.provider_services, name="provider_services"),
    path(
        "provider/<str:token>/<uuid:service>/", views_provider.provider_service_change, name="provider_service_change"
    ),
]
