"""The product's addresses, with Django's admin beside them."""

from __future__ import annotations

from django.urls import path

from nhipcau.records.documents.register import REGISTER
from nhipcau.site.urls import handler400, handler404, handler429, handler500
from nhipcau.site.urls import urlpatterns as own
from tools.benches import peers

__all__ = ["handler400", "handler404", "handler429", "handler500", "urlpatterns"]

SITE = peers.site(REGISTER.page_size)
urlpatterns = [path("peer/", SITE.urls), *own]
