"""A reference to any record, so that an area can point upwards without importing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.base import versioned


@versioned()
class Reference(models.Model):
    """Kind code, public id, and the title as it stood. It may be shown only as its kind's policy says."""

    kind = models.CharField(_("kind"), max_length=40)
    record = models.UUIDField(_("record"))
    title = models.CharField(_("title as it stood"), max_length=500)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="reference_one_each")]

    def __str__(self) -> str:
        return self.title
