"""Addresses of people: roles, invitations, one's own preferences."""

from django.urls import path

from palermo.people import views

_OF = "work/people/<slug:organisation_code>/"

urlpatterns = [
    path("work/people/", views.people, name="people"),
    path(_OF, views.people_of, name="people_of"),
    path(f"{_OF}end/", views.role_end, name="role_end"),
    path(f"{_OF}withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("work/preferences/", views.preferences, name="preferences"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
