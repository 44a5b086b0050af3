"""The addresses of files that come in, of what was put aside, and of what may be the same."""

from django.urls import path

from palermo.protection.directory.views import alike, intake

urlpatterns = [
    path("work/services/files/", intake.directory_intakes, name="directory_intakes"),
    path("work/services/files/<int:intake>/", intake.directory_intake, name="directory_intake"),
    path("work/services/aside/", intake.directory_aside, name="directory_aside"),
    path("work/services/aside/<uuid:aside>/", intake.directory_aside_one, name="directory_aside_one"),
    path(
        "work/services/aside/<uuid:aside>/discard/",
        intake.directory_aside_discard,
        name="directory_aside_discard",
    ),
    path("work/services/alike/", alike.directory_alike, name="directory_alike"),
    path("work/services/alike/compare/", alike.directory_compare, name="directory_compare"),
    path("work/services/alike/<int:pair>/decide/", alike.directory_decide, name="directory_decide"),
]
