"""Addresses of returns: what organisations write and clear."""

from django.urls import URLPattern, path

from palermo.plan.returns.views import writing

urlpatterns: list[URLPattern] = [
    path("work/returns/", writing.returns, name="returns"),
    path("work/returns/clear/", writing.returns_clear, name="returns_clear"),
    path("work/returns/<int:number>/", writing.one_return, name="return"),
    path("work/returns/<int:number>/history/", writing.return_history, name="return_history"),
]
