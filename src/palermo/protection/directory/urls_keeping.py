"""Where the directory is kept."""

from django.urls import path

from palermo.protection.directory.views import hiding, keeping, provider

_WORK = "work/services/"

urlpatterns = [
    path(_WORK, keeping.directory_services, name="directory_services"),
    path(f"{_WORK}changes/", keeping.directory_changes, name="directory_changes"),
    path(
        f"{_WORK}organizations/<uuid:organization>/",
        keeping.directory_organization,
        name="directory_organization",
    ),
    path(f"{_WORK}<uuid:service>/", keeping.directory_service, name="directory_service"),
    path(f"{_WORK}<uuid:service>/change/", keeping.directory_service_change, name="directory_service_change"),
    path(
        f"{_WORK}<uuid:service>/hide/<uuid:location>/",
        hiding.directory_hide_address,
        name="directory_hide_address",
    ),
    path("provider/<str:token>/", provider.provider_services, name="provider_services"),
    path("provider/<str:token>/<uuid:service>/", provider.provider_service_change, name="provider_service_change"),
]
