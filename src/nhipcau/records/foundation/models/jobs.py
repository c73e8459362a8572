"""Work that goes on in the background, as people see it; the queue itself is django-tasks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.accounts import Account
from nhipcau.records.foundation.models.base import Owned, versioned
from nhipcau.records.foundation.models.references import Reference
from nhipcau.records.foundation.models.units import Unit


# Progress is no fact to keep: a long job would leave thousands of versions.
@versioned("done", "total", "message")
class Job(Owned):
    """One piece of work. It runs with the authority of the person who asked for it, in that role and unit."""

    class State(models.TextChoices):
        """Where the work stands."""

        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    arguments = models.JSONField(_("arguments"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("steps in all"), default=1)
    message = models.CharField(_("message"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_by = models.ForeignKey(
        Account, verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="jobs"
    )
    role = models.CharField(_("role"), max_length=120)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    result = models.ForeignKey(
        Reference, verbose_name=_("result"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [models.Index(fields=["office", "-id"], name="job_of_office_idx")]

    def __str__(self) -> str:
        return self.title
