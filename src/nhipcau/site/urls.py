"""The addresses of the house: the pages' own, and the switch of language."""

from __future__ import annotations

from django.urls import include, path

handler400 = "nhipcau.web.acting.unclear"
handler404 = "nhipcau.web.acting.not_found"
handler429 = "nhipcau.web.acting.too_many"
handler500 = "nhipcau.web.acting.broken"

urlpatterns = [
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("", include("nhipcau.web.urls")),
]
