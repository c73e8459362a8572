"""The product's settings, with Django's admin beside it."""

from nhipcau.site.settings import *  # noqa: F403
from nhipcau.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "tools.benches.addresses"
