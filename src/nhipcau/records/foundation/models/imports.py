"""Files that are brought into registers, and the headings that an office has explained once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.accounts import Account
from nhipcau.records.foundation.models.attachments import Attachment
from nhipcau.records.foundation.models.base import Owned, versioned
from nhipcau.records.foundation.models.jobs import Job


@versioned()
class KnownHeading(Owned):
    """In this office, files for this register write the field under this heading; no field: left out."""

    register = models.CharField(_("register"), max_length=60)
    heading = models.CharField(_("heading without marks"), max_length=200)
    field = models.CharField(_("field"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("known heading")
        verbose_name_plural = _("known headings")
        constraints = [
            models.UniqueConstraint(fields=["office", "register", "heading"], name="known_heading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.register}: {self.heading}"


# What was looked at, planned and shown can be found again from the file.
@versioned("layout", "plan", "shown", "done_rows")
class Import(Owned):
    """One file brought into one register: looked at, its columns named, previewed, written or left.

    ``needs`` is the permission that the register asks for: who does not hold it does not see the import.
    ``plan`` keeps eight bytes for each row, what was shown of it in the preview: nothing else is written.
    """

    class State(models.TextChoices):
        """How far it is."""

        COLUMNS = "columns", _("columns to be named")
        CHECKING = "checking", _("being checked")
        READY = "ready", _("to be confirmed")
        WRITING = "writing", _("being written")
        DONE = "done", _("written")
        DROPPED = "dropped", _("left")
        FAILED = "failed", _("failed")

    register = models.CharField(_("register"), max_length=60)
    needs = models.CharField(_("permission"), max_length=60)
    attachment = models.ForeignKey(
        Attachment, verbose_name=_("attachment"), on_delete=models.PROTECT, related_name="imports"
    )
    name = models.CharField(_("file name"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.COLUMNS)
    message = models.CharField(_("message"), max_length=500, blank=True)
    layout = models.JSONField(_("what the file holds"), default=dict)
    choices = models.JSONField(_("columns and sheets chosen"), default=dict)
    only_good = models.BooleanField(_("only the good rows"), default=False)
    new = models.PositiveIntegerField(_("new rows"), default=0)
    changed = models.PositiveIntegerField(_("changed rows"), default=0)
    same = models.PositiveIntegerField(_("unchanged rows"), default=0)
    wrong = models.PositiveIntegerField(_("rows in error"), default=0)
    shown = models.JSONField(_("first errors and changes"), default=dict)
    plan = models.BinaryField(_("plan"), default=bytes)
    done_rows = models.PositiveIntegerField(_("rows gone through"), default=0)
    outcome = models.ForeignKey(
        Attachment, verbose_name=_("outcome"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    job = models.ForeignKey(Job, verbose_name=_("job"), on_delete=models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(
        Account, verbose_name=_("brought in by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("brought in at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["office", "register", "-id"], name="import_newest_idx")]

    def __str__(self) -> str:
        return self.name
