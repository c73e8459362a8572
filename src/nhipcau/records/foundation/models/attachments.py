"""Files by the hash of their content, each office its own copy."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.base import Owned, versioned


@versioned()
class Attachment(Owned):
    """A file that an office keeps; its bytes stand in the file store under the same hash."""

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    name = models.CharField(_("file name"), max_length=300)
    media_type = models.CharField(_("media type"), max_length=120)
    size = models.BigIntegerField(_("size in bytes"))
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.UniqueConstraint(fields=["office", "sha256"], name="attachment_once_an_office"),
        ]

    def __str__(self) -> str:
        return self.name
