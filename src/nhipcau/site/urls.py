"""The addresses of the house: the pages' own, and the switch of language."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("ngon-ngu/", include("django.conf.urls.i18n")),
]
