"""A paper is a file as it came in; its parts are the documents that it holds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.documents.models.documents import Document
from nhipcau.records.foundation.models import Account, Attachment, Owned, versioned


# The reading can be made again from the file; a version of it would hold the whole text once more.
@versioned("reading", "recognised")
class Paper(Owned):
    """One file, or one member of a container (ZIP, edXML), and what the reader found in it.

    ``reading`` is an object of the contract ``nhipcau.reading.v1``. Where pictures of the file were
    recognised while it was looked at for marks, ``recognised`` holds text, media type and pages until the
    paper is read, so that nothing slow is done twice. Where the first page holds a picture that nobody could
    read, the clerk confirms that it bears no mark: ``unmarked_by``, ``unmarked_at``.
    """

    class State(models.TextChoices):
        """A paper is confirmed when each of its documents is confirmed or set aside."""

        WAITING = "waiting", _("being read")
        READ = "read", _("to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        FAILED = "failed", _("could not be read")

    attachment = models.ForeignKey(
        Attachment, verbose_name=_("file"), on_delete=models.PROTECT, related_name="papers"
    )
    member = models.CharField(_("name within the file"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    reading = models.JSONField(_("reading"), null=True)
    recognised = models.JSONField(_("text recognised in pictures"), null=True)
    reader_version = models.CharField(_("version of the reader"), max_length=20, blank=True)
    error = models.CharField(_("why it could not be read"), max_length=500, blank=True)
    has_unread_pictures = models.BooleanField(_("holds pictures that were not read"), default=False)
    unmarked_by = models.ForeignKey(
        Account,
        verbose_name=_("confirmed by: no secrecy mark"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    unmarked_at = models.DateTimeField(_("confirmed at: no secrecy mark"), null=True)
    received_by = models.ForeignKey(
        Account, verbose_name=_("received by"), on_delete=models.PROTECT, related_name="+"
    )
    received_on = models.DateField(_("received on"))
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        indexes = [models.Index(fields=["office", "state", "-id"], name="paper_state_idx")]
        constraints = [
            models.UniqueConstraint(fields=["attachment", "member"], name="paper_one_a_file"),
            models.CheckConstraint(
                name="paper_unmarked_who_and_when",
                condition=models.Q(unmarked_by__isnull=True, unmarked_at__isnull=True)
                | models.Q(unmarked_by__isnull=False, unmarked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The file's name, or the member's name within its container."""
        return self.member or self.attachment.name


@versioned()
class Part(Owned):
    """One document within a paper: its span in the text, its card as read, what it was confirmed as.

    ``card`` holds the proposed fields of a document by their names; ``index`` counts from 0 as they appear.
    """

    class State(models.TextChoices):
        """What a person decided about it."""

        PROPOSED = "proposed", _("to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        SET_ASIDE = "set_aside", _("set aside")

    paper = models.ForeignKey(Paper, verbose_name=_("paper"), on_delete=models.PROTECT, related_name="parts")
    index = models.PositiveSmallIntegerField(_("place in the paper"))
    span_start = models.PositiveIntegerField(_("begins at"))
    span_end = models.PositiveIntegerField(_("ends before"))
    card = models.JSONField(_("card as read"), default=dict)
    warnings = models.PositiveSmallIntegerField(_("warnings"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
    )
    confirmed_by = models.ForeignKey(
        Account, verbose_name=_("confirmed by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    class Meta:
        verbose_name = _("document within a paper")
        verbose_name_plural = _("documents within papers")
        ordering = ["paper_id", "index"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "index"], name="part_one_a_place"),
            models.CheckConstraint(
                name="part_confirmed_has_document",
                condition=~models.Q(state="confirmed") | models.Q(document__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}.{self.index}"
