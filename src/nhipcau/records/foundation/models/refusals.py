"""The one line that is kept of a paper with a secrecy mark."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.accounts import Account


class Refusal(models.Model):
    """Day, user and mark; no name, no hash, no size. It is itself append-only, so it has no versions."""

    day = models.DateField(_("day"))
    account = models.ForeignKey(
        Account, verbose_name=_("account"), on_delete=models.PROTECT, related_name="refusals"
    )
    mark = models.CharField(_("secrecy mark"), max_length=20)

    class Meta:
        verbose_name = _("refused paper")
        verbose_name_plural = _("refused papers")

    def __str__(self) -> str:
        return f"{self.day} {self.mark}"
