"""The addresses of referrals."""

from django.urls import path

from palermo.protection.directory.views import referral as views

urlpatterns = [
    path("work/referrals/", views.directory_referrals, name="directory_referrals"),
    path("work/services/<uuid:service>/refer/", views.directory_refer, name="directory_refer"),
    path("work/referrals/<uuid:referral>/", views.directory_referral, name="directory_referral"),
    path(
        "work/referrals/<uuid:referral>/address/", views.directory_referral_address, name="directory_referral_address"
    ),
    path(
        "work/referrals/<uuid:referral>/withdraw/",
        views.directory_referral_withdraw,
        name="directory_referral_withdraw",
    ),
    path(
        "work/referrals/<uuid:referral>/outcome/", views.directory_referral_outcome, name="directory_referral_outcome"
    ),
]
