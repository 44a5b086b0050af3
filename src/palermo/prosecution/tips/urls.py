"""Where the public tells, and asks what the desk wants to know."""

from django.urls import path

from palermo.prosecution.tips.views import box, telling

urlpatterns = [
    path("tell/", telling.tell, name="tell"),
    path("tell/in/<slug:language>/", telling.tell, name="tell_in"),
    path("tell/sealed/", telling.tell_sealed, name="tell_sealed"),
    path("tell/words/", telling.tell_words, name="tell_words"),
    path("tell/words/<slug:language>/", telling.tell_words, name="tell_words"),
    path("tell/protected/", telling.tell_protected, name="tell_protected"),
    path("tell/protected/in/<slug:language>/", telling.tell_protected, name="tell_protected_in"),
    path("tell/box/", box.box, name="tell_box"),
    path("tell/box/in/<slug:language>/", box.box, name="tell_box_in"),
    path("tell/box/sealed/", box.box_sealed, name="tell_box_sealed"),
    path("tell/box/answer/", box.box_answer, name="tell_box_answer"),
]
