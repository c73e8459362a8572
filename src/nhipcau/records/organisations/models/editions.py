"""Which editions of the shipped tables were brought in, and when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models import versioned


@versioned()
class Edition(models.Model):
    """What an edition said of itself on the day it was brought in, and how many acts of it were new."""

    dataset_version = models.CharField(_("edition"), max_length=40, unique=True)
    latest_decree = models.CharField(_("latest resolution"), max_length=120)
    generated_at = models.DateField(_("made on"))
    acts = models.PositiveIntegerField(_("new acts"))
    loaded_at = models.DateTimeField(_("brought in at"), auto_now_add=True)

    class Meta:
        verbose_name = _("edition of the units")
        verbose_name_plural = _("editions of the units")

    def __str__(self) -> str:
        return self.dataset_version
