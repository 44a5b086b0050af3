"""Addresses of recommendations."""

from django.urls import path

from palermo.plan.recommendations.views import desk, public

urlpatterns = [
    path("recommendations/", public.recommendations, name="recommendations"),
    path("work/recommendations/", desk.recommendation_desk, name="recommendation_desk"),
    path("work/recommendations/add/<slug:plan_code>/", desk.recommendation_add, name="recommendation_add"),
    path("work/recommendations/<int:number>/", desk.recommendation_edit, name="recommendation_edit"),
]
