"""Where the members of a desk read tips, and keep their keys."""

from django.urls import path

from palermo.prosecution.tips.views import calling, desk, ending, filing, handing, keys, linking, proof

urlpatterns = [
    path("work/tips/", desk.tips, name="tips"),
    path("work/tips/call/", calling.tips_call, name="tips_call"),
    path("work/tips/call/sealed/", calling.tips_call_sealed, name="tips_call_sealed"),
    path("work/tips/keys/", keys.tips_keys, name="tips_keys"),
    path("work/tips/keys/new/", keys.tips_key_make, name="tips_key_make"),
    path("work/tips/keys/unlocked/", keys.tips_half, name="tips_half"),
    path("work/tips/keys/lock/", keys.tips_lock, name="tips_lock"),
    path("work/tips/keys/<uuid:key>/locks/", keys.tips_key_lock, name="tips_key_lock"),
    path("work/tips/keys/<uuid:key>/access/", keys.tips_key_access, name="tips_key_access"),
    path("work/tips/keys/<uuid:key>/confirm/", keys.tips_key_confirm, name="tips_key_confirm"),
    path("work/tips/keys/<uuid:key>/retire/", keys.tips_key_retire, name="tips_key_retire"),
    path("work/tips/<uuid:tip>/", desk.tips_one, name="tips_one"),
    path("work/tips/<uuid:tip>/file/", filing.tips_file, name="tips_file"),
    path("work/tips/<uuid:tip>/link/", linking.tips_link, name="tips_link"),
    path("work/tips/<uuid:tip>/end/", ending.tips_end, name="tips_end"),
    path("work/tips/<uuid:tip>/erased/", proof.tips_erased, name="tips_erased"),
    path("work/tips/<uuid:tip>/hand/", handing.tips_hand, name="tips_hand"),
    path("work/tips/<uuid:tip>/acknowledge/", handing.tips_acknowledge, name="tips_acknowledge"),
    path("work/tips/<uuid:tip>/back/", handing.tips_back, name="tips_back"),
    path("work/tips/<uuid:tip>/messages/", desk.tips_messages, name="tips_messages"),
]
