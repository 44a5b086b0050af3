"""Addresses of series and their numbers."""

from django.urls import path

from palermo.figures.series import urls_taking_in
from palermo.figures.series.views import adding, desk, entering, files, lists, public

urlpatterns = [
    *urls_taking_in.urlpatterns,
    path("figures/", public.figures, name="figures"),
    path("figures/adding/", adding.figures_added, name="figures_added"),
    path("figures/series/<slug:series_code>/", public.series_page, name="series"),
    path("figures/series/<slug:series_code>/data.<str:extension>", files.series_file, name="series_file"),
    path("figures/numbers/<int:observation>/", public.number, name="number"),
    path("work/figures/", desk.work_figures, name="work_figures"),
    path("work/figures/define/", desk.series_define, name="series_define"),
    path("work/figures/codes/", lists.code_lists, name="code_lists"),
    path("work/figures/codes/<slug:list_code>/", lists.code_list, name="code_list"),
    path("work/figures/sums/", lists.work_sums, name="work_sums"),
    path("work/figures/series/<slug:series_code>/", desk.series_edit, name="series_edit"),
    path("work/figures/series/<slug:series_code>/enter/", entering.series_enter, name="series_enter"),
    path("work/figures/series/<slug:series_code>/retire/", desk.series_retire, name="series_retire"),
    path("work/figures/numbers/<int:observation>/revise/", entering.number_revise, name="number_revise"),
]
