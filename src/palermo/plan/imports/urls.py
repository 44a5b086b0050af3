"""Addresses of the imports room; all lie under `work/imports/`."""

from django.urls import path

from palermo.plan.imports.views import deciding, frame, left_out, organisations, review, row, upload

urlpatterns = [
    path("", upload.imports, name="imports"),
    path("new/", upload.upload, name="import_upload"),
    path("template/<slug:language>.<slug:extension>", upload.template, name="import_template"),
    path("<int:number>/", review.review, name="import_review"),
    path("<int:number>/rows/", review.rows, name="import_rows"),
    path("<int:number>/rows/<int:position>/", row.row, name="import_row"),
    path("<int:number>/compare/", review.compare, name="import_compare"),
    path("<int:number>/plan/", frame.frame, name="import_frame"),
    path("<int:number>/sections/", frame.sections, name="import_sections"),
    path("<int:number>/sections/<int:place>/", frame.section, name="import_section"),
    path("<int:number>/organisations/", organisations.organisations, name="import_organisations"),
    path("<int:number>/organisations/accept/", organisations.accept, name="import_accept_organisations"),
    path("<int:number>/organisations/<int:place>/", organisations.organisation, name="import_organisation"),
    path("<int:number>/left-out/", left_out.left_out, name="import_left_out"),
    path("<int:number>/headings/", deciding.headers, name="import_headers"),
    path("<int:number>/confirm/", deciding.confirm_proposal, name="import_confirm"),
    path("<int:number>/drop/", deciding.drop, name="import_drop"),
]
