"""Addresses of releases."""

from django.urls import path

from palermo.figures.releases.views import desk, public, records, rules, tables

_ONE = "work/releases/<int:number>/"

urlpatterns = [
    path("figures/releases/", public.releases, name="releases"),
    path("figures/releases/<str:identifier>/", public.release, name="release"),
    path("figures/releases/<str:identifier>/<int:position>.<str:ending>", public.release_file, name="release_file"),
    path("figures/releases/<str:identifier>/records.csv", public.release_made_up, name="release_made_up"),
    path("work/releases/", desk.release_desk, name="release_desk"),
    path("work/releases/begin/", desk.release_begin, name="release_begin"),
    path("work/releases/populations/add/", rules.population_add, name="population_add"),
    path("work/releases/populations/<slug:population_code>/", rules.population, name="population"),
    path("work/releases/rules/", rules.rule_sets, name="rule_sets"),
    path("work/releases/rules/add/", rules.rule_set_add, name="rule_set_add"),
    path("work/releases/rules/<slug:rule_code>/", rules.rule_set, name="rule_set"),
    path(_ONE, desk.release_work, name="release_work"),
    path(f"{_ONE}change/", desk.release_change, name="release_change"),
    path(f"{_ONE}records/", records.release_records, name="release_records"),
    path(f"{_ONE}columns/", records.release_columns, name="release_columns"),
    path(f"{_ONE}columns/<int:position>/", records.release_column, name="release_column"),
    path(f"{_ONE}erase/", records.release_erase, name="release_erase"),
    path(f"{_ONE}tables/", tables.release_tables, name="release_tables"),
    path(f"{_ONE}tables/<int:position>/", tables.release_table, name="release_table"),
    path(f"{_ONE}losses/", tables.release_losses, name="release_losses"),
    path(f"{_ONE}synthetic.csv", tables.release_synthetic, name="release_synthetic"),
    path(f"{_ONE}protect/", desk.release_protect, name="release_protect"),
    path(f"{_ONE}submit/", desk.release_submit, name="release_submit"),
    path(f"{_ONE}decide/", desk.release_decide, name="release_decide"),
    path(f"{_ONE}correct/", desk.release_correct, name="release_correct"),
]
