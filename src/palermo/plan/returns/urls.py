"""Addresses of returns."""

from palermo.plan.returns import urls_cycles, urls_evidence, urls_spreadsheet, urls_writing

urlpatterns = [
    *urls_writing.urlpatterns,
    *urls_cycles.urlpatterns,
    *urls_evidence.urlpatterns,
    *urls_spreadsheet.urlpatterns,
]
