"""Addresses of returns: files and links."""

from django.urls import URLPattern, path

from palermo.plan.returns.views import evidence

urlpatterns: list[URLPattern] = [
    path("work/returns/<int:number>/evidence/", evidence.evidence_add, name="return_evidence_add"),
    path("work/evidence/<uuid:evidence_code>/", evidence.evidence_one, name="evidence_one"),
    path("work/evidence/<uuid:evidence_code>/file/", evidence.evidence_read, name="evidence_read"),
    path("evidence/<uuid:evidence_code>/", evidence.evidence_file, name="evidence_file"),
]
