"""Acts of reorganisation. Every dated row names the act that opened it and the act that closed it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models import Account, Addressed, Reference, Unit, versioned


@versioned()
class Change(Addressed):
    """One act: what it is called, its three days, and the paper that it rests on.

    ``ended`` keeps, for each row that the act closed, the end it had before, so that the act can be undone
    exactly. The order of the ids is the order in which acts were entered.
    """

    class Kind(models.TextChoices):
        """What is done to units."""

        FOUND = "found", _("founding")
        RENAME = "rename", _("new name, type or level")
        MOVE = "move", _("new place in the tree")
        MERGE = "merge", _("merger")
        SPLIT = "split", _("division")
        TRANSFER = "transfer", _("transfer")
        CLOSE = "close", _("end")
        CODE = "code", _("code")
        DUTY = "duty", _("duty")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="changes")
    in_force_on = models.DateField(_("in force on"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    working_from = models.DateField(_("working from"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=500, blank=True)
    document = models.ForeignKey(
        Reference,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True)
    ended = models.JSONField(_("rows that it closed"), default=dict, editable=False)
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        Account,
        verbose_name=_("undone by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("change of units")
        verbose_name_plural = _("changes of units")
        indexes = [models.Index(fields=["in_force_on", "id"], name="change_of_day_idx")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.unit}"


class Dated(models.Model):
    """A fact that holds from ``valid_from`` until before ``valid_to``; acts end it, none overwrites it."""

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until before"), null=True, blank=True)
    opened_by = models.ForeignKey(
        Change, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )
    closed_by = models.ForeignKey(
        Change, verbose_name=_("closed by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
