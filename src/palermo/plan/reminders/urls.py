"""Addresses of reminders."""

from django.urls import URLPattern, path

from palermo.plan.reminders.views import reminders, reminders_ahead, reminders_send, reminders_sent

urlpatterns: list[URLPattern] = [
    path("work/reminders/", reminders, name="reminders"),
    path("work/reminders/ahead/", reminders_ahead, name="reminders_ahead"),
    path("work/reminders/sent/", reminders_sent, name="reminders_sent"),
    path("work/reminders/send/", reminders_send, name="reminders_send"),
]
