"""Every address of the site. Pages carry their language in front; files and the API do not."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
